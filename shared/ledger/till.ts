import { isAboveLastNumbers, type LastNumbers } from '../kernel/last-numbers.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import { addUp, type Sum, subtract } from '../kernel/sum.ts';
import { isReversalNumber, partsOf, sequenceOf, tieOfSequence } from '../kernel/voucher-number.ts';
import type { TillVoucher } from './decision.ts';
import { TENDERS, type Tender } from './kinds/sale-claim.ts';

/** Paise; negative when more was paid out. */
type TenderTotal = { readonly tender: Tender; readonly amount: Sum };

type ShiftVouchers = { readonly lastClose: TillVoucher | undefined; readonly vouchers: readonly TillVoucher[] };

/** Before `close`, or all. Depends on the vouchers only, not on arrival. */
export const shiftVouchersOf = (
  terminal: string,
  close: TillVoucher | undefined,
  known: readonly TillVoucher[],
): ShiftVouchers => {
  const others = known.filter(({ number }) => number.startsWith(terminal) && number !== close?.number);
  const ordered = inTerminalOrder(close ? [...others, close] : others);
  const earlier = close ? ordered.slice(0, ordered.indexOf(close)) : ordered;
  const lastCloseIndex = earlier.findLastIndex(isClose);
  return { lastClose: earlier[lastCloseIndex], vouchers: earlier.slice(lastCloseIndex + 1) };
};

const isClose = ({ claim }: Pick<TillVoucher, 'claim'>): boolean => claim.float !== undefined;

/**
 * One terminal's vouchers in sequence. At the time of a shift close, `last` of the close decides:
 * numbers up to it stand before the close, others after.
 */
export const inTerminalOrder = <Ordered extends TillVoucher>(vouchers: readonly Ordered[]): Ordered[] => {
  const inSequence = vouchers.toSorted((one, other) => (sequenceOf(one) < sequenceOf(other) ? -1 : 1));
  const closes = Map.groupBy(inSequence.filter(isClose), (one) => tieOfSequence(sequenceOf(one)));
  const rankOf = (one: Ordered): string => {
    const own = sequenceOf(one);
    const tied = closes.get(tieOfSequence(own));
    if (!tied) return own;
    if (isClose(one)) return `${own} 1`;
    const close = tied.find(({ claim }) => claim.last && !isAboveLastNumbers(one.number, claim.last));
    return close ? `${sequenceOf(close)} 0 ${own}` : `${sequenceOf(tied.at(-1) as Ordered)} 2 ${own}`;
  };
  if (closes.size === 0) return inSequence;
  const ranked = inSequence.map((one) => ({ one, rank: rankOf(one) }));
  return ranked.toSorted((a, b) => (a.rank < b.rank ? -1 : 1)).map(({ one }) => one);
};

/** A payment or refund has the time of the close, and `last` names no number of its kind. */
export const refuseUnplacedVoucher = (
  close: TillVoucher & { readonly claim: { readonly last: LastNumbers } },
  known: readonly TillVoucher[],
): Refusal | undefined => {
  const { last, occurredAt } = close.claim;
  const tie = tieOfSequence(sequenceOf(close));
  const unplaced = known.find(
    (one) =>
      tieOfSequence(sequenceOf(one)) === tie &&
      (one.claim.payments ?? one.claim.refund) !== undefined &&
      !last.some((number) => partsOf(number).kind === partsOf(one.number).kind),
  );
  if (!unplaced) return undefined;
  const { number: other } = unplaced;
  const detail = `${other} of this terminal has the same time, ${occurredAt}, and \`last\` names no number of its kind.`;
  return refuse('SAME_TIME', detail, { other, occurredAt });
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
