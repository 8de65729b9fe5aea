import type { DocumentSeries } from '../billing/document-series.ts';
import { firstNames, type SupplyDocument } from '../billing/outward-supplies.ts';
import { netOf, type SupplyFigures, type SupplyLine } from '../billing/supply-line.ts';
import type { SellerFigures } from '../day-close/seller-day.ts';
import { HOME_STATE } from '../kernel/gstin.ts';
import { sumOf } from '../kernel/quantity.ts';
import { divide, multiply, type Sum } from '../kernel/sum.ts';
import { BASE_UNITS_PER_UQC } from '../registry/item.ts';
import { documentSections } from './gstr1-documents.ts';
import type { B2csRecord, DocumentRecord, Gstr1Upload, HsnRecord, NilRecord } from './gstr1-upload.ts';
import { toRupees } from './report-csv.ts';

type Gstr1Source = {
  readonly gstin: string;
  /** `2026-10`. */
  readonly period: string;
  readonly days: readonly SellerFigures[];
  /** By the registry: for a terminal whose month has no sealed facts. */
  isOwnDay(day: SellerFigures['day']): boolean;
};

type OwnDays = Pick<Gstr1Source, 'days' | 'gstin'>;

const ownSupplies = ({ days, gstin }: OwnDays): SellerFigures['supplies'] =>
  days.flatMap(({ supplies }) => supplies.filter((group) => group.registration === 'regular' && group.gstin === gstin));

/** Table 13 counts as many documents as the amounts sum. */
export const documentCounts = (own: OwnDays, { doc_issue }: Gstr1Upload) => ({
  listed: sumOf((doc_issue?.doc_det ?? []).flatMap(({ docs }) => docs.map(({ net_issue }) => net_issue))),
  issued: sumOf(ownSupplies(own).map(({ issued }) => issued)),
});

/**
 * Numbers follow their sealed facts. A day of a terminal without facts follows the series before
 * it, or else after it.
 */
const ownSeries = ({ days, gstin, isOwnDay }: Omit<Gstr1Source, 'period'>): DocumentSeries[] => {
  const own = new Set(ownSupplies({ days, gstin }).flatMap(({ series }) => series));
  const sealed = Map.groupBy(
    days.flatMap(({ supplies }) => supplies.flatMap(({ series }) => series)).toSorted(compareByLast),
    runOf,
  );
  const unsealed = days.flatMap(({ day, series }) =>
    series.filter((one) => {
      const run = sealed.get(runOf(one)) ?? [];
      const neighbour = run.findLast(({ last }) => last < one.first) ?? run[0];
      return neighbour ? own.has(neighbour) : isOwnDay(day);
    }),
  );
  return [...own, ...unsealed];
};

const compareByLast = (one: DocumentSeries, other: DocumentSeries): number => (one.last < other.last ? -1 : 1);

/** Terminal and kind. */
const runOf = ({ first }: DocumentSeries): string => first.slice(0, 6);

/** The supplies that a return of this GSTIN reports. */
export const reportedLines = (own: OwnDays): SupplyLine[] =>
  ownSupplies(own).flatMap(({ lines }) => lines.filter(({ table }) => table !== 'none'));

export const reportedDocuments = (own: OwnDays): SupplyDocument[] =>
  ownSupplies(own).flatMap(({ documents }) => documents);

/** The portal's file for one GSTIN and month. */
export const gstr1UploadOf = (source: Gstr1Source): Gstr1Upload => {
  const { gstin, period } = source;
  const lines = reportedLines(source);
  const [year, month] = period.split('-');
  const names = namesOfHsn(source);
  const hsnOf = (isB2b: boolean) =>
    hsnRecords(
      lines.filter(({ table }) => (table === 'b2b') === isB2b),
      names,
    );
  const [b2cs, nil, documents] = [b2csRecords(lines), nilRecords(lines), documentRecords(ownSeries(source))];
  const { b2b, b2cl, cdnr, cdnur } = documentSections(reportedDocuments(source));
  const [hsnB2b, hsnB2c] = [hsnOf(true), hsnOf(false)];
  const hsn = {
    ...(hsnB2b.length > 0 && { hsn_b2b: hsnB2b }),
    ...(hsnB2c.length > 0 && { hsn_b2c: hsnB2c }),
  };
  return {
    gstin,
    fp: `${month}${year}`,
    version: 'GST3.2.4',
    hash: 'hash',
    ...(b2b && { b2b }),
    ...(b2cl && { b2cl }),
    ...(b2cs.length > 0 && { b2cs }),
    ...(nil.length > 0 && { nil: { inv: nil } }),
    ...(cdnr && { cdnr }),
    ...(cdnur && { cdnur }),
    ...(documents.length > 0 && { doc_issue: { doc_det: documents } }),
    ...(Object.keys(hsn).length > 0 && { hsn }),
  };
};

const rupeesOf = (paise: Sum): number => Number(toRupees(paise));

const isNothing = (figures: SupplyFigures): boolean => Object.values(figures).every((figure) => figure === 0);

type NetGroup = { readonly first: SupplyLine; readonly net: SupplyFigures };

/** Groups in the order of their keys, without those that came to nothing. */
const netGroups = (lines: readonly SupplyLine[], keyOf: (line: SupplyLine) => string): NetGroup[] =>
  [...Map.groupBy(lines, keyOf)]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([, group]) => group.slice(0, 1).map((first) => ({ first, net: netOf(group) })))
    .filter(({ net }) => !isNothing(net));

const rateKey = ({ gstBasisPoints }: SupplyLine): string => String(gstBasisPoints).padStart(4, '0');

const b2csRecords = (lines: readonly SupplyLine[]): B2csRecord[] =>
  netGroups(
    lines.filter(({ table, gstBasisPoints }) => table === 'b2cs' && gstBasisPoints > 0),
    (line) => `${line.place} ${rateKey(line)}`,
  ).map(({ first: { place, gstBasisPoints }, net }) => ({
    sply_ty: place === HOME_STATE ? 'INTRA' : 'INTER',
    rt: gstBasisPoints / 100,
    typ: 'OE',
    pos: place,
    txval: rupeesOf(net.taxable),
    ...(place === HOME_STATE ? { camt: rupeesOf(net.cgst), samt: rupeesOf(net.cgst) } : { iamt: rupeesOf(net.igst) }),
    csamt: 0,
  }));

const NIL_TYPES = ['INTRB2B', 'INTRAB2B', 'INTRB2C', 'INTRAB2C'] as const;

const nilTypeOf = ({ place, table }: SupplyLine): NilRecord['sply_ty'] =>
  `${place === HOME_STATE ? 'INTRA' : 'INTR'}${table === 'b2b' ? 'B2B' : 'B2C'}`;

/** Bahi does not separate exempt from nil-rated goods: all of rate 0 are nil-rated. */
const nilRecords = (lines: readonly SupplyLine[]): NilRecord[] => {
  const free = lines.filter(({ gstBasisPoints }) => gstBasisPoints === 0);
  return NIL_TYPES.flatMap((sply_ty): NilRecord[] => {
    const { taxable } = netOf(free.filter((line) => nilTypeOf(line) === sply_ty));
    return taxable === 0 ? [] : [{ sply_ty, expt_amt: 0, nil_amt: rupeesOf(taxable), ngsup_amt: 0 }];
  });
};

/** As bills of the month have them. Rows from before names were kept have none. */
const namesOfHsn = (own: OwnDays): ReadonlyMap<string, string> =>
  new Map(firstNames(ownSupplies(own).flatMap(({ names }) => names)).map(({ hsn, name }) => [hsn, name]));

const hsnRecords = (lines: readonly SupplyLine[], names: ReadonlyMap<string, string>): HsnRecord[] =>
  netGroups(lines, (line) => `${line.hsn} ${line.uqc} ${rateKey(line)}`).map(({ first, net }, at) => {
    const { hsn, uqc, gstBasisPoints } = first;
    const description = userDescriptionOf(names.get(hsn) ?? '');
    const hundredths = divide(multiply(net.quantity, 100), BASE_UNITS_PER_UQC[uqc]);
    return {
      num: at + 1,
      hsn_sc: hsn,
      ...(description && { user_desc: description }),
      uqc,
      qty: rupeesOf(hundredths),
      rt: gstBasisPoints / 100,
      txval: rupeesOf(net.taxable),
      iamt: rupeesOf(net.igst),
      samt: rupeesOf(net.cgst),
      camt: rupeesOf(net.cgst),
      csamt: 0,
    };
  });

const MAX_DESCRIPTION = 30;

/** The portal takes 30 characters of a small set: no Hindi, comma or bracket. */
export const userDescriptionOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[^ A-Za-z0-9_@./&-]+/g, ' ')
    .replace(/ +/g, ' ')
    .trim()
    .slice(0, MAX_DESCRIPTION)
    .trim();

const DOCUMENT_TYPES = [
  { kind: 'S', doc_num: 1, doc_typ: 'Invoices for outward supply' },
  { kind: 'V', doc_num: 5, doc_typ: 'Credit Note' },
] as const;

/** A series is all numbers of a terminal and kind: the day is part of the number. */
const documentRecords = (series: readonly DocumentSeries[]): DocumentRecord[] =>
  DOCUMENT_TYPES.flatMap(({ kind, doc_num, doc_typ }): DocumentRecord[] => {
    const own = series.filter((one) => one.kind === kind);
    const byTerminal = [...Map.groupBy(own, ({ first }) => first.slice(0, 5))].toSorted(([one], [other]) =>
      one < other ? -1 : 1,
    );
    const docs = byTerminal.map(([, all], at) => {
      const totnum = sumCounts(all, 'total');
      const cancel = sumCounts(all, 'cancelled');
      const first = all.map((one) => one.first).toSorted()[0];
      const last = all
        .map((one) => one.last)
        .toSorted()
        .at(-1);
      return { num: at + 1, from: first ?? '', to: last ?? '', totnum, cancel, net_issue: totnum - cancel };
    });
    return docs.length > 0 ? [{ doc_num, doc_typ, docs }] : [];
  });

const sumCounts = (series: readonly DocumentSeries[], count: 'total' | 'cancelled'): number =>
  sumOf(series.map((one) => one[count]));
