import { addUp, type Sum, subtract } from '../kernel/sum.ts';
import { undoesReturn } from '../kernel/voucher-number.ts';
import { type Order, orderOf } from '../kernel/voucher-sequence.ts';
import { Tender } from './kinds/sale.ts';
import type { InTill } from './till-voucher.ts';

/** Paise of one tender; below zero, more went out than came in. */
type InTender = { readonly tender: Tender; readonly amount: Sum };

/** The close before this one of the same terminal, and what the terminal did between the two, in the one order. */
type SoFar = { readonly before: InTill | undefined; readonly since: readonly InTill[] };

/** Of all that is known of a location, what one close of a shift is about. Arrival plays no part: with more known, it is reckoned again. */
export const shiftAmong = (terminal: string, order: Order, known: readonly InTill[]): SoFar => {
  const earlier = known
    .filter((told) => told.number.startsWith(terminal) && orderOf(told) < order)
    .toSorted((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1));
  const at = earlier.findLastIndex(({ claim }) => claim.float !== undefined);
  return { before: earlier[at], since: earlier.slice(at + 1) };
};

/** By tender, what all of these moved, where that is anything. */
export const movedIn = (
  all: readonly (Pick<InTill, 'claim'> | { readonly tenders: readonly InTender[] })[],
): InTender[] => {
  const moved = all.flatMap((one) => ('tenders' in one ? one.tenders : movedBy(one)));
  return Tender.options
    .map((tender) => ({
      tender,
      amount: addUp(moved.filter((one) => one.tender === tender).map(({ amount }) => amount)),
    }))
    .filter(({ amount }) => amount !== 0);
};

/** What a sale brought in and a return took out, unless that was taken back. What was exchanged never was in a till. */
const movedBy = ({ claim: { of, payments = [], refund = [] } }: Pick<InTill, 'claim'>): InTender[] => {
  const way = of !== undefined && undoesReturn(of) ? 1 : -1;
  return [...payments, ...refund.map(({ tender, amount }) => ({ tender, amount: way * amount }))].filter(isInTill);
};

const isInTill = <M extends { tender: string; amount: Sum }>(moved: M): moved is M & InTender =>
  Tender.options.some((tender) => tender === moved.tender);

type Amount = { readonly amount: number };
type Said = {
  readonly float: number;
  readonly counted: readonly InTender[];
  readonly deposits?: readonly Amount[] | undefined;
  readonly expenses?: readonly Amount[] | undefined;
};

/** What should be there by tender, and how much more was counted; below zero, less. Cash begins with the float, and loses deposits and expenses. `before`: of a shift of days, what earlier ones moved. */
export const tillOf = (
  { float, counted, deposits = [], expenses = [] }: Said,
  since: readonly InTill[],
  before: readonly InTender[] = [],
): { readonly expected: InTender[]; readonly over: InTender[] } => {
  const gone = [...deposits, ...expenses].map(({ amount }) => -amount);
  const moved = [
    ...before,
    ...since.flatMap(movedBy),
    ...[float, ...gone].map((amount) => ({ tender: 'cash', amount }) as const),
  ];
  const due = (tender: Tender) => addUp(moved.filter((one) => one.tender === tender).map(({ amount }) => amount));
  return {
    expected: Tender.options.map((tender) => ({ tender, amount: due(tender) })),
    over: counted.map(({ tender, amount }) => ({ tender, amount: subtract(amount, due(tender)) })),
  };
};
