import { acknowledgeAlert, countAlerts, listAlerts, snoozeAlert } from '../alerts/alert-contract.ts';
import { getBill, getBillPdf } from '../billing/bill-contract.ts';
import { getChallan, getChallanPdf, getEwayBill } from '../billing/challan-contract.ts';
import { getAbout } from '../billing/public-page-contract.ts';
import { getDay, getDayTotals } from '../day-close/day-book-contract.ts';
import { getCountSheet, readCountSheet } from '../ledger/count-sheet-contract.ts';
import { getPassbook } from '../ledger/passbook-contract.ts';
import { settleExchange, settleReturns } from '../ledger/pending-return-contract.ts';
import { getNumbers, listHeld, settleHeld, syncVouchers } from '../ledger/sync-contract.ts';
import {
  eraseCustomer,
  eraseCustomerPhone,
  getCustomer,
  getVoucher,
  recordVoucher,
} from '../ledger/voucher-contract.ts';
import { getAllocation, getDepotShelf } from '../materials/depot-material-contract.ts';
import { approveRequest, listRequests, rejectRequest } from '../materials/depot-request-contract.ts';
import { grantEntitlement, setPin } from '../materials/entitlement-contract.ts';
import {
  cancelRequest,
  confirmRequest,
  getRequest,
  listProducerRequests,
  submitRequest,
} from '../materials/request-contract.ts';
import type { Operation } from '../platform/operation-contract.ts';
import { setConsent } from '../registry/consent-contract.ts';
import { getReadiness, getReadinessCounts } from '../registry/readiness-contract.ts';
import { getEntry, getEntryHistory, importEntries, listEntries, putEntry } from '../registry/registry-contract.ts';
import { listStaff } from '../registry/staff-contract.ts';
import { enrolTerminal, issueEnrolmentCode, listTerminals, revokeTerminal } from '../registry/terminal-contract.ts';
import { listFestivals } from '../replenishment/festival-contract.ts';
import { getSuggestions } from '../replenishment/suggestion-contract.ts';
import { acceptTransferRequest, listTransferRequests } from '../replenishment/transfer-request-contract.ts';
import { listBills } from '../reports/bill-register-contract.ts';
import { getExport, requestExport } from '../reports/export-contract.ts';
import { getGstr1 } from '../reports/gstr1-contract.ts';
import { getMakerStatement, getMakerStatementPdf, getStatedFigures } from '../reports/maker-statement-contract.ts';
import { getReport } from '../reports/report-contract.ts';
import { getStatement, getStatementPdf } from '../reports/statement-contract.ts';
import { getCatalogue, getItemStock, getLocationStock } from '../stock/stock-contract.ts';
import { closeTransfer, getTransfer, listTransfers } from '../transfers/transfer-contract.ts';
import { getHealth, getOpenApi } from './service-contract.ts';

/** All operations. Routes, docs, local server, client and access tests use this. */
export const contract = {
  submitRequest,
  getRequest,
  listProducerRequests,
  cancelRequest,
  confirmRequest,
  getPassbook,
  grantEntitlement,
  listRequests,
  approveRequest,
  rejectRequest,
  getAllocation,
  getDepotShelf,
  setPin,
  recordVoucher,
  syncVouchers,
  listHeld,
  settleHeld,
  settleExchange,
  settleReturns,
  getNumbers,
  getVoucher,
  getBill,
  getBillPdf,
  getChallan,
  getChallanPdf,
  getEwayBill,
  getDay,
  getDayTotals,
  getCustomer,
  eraseCustomer,
  eraseCustomerPhone,
  getLocationStock,
  getCatalogue,
  getCountSheet,
  readCountSheet,
  getItemStock,
  getSuggestions,
  listTransferRequests,
  acceptTransferRequest,
  listTransfers,
  getTransfer,
  closeTransfer,
  listAlerts,
  countAlerts,
  acknowledgeAlert,
  snoozeAlert,
  getGstr1,
  getStatement,
  getStatementPdf,
  getMakerStatement,
  getMakerStatementPdf,
  getStatedFigures,
  listBills,
  getReport,
  requestExport,
  getExport,
  listFestivals,
  issueEnrolmentCode,
  enrolTerminal,
  listStaff,
  listTerminals,
  revokeTerminal,
  setConsent,
  getReadiness,
  getReadinessCounts,
  getEntry,
  getEntryHistory,
  listEntries,
  putEntry,
  importEntries,
  getAbout,
  getHealth,
  getOpenApi,
};

export type Contract = typeof contract;

export const operations: readonly Operation[] = Object.values(contract);
