import * as z from 'zod';
import { netOf, SupplyLine } from '../billing/supply-line.ts';
import type { SellerDay } from '../day-close/seller-day.ts';
import { SellerId } from '../kernel/ids.ts';
import { Sum } from '../kernel/sum.ts';
import type { SellerReport } from './report.ts';

const { hsn, uqc, gstBasisPoints } = SupplyLine.shape;

/** Sales less returns: base units of `uqc` and paise. */
export const SalesOfHsn = z.strictObject({
  seller: SellerId,
  hsn,
  gstBasisPoints,
  uqc,
  quantity: Sum,
  taxable: Sum,
  cgst: Sum,
  sgst: Sum,
  igst: Sum,
});
export type SalesOfHsn = z.infer<typeof SalesOfHsn>;

const linesOf = ({ supplies }: SellerDay): readonly SupplyLine[] => supplies.flatMap(({ lines }) => lines);

export const salesByHsn = {
  title: 'Sales less returns, by seller, HSN code and GST rate',
  row: SalesOfHsn,
  key: ({ seller, hsn: code, gstBasisPoints: rate, uqc: unit }) => [seller, code, String(rate).padStart(4, '0'), unit],
  from: 'sellers',
  rows: (days) =>
    [
      ...Map.groupBy(
        days.flatMap((day) => linesOf(day).map((line) => ({ seller: day.seller, line }))),
        ({ seller, line }) => [seller, line.hsn, line.gstBasisPoints, line.uqc].join(' '),
      ).values(),
    ].flatMap((group) => {
      const { cgst, ...net } = netOf(group.map(({ line }) => line));
      return group.slice(0, 1).map(({ seller, line }) => ({
        seller,
        hsn: line.hsn,
        gstBasisPoints: line.gstBasisPoints,
        uqc: line.uqc,
        ...net,
        cgst,
        sgst: cgst,
      }));
    }),
} as const satisfies SellerReport<SalesOfHsn>;
