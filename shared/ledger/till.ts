import { addUp, type Sum, subtract } from '../kernel/sum.ts';
import { isReversalNumber, sequenceOf, type VoucherSequence } from '../kernel/voucher-number.ts';
import type { TillVoucher } from './decision.ts';
import { TENDERS, type Tender } from './kinds/sale.ts';

/** Paise; negative when more was paid out. */
type TenderTotal = { readonly tender: Tender; readonly amount: Sum };

type ShiftVouchers = { readonly lastClose: TillVoucher | undefined; readonly vouchers: readonly TillVoucher[] };

/** Depends on the sequence only, not on arrival. */
export const shiftVouchersOf = (
  terminal: string,
  order: VoucherSequence,
  known: readonly TillVoucher[],
): ShiftVouchers => {
  const earlier = known
    .filter((one) => one.number.startsWith(terminal) && sequenceOf(one) < order)
    .toSorted((one, other) => (sequenceOf(one) < sequenceOf(other) ? -1 : 1));
  const at = earlier.findLastIndex(({ claim }) => claim.float !== undefined);
  return { lastClose: earlier[at], vouchers: earlier.slice(at + 1) };
};

/** Without zeros. */
export const tenderTotalsOf = (
  all: readonly (Pick<TillVoucher, 'claim'> | { readonly tenders: readonly TenderTotal[] })[],
): TenderTotal[] => {
  const moved = all.flatMap((one) => ('tenders' in one ? one.tenders : tenderMovements(one)));
  return TENDERS.map((tender) => ({
    tender,
    amount: addUp(moved.filter((one) => one.tender === tender).map(({ amount }) => amount)),
  })).filter(({ amount }) => amount !== 0);
};

/** Refunds are negative; a reversed return makes them positive. Exchanges enter no till. */
const tenderMovements = ({ claim: { of, payments = [], refund = [] } }: Pick<TillVoucher, 'claim'>): TenderTotal[] => {
  const way = of !== undefined && isReversalNumber(of) ? 1 : -1;
  return [...payments, ...refund.map(({ tender, amount }) => ({ tender, amount: way * amount }))].filter(isTillTender);
};

const isTillTender = <M extends { tender: string; amount: Sum }>(moved: M): moved is M & TenderTotal =>
  TENDERS.some((tender) => tender === moved.tender);

type Amount = { readonly amount: number };
type ShiftFigures = {
  readonly float: number;
  readonly counted: readonly TenderTotal[];
  readonly deposits?: readonly Amount[] | undefined;
  readonly expenses?: readonly Amount[] | undefined;
};

/**
 * `over` is negative when money is missing. `before`: totals of earlier shifts, for a shift of
 * several days.
 */
export const tillBalanceOf = (
  { float, counted, deposits = [], expenses = [] }: ShiftFigures,
  since: readonly TillVoucher[],
  before: readonly TenderTotal[] = [],
): { readonly expected: TenderTotal[]; readonly over: TenderTotal[] } => {
  const paidOut = [...deposits, ...expenses].map(({ amount }) => -amount);
  const moved = [
    ...before,
    ...since.flatMap(tenderMovements),
    ...[float, ...paidOut].map((amount) => ({ tender: 'cash', amount }) as const),
  ];
  const due = (tender: Tender) => addUp(moved.filter((one) => one.tender === tender).map(({ amount }) => amount));
  return {
    expected: TENDERS.map((tender) => ({ tender, amount: due(tender) })),
    over: counted.map(({ tender, amount }) => ({ tender, amount: subtract(amount, due(tender)) })),
  };
};
