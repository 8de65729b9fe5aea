import * as z from 'zod';
import type { SellerSums } from './report.ts';

const count = z.int().min(0);

/** Bills and what was given back, in paise; documents stand on the day in their number. */
export const Takings = { sales: count, amount: count, refunds: count, refunded: count, net: z.int() };
type Takings = z.infer<z.ZodObject<typeof Takings>>;

export const takingsOf = (sellers: Iterable<SellerSums>): Takings => {
  const sum = { sales: 0, amount: 0, refunds: 0, refunded: 0 };
  for (const { sales, amount, refunds, refunded } of sellers) {
    sum.sales += sales;
    sum.amount += amount;
    sum.refunds += refunds;
    sum.refunded += refunded;
  }
  return { ...sum, net: sum.amount - sum.refunded };
};
