import type { ItemId, ProducerId, SellerId } from '../ids.ts';
import { type Quantity, sumOf } from '../quantity.ts';
import type { FieldProblem, Refusal } from '../refusal.ts';
import type { Seller } from '../registry/entries.ts';
import type { Item } from '../registry/item.ts';
import type { Day } from '../time.ts';

/** One stock row's part in a voucher: what is added to on hand, and what must be free before. */
export type StockChange = {
  readonly item: ItemId;
  readonly onHand: number;
  readonly requires: 'nothing' | { readonly free: number };
};

/** How a voucher came in. `goodsInHand`: the seller says the goods are there, whatever the book says. */
export type Admission = { readonly way: 'live'; readonly goodsInHand: boolean };

/** What the registry says of what a claim names; what it does not know is absent. */
export type Known = {
  readonly seller: SellerId;
  readonly registration: Seller['registration'];
  readonly items: ReadonlyMap<ItemId, Item>;
  readonly producers: ReadonlySet<ProducerId>;
};

export type Decided<Outcome> = { readonly outcome: Outcome; readonly stock: readonly StockChange[] };

/** A kind's decision, pure: which rows change, under which conditions, and what comes of it; or why not. */
export type Decide<Claim, Outcome> = (asked: {
  readonly claim: Claim;
  readonly admission: Admission;
  readonly day: Day;
  readonly known: Known;
}) => Decided<Outcome> | Refusal;

type Line = { readonly item: ItemId; readonly quantity: Quantity };

/** Lines of one item added up: a transaction may touch an item once. */
export const perItem = (lines: readonly Line[]): Line[] =>
  [...Map.groupBy(lines, ({ item }) => item)].map(([item, same]) => ({
    item,
    quantity: sumOf(same.map(({ quantity }) => quantity)) as Quantity,
  }));

/** Goods leave the shelf. Live, the shelf must have them unless they are in hand. */
export const taken = (lines: readonly Line[], { goodsInHand }: Admission): StockChange[] =>
  perItem(lines).map(({ item, quantity }) => ({
    item,
    onHand: -quantity,
    requires: goodsInHand ? 'nothing' : { free: quantity },
  }));

/** Goods come onto the shelf. */
export const added = (lines: readonly Line[]): StockChange[] =>
  perItem(lines).map(({ item, quantity }) => ({ item, onHand: quantity, requires: 'nothing' }));

/** One problem per line that fails the test, in the order of the lines. */
export const problemsIn = <L>(
  lines: readonly L[],
  field: keyof L & string,
  problem: (line: L) => string | undefined,
): FieldProblem[] =>
  lines.flatMap((line, at) => {
    const says = problem(line);
    return says === undefined ? [] : [{ path: `lines.${at}.${field}`, problem: says }];
  });
