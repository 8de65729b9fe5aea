import * as z from 'zod';
import { BuyerGstin, GstStateCode } from '../kernel/gstin.ts';
import { sumOf } from '../kernel/quantity.ts';
import { addUp, Sum } from '../kernel/sum.ts';
import { GstBasisPoints } from '../kernel/tax.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import { LineFacts, SellerFacts } from '../ledger/bill-facts.ts';
import type { Voucher } from '../ledger/voucher.ts';
import type { SaleVoucher } from './bill.ts';
import {
  addSeries,
  DocumentSeries,
  documentsByRegistration,
  isDocument,
  NO_REGISTRATION,
  seriesIn,
} from './document-series.ts';
import { registrationKeyOf, type SupplyEntry, type SupplySources, supplyEntriesOf } from './supply-entry.ts';
import { addLines, SupplyFigures, SupplyLine, sortedGroups, sumFigures } from './supply-line.ts';

/**
 * A bill or credit note that GSTR-1 lists by itself. `of`: the bill that a credit note corrects.
 * `reverses`: the mistaken credit note that this document takes back. Paise.
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

/** The first item by id of an HSN code, by its name on its first bill. */
const HsnName = LineFacts.pick({ hsn: true, name: true }).extend({ item: SupplyLine.shape.item });
type HsnName = z.infer<typeof HsnName>;

/**
 * The supplies under one registration, from the sealed facts of each bill. `issued`: how many bills
 * and credit notes `lines` sums. `series`: their numbers, cancelled ones included.
 */
const RegisteredSupplies = z.strictObject({
  registration: SellerFacts.shape.registration,
  gstin: SellerFacts.shape.gstin,
  lines: z.array(SupplyLine),
  documents: z.array(SupplyDocument),
  names: z.array(HsnName).default([]),
  issued: z.int().min(0).default(0),
  series: z.array(DocumentSeries).default([]),
});
type RegisteredSupplies = z.infer<typeof RegisteredSupplies>;

/**
 * `incomplete`: vouchers whose bill lacks facts, or has not come in. `series`: the numbers of
 * documents without sealed facts.
 */
export const OutwardSupplies = z.strictObject({
  supplies: z.array(RegisteredSupplies),
  series: z.array(DocumentSeries),
  incomplete: z.array(VoucherNumber),
});
export type OutwardSupplies = z.infer<typeof OutwardSupplies>;

/** One seller's supplies and documents in these vouchers. */
export const outwardSuppliesOf = (vouchers: readonly Voucher[], sources: SupplySources): OutwardSupplies => {
  const entries = vouchers.flatMap((voucher) => supplyEntriesOf(voucher, sources));
  const completeEntries = entries.filter((entry) => 'line' in entry);
  const groups = Map.groupBy(completeEntries, ({ seller }) => registrationKeyOf(seller));
  const documentsByKey = documentsByRegistration(vouchers, completeEntries);
  return {
    supplies: sortedGroups(groups).map((group) => {
      const facts = registrationIn(group);
      return {
        ...facts,
        lines: addLines(group.map(lineOf)),
        documents: documentsIn(group),
        names: firstNames(group.map(({ line: { hsn, item }, name }) => ({ hsn, item, name }))),
        issued: new Set(group.map(({ voucher }) => voucher).filter(isDocument)).size,
        series: seriesIn(documentsByKey.get(registrationKeyOf(facts)) ?? [], sources.lateTax),
      };
    }),
    series: seriesIn(documentsByKey.get(NO_REGISTRATION) ?? [], sources.lateTax),
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
        names: firstNames(group.flatMap(({ names }) => names)),
        issued: sumOf(group.map(({ issued }) => issued)),
        series: addSeries(group),
      })),
    ),
    series: addSeries(all),
    incomplete: [...new Set(all.flatMap(({ incomplete }) => incomplete))].toSorted(),
  };
};

/** One name for each HSN code. `names`: in the order of their bills. */
export const firstNames = (names: readonly HsnName[]): HsnName[] =>
  sortedGroups(Map.groupBy(names, ({ hsn }) => hsn)).flatMap((same) =>
    same.toSorted((one, other) => (one.item === other.item ? 0 : one.item < other.item ? -1 : 1)).slice(0, 1),
  );

const NO_FIGURES: SupplyFigures = { quantity: 0, taxable: 0, cgst: 0, igst: 0 };

const lineOf = ({ line, side, figures }: SupplyEntry): SupplyLine => ({
  ...line,
  sold: side === 'sold' ? figures : NO_FIGURES,
  returned: side === 'returned' ? figures : NO_FIGURES,
});

const registrationIn = ([first]: readonly SupplyEntry[]): Pick<RegisteredSupplies, 'registration' | 'gstin'> => {
  if (!first) throw new Error('a group has an entry');
  const { registration, gstin } = first.seller;
  return { registration, ...(gstin && { gstin }) };
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

/** The rounded total of a bill or refund; else the sum of its lines. Paise. */
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
