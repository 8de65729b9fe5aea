import * as z from 'zod';
import { GstStateCode } from '../kernel/gstin.ts';
import { ItemId } from '../kernel/ids.ts';
import { addUp, negate, Sum } from '../kernel/sum.ts';
import { GstBasisPoints, type LineTax } from '../kernel/tax.ts';
import { partsOf, VoucherNumber } from '../kernel/voucher-number.ts';
import { LineFacts, SellerFacts } from '../ledger/bill-facts.ts';
import type { LateLineTax } from '../ledger/pending-returns.ts';
import { isCancelled, type Voucher } from '../ledger/voucher.ts';
import { isSale, isSaleReturn, type SaleVoucher } from './bill.ts';
import { adjustsTax } from './document-kind.ts';

/** The table of GSTR-1. `none`: a credit note after the cut-off of section 34. */
const SupplyTable = z.enum(['b2b', 'b2cl', 'b2cs', 'none']);
type SupplyTable = z.infer<typeof SupplyTable>;

/** Base units and paise. Negative if more returns were reversed than made. SGST is as CGST. */
export const SupplyFigures = z.strictObject({ quantity: Sum, taxable: Sum, cgst: Sum, igst: Sum });
export type SupplyFigures = z.infer<typeof SupplyFigures>;

/** What was sold and returned of one item, as the bills of these sales state it. */
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

/** Under one registration: a seller's may change, and each bill has its own. */
const RegisteredSupplies = z.strictObject({
  registration: SellerFacts.shape.registration,
  gstin: SellerFacts.shape.gstin,
  lines: z.array(SupplyLine),
});
type RegisteredSupplies = z.infer<typeof RegisteredSupplies>;

/** Numbers of one terminal and day. `S`: bills; `V`: credit notes. `total` includes `cancelled`. */
export const DocumentSeries = z.strictObject({
  kind: z.enum(['S', 'V']),
  first: VoucherNumber,
  last: VoucherNumber,
  total: z.int().min(1),
  cancelled: z.int().min(0),
});
export type DocumentSeries = z.infer<typeof DocumentSeries>;

/** `incomplete`: vouchers without the sealed facts of a bill, so that no table can hold them. */
export const OutwardSupplies = z.strictObject({
  supplies: z.array(RegisteredSupplies),
  series: z.array(DocumentSeries),
  incomplete: z.array(VoucherNumber),
});
export type OutwardSupplies = z.infer<typeof OutwardSupplies>;

/** `sales`: all that the vouchers return. `lateTax`: of returns that came before their sale. */
export type SupplySources = {
  readonly sales: ReadonlyMap<VoucherNumber, Voucher>;
  readonly lateTax: ReadonlyMap<VoucherNumber, readonly LateLineTax[]>;
};

/** One seller's supplies and documents in these vouchers. */
export const outwardSuppliesOf = (vouchers: readonly Voucher[], sources: SupplySources): OutwardSupplies => {
  const entries = vouchers.flatMap((voucher) => entriesOf(voucher, sources));
  const known = entries.filter((entry) => 'line' in entry);
  const groups = Map.groupBy(known, ({ seller: { registration, gstin = '' } }) => `${registration} ${gstin}`);
  return {
    supplies: sortedGroups(groups).map((group) => ({ ...registrationIn(group), lines: linesIn(group) })),
    series: seriesIn(vouchers),
    incomplete: [...new Set(entries.flatMap((entry) => ('line' in entry ? [] : [entry.incomplete])))].toSorted(),
  };
};

type SupplyKey = Omit<SupplyLine, 'sold' | 'returned'>;

type SupplyEntry = {
  readonly seller: SellerFacts;
  readonly line: SupplyKey;
  readonly side: 'sold' | 'returned';
  readonly figures: SupplyFigures;
};

type AnyEntry = SupplyEntry | { readonly incomplete: VoucherNumber };

const sortedGroups = <Entry>(groups: ReadonlyMap<string, Entry[]>): Entry[][] =>
  [...groups].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, group]) => group);

const registrationIn = ([first]: readonly SupplyEntry[]): Omit<RegisteredSupplies, 'lines'> => {
  if (!first) throw new Error('a group has an entry');
  const { registration, gstin } = first.seller;
  return { registration, ...(gstin && { gstin }) };
};

const supplyKeyOf = ({ item, hsn, uqc, gstBasisPoints, place, table }: SupplyKey): string =>
  [item, hsn, uqc, String(gstBasisPoints).padStart(4, '0'), place, table].join(' ');

const linesIn = (entries: readonly SupplyEntry[]): SupplyLine[] =>
  sortedGroups(Map.groupBy(entries, ({ line }) => supplyKeyOf(line))).flatMap((group) =>
    group.slice(0, 1).map(({ line }) => {
      const side = (name: SupplyEntry['side']) =>
        sumFigures(group.filter((entry) => entry.side === name).map(({ figures }) => figures));
      return { ...line, sold: side('sold'), returned: side('returned') };
    }),
  );

const sumFigures = (all: readonly SupplyFigures[]): SupplyFigures => ({
  quantity: addUp(all.map(({ quantity }) => quantity)),
  taxable: addUp(all.map(({ taxable }) => taxable)),
  cgst: addUp(all.map(({ cgst }) => cgst)),
  igst: addUp(all.map(({ igst }) => igst)),
});

const entriesOf = (voucher: Voucher, sources: SupplySources): AnyEntry[] => {
  if (isSale(voucher)) return entriesOfSale(voucher);
  return returnedLinesOf(voucher, sources).map(({ sale, line, quantity, tax, sign }): AnyEntry => {
    const found = sources.sales.get(sale);
    const facts = found && isSale(found) ? found.outcome.billFacts : undefined;
    const [fact, sold] = [facts?.lines[line - 1], found && isSale(found) ? found.claim.lines[line - 1] : undefined];
    if (!found || !isSale(found) || !facts || !fact || !sold) return { incomplete: voucher.number };
    const table = adjustsTax(partsOf(sale).day, noteDayOf(voucher)) ? tableOf(found) : 'none';
    return {
      seller: facts.seller,
      line: keyOf(sold.item, fact, tax, { place: placeOf(found), table }),
      side: 'returned',
      figures: figuresOf(quantity, tax, sign),
    };
  });
};

const entriesOfSale = (sale: SaleVoucher): AnyEntry[] => {
  const { claim, outcome } = sale;
  return claim.lines.map(({ item, quantity }, at): AnyEntry => {
    const [fact, tax] = [outcome.billFacts?.lines[at], outcome.tax[at]];
    if (!outcome.billFacts || !fact || !tax) return { incomplete: sale.number };
    return {
      seller: outcome.billFacts.seller,
      line: keyOf(item, fact, tax, { place: placeOf(sale), table: tableOf(sale) }),
      side: 'sold',
      figures: figuresOf(outcome.quantities?.[at] ?? Number(quantity), tax, 1),
    };
  });
};

/** Every bill names the stall's State as place of supply, and no buyer. */
const placeOf = (_sale: SaleVoucher): SupplyLine['place'] => '09';
const tableOf = (_sale: SaleVoucher): SupplyTable => 'b2cs';

const keyOf = (
  item: ItemId,
  { hsn, uqc }: LineFacts,
  { gstBasisPoints }: LineTax,
  { place, table }: Pick<SupplyKey, 'place' | 'table'>,
): SupplyKey => ({ item, hsn, uqc, gstBasisPoints, place, table });

const figuresOf = (quantity: number, { taxable, cgst }: LineTax, sign: 1 | -1): SupplyFigures => {
  const signed = (sum: Sum) => (sign < 0 ? negate(sum) : sum);
  return { quantity: signed(quantity), taxable: signed(taxable), cgst: signed(cgst), igst: 0 };
};

type ReturnedLine = {
  readonly sale: VoucherNumber;
  readonly line: number;
  readonly quantity: number;
  readonly tax: LineTax;
  readonly sign: 1 | -1;
};

/** The reversal of a return counts negatively. */
const returnedLinesOf = (voucher: Voucher, { lateTax }: SupplySources): ReturnedLine[] => {
  const { claim, outcome } = voucher;
  if (isCancelled(claim) || claim.kind !== 'V' || !('moved' in outcome)) return [];
  const { sale } = outcome;
  if (!sale && !isSaleReturn(voucher)) return [];
  const late = lateTax.get(voucher.number);
  return claim.lines.flatMap(({ line, quantity }, at): ReturnedLine[] => {
    const ofSale = sale ? sale.lines[at] : line;
    const tax = late ? late.find((one) => one.line === line) : outcome.tax?.[at];
    if (ofSale === undefined || !tax) return [];
    return [{ sale: sale?.of ?? claim.of, line: ofSale, quantity, tax, sign: sale ? -1 : 1 }];
  });
};

/** A reversed return adjusts as its own credit note did. */
const noteDayOf = ({ number, claim, outcome }: Voucher) =>
  'of' in claim && 'sale' in outcome && outcome.sale ? partsOf(claim.of).day : partsOf(number).day;

const isDocument = (voucher: Voucher): boolean => {
  const { kind } = partsOf(voucher.number);
  if (isCancelled(voucher.claim)) return kind === 'S' || kind === 'V';
  return isSale(voucher) || isSaleReturn(voucher);
};

const seriesIn = (vouchers: readonly Voucher[]): DocumentSeries[] => {
  const groups = Map.groupBy(vouchers.filter(isDocument), ({ number }) => number.slice(0, 12));
  return sortedGroups(groups).flatMap((group) => {
    const numbers = group.map(({ number }) => number).toSorted();
    const [first, last] = [numbers[0], numbers.at(-1)];
    if (!first || !last) return [];
    const cancelled = group.filter(({ claim }) => isCancelled(claim)).length;
    return [{ kind: partsOf(first).kind as DocumentSeries['kind'], first, last, total: group.length, cancelled }];
  });
};

/** The sales whose facts the returns among these vouchers need. */
export const returnedSalesIn = (vouchers: readonly Voucher[]): VoucherNumber[] => [
  ...new Set(
    vouchers.flatMap((voucher) => {
      if (isSaleReturn(voucher)) return [voucher.claim.of];
      const { outcome } = voucher;
      return 'sale' in outcome && outcome.sale ? [outcome.sale.of] : [];
    }),
  ),
];
