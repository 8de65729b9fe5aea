import * as z from 'zod';
import { DistrictId, StockLocationId } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import type { LocationReport } from './report.ts';
import { takingsOf } from './sales.ts';

export const GoodsInHand = z.strictObject({
  location: StockLocationId,
  district: DistrictId,
  inHand: z.int().min(1),
  sales: z.int().min(0),
  inAThousand: z.int().min(0),
});
export type GoodsInHand = z.infer<typeof GoodsInHand>;

export const goodsInHand = {
  title: 'How often goods in hand overrode the book; outlets where they never did, left out',
  row: GoodsInHand,
  key: ({ location }) => [location],
  from: 'closes',
  at: 'outlets',
  earlier: 0,
  rows: (closes, { location, district }) => {
    const inHand = sumOf(closes.map((close) => close.inHand));
    const { sales } = takingsOf(closes.flatMap(({ sellers }) => sellers));
    if (inHand === 0) return [];
    return [{ location, district, inHand, sales, inAThousand: sales === 0 ? 0 : Math.round((1000 * inHand) / sales) }];
  },
} as const satisfies LocationReport<GoodsInHand>;
