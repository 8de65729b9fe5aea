import * as z from 'zod';
import { GstStateCode } from '../kernel/gstin.ts';
import { ItemId } from '../kernel/ids.ts';
import { addUp, negate, Sum } from '../kernel/sum.ts';
import { GstBasisPoints } from '../kernel/tax.ts';
import { LineFacts } from '../ledger/bill-facts.ts';

/** The table of GSTR-1. `none`: a credit note after the cut-off of section 34. */
const SupplyTable = z.enum(['b2b', 'b2cl', 'b2cs', 'none']);

/** Base units and paise. Negative if more returns were reversed than made. SGST is as CGST. */
export const SupplyFigures = z.strictObject({ quantity: Sum, taxable: Sum, cgst: Sum, igst: Sum });
export type SupplyFigures = z.infer<typeof SupplyFigures>;

export const SupplyLine = z.strictObject({
  item: ItemId,
  hsn: LineFacts.shape.hsn,
  uqc: LineFacts.shape.uqc,
  gstBasisPoints: GstBasisPoints,
  place: GstStateCode,
  table: SupplyTable,
  sold: SupplyFigures,
  returned: SupplyFigures,
});
export type SupplyLine = z.infer<typeof SupplyLine>;

export type SupplyKey = Omit<SupplyLine, 'sold' | 'returned'>;

const supplyKeyOf = ({ item, hsn, uqc, gstBasisPoints, place, table }: SupplyKey): string =>
  [item, hsn, uqc, String(gstBasisPoints).padStart(4, '0'), place, table].join(' ');

/** Groups in the order of their keys. */
export const sortedGroups = <Entry>(groups: ReadonlyMap<string, Entry[]>): Entry[][] =>
  [...groups].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, group]) => group);

export const sumFigures = (all: readonly SupplyFigures[]): SupplyFigures => ({
  quantity: addUp(all.map(({ quantity }) => quantity)),
  taxable: addUp(all.map(({ taxable }) => taxable)),
  cgst: addUp(all.map(({ cgst }) => cgst)),
  igst: addUp(all.map(({ igst }) => igst)),
});

/** One line for each item, HSN, UQC, rate, place and table, in this order. */
export const addLines = (lines: readonly SupplyLine[]): SupplyLine[] =>
  sortedGroups(Map.groupBy(lines, supplyKeyOf)).flatMap((same) =>
    same.slice(0, 1).map((first) => ({
      ...first,
      sold: sumFigures(same.map(({ sold }) => sold)),
      returned: sumFigures(same.map(({ returned }) => returned)),
    })),
  );

/** Sold less returned. */
export const netOf = (lines: readonly Pick<SupplyLine, 'sold' | 'returned'>[]): SupplyFigures => {
  const net = (figure: keyof SupplyFigures) =>
    addUp(lines.flatMap(({ sold, returned }) => [sold[figure], negate(returned[figure])]));
  return { quantity: net('quantity'), taxable: net('taxable'), cgst: net('cgst'), igst: net('igst') };
};
