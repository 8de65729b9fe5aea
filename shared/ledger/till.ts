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
  const lastCloseIndex = earlier.findLastIndex(({ claim }) => claim.float !== undefined);
  return { lastClose: earlier[lastCloseIndex], vouchers: earlier.slice(lastCloseIndex + 1) };
};

/** Without zeros. */
export const tenderTotalsOf = (
  all: readonly (Pick<TillVoucher, 'claim'> | { readonly tenders: readonly TenderTotal[] })[],
): TenderTotal[] => {
  const movements = all.flatMap((one) => ('tenders' in one ? one.tenders : tenderMovements(one)));
  return TENDERS.map((tender) => ({
    tender,
    amount: addUp(movements.filter((one) => one.tender === tender).map(({ amount }) => amount)),
  })).filter(({ amount }) => amount !== 0);
};

/** Refunds are negative; a reversed return makes them positive. Exchanges enter no till. */
const tenderMovements = ({ claim: { of, payments = [], refund = [] } }: Pick<TillVoucher, 'claim'>): TenderTotal[] => {
  const sign = of !== undefined && isReversalNumber(of) ? 1 : -1;
  return [...payments, ...refund.map(({ tender, amount }) => ({ tender, amount: sign * amount }))].filter(isTillTender);
};

const isTillTender = <Movement extends { tender: string; amount: Sum }>(
  movement: Movement,
): movement is Movement & TenderTotal => TENDERS.some((tender) => tender === movement.tender);

type Amount = { readonly amount: number };
type ShiftFigures = {
  readonly float: number;
  readonly counted: readonly TenderTotal[];
  readonly deposits?: readonly Amount[] | undefined;
  readonly expenses?: readonly Amount[] | undefined;
};

/**
 * `over` is negative when money is missing. `earlierTotals`: of the days before, for a shift
 * of several days.
 */
export const tillBalanceOf = (
  { float, counted, deposits = [], expenses = [] }: ShiftFigures,
  since: readonly TillVoucher[],
  earlierTotals: readonly TenderTotal[] = [],
): { readonly expected: TenderTotal[]; readonly over: TenderTotal[] } => {
  const paidOut = [...deposits, ...expenses].map(({ amount }) => -amount);
  const movements = [
    ...earlierTotals,
    ...since.flatMap(tenderMovements),
    ...[float, ...paidOut].map((amount) => ({ tender: 'cash', amount }) as const),
  ];
  const due = (tender: Tender) => addUp(movements.filter((one) => one.tender === tender).map(({ amount }) => amount));
  return {
    expected: TENDERS.map((tender) => ({ tender, amount: due(tender) })),
    over: counted.map(({ tender, amount }) => ({ tender, amount: subtract(amount, due(tender)) })),
  };
};
