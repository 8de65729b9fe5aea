import * as z from 'zod';
import { claimHeaderFields, FreeText, linesSchema } from '../../kernel/claim-fields.ts';
import { ItemId, isProducer, type LocationId, stockLocationKind } from '../../kernel/ids.ts';
import { Quantity, sumOf } from '../../kernel/quantity.ts';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts';
import { NonNegativeSum, type Sum } from '../../kernel/sum.ts';
import { LineTax } from '../../kernel/tax.ts';
import { isReversalNumber, VoucherNumber } from '../../kernel/voucher-number.ts';
import {
  applyTransition,
  MaterialRequest,
  reservedQuantitiesOf,
  type TransitionDetails,
} from '../../materials/material-request.ts';
import { type StockChange, sumPerItem } from '../../stock/stock.ts';
import { withInbound } from '../../transfers/in-transit.ts';
import type { Transfer } from '../../transfers/transfer.ts';
import { reverseDispatch, reverseReceipt } from '../../transfers/transfer-transitions.ts';
import { type Admission, mayGoBelowZero } from '../admission.ts';
import { refuseUnknownItems } from '../base-unit-lines.ts';
import { exchangedAmount, refuseMissingBasket } from '../basket.ts';
import type { Decide, DecisionContext } from '../decision.ts';
import { lotsAfterReversal, type ReversalMovement } from '../lots-after-reversal.ts';
import { isFullyReversed, type ReversalContext, type ReversibleVoucher } from '../reversal-context.ts';
import { exampleHeader, isClaimOfKind, itemsOf, liveFields, type VoucherKind } from '../voucher-kind.ts';
import { isDispatchNumber } from './dispatch.ts';
import { isIssueNumber } from './issue.ts';
import { addReturnedLines, calculateRefund, fitsOfflineRefund, MAX_FINAL_ROUNDING, MAX_ROUNDING } from './refund.ts';
import {
  refuseDuplicateLines,
  refuseExceededLines,
  refuseIrreversible,
  refuseSoldElsewhere,
} from './refuse-reversal.ts';
import { PaymentOrExchange } from './sale-claim.ts';
import { decideUndoReturn } from './undo-return.ts';

const FINAL_ROUNDING_MESSAGE = 'rounding is below ten rupees, of all parts of a sale';

const ReversalLine = z.strictObject({
  line: z.int().min(1).max(40),
  item: ItemId,
  quantity: z.union([z.literal(0), Quantity]),
});

/**
 * `return`: by a customer, of a sale. `mistake`: of any reversible voucher. `lines`: numbered from
 * 1, in base units (0 if a receipt accepted nothing). `exchange` is spent on another sale of the
 * same `basket`. `roundOff`: paise beyond the lines' parts; the last part ignores it. Reversing a
 * return states all its lines and its refund.
 */
export const Reversal = z.strictObject({
  kind: z.literal('V'),
  ...claimHeaderFields,
  of: VoucherNumber,
  reason: z.enum(['return', 'mistake']),
  note: FreeText.optional(),
  goods: z.enum(['to shelf', 'written off']),
  lines: linesSchema(ReversalLine),
  refund: z.array(PaymentOrExchange).max(10).optional(),
  roundOff: z
    .int()
    .min(-MAX_FINAL_ROUNDING, FINAL_ROUNDING_MESSAGE)
    .max(MAX_FINAL_ROUNDING, FINAL_ROUNDING_MESSAGE)
    .optional(),
  basket: FreeText.optional(),
});
export type Reversal = z.infer<typeof Reversal>;

/**
 * `moved`: on hand per line. `refunded`: paise. `roundOff`: paise beyond the lines. `waits`: the
 * sale has not come in; a later day close computes its tax. `producer`, `season`: the reversed
 * issue's passbook.
 */
export const ReversalOutcome = z.strictObject({
  moved: z.array(z.int()),
  refunded: NonNegativeSum.optional(),
  roundOff: z.int().optional(),
  tax: z.array(LineTax).optional(),
  waits: z.literal(true).optional(),
  /** For a reversed return: the sale and its lines. */
  sale: z.strictObject({ of: VoucherNumber, lines: z.array(z.int().min(1)) }).optional(),
  producer: MaterialRequest.shape.producer.optional(),
  season: MaterialRequest.shape.season.optional(),
});
export type ReversalOutcome = z.infer<typeof ReversalOutcome>;

type ReversalParts =
  | 'items'
  | 'location'
  | 'request'
  | 'reversal'
  | 'reversedReturn'
  | 'depotRows'
  | 'seller'
  | 'transfer';

/** Concurrent reversals write on the same version, so one is decided again. */
export const decideReversal: Decide<Reversal, ReversalOutcome, ReversalParts> = ({
  claim,
  admission,
  context,
  entryDetails,
  reversedKind,
}) => {
  const {
    original,
    returned,
    version,
    rounded,
    roundedPending = 0,
    pendingReturns,
    unbilled = new Map(),
  } = context.reversal ?? NO_CONTEXT;
  const ofIt = new Map([...returned].map(([line, quantity]) => [line, quantity - (unbilled.get(line) ?? 0)]));
  const wrong =
    refuseIrreversible(claim, reversedKind) ??
    refuseUnknownItems(claim.lines, context) ??
    refuseDuplicateLines(claim) ??
    refuseMissingBasket(claim.refund ?? [], claim.basket, 'refund') ??
    (original && refuseExceededLines(claim, original, ofIt, reversedKind));
  if (wrong) return wrong;
  if (isReversalNumber(claim.of)) return decideUndoReturn(claim, context.reversedReturn);
  const isReturnable = reversedKind?.isReturnable === true;
  const mayWait = admission.way === 'captured' && isReturnable && isOutlet(context.location);
  const elsewhere = !original && isReturnable ? refuseSoldElsewhere(claim, context) : undefined;
  if (elsewhere) return elsewhere;
  if (!original && !mayWait) return refuse('VOUCHER_UNKNOWN', `This location has no voucher ${claim.of}.`);
  const refund =
    isReturnable && original
      ? decideRefund(claim, original, { returned: ofIt, rounded: rounded + roundedPending }, admission)
      : NO_REFUND;
  if (isRefusal(refund)) return refund;
  const undone = isWholeBack(original, addReturnedLines(returned, claim.lines)) && { undoes: claim.of };
  const request = isIssueNumber(claim.of)
    ? requestAfterReturn(context.request, claim, { ...entryDetails, staff: claim.by, ...undone })
    : undefined;
  if (isRefusal(request)) return request;
  const transfer = transferAfter(claim, context, entryDetails.voucher);
  if (isRefusal(transfer)) return transfer;

  const onHand = claim.lines.map(({ line, quantity }) => {
    const was = original?.lines[line - 1]?.moved ?? -1;
    return claim.goods === 'written off' || isProducer(context.location) ? 0 : -Math.sign(was) * quantity;
  });
  const movement: ReversalMovement = { claim, reversed: { original, returned }, onHand, number: entryDetails.voucher };
  const items = [...Map.groupBy(claim.lines.entries(), ([, { item }]) => item)];
  const stock = items.flatMap(([item, same]): StockChange[] => {
    const sum = sumOf(same.map(([at]) => onHand[at] ?? 0));
    if (sum === 0) return [];
    const requires = sum < 0 && !mayGoBelowZero(admission) ? { free: -sum } : ('nothing' as const);
    const lots = context.depotRows && { lots: lotsAfterReversal(context.depotRows.get(item), same, movement) };
    return [{ item, onHand: sum, requires, ...lots }];
  });
  return {
    outcome: {
      moved: onHand,
      ...refund,
      ...(!original && { waits: true as const }),
      ...(request && { producer: request.producer, season: request.season }),
    },
    stock: transfer ? withInbound(stock, context.location, context.transfer, transfer) : stock,
    ...(transfer && { transfer }),
    ...basketChangeOf(claim),
    returnedQuantities: {
      of: claim.of,
      lines: addReturnedLines(returned, claim.lines),
      version,
      rounded: rounded + (refund.roundOff ?? 0),
      ...(!original && entryDetails.voucher && { pendingReturns: [...pendingReturns, entryDetails.voucher] }),
    },
    ...(request && {
      request,
      accounts: sumPerItem(claim.lines).map(({ item, quantity }) => ({ item, reserved: 0, drawn: -quantity })),
    }),
  };
};

const transferAfter = (
  { of, lines }: Reversal,
  { transfer, reversal }: Pick<DecisionContext, 'transfer' | 'reversal'>,
  number: VoucherNumber | undefined,
): Transfer | Refusal | undefined => {
  if (!transfer) return undefined;
  if (isDispatchNumber(of)) return reverseDispatch(transfer, lines, number);
  const { original, returned } = reversal ?? NO_CONTEXT;
  return reverseReceipt(transfer, of, lines, isWholeBack(original, addReturnedLines(returned, lines)));
};

const isWholeBack = (original: ReversibleVoucher | undefined, returned: ReversalContext['returned']): boolean =>
  isFullyReversed(
    (original?.lines ?? []).map((line) => line.moved),
    returned,
  );

const NO_REFUND: { readonly refunded?: Sum; readonly roundOff?: number; readonly tax?: LineTax[] } = {};

const NO_CONTEXT: ReversalContext = {
  original: undefined,
  returned: new Map(),
  version: 0,
  rounded: 0,
  pendingReturns: [],
};

const basketChangeOf = ({ refund = [], basket }: Reversal) => {
  const exchanged = exchangedAmount(refund);
  return basket === undefined || exchanged === 0
    ? {}
    : { basket: { basket, amount: exchanged, requires: 'nothing' } as const };
};

const isOutlet = (place: LocationId): boolean => !isProducer(place) && stockLocationKind(place) === 'outlets';

/** Live, the refund must be exact. An offline phone may not know other parts. */
const decideRefund = (
  claim: Reversal,
  original: ReversibleVoucher,
  before: Pick<ReversalContext, 'returned' | 'rounded'>,
  { way }: Admission,
) => {
  const { due, exact, tax, isLast } = calculateRefund(claim, original, before);
  const paid = sumOf((claim.refund ?? []).map(({ amount }) => amount));
  if (way === 'live' && !isLast && Math.abs(claim.roundOff ?? 0) > MAX_ROUNDING) {
    const fields = [{ path: 'roundOff', problem: 'rounding is below a rupee' }];
    return refuse('INVALID_REQUEST', 'The rounding of a partial return must be below a rupee.', { fields });
  }
  const isRight = way === 'live' ? paid === due : fitsOfflineRefund(claim, original);
  if (!isRight) {
    const what = isLast ? ', the rest of what was paid' : '';
    return refuse('PAYMENT_MISMATCH', `The refund must be ${due} paise${what} (got ${paid}).`, { due, paid });
  }
  const roundOff = paid - exact;
  return { refunded: paid, ...(roundOff !== 0 && { roundOff }), tax: [...tax] };
};

const requestAfterReturn = (
  request: MaterialRequest | undefined,
  { lines }: Reversal,
  doing: TransitionDetails,
): MaterialRequest | Refusal => {
  if (!request) return refuse('REQUEST_UNKNOWN', 'This depot does not have the request of the issue.');
  const sums = new Map(sumPerItem(lines).map(({ item, quantity }) => [item, -quantity]));
  const issuedOf = (line: MaterialRequest['lines'][number]) => line.issued + (sums.get(line.item) ?? 0);
  const rest = request.lines.some((line) => issuedOf(line) > 0);
  const did = rest ? 'takeBack' : reservedQuantitiesOf(request).size > 0 ? 'undo' : 'askAnew';
  const next = applyTransition(request, did, doing, sums);
  if (isRefusal(next)) return next;
  return {
    ...next,
    lines: next.lines.map((line) => ({ ...line, issued: issuedOf(line) as typeof line.issued })),
  };
};

export const reversal = {
  code: 'V',
  name: 'reversal',
  method: 'takeBack',
  roles: ['outlet', 'depot', 'admin'],
  fromWorkshop: true,
  claim: Reversal,
  outcome: ReversalOutcome,
  body: Reversal.extend(liveFields),
  errors: [
    'APPROVAL_NEEDED',
    'VOUCHER_UNKNOWN',
    'RETURN_EXCEEDED',
    'SOLD_ELSEWHERE',
    'NEEDS_OFFICER',
    'PAYMENT_MISMATCH',
    'INSUFFICIENT_STOCK',
    'REQUEST_UNKNOWN',
    'REQUEST_STATE',
  ],
  example: {
    kind: 'V',
    ...exampleHeader,
    of: '7KQ2MS2611210003',
    reason: 'return',
    goods: 'to shelf',
    lines: [{ line: 1, item: 'LKO-KURTA-M', quantity: 1 }],
    refund: [{ tender: 'cash', amount: 89900 }],
  },
  references: ({ lines, of }) => ({ items: itemsOf(lines), producers: [], reverses: of }),
  lineRules: { plausible: { outlets: 1, depots: 1, producers: 1 }, measured: 'no item' },
  // A voucher in the ledger already bounds its reversal.
  statedLines: ({ lines }, { reversal }) => (reversal?.original ? [] : lines),
  amounts: {
    plausible: { outlets: 1, depots: 1, producers: 1 },
    of: ({ refund = [] }, { reversal }) =>
      reversal?.original ? [] : [{ path: 'refund', value: sumOf(refund.map(({ amount }) => amount)) }],
  },
  // Reversing a loss adds goods, so it has the same limit.
  adjustedLines: ({ lines }, reversedKind) => (reversedKind?.needsApproval ? lines : []),
  // A mistake stays correctable. A customer's return pays money, so its seller must still be there.
  mayFollowEndOf: ({ reason }) =>
    reason === 'mistake' ? ['location', 'seller', 'items', 'producer'] : ['items', 'producer'],
  decide: decideReversal,
  stockMovement: ({ lines }, { moved }) => lines.map(({ item }, at) => ({ item, quantity: moved[at] ?? 0 })),
  // Only a return is reversed. It also reverses the write-off.
  reversalRules: {
    isRefundable: true,
    figures: (quantity, onHand) => ({ returned: -quantity, writtenOff: -quantity - onHand }),
  },
  lineColumns: ['item', 'quantity', 'line'],
} as const satisfies VoucherKind<Reversal, ReversalOutcome>;

export const isReversal = isClaimOfKind(reversal.code);
