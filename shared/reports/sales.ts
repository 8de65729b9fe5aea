import * as z from 'zod';
import { ClosedTender } from '../day-close/day-close.ts';
import { DistrictId, ItemId, SellerId, StockLocationId } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import { addUp, NonNegativeSum, Sum, subtract } from '../kernel/sum.ts';
import { GstBasisPoints } from '../kernel/tax.ts';
import { Day } from '../kernel/time.ts';
import type { AreaReport, DistrictReport, LocationReport, SellerTotals } from './report.ts';

/** Base units and paise, by the day on which stock left. */
export const SalesOfItem = z.strictObject({
  item: ItemId,
  sold: NonNegativeSum,
  amount: NonNegativeSum,
  returned: Sum,
});
export type SalesOfItem = z.infer<typeof SalesOfItem>;

export const salesByItem = {
  title: 'What was sold and what came back, item by item; those of which nothing was, left out',
  row: SalesOfItem,
  key: ({ item }) => [item],
  from: 'area',
  rows: (days) =>
    [
      ...Map.groupBy(
        days.flatMap(({ items }) => items),
        ({ item }) => item,
      ),
    ]
      .map(([item, those]) => ({
        item,
        sold: addUp(those.map(({ sold }) => sold)),
        amount: addUp(those.map(({ amount }) => amount)),
        returned: addUp(those.map(({ returned }) => returned)),
      }))
      .filter(({ sold, returned }) => sold !== 0 || returned !== 0),
} as const satisfies AreaReport<SalesOfItem>;

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

export const SalesOfDay = z.strictObject({ day: Day, ...Takings });

export type SalesOfDay = z.infer<typeof SalesOfDay>;

export const salesByDay = {
  title: 'Bills and refunds, day by day',
  row: SalesOfDay,
  key: ({ day }) => [day],
  from: 'area',
  rows: (days) =>
    [...Map.groupBy(days, ({ day }) => day)].map(([day, those]) => ({
      day,
      ...takingsOf(those.flatMap(({ sellers }) => sellers)),
    })),
} as const satisfies AreaReport<SalesOfDay>;

export const SalesOfDistrict = z.strictObject({ district: DistrictId, ...Takings });

export type SalesOfDistrict = z.infer<typeof SalesOfDistrict>;

export const salesByDistrict = {
  title: 'Bills and refunds, district by district',
  row: SalesOfDistrict,
  key: ({ district }) => [district],
  from: 'districts',
  rows: (days) =>
    [...Map.groupBy(days, ({ district }) => district)].map(([district, those]) => ({
      district,
      ...takingsOf(those.flatMap(({ sellers }) => sellers)),
    })),
} as const satisfies DistrictReport<SalesOfDistrict>;

export const SalesOfSeller = z.strictObject({ seller: SellerId, ...Takings });

export type SalesOfSeller = z.infer<typeof SalesOfSeller>;

export const salesBySeller = {
  title: 'Bills and refunds, seller by seller',
  row: SalesOfSeller,
  key: ({ seller }) => [seller],
  from: 'area',
  rows: (days) =>
    [
      ...Map.groupBy(
        days.flatMap(({ sellers }) => sellers),
        ({ seller }) => seller,
      ),
    ].map(([seller, those]) => ({ seller, ...takingsOf(those) })),
} as const satisfies AreaReport<SalesOfSeller>;

export const SalesOfOutlet = z.strictObject({ location: StockLocationId, district: DistrictId, ...Takings });
export type SalesOfOutlet = z.infer<typeof SalesOfOutlet>;

export const salesByOutlet = {
  title: 'Bills and refunds, outlet by outlet; outlets without a closed day are left out',
  row: SalesOfOutlet,
  key: ({ location }) => [location],
  from: 'closes',
  at: 'outlets',
  earlier: 0,
  rows: (closes, { location, district }) =>
    closes.length === 0 ? [] : [{ location, district, ...takingsOf(closes.flatMap(({ sellers }) => sellers)) }],
} as const satisfies LocationReport<SalesOfOutlet>;

/** Paise. `net`: taken less given. */
export const SalesOfTender = ClosedTender.extend({ net: Sum });
export type SalesOfTender = z.infer<typeof SalesOfTender>;

export const salesByTender = {
  title: 'Money taken and given back, tender by tender',
  row: SalesOfTender,
  key: ({ tender }) => [tender],
  from: 'area',
  rows: (days) =>
    [
      ...Map.groupBy(
        days.flatMap(({ tenders }) => tenders),
        ({ tender }) => tender,
      ),
    ].map(([tender, those]) => {
      const taken = addUp(those.map((one) => one.taken));
      const given = addUp(those.map((one) => one.given));
      return { tender, taken, given, net: subtract(taken, given) };
    }),
} as const satisfies AreaReport<SalesOfTender>;

/** Paise: tax of sales less tax of refunds. */
export const TaxOfRate = z.strictObject({
  seller: SellerId,
  gstBasisPoints: GstBasisPoints,
  taxable: Sum,
  cgst: Sum,
  sgst: Sum,
  igst: Sum,
});
export type TaxOfRate = z.infer<typeof TaxOfRate>;

export const taxByRate = {
  title: 'Taxable value and GST of sales less refunds, by seller and rate',
  row: TaxOfRate,
  key: ({ seller, gstBasisPoints }) => [seller, String(gstBasisPoints).padStart(4, '0')],
  from: 'area',
  rows: (days) =>
    [
      ...Map.groupBy(
        days.flatMap(({ sellers }) => sellers),
        ({ seller }) => seller,
      ),
    ].flatMap(([seller, those]) => {
      const rates = new Set(those.flatMap(({ tax, taxBack }) => [...tax, ...taxBack].map((one) => one.gstBasisPoints)));
      const net = (gstBasisPoints: number, figure: 'taxable' | 'cgst' | 'sgst' | 'igst') => {
        const sum = (lines: SellerTotals['taxBack']) =>
          addUp(lines.filter((line) => line.gstBasisPoints === gstBasisPoints).map((line) => line[figure] ?? 0));
        return subtract(sum(those.flatMap(({ tax }) => tax)), sum(those.flatMap(({ taxBack }) => taxBack)));
      };
      return [...rates].map((rate) => ({
        seller,
        gstBasisPoints: rate,
        taxable: net(rate, 'taxable'),
        cgst: net(rate, 'cgst'),
        sgst: net(rate, 'sgst'),
        igst: net(rate, 'igst'),
      }));
    }),
} as const satisfies AreaReport<TaxOfRate>;
