import type { ItemId } from '../ids.ts';
import type { Balance } from '../quantity.ts';
import { addUp, multiply, type Sum } from '../sum.ts';
import { partsOf } from '../vouchers/number.ts';
import { onHandBy } from '../vouchers/on-hand.ts';
import { orderOf } from '../vouchers/order.ts';
import { paidForLine } from '../vouchers/sale.ts';
import type { Voucher } from '../vouchers/voucher.ts';
import { averageWith, valueAt } from './average.ts';
import type { ClosedItem } from './close.ts';
import { isMistakenSale, type Mistakes, NO_MISTAKES, undoneBy } from './mistakes.ts';

/** What a day begins with. */
export type Opening = Pick<ClosedItem, 'item' | 'onHand' | 'average' | 'astray'>;

type Figures = Omit<ClosedItem, 'item' | 'onHand' | 'average' | 'value' | 'exposure' | 'mistaken' | 'astray'> & {
  mistaken: number;
};
type Money = 'amount' | 'varianceValue';
type Running = Figures & { onHand: number; average: number; astray: number; readonly opened: number; least: number };

/** One thing that happened to one item: what it moved, or what was counted, and what it adds to which figures. */
type Event = {
  readonly item: ItemId;
  readonly moves: number;
  readonly counted?: number | undefined;
  readonly cost?: Sum | undefined;
  readonly adds: Partial<Figures>;
  /** How much of it was a mistaken sale, or takes one back: the shelf does not move by that. */
  readonly astray?: number;
};

/** Every item that is or was here, through what happened in one day, which is walked through in the one order; arrival plays no part. */
export const balancesOf = (
  opening: readonly Opening[],
  happened: readonly Voucher[],
  mistakes: Mistakes = NO_MISTAKES,
): ClosedItem[] => {
  const running = new Map(
    opening.map(({ item, onHand, average, astray = 0 }) => [item, begun(onHand, average, astray)]),
  );
  const inOrder = happened.toSorted((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1));
  for (const event of inOrder.flatMap((voucher) => eventsOf(voucher, mistakes))) {
    const at = running.get(event.item) ?? begun(0, 0, 0);
    running.set(event.item, at);
    happen(at, event);
  }
  return [...running]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([item, { opened, least, onHand, average, mistaken, astray, ...figures }]) => ({
      ...{ item, onHand: onHand as Balance, average, value: valueAt(average, Math.max(0, onHand)) },
      ...figures,
      exposure: opened <= 0 ? 0 : least <= 0 ? 0.5 : 1,
      ...(mistaken !== 0 && { mistaken }),
      ...(astray !== 0 && { astray }),
    }));
};

const NONE: Figures = {
  ...{ sold: 0, mistaken: 0, amount: 0, returned: 0, received: 0, dispatched: 0, issued: 0, writtenOff: 0 },
  ...{ variance: 0, varianceValue: 0 },
};

const begun = (onHand: number, average: number, astray: number): Running => ({
  ...NONE,
  ...{ onHand, average, astray, opened: onHand + astray, least: onHand + astray },
});

const happen = (at: Running, { moves, counted, cost, adds, astray = 0 }: Event): void => {
  if (cost !== undefined) at.average = averageWith(at, { quantity: moves, cost });
  const more = counted === undefined ? 0 : counted - at.onHand;
  at.onHand += moves + more;
  // What was counted is what the shelf has.
  at.astray = counted === undefined ? at.astray + astray : 0;
  at.least = Math.min(at.least, at.onHand + at.astray);
  at.variance += more;
  const { amount = 0, ...quantities } = adds;
  at.amount = addUp([at.amount, amount]);
  at.varianceValue = addUp([at.varianceValue, valueAt(at.average, more)]);
  for (const [figure, quantity] of Object.entries(quantities) as [Exclude<keyof Figures, Money>, number][])
    at[figure] += quantity;
};

/** A voucher line by line. */
const eventsOf = (voucher: Voucher, { bySale, reversals }: Mistakes): Event[] => {
  const { claim, outcome, number } = voucher;
  if (!('lines' in claim)) return [];
  if (claim.kind === 'C')
    return claim.lines.map(({ item }, at) => {
      const counted = 'counted' in outcome ? outcome.counted[at]?.quantity : undefined;
      return { item, moves: 0, counted, adds: {} };
    });
  return onHandBy({ claim, outcome }).map(({ item, quantity: moves }, at): Event => {
    switch (claim.kind) {
      case 'S': {
        const tax = 'total' in outcome ? outcome.tax[at] : undefined;
        const mistaken = Math.max(0, bySale.get(number)?.get(at + 1) ?? 0);
        return { item, moves, adds: { sold: -moves, amount: tax ? paidForLine(tax) : 0, mistaken }, astray: mistaken };
      }
      case 'R': {
        const { cost, unitCost } = claim.lines[at] ?? {};
        const paid = cost ?? (unitCost === undefined ? undefined : multiply(unitCost, moves));
        return { item, moves, cost: moves > 0 ? paid : undefined, adds: { received: moves } };
      }
      case 'V': {
        const quantity = claim.lines[at]?.quantity ?? 0;
        const undone = undoneBy(voucher);
        const astray = isMistakenSale(voucher) ? -quantity : undone && reversals.has(undone) ? quantity : 0;
        return { item, moves, adds: backTo(partsOf(claim.of).kind, quantity, moves), astray };
      }
      case 'D':
        return { item, moves, adds: { dispatched: -moves } };
      case 'I':
        return { item, moves, adds: { issued: -moves } };
      default:
        return { item, moves, adds: { writtenOff: -moves } };
    }
  });
};

/** What comes back and not onto the shelf was written off. */
const backTo = (kind: string, quantity: number, moves: number): Partial<Figures> => {
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
