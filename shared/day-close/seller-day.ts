import * as z from 'zod';
import { OutwardSupplies, outwardSuppliesOf } from '../billing/outward-supplies.ts';
import type { SupplySources } from '../billing/supply-entry.ts';
import { SupplyLine } from '../billing/supply-line.ts';
import { SellerId, StockLocationId, type TerminalCode } from '../kernel/ids.ts';
import { fromExactJson, toExactJson } from '../kernel/json.ts';
import { Sum } from '../kernel/sum.ts';
import { Day, Instant } from '../kernel/time.ts';
import { partsOf, VoucherNumber } from '../kernel/voucher-number.ts';
import type { Voucher } from '../ledger/voucher.ts';
import { ClosedSeller, type DayClose, type DayTotals } from './day-close.ts';
import { sellersOf } from './sales.ts';

/** The first of `many`. */
export const MissingDocuments = z.strictObject({ numbers: z.array(VoucherNumber), many: z.int().min(0) });
export type MissingDocuments = z.infer<typeof MissingDocuments>;
export const MAX_MISSING = 100;

/** One seller's day at one location, as its close recorded it. For returns and statements. */
export const SellerDay = z.strictObject({
  seller: SellerId,
  location: StockLocationId,
  day: Day,
  edition: z.int().min(1),
  closedAt: Instant,
  ...ClosedSeller.pick({ sales: true, amount: true, refunds: true, refunded: true }).shape,
  ...OutwardSupplies.shape,
  missing: MissingDocuments,
});
export type SellerDay = z.infer<typeof SellerDay>;

/** One location's figures, or the sum of several. */
export type SellerFigures = Omit<SellerDay, 'location' | 'edition' | 'closedAt'>;

export type NewSellerDay = Omit<SellerDay, 'edition' | 'closedAt'>;

type SellerDaySources = SupplySources & {
  readonly location: StockLocationId;
  readonly book: readonly Voucher[];
  readonly totals: Pick<DayTotals, 'day' | 'terminals'>;
  /** Terminals without a voucher on this day. */
  readonly sellersOfTerminals: ReadonlyMap<TerminalCode, SellerId>;
};

/** Also for a seller without a bill: a number may be missing. */
export const sellerDaysOf = ({
  location,
  book,
  totals,
  sellersOfTerminals,
  ...sources
}: SellerDaySources): NewSellerDay[] => {
  const sellerOf = new Map([
    ...sellersOfTerminals,
    ...book.map(({ number, seller }) => [partsOf(number).terminal, seller] as const),
  ]);
  return [...new Set(sellerOf.values())].toSorted().map((seller) => {
    const own = book.filter((voucher) => voucher.seller === seller);
    const [money = NO_MONEY] = sellersOf(own, sources.lateTax);
    const { sales, amount, refunds, refunded } = money;
    const missing = totals.terminals
      .filter(({ terminal }) => sellerOf.get(terminal) === seller)
      .flatMap((terminal) => terminal.missing.filter(isBillOrNote));
    return {
      seller,
      location,
      day: totals.day,
      sales,
      amount,
      refunds,
      refunded,
      ...outwardSuppliesOf(own, sources),
      missing: { numbers: missing.slice(0, MAX_MISSING), many: missing.length },
    };
  });
};

const NO_MONEY = { sales: 0, amount: 0, refunds: 0, refunded: 0 };

const isBillOrNote = (number: VoucherNumber): boolean => ['S', 'V'].includes(partsOf(number).kind);

export const isEmptySellerDay = ({ supplies, series, incomplete, missing }: NewSellerDay): boolean =>
  supplies.length + series.length + incomplete.length + missing.many === 0;

export const monthOf = (day: Day): string => day.slice(0, 7);

export const sellerMonthKey = (seller: SellerId, day: Day): string => `seller#${seller}#${monthOf(day)}`;

const sellerDayKey = ({ seller, day, location }: Pick<SellerDay, 'seller' | 'day' | 'location'>, part: number) => ({
  daybook: sellerMonthKey(seller, day),
  entry: `${day}#${location}${part === 0 ? '' : `#${String(part).padStart(4, '0')}`}`,
});

const FIGURES = ['quantity', 'taxable', 'cgst', 'igst'] as const;

const packLine = ({ sold, returned, ...key }: SupplyLine) => {
  const { item, hsn, uqc, gstBasisPoints, place, table } = key;
  const figures = [sold, returned].flatMap((side) => FIGURES.map((figure) => side[figure]));
  return [
    item,
    hsn,
    uqc,
    gstBasisPoints,
    place,
    table,
    ...figures.slice(0, figures.findLastIndex((one) => one !== 0) + 1),
  ];
};

const SupplyKey = SupplyLine.omit({ sold: true, returned: true });

/** A month of the largest seller has half a million lines of few keys: each key is parsed once. */
const lineUnpacker = () => {
  const keys = new Map<string, z.infer<typeof SupplyKey>>();
  return (packed: readonly unknown[]): SupplyLine => {
    const [item, hsn, uqc, gstBasisPoints, place, table, ...figures] = packed;
    const text = packed.slice(0, 6).join(' ');
    const key = keys.get(text) ?? SupplyKey.parse({ item, hsn, uqc, gstBasisPoints, place, table });
    keys.set(text, key);
    const figureAt = (at: number): Sum => {
      const figure = figures[at] ?? 0;
      return typeof figure === 'number' && Number.isSafeInteger(figure) ? figure : Sum.parse(figure);
    };
    const side = (from: number) => ({
      quantity: figureAt(from),
      taxable: figureAt(from + 1),
      cgst: figureAt(from + 2),
      igst: figureAt(from + 3),
    });
    return { ...key, sold: side(0), returned: side(FIGURES.length) };
  };
};

/** Only figures have so many digits in a row. */
const LONG_NUMBER = /\d{16}/;

/** Characters. A DynamoDB item holds 400 KB. */
const PART_LENGTH = 100_000;

type Facts = Pick<OutwardSupplies, 'supplies'>;

/** One JSON text, in parts: DynamoDB's own lists are slow to decode. */
export const packFacts = ({ supplies, ...rest }: Facts): string[] => {
  const packed = supplies.map(({ lines, ...group }) => ({ ...group, lines: lines.map(packLine) }));
  const text = toExactJson({ ...rest, supplies: packed });
  return Array.from({ length: Math.ceil(text.length / PART_LENGTH) }, (_, part) =>
    text.slice(part * PART_LENGTH, (part + 1) * PART_LENGTH),
  );
};

export const toSellerDayItems = (
  sellerDay: NewSellerDay,
  { edition, closedAt }: Pick<DayClose, 'edition' | 'closedAt'>,
) => {
  const { seller, location, day, ...rest } = sellerDay;
  const texts = packFacts(rest);
  return texts.map((facts, part) => ({
    ...sellerDayKey(sellerDay, part),
    seller,
    location,
    day,
    edition,
    closedAt,
    parts: texts.length,
    facts,
  }));
};

const StoredSellerDay = z.object({
  ...SellerDay.pick({ seller: true, location: true, day: true, edition: true, closedAt: true }).shape,
  parts: z.int(),
  facts: z.string(),
});

const PackedFacts = z.looseObject({
  supplies: z.array(z.looseObject({ lines: z.array(z.array(z.unknown())) })),
});

/** `schema`: of all but the lines, which are many and of few keys. */
export const factsUnpacker = <Unpacked extends Facts>(schema: z.ZodType<Unpacked>) => {
  const unpackLine = lineUnpacker();
  return (head: object, texts: readonly string[]): Unpacked => {
    const text = texts.join('');
    const { supplies, ...facts } = PackedFacts.parse(LONG_NUMBER.test(text) ? fromExactJson(text) : JSON.parse(text));
    const withoutLines = supplies.map((registered) => ({ ...registered, lines: [] }));
    const unpacked = schema.parse({ ...head, ...facts, supplies: withoutLines });
    return {
      ...unpacked,
      supplies: unpacked.supplies.map((registered, at) => ({
        ...registered,
        lines: supplies[at]?.lines.map(unpackLine) ?? [],
      })),
    };
  };
};

/** `rows`: in the order of their keys. Throws if one does not fit its schema. */
export const toSellerDays = (rows: readonly Record<string, unknown>[]): SellerDay[] => {
  const stored = rows.map((row) => StoredSellerDay.parse(row));
  const groups = Map.groupBy(stored, ({ day, location }) => `${day} ${location}`);
  const unpack = factsUnpacker(SellerDay);
  return [...groups.values()].flatMap((group) =>
    group.slice(0, 1).map(({ parts, facts: _facts, ...head }) =>
      unpack(
        head,
        group.slice(0, parts).map(({ facts }) => facts),
      ),
    ),
  );
};
