import * as z from 'zod';
import { FreeText } from '../kernel/claim-fields.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import { addUp, NonNegativeSum, negate, Sum } from '../kernel/sum.ts';
import { Instant } from '../kernel/time.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';

/** A basket of one location, by a check of its name: names are free words. */
export const BasketId = z
  .string()
  .regex(/^[0-9a-f]{20}$/, 'a basket is known by 20 hexadecimal digits: see its alert')
  .brand('BasketId');
export type BasketId = z.infer<typeof BasketId>;

/** An officer has looked at it: who, when and why; and how many paise were not covered by then. */
export const BasketSettlement = z.strictObject({
  at: Instant,
  by: z.string(),
  why: FreeText,
  uncovered: NonNegativeSum,
});
export type BasketSettlement = z.infer<typeof BasketSettlement>;

/** `left`: paise that came back into the basket and were not spent yet; below zero, more was spent. `spentBy`: the last that was spent without a link. */
export const Basket = z.strictObject({
  id: BasketId,
  basket: FreeText,
  left: Sum,
  spentBy: VoucherNumber.optional(),
  settled: BasketSettlement.optional(),
  version: z.int().min(1),
});
export type Basket = z.infer<typeof Basket>;

/** Paise that a voucher adds to what a basket has to spend; below zero, it spends them. `covered`: only if the basket has so much. */
export type BasketChange = {
  readonly basket: string;
  readonly amount: Sum;
  readonly requires: 'nothing' | 'covered';
};

type TenderAmount = { readonly tender: string; readonly amount: number };

/** Paise that were exchanged. */
export const exchangedAmount = (money: readonly TenderAmount[]): Sum =>
  addUp(money.filter(({ tender }) => tender === 'exchange').map(({ amount }) => amount));

/** What is exchanged is given back for goods of a basket, and spent on others of it: so each names the basket. `path` is where the money stands. */
export const refuseMissingBasket = (
  money: readonly TenderAmount[],
  basket: string | undefined,
  path: 'payments' | 'refund',
): Refusal | undefined => {
  const at = money.findIndex(({ tender }) => tender === 'exchange');
  if (at < 0 || basket !== undefined) return undefined;
  const fields = [{ path: `${path}.${at}.tender`, problem: 'an exchange names its basket' }];
  return refuse('INVALID_REQUEST', 'What was exchanged is found by the basket.', { fields });
};

/** Paise that were spent from it and never came back into it. */
export const uncoveredAmount = ({ left }: Pick<Basket, 'left'>): Sum => (left < 0 ? negate(left) : 0);
