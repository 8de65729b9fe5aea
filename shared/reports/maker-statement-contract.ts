import * as z from 'zod';
import { MakerLine } from '../day-close/maker-day.ts';
import { Role } from '../kernel/access.ts';
import { CROCKFORD_ALPHABET, DistrictId, ItemId, ProducerId, StockLocationId } from '../kernel/ids.ts';
import { Sum } from '../kernel/sum.ts';
import { Day, Instant } from '../kernel/time.ts';
import { Language } from '../kernel/units.ts';
import { Season } from '../materials/entitlement-account.ts';
import { type CsvTableRow, defineReadOperation, ReplyFormat, wantsCsv } from '../platform/operation-contract.ts';
import { ownAndOfficers } from '../registry/consent-contract.ts';
import { HindiName, Name } from '../registry/entries.ts';
import { Period } from './period.ts';
import { toRupees } from './report-csv.ts';
import { ReportNames } from './report-names.ts';

const CODE_LENGTH = 20;

/** 100 bits. As people write it: any case, with spaces or hyphens, O for 0, I or L for 1. */
export const StatementCode = z
  .string()
  .overwrite((text) => text.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1'))
  .regex(
    new RegExp(`^[${CROCKFORD_ALPHABET}]{${CODE_LENGTH}}$`),
    'a code has 20 letters or digits, such as 7KQ2M-0A1B2-C3D4E-5F6G7',
  )
  .brand('StatementCode');
export type StatementCode = z.infer<typeof StatementCode>;

/** Paise with tax, after discounts. */
const takings = { amount: Sum, refunded: Sum, net: Sum };

/** One item. `price`: average paise per 1,000 base units. `onHand`: at the end of `through`. */
export const MakerItemTotal = MakerLine.extend({ price: Sum.optional(), onHand: Sum.optional() });

/** Years are of April to March. `isToDate`: its end is after `through`. */
export const MakerYearTotal = z.strictObject({ year: Season, ...takings, isToDate: z.boolean() });

const stated = {
  code: StatementCode,
  producer: ProducerId,
  name: Name,
  nameHi: HindiName,
  district: DistrictId,
  from: Period,
  to: Period,
  /** The last day of which closes can be in it. */
  through: Day,
  statedOn: Day,
  /** The role of who asked for it. */
  statedTo: Role,
  years: z.array(MakerYearTotal),
  totals: z.array(MakerItemTotal),
};

export const MakerMonthTotal = z.strictObject({ month: Period, ...takings });

const MonthLines = MakerMonthTotal.extend({ lines: z.array(MakerLine) });

export const MakerStatement = z.strictObject({
  ...stated,
  months: z.array(MonthLines),
  locations: z.array(z.strictObject({ location: StockLocationId, lines: z.array(MakerLine) })),
  /** If one material was drawn, and what was delivered is counted in pieces. */
  yield: z.strictObject({ material: ItemId, drawn: Sum, delivered: Sum }).optional(),
  closes: z.strictObject({ days: z.int().min(0), editions: z.int().min(0), latest: Instant.optional() }),
  firstDay: Day.optional(),
  unclosed: z.array(StockLocationId),
  unsummed: z.array(Day),
  items: ReportNames.shape.items,
});
export type MakerStatement = z.infer<typeof MakerStatement>;

/** The public figures: the code opens them to anybody. */
export const StatedFigures = z.strictObject({
  ...stated,
  months: z.array(MakerMonthTotal),
  items: ReportNames.shape.items,
});
export type StatedFigures = z.infer<typeof StatedFigures>;

/** Three financial years, and the one that runs. */
const MAX_MONTHS = 48;

const monthNumber = (period: Period): number => Number(period.slice(0, 4)) * 12 + Number(period.slice(5));

const range = { from: Period.optional(), to: Period.optional() };

const isInOrder = ({ from, to }: { from?: Period | undefined; to?: Period | undefined }): boolean =>
  !from || !to || (from <= to && monthNumber(to) - monthNumber(from) < MAX_MONTHS);

const RANGE_PROBLEM = { path: ['to'], error: 'the last month is at most 47 months after the first' };

const COLUMNS = [
  'month',
  'location',
  'item',
  'item_name',
  'base_unit',
  'delivered_base_units',
  'drawn_base_units',
  'sold_base_units',
  'amount_rupees',
  'returned_base_units',
  'refunded_rupees',
  'shared_sold_base_units',
  'shared_amount_rupees',
];

const rupees = (paise: Sum) => ({ decimal: toRupees(paise) });

/** One row for each item of a month, or of a location. Columns add up to the closes either way. */
const csvRows = ({ months, locations, items }: MakerStatement, by: 'month' | 'location'): CsvTableRow[] => {
  const byId = new Map(items.map((one) => [one.id, one]));
  const rows = [
    ...(by === 'month' ? months.flatMap(({ month, lines }) => lines.map((line) => ({ month, line }))) : []),
    ...(by === 'location' ? locations.flatMap(({ location, lines }) => lines.map((line) => ({ location, line }))) : []),
  ];
  return rows.map(({ line, ...place }) => ({
    ...place,
    item: line.item,
    item_name: byId.get(line.item)?.name,
    base_unit: byId.get(line.item)?.unit,
    delivered_base_units: line.delivered,
    drawn_base_units: line.drawn,
    sold_base_units: line.sold,
    amount_rupees: rupees(line.amount),
    returned_base_units: line.returned,
    refunded_rupees: rupees(line.refunded),
    shared_sold_base_units: line.sharedSold,
    shared_amount_rupees: rupees(line.sharedAmount),
  }));
};

const exampleLine = {
  item: 'PBT-FLUTE-C',
  delivered: 24,
  drawn: 0,
  sold: 10,
  amount: 350_000,
  returned: 1,
  refunded: 35_000,
  sharedSold: 0,
  sharedAmount: 0,
};

const exampleTakings = { amount: 350_000, refunded: 35_000, net: 315_000 };

const exampleStated = {
  code: '7KQ2M0A1B2C3D4E5F6G7',
  producer: 'P0042',
  name: 'Gulab Khan',
  nameHi: 'गुलाब ख़ान',
  district: 'PBT',
  from: '2026-04',
  to: '2026-11',
  through: '2026-11-21',
  statedOn: '2026-11-22',
  statedTo: 'producer',
  years: [{ year: '2026-27', ...exampleTakings, isToDate: true }],
  totals: [{ ...exampleLine, price: 35_000_000, onHand: 15 }],
};

const exampleItems = [{ id: 'PBT-FLUTE-C', name: 'Flute, C', nameHi: 'बाँसुरी, सी', unit: 'piece' }];

export const getMakerStatement = defineReadOperation({
  id: 'getMakerStatement',
  function: 'reports',
  route: '/producers/{producer}/statement',
  summary:
    "Read a producer's record for a loan: month by month what they delivered, what was sold of it, where and at what average price, what customers returned, and the material that they drew. It says delivered and sold, never paid: Bahi keeps no payments to makers. Figures are sums of day closes. A sale counts for a maker if its item names only this maker; sales of items of several makers are `shared…`. Without `from`, it begins three financial years before that of `to`; without `to`, it ends with the last closed day. `code` lets anybody check it: `getStatedFigures`. `by` selects the rows of CSV.",
  access: ownAndOfficers,
  path: z.strictObject({ producer: ProducerId }),
  query: z
    .strictObject({ ...range, by: z.enum(['month', 'location']).optional(), format: ReplyFormat.optional() })
    .refine(isInOrder, RANGE_PROBLEM),
  reply: MakerStatement,
  csv: {
    asked: ({ format }, accept) => wantsCsv(format, accept),
    table: (statement, { by = 'month' }) => ({
      columns: COLUMNS,
      named: true,
      rows: csvRows(statement, by),
      cursor: undefined,
    }),
    example: `${COLUMNS.join(',')}\r\n2026-11,,PBT-FLUTE-C,"Flute, C",piece,24,0,10,3500.00,1,350.00,0,0.00\r\n`,
  },
  pdf: { suffix: '.pdf' },
  errors: ['PRODUCER_UNKNOWN', 'PERIOD_OPEN'],
  example: {
    path: { producer: 'P0042' },
    query: { from: '2026-04', to: '2026-11' },
    reply: {
      ...exampleStated,
      months: [{ month: '2026-11', ...exampleTakings, lines: [exampleLine] }],
      locations: [{ location: 'PBE-01', lines: [exampleLine] }],
      closes: { days: 4, editions: 4, latest: '2026-11-21T19:00:04.000Z' },
      firstDay: '2026-11-02',
      unclosed: [],
      unsummed: [],
      items: exampleItems,
    },
  },
});

export const getMakerStatementPdf = defineReadOperation({
  id: 'getMakerStatementPdf',
  function: 'documents',
  route: '/producers/{producer}/statement.pdf',
  summary:
    "Read a producer's record as a PDF of A4 pages, in Hindi or English, with its code. `getMakerStatement` with `Accept: application/pdf` leads here.",
  access: getMakerStatement.access,
  path: getMakerStatement.path,
  query: z
    .strictObject({ ...range, by: z.enum(['month', 'location']).optional(), language: Language.optional() })
    .refine(isInOrder, RANGE_PROBLEM),
  reply: z.custom<Uint8Array>((reply) => reply instanceof Uint8Array),
  binary: 'application/pdf',
  errors: getMakerStatement.errors,
  example: { path: { producer: 'P0042' }, reply: new Uint8Array() },
});

export const getStatedFigures = defineReadOperation({
  id: 'getStatedFigures',
  function: 'service',
  route: '/statements/{code}',
  summary:
    "Check a producer's record by the code on it: what was stated, to whom and when. Compare it with the paper: a forged paper has no code of ours, an altered one other figures. Codes are kept for three years. A page, if `Accept` prefers HTML.",
  access: 'open',
  path: z.strictObject({ code: StatementCode }),
  query: z.strictObject({ language: Language.optional() }),
  reply: StatedFigures,
  html: { example: '<!doctype html><html lang="hi">…</html>' },
  errors: ['NOT_FOUND'],
  example: {
    path: { code: '7KQ2M0A1B2C3D4E5F6G7' },
    reply: { ...exampleStated, months: [{ month: '2026-11', ...exampleTakings }], items: exampleItems },
  },
});
