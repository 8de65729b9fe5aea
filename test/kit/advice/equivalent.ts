import type { ErrorCode } from '../../../shared/kernel/problems.ts';
import type { Situation } from './situation.ts';

type At = Situation['at'];

/** Answered by the HTTP chain before the operation, alike for all. */
export const OF_ANY_OPERATION: readonly ErrorCode[] = ['MALFORMED_JSON', 'BODY_TOO_LARGE'];

/**
 * A code that several operations share is followed at one: the same function answers, on the same
 * state.
 */
export const EQUIVALENT: readonly (readonly [code: ErrorCode, followed: At, same: readonly At[]])[] = [
  // The detail names what is missing; the address or the number is corrected.
  [
    'NOT_FOUND',
    'getVoucher',
    [
      ...(['approveRequest', 'getAllocation', 'settleHeld', 'settleExchange', 'settleReturns'] as const),
      ...([
        'getAbout',
        'getBill',
        'getBillPdf',
        'getChallan',
        'getChallanPdf',
        'getEwayBill',
        'getEntryHistory',
        'getCustomer',
        'eraseCustomerPhone',
        'acknowledgeAlert',
        'snoozeAlert',
        'getReport',
        'getGstr1',
        'getStatement',
        'getStatementPdf',
        'getStatedFigures',
        'listBills',
        'requestExport',
        'getExport',
      ] as const),
    ],
  ],
  ['PRODUCER_UNKNOWN', 'setPin', ['setConsent', 'getReadiness', 'getMakerStatement', 'getMakerStatementPdf']],
  [
    'PERIOD_OPEN',
    'getGstr1',
    ['getStatement', 'getStatementPdf', 'requestExport', 'getMakerStatement', 'getMakerStatementPdf'],
  ],
  ['NO_BILL', 'getBill', ['getBillPdf']],
  ['BILL_INCOMPLETE', 'getBill', ['getBillPdf', 'getChallan', 'getChallanPdf', 'getEwayBill']],
  ['NO_CHALLAN', 'getChallan', ['getChallanPdf', 'getEwayBill']],
  // admit-live.ts checks numbers, clocks and terminals of requests and dispatches too.
  ['NUMBER_MISMATCH', 'S', ['acceptTransferRequest']],
  ['NUMBER_LEAPS', 'R', ['acceptTransferRequest']],
  ['CLOCK_OFF', 'S', ['submitRequest', 'acceptTransferRequest']],
  ['TERMINAL_UNKNOWN', 'S', ['acceptTransferRequest']],
  ['TERMINAL_REVOKED', 'S', ['acceptTransferRequest']],
  ['TERMINAL_UNPROVEN', 'S', ['submitRequest', 'acceptTransferRequest']],
  ['TERMINAL_ELSEWHERE', 'S', ['acceptTransferRequest']],
  ['TERMINAL_HANDED_OVER', 'S', ['acceptTransferRequest']],
  ['ITEM_OF_ANOTHER_SELLER', 'S', ['acceptTransferRequest']],
  ['VOUCHER_CONFLICT', 'submitRequest', ['acceptTransferRequest', 'recordVoucher']],
  ['HELD_STATE', 'recordVoucher', ['acceptTransferRequest']],
  // An accepted transfer request is recorded as a dispatch.
  ['SELLER_NOT_HERE', 'D', ['acceptTransferRequest']],
  ['QUANTITY_NOT_WHOLE', 'D', ['acceptTransferRequest', 'approveRequest']],
  ['LOT_WRONG', 'D', ['acceptTransferRequest']],
  ['INSUFFICIENT_STOCK', 'D', ['acceptTransferRequest']],
  // missing-unit.ts checks the lines of all kinds.
  ['UNIT_NEEDED', 'R', ['S', 'acceptTransferRequest']],
  // Neither may be sent with goodsInHand.
  ['INSUFFICIENT_STOCK', 'V', ['I']],
  ['REQUEST_STATE', 'I', ['V']],
  // check-pin.ts.
  ['PIN_WRONG', 'submitRequest', ['cancelRequest', 'confirmRequest']],
  ['PIN_LOCKED', 'submitRequest', ['cancelRequest', 'confirmRequest']],
  ['ALERT_RESOLVED', 'acknowledgeAlert', ['snoozeAlert', 'settleExchange', 'settleReturns']],
  // The version stands in the alert (`sourceVersion`) or in the detail.
  ['PRECONDITION_REQUIRED', 'settleHeld', ['settleExchange', 'settleReturns']],
  ['VERSION_MISMATCH', 'settleHeld', ['settleExchange', 'settleReturns']],
  // entry-status.ts says who takes part on a day.
  ['ENTRY_CLOSED', 'issueEnrolmentCode', ['submitRequest', 'approveRequest', 'acceptTransferRequest', 'recordVoucher']],
];

/** Not met over HTTP: an issue is recorded only with its request. */
export const NEVER_MET: readonly (readonly [At, ErrorCode])[] = [['V', 'REQUEST_UNKNOWN']];
