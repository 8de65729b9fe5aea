import type { ItemId } from '../kernel/ids.ts';
import type { Balance } from '../kernel/quantity.ts';
import { addUp } from '../kernel/sum.ts';
import { partsOf } from '../kernel/voucher-number.ts';
import { sequenceOf, type VoucherSequence } from '../kernel/voucher-sequence.ts';
import { paidAmountOf } from '../ledger/kinds/sale.ts';
import { onHandMovements } from '../ledger/on-hand.ts';
import type { Voucher } from '../ledger/voucher.ts';
import {
  averageBefore,
  averageCostAfter,
  type ReceivedStock,
  UNITS_PER_AVERAGE,
  valueAtAverage,
} from './average-cost.ts';
import type { ClosedItem } from './day-close.ts';
import type { Origin, Origins } from './goods-origin.ts';
import { isMistakenStock, isReversalOfMistake, type Mistakes, NO_MISTAKES, undoneReversalOf } from './mistakes.ts';

/** What a day begins with. */
export type OpeningBalance = Pick<ClosedItem, 'item' | 'onHand' | 'average' | 'astray'>;

type Kept = 'item' | 'onHand' | 'average' | 'averages' | 'value' | 'exposure' | 'mistaken' | 'astray';
type DayFigures = Omit<ClosedItem, Kept> & { mistaken: number };
type MoneyFigure = 'amount' | 'varianceValue';
type RunningBalance = DayFigures & {
  onHand: number;
  average: number;
  averages: NonNullable<ClosedItem['averages']>;
  astray: number;
  readonly opened: number;
  least: number;
};

/** One thing that happened to one item: what it moved, or what was counted, and what it adds to which figures. */
type StockEvent = {
  readonly item: ItemId;
  readonly moves: number;
  readonly counted?: number | undefined;
  /** What came onto the shelf, at a cost of its own; or at the average as it was just before a place in the order. */
  readonly came?: ReceivedStock | undefined;
  readonly cameBack?: { readonly quantity: number; readonly leftAt: VoucherSequence } | undefined;
  readonly adds: Partial<DayFigures>;
  /** How much of it was a mistake, or takes one back: the shelf does not move by that. */
  readonly astray?: number;
};

/** Every item that is or was here, through what happened in one day, which is walked through in the one order; arrival plays no part. */
export const balancesOf = (
  opening: readonly OpeningBalance[],
  happened: readonly Voucher[],
  mistakes: Mistakes = NO_MISTAKES,
  origins: Origins = new Map(),
): ClosedItem[] => {
  const running = new Map(
    opening.map(({ item, onHand, average, astray = 0 }) => [item, startingBalance(onHand, average, astray)]),
  );
  const inOrder = happened.toSorted((one, other) => (sequenceOf(one) < sequenceOf(other) ? -1 : 1));
  for (const voucher of inOrder) {
    const order = sequenceOf(voucher);
    for (const event of eventsOf(voucher, mistakes, origins.get(voucher.number))) {
      const at = running.get(event.item) ?? startingBalance(0, 0, 0);
      running.set(event.item, at);
      applyEvent(at, event, order);
    }
  }
  return [...running]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([item, { opened, least, onHand, average, averages, mistaken, astray, ...figures }]) => ({
      ...{ item, onHand: onHand as Balance, average, value: valueAtAverage(average, Math.max(0, onHand + astray)) },
      ...(averages.length > 0 && { averages }),
      ...figures,
      exposure: opened <= 0 ? 0 : least <= 0 ? 0.5 : 1,
      ...(mistaken !== 0 && { mistaken }),
      ...(astray !== 0 && { astray }),
    }));
};

const NO_FIGURES: DayFigures = {
  ...{ sold: 0, mistaken: 0, amount: 0, returned: 0, received: 0, dispatched: 0, issued: 0, writtenOff: 0 },
  ...{ variance: 0, varianceValue: 0 },
};

const startingBalance = (onHand: number, average: number, astray: number): RunningBalance => ({
  ...NO_FIGURES,
  ...{ onHand, average, averages: [], astray, opened: onHand + astray, least: onHand + astray },
});

const applyEvent = (
  at: RunningBalance,
  { moves, counted, came, cameBack, adds, astray = 0 }: StockEvent,
  order: VoucherSequence,
): void => {
  const costed = came ?? (cameBack && cameAt(cameBack.quantity, averageBefore(at, cameBack.leftAt)));
  if (costed && costed.quantity > 0) {
    const average = averageCostAfter({ onHand: at.onHand + at.astray, average: at.average }, costed);
    if (average !== at.average && at.averages.at(-1)?.until !== order)
      at.averages.push({ until: order, average: at.average });
    at.average = average;
  }
  const more = counted === undefined ? 0 : counted - at.onHand;
  at.onHand += moves + more;
  // What was counted is what the shelf has.
  at.astray = counted === undefined ? at.astray + astray : 0;
  at.least = Math.min(at.least, at.onHand + at.astray);
  at.variance += more;
  const { amount = 0, ...quantities } = adds;
  at.amount = addUp([at.amount, amount]);
  at.varianceValue = addUp([at.varianceValue, valueAtAverage(at.average, more)]);
  for (const [figure, quantity] of Object.entries(quantities) as [Exclude<keyof DayFigures, MoneyFigure>, number][])
    at[figure] += quantity;
};

/** What came at a known average; of what has none, nothing is weighed. */
const cameAt = (quantity: number, average: number | undefined): ReceivedStock | undefined =>
  average ? { quantity, cost: average, of: UNITS_PER_AVERAGE } : undefined;

/** A voucher line by line. */
const eventsOf = (voucher: Voucher, mistakes: Mistakes, origin: Origin = {}): StockEvent[] => {
  const { claim, outcome, number } = voucher;
  if (!('lines' in claim)) return [];
  if (claim.kind === 'C')
    return claim.lines.map(({ item }, at) => {
      const counted = 'counted' in outcome ? outcome.counted[at]?.quantity : undefined;
      return { item, moves: 0, counted, adds: {} };
    });
  return onHandMovements({ claim, outcome }).map(({ item, quantity: moves }, at): StockEvent => {
    const undone = Math.min(Math.abs(moves), mistakes.byVoucher.get(number)?.get(at + 1) ?? 0);
    const never = { astray: -Math.sign(moves) * undone };
    const left = Math.abs(moves) - undone;
    switch (claim.kind) {
      case 'S': {
        const tax = 'total' in outcome ? outcome.tax[at] : undefined;
        const mistaken = Math.max(0, mistakes.bySale.get(number)?.get(at + 1) ?? 0);
        return { item, moves, adds: { sold: -moves, amount: tax ? paidAmountOf(tax) : 0, mistaken }, astray: mistaken };
      }
      case 'R': {
        const came = cameAt(left, origin.averages?.get(item)) ?? paidFor(claim.lines[at], moves, left, origin);
        return { item, moves, came, adds: { received: moves }, ...never };
      }
      case 'V': {
        const quantity = claim.lines[at]?.quantity ?? 0;
        const adds = reversalFigures(partsOf(claim.of).kind, quantity, moves);
        return {
          item,
          moves,
          adds,
          ...never,
          ...takenBack(voucher, { item, quantity, moves, left }, mistakes, origin),
        };
      }
      case 'D':
        return { item, moves, adds: { dispatched: -moves } };
      case 'I':
        return { item, moves, adds: { issued: -moves } };
      default:
        return { item, moves, adds: { writtenOff: -moves }, ...never };
    }
  });
};

type Paid = { readonly item: ItemId; readonly cost?: number | undefined; readonly unitCost?: number | undefined };

/** What the receipt says was paid, else what the dispatch says. */
const paidFor = (line: Paid | undefined, came: number, left: number, { stated }: Origin): ReceivedStock | undefined => {
  if (!line || came <= 0) return undefined;
  if (line.cost !== undefined) return { quantity: left, cost: line.cost, of: came };
  const unitCost = line.unitCost ?? stated?.get(line.item);
  return unitCost === undefined ? undefined : { quantity: left, cost: unitCost, of: 1 };
};

type Back = { readonly item: ItemId; readonly quantity: number; readonly moves: number; readonly left: number };

/** A mistake is as if it had not been. Other goods truly left: they come back at the cost with which they did. */
const takenBack = (
  voucher: Voucher,
  { item, quantity, moves, left }: Back,
  { reversals, returns }: Mistakes,
  { leftAt, averages }: Origin,
): Pick<StockEvent, 'astray' | 'came' | 'cameBack'> => {
  if (isReversalOfMistake(voucher)) return { astray: -quantity };
  if (isMistakenStock(voucher)) return { astray: -moves };
  const undone = undoneReversalOf(voucher);
  if (undone !== undefined) return { astray: reversals.has(undone) ? quantity : returns.has(undone) ? -moves : 0 };
  if (moves <= 0) return {};
  return leftAt ? { cameBack: { quantity: left, leftAt } } : { came: cameAt(left, averages?.get(item)) };
};

/** What comes back and not onto the shelf was written off. */
const reversalFigures = (kind: string, quantity: number, moves: number): Partial<DayFigures> => {
  switch (kind) {
    case 'S':
      return { returned: quantity, writtenOff: quantity - moves };
    // A return that is taken back: what was written off with it is there no more than what it put on the shelf.
    case 'V':
      return { returned: -quantity, writtenOff: -quantity - moves };
    case 'I':
      return { issued: -quantity, writtenOff: quantity - moves };
    case 'R':
      return { received: moves };
    case 'D':
      return { dispatched: -moves };
    default:
      return { writtenOff: -moves };
  }
};
