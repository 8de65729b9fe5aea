import * as z from 'zod';
import { FreeText } from '../kernel/claim-fields.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import { addUp, NonNegativeSum, negate, Sum } from '../kernel/sum.ts';
import { Instant } from '../kernel/time.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';

/** A hash of the basket's name, which is free text. */
export const BasketId = z
  .string()
  .regex(/^[0-9a-f]{20}$/, 'a basket is known by 20 hexadecimal digits: see its alert')
  .brand('BasketId');
export type BasketId = z.infer<typeof BasketId>;

/** `uncovered`: paise at that time. */
export const BasketSettlement = z.strictObject({
  at: Instant,
  by: z.string(),
  why: FreeText,
  uncovered: NonNegativeSum,
});
export type BasketSettlement = z.infer<typeof BasketSettlement>;

/**
 * `left`: paise returned less paise spent, possibly negative. `spentBy`: the last offline sale that
 * spent from it.
 */
export const Basket = z.strictObject({
  id: BasketId,
  basket: FreeText,
  left: Sum,
  spentBy: VoucherNumber.optional(),
  settled: BasketSettlement.optional(),
  version: z.int().min(1),
});
export type Basket = z.infer<typeof Basket>;

/** `amount`: paise; negative when spent. `covered`: the basket must hold the amount. */
export type BasketChange = {
  readonly basket: string;
  readonly amount: Sum;
  readonly requires: 'nothing' | 'covered';
};

type TenderAmount = { readonly tender: string; readonly amount: number };

/** Paise of the tender `exchange`. */
export const exchangedAmount = (money: readonly TenderAmount[]): Sum =>
  addUp(money.filter(({ tender }) => tender === 'exchange').map(({ amount }) => amount));

/** `path`: the field that holds the money. */
export const refuseMissingBasket = (
  money: readonly TenderAmount[],
  basket: string | undefined,
  path: 'payments' | 'refund',
): Refusal | undefined => {
  const at = money.findIndex(({ tender }) => tender === 'exchange');
  if (at < 0 || basket !== undefined) return undefined;
  const fields = [{ path: `${path}.${at}.tender`, problem: 'an exchange names its basket' }];
  return refuse('INVALID_REQUEST', 'An exchange needs the name of its basket.', { fields });
};

/** Paise spent beyond all returns. */
export const uncoveredAmount = ({ left }: Pick<Basket, 'left'>): Sum => (left < 0 ? negate(left) : 0);
