import * as z from 'zod';
import { BuyerGstin, GstStateCode, HOME_STATE } from '../kernel/gstin.ts';
import { ItemId } from '../kernel/ids.ts';
import { type Paise, sumOf } from '../kernel/quantity.ts';
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

/**
 * A bill or credit note that GSTR-1 lists by itself. `of`: the bill of a credit note. `reverses`: a
 * credit note that was a mistake. Paise.
 */
export const SupplyDocument = z.strictObject({
  number: VoucherNumber,
  table: z.enum(['b2b', 'b2cl']),
  buyer: BuyerGstin.optional(),
  place: GstStateCode,
  value: Sum,
  of: VoucherNumber.optional(),
  reverses: VoucherNumber.optional(),
  rates: z.array(SupplyFigures.omit({ quantity: true }).extend({ gstBasisPoints: GstBasisPoints })),
});
export type SupplyDocument = z.infer<typeof SupplyDocument>;

/** Of one terminal and day: bills (S) or credit notes (V). */
const DocumentSeries = z.strictObject({
  kind: z.enum(['S', 'V']),
  first: VoucherNumber,
  last: VoucherNumber,
  total: z.int().min(1),
  cancelled: z.int().min(0),
});
export type DocumentSeries = z.infer<typeof DocumentSeries>;

/**
 * Under one registration, as each bill sealed it. `issued`: the bills and credit notes of `lines`.
 * `series`: with the cancelled numbers among them.
 */
const RegisteredSupplies = z.strictObject({
  registration: SellerFacts.shape.registration,
  gstin: SellerFacts.shape.gstin,
  lines: z.array(SupplyLine),
  documents: z.array(SupplyDocument),
  issued: z.int().min(0).default(0),
  series: z.array(DocumentSeries).default([]),
});
type RegisteredSupplies = z.infer<typeof RegisteredSupplies>;

/** `incomplete`: without the sealed facts of a bill. `series`: of days without such facts. */
export const OutwardSupplies = z.strictObject({
  supplies: z.array(RegisteredSupplies),
  series: z.array(DocumentSeries),
  incomplete: z.array(VoucherNumber),
});
export type OutwardSupplies = z.infer<typeof OutwardSupplies>;

/** `sales`: all that the vouchers return. */
export type SupplySources = {
  readonly sales: ReadonlyMap<VoucherNumber, Voucher>;
  readonly lateTax: ReadonlyMap<VoucherNumber, readonly LateLineTax[]>;
};

/** One seller's supplies and documents in these vouchers. */
export const outwardSuppliesOf = (vouchers: readonly Voucher[], sources: SupplySources): OutwardSupplies => {
  const entries = vouchers.flatMap((voucher) => entriesOf(voucher, sources));
  const known = entries.filter((entry) => 'line' in entry);
  const groups = Map.groupBy(known, ({ seller }) => registrationKeyOf(seller));
  const registered = documentsByRegistration(vouchers, known);
  return {
    supplies: sortedGroups(groups).map((group) => {
      const facts = registrationIn(group);
      return {
        ...facts,
        lines: linesIn(group),
        documents: documentsIn(group),
        issued: new Set(group.map(({ voucher }) => voucher).filter(isDocument)).size,
        series: seriesIn(registered.get(registrationKeyOf(facts)) ?? []),
      };
    }),
    series: seriesIn(registered.get(NO_REGISTRATION) ?? []),
    incomplete: [...new Set(entries.flatMap((entry) => ('line' in entry ? [] : [entry.incomplete])))].toSorted(),
  };
};

/** The supplies of several days or locations as one. */
export const addSupplies = (all: readonly OutwardSupplies[]): OutwardSupplies => {
  const groups = Map.groupBy(
    all.flatMap(({ supplies }) => supplies),
    registrationKeyOf,
  );
  return {
    supplies: sortedGroups(groups).flatMap((group) =>
      group.slice(0, 1).map((first) => ({
        ...first,
        lines: addLines(group.flatMap(({ lines }) => lines)),
        documents: group
          .flatMap(({ documents }) => documents)
          .toSorted((one, other) => (one.number < other.number ? -1 : 1)),
        issued: sumOf(group.map(({ issued }) => issued)),
        series: addSeries(group),
      })),
    ),
    series: addSeries(all),
    incomplete: [...new Set(all.flatMap(({ incomplete }) => incomplete))].toSorted(),
  };
};

const addSeries = (all: readonly { readonly series: readonly DocumentSeries[] }[]): DocumentSeries[] =>
  all.flatMap(({ series }) => series).toSorted((one, other) => (one.first < other.first ? -1 : 1));

const addLines = (lines: readonly SupplyLine[]): SupplyLine[] =>
  sortedGroups(Map.groupBy(lines, supplyKeyOf)).flatMap((same) =>
    same.slice(0, 1).map((first) => ({
      ...first,
      sold: sumFigures(same.map(({ sold }) => sold)),
      returned: sumFigures(same.map(({ returned }) => returned)),
    })),
  );

type SupplyKey = Omit<SupplyLine, 'sold' | 'returned'>;

type SupplyEntry = {
  readonly seller: SellerFacts;
  readonly line: SupplyKey;
  readonly sale: SaleVoucher;
  /** The bill, the credit note, or the reversal of one. */
  readonly voucher: Voucher;
  readonly side: 'sold' | 'returned';
  readonly figures: SupplyFigures;
};

type AnyEntry = SupplyEntry | { readonly incomplete: VoucherNumber };

const sortedGroups = <Entry>(groups: ReadonlyMap<string, Entry[]>): Entry[][] =>
  [...groups].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, group]) => group);

const registrationKeyOf = ({
  registration,
  gstin = '',
}: {
  readonly registration: string;
  readonly gstin?: string | undefined;
}): string => `${registration} ${gstin}`;

const registrationIn = ([first]: readonly SupplyEntry[]): Pick<RegisteredSupplies, 'registration' | 'gstin'> => {
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
    const fact = facts?.lines[line - 1];
    const sold = found && isSale(found) ? found.claim.lines[line - 1] : undefined;
    if (!found || !isSale(found) || !facts || !fact || !sold) return { incomplete: voucher.number };
    const table = adjustsTax(partsOf(sale).day, noteDayOf(voucher)) ? tableOf(found) : 'none';
    return {
      seller: facts.seller,
      line: keyOf(sold.item, fact, tax, { place: placeOf(found), table }),
      sale: found,
      voucher,
      side: 'returned',
      figures: figuresOf(quantity, tax, sign),
    };
  });
};

const entriesOfSale = (sale: SaleVoucher): AnyEntry[] => {
  const { claim, outcome } = sale;
  return claim.lines.map(({ item, quantity }, at): AnyEntry => {
    const fact = outcome.billFacts?.lines[at];
    const tax = outcome.tax[at];
    if (!outcome.billFacts || !fact || !tax) return { incomplete: sale.number };
    return {
      seller: outcome.billFacts.seller,
      line: keyOf(item, fact, tax, { place: placeOf(sale), table: tableOf(sale) }),
      sale,
      voucher: sale,
      side: 'sold',
      figures: figuresOf(outcome.quantities?.[at] ?? Number(quantity), tax, 1),
    };
  });
};

const placeOf = ({ outcome }: SaleVoucher): SupplyLine['place'] => outcome.placeOfSupply ?? HOME_STATE;

/** Paise: above it an inter-State bill to an unregistered buyer is listed (from 1 August 2024). */
const LARGE_BILL = 10_000_000;

const tableOf = (sale: SaleVoucher): SupplyDocument['table'] | 'b2cs' => {
  if (sale.claim.buyer?.gstin !== undefined) return 'b2b';
  return placeOf(sale) !== HOME_STATE && sale.outcome.total > LARGE_BILL ? 'b2cl' : 'b2cs';
};

/** Goods of rate 0 are in table 8 only. */
const documentsIn = (entries: readonly SupplyEntry[]): SupplyDocument[] => {
  const listed = entries.filter(({ line }) => line.gstBasisPoints > 0);
  return sortedGroups(Map.groupBy(listed, ({ voucher }) => voucher.number)).flatMap((group) => {
    const [first] = group;
    if (!first || (first.line.table !== 'b2b' && first.line.table !== 'b2cl')) return [];
    const { voucher, sale, line } = first;
    const buyer = sale.claim.buyer?.gstin;
    return [
      {
        number: voucher.number,
        table: first.line.table,
        ...(buyer !== undefined && { buyer }),
        place: line.place,
        value: documentValueOf(voucher, group),
        ...namedDocuments(voucher, sale),
        rates: ratesIn(group),
      },
    ];
  });
};

const namedDocuments = ({ number, claim }: Voucher, sale: SaleVoucher): Pick<SupplyDocument, 'of' | 'reverses'> => {
  if (number === sale.number || !('of' in claim)) return {};
  return { of: sale.number, ...(claim.of !== sale.number && { reverses: claim.of }) };
};

/** With its rounding. */
const documentValueOf = ({ outcome }: Voucher, entries: readonly SupplyEntry[]): Sum => {
  if ('total' in outcome) return outcome.total;
  if ('refunded' in outcome && outcome.refunded !== undefined) return outcome.refunded;
  return addUp(entries.flatMap(({ figures: { taxable, cgst, igst } }) => [taxable, cgst, cgst, igst]));
};

const ratesIn = (entries: readonly SupplyEntry[]): SupplyDocument['rates'] =>
  [...Map.groupBy(entries, ({ line }) => line.gstBasisPoints)]
    .toSorted(([one], [other]) => one - other)
    .map(([gstBasisPoints, same]) => {
      const { quantity: _quantity, ...sums } = sumFigures(same.map(({ figures }) => figures));
      return { ...sums, gstBasisPoints };
    });

const keyOf = (
  item: ItemId,
  { hsn, uqc }: LineFacts,
  { gstBasisPoints }: LineTax,
  { place, table }: Pick<SupplyKey, 'place' | 'table'>,
): SupplyKey => ({ item, hsn, uqc, gstBasisPoints, place, table });

const figuresOf = (quantity: number, { taxable, cgst, igst = NO_IGST }: LineTax, sign: 1 | -1): SupplyFigures => {
  const signed = (sum: Sum) => (sign < 0 ? negate(sum) : sum);
  return { quantity: signed(quantity), taxable: signed(taxable), cgst: signed(cgst), igst: signed(igst) };
};

const NO_IGST = 0 as Paise;

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

const NO_REGISTRATION = '';

/**
 * A number without facts, as a cancelled one, is of the registration of the number before it, or
 * else after it, of its terminal, day and kind.
 */
const documentsByRegistration = (
  vouchers: readonly Voucher[],
  known: readonly SupplyEntry[],
): Map<string, Voucher[]> => {
  const sealed = new Map(known.map(({ voucher, seller }) => [voucher.number, registrationKeyOf(seller)]));
  const registered = new Map<Voucher, string>();
  for (const run of Map.groupBy(vouchers.filter(isDocument), ({ number }) => number.slice(0, 12)).values()) {
    const inOrder = run.toSorted((one, other) => (one.number < other.number ? -1 : 1));
    const first = inOrder.find(({ number }) => sealed.has(number));
    let registration = (first && sealed.get(first.number)) ?? NO_REGISTRATION;
    for (const voucher of inOrder) {
      registration = sealed.get(voucher.number) ?? registration;
      registered.set(voucher, registration);
    }
  }
  return Map.groupBy(registered.keys(), (voucher) => registered.get(voucher) ?? NO_REGISTRATION);
};

const seriesIn = (documents: readonly Voucher[]): DocumentSeries[] => {
  const groups = Map.groupBy(documents, ({ number }) => number.slice(0, 12));
  return sortedGroups(groups).flatMap((group) => {
    const numbers = group.map(({ number }) => number).toSorted();
    const first = numbers[0];
    const last = numbers.at(-1);
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
