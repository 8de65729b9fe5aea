import * as z from 'zod';
import { sumOf } from '../kernel/quantity.ts';
import { addUp, NonNegativeSum, Sum, subtract } from '../kernel/sum.ts';
import type { SellerTotals } from './report.ts';

const count = z.int().min(0);

/** Paise. Negative refunds: more was reversed. */
export const Takings = { sales: count, amount: NonNegativeSum, refunds: z.int(), refunded: Sum, net: Sum };
type Takings = z.infer<z.ZodObject<typeof Takings>>;

export const takingsOf = (sellers: Iterable<SellerTotals>): Takings => {
  const all = [...sellers];
  const amount = addUp(all.map((seller) => seller.amount));
  const refunded = addUp(all.map((seller) => seller.refunded));
  return {
    sales: sumOf(all.map(({ sales }) => sales)),
    amount,
    refunds: sumOf(all.map(({ refunds }) => refunds)),
    refunded,
    net: subtract(amount, refunded),
  };
};
