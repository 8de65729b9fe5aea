import * as z from 'zod';
import { netOf, type SupplyLine } from '../billing/supply-line.ts';
import type { ClosedSeller } from '../day-close/day-close.ts';
import type { SellerFigures } from '../day-close/seller-day.ts';
import type { SellerId } from '../kernel/ids.ts';
import { addUp, negate, Sum } from '../kernel/sum.ts';
import { GstBasisPoints, type TaxSum } from '../kernel/tax.ts';
import { Day } from '../kernel/time.ts';

const DayTax = z.strictObject({ taxable: Sum, cgst: Sum, igst: Sum });
type DayTax = z.infer<typeof DayTax>;

/** Paise. `closed`: in the sums of the day closes. */
export const CloseDifference = z.strictObject({
  day: Day,
  gstBasisPoints: GstBasisPoints,
  closed: DayTax,
  reported: DayTax,
});
export type CloseDifference = z.infer<typeof CloseDifference>;

type DaySums = { readonly day: Day; readonly sellers: readonly ClosedSeller[] };

/** The days whose tax differs from the sums of all closes of the state. */
export const differencesFromCloses = (
  seller: SellerId,
  days: readonly SellerFigures[],
  sums: readonly DaySums[],
): CloseDifference[] => {
  const sellerDays = Map.groupBy(days, ({ day }) => day);
  const linesOn = (day: Day): SupplyLine[] =>
    (sellerDays.get(day) ?? []).flatMap(({ supplies }) => supplies.flatMap(({ lines }) => lines));
  const closedByDay = new Map(
    sums.map(({ day, sellers }) => [day, sellers.filter((one) => one.seller === seller)] as const),
  );
  const all = [...new Set([...sellerDays.keys(), ...closedByDay.keys()])].toSorted();
  return all.flatMap((day) => differencesOn(day, linesOn(day), closedByDay.get(day) ?? []));
};

const differencesOn = (day: Day, lines: readonly SupplyLine[], closes: readonly ClosedSeller[]): CloseDifference[] => {
  const taxes = closes.flatMap(({ tax, taxBack }) => [...tax, ...taxBack.map(negated)]);
  const rates = new Set([...lines, ...taxes].map(({ gstBasisPoints }) => gstBasisPoints));
  return [...rates]
    .toSorted((one, other) => one - other)
    .map((gstBasisPoints) => {
      const of = <Row extends { gstBasisPoints: number }>(rows: readonly Row[]) =>
        rows.filter((row) => row.gstBasisPoints === gstBasisPoints);
      const { taxable, cgst, igst } = netOf(of(lines));
      const closed = {
        taxable: addUp(of(taxes).map((tax) => tax.taxable)),
        cgst: addUp(of(taxes).map((tax) => tax.cgst)),
        igst: addUp(of(taxes).map((tax) => tax.igst ?? 0)),
      };
      return { day, gstBasisPoints, closed, reported: { taxable, cgst, igst } };
    })
    .filter(({ closed, reported }) => !isSameTax(closed, reported));
};

const isSameTax = (one: DayTax, other: DayTax): boolean =>
  one.taxable === other.taxable && one.cgst === other.cgst && one.igst === other.igst;

const negated = ({ gstBasisPoints, taxable, cgst, sgst, igst }: ClosedSeller['taxBack'][number]): TaxSum => ({
  gstBasisPoints,
  taxable: negate(taxable),
  cgst: negate(cgst),
  sgst: negate(sgst),
  igst: negate(igst ?? 0),
});
