import * as z from 'zod';
import type { SupplyFigures } from '../billing/supply-line.ts';
import { ItemId, ProducerId, StockLocationId, type TerminalCode } from '../kernel/ids.ts';
import { fromExactJson, toExactJson } from '../kernel/json.ts';
import { addUp, negate, Sum } from '../kernel/sum.ts';
import { Day, Instant } from '../kernel/time.ts';
import { partsOf, type VoucherNumber } from '../kernel/voucher-number.ts';
import { isReceipt, type Receipt } from '../ledger/kinds/receipt.ts';
import { isReversal } from '../ledger/kinds/reversal.ts';
import { onHandMovements } from '../ledger/on-hand.ts';
import { issuedQuantitiesOf } from '../ledger/projection.ts';
import type { Voucher } from '../ledger/voucher.ts';
import type { DayClose } from './day-close.ts';
import type { NewSellerDay } from './seller-day.ts';

const FIGURES = ['delivered', 'drawn', 'sold', 'amount', 'returned', 'refunded', 'sharedSold', 'sharedAmount'] as const;
type MakerFigure = (typeof FIGURES)[number];

/**
 * Base units, and paise with tax. `delivered`: accepted at an outlet or depot. `drawn`: material
 * from a depot. `shared…`: sales of an item of several makers, which count for none of them.
 */
export const MakerLine = z.strictObject({
  item: ItemId,
  delivered: Sum,
  drawn: Sum,
  sold: Sum,
  amount: Sum,
  returned: Sum,
  refunded: Sum,
  sharedSold: Sum,
  sharedAmount: Sum,
} satisfies Record<MakerFigure | 'item', z.ZodType>);
export type MakerLine = z.infer<typeof MakerLine>;

/** `makersOf`: from the first close of the day. Later closes use it again. */
export type NewMakerDay = {
  readonly location: StockLocationId;
  readonly day: Day;
  readonly makersOf: ReadonlyMap<ItemId, readonly ProducerId[]>;
  readonly shares: readonly { readonly producer: ProducerId; readonly lines: readonly MakerLine[] }[];
};

export type MakerDay = NewMakerDay & Pick<DayClose, 'edition' | 'closedAt'>;

/** The input for one day at one location. */
type MakerSources = {
  readonly book: readonly Voucher[];
  /** Sold and returned, with tax. */
  readonly sellerDays: readonly NewSellerDay[];
  readonly makersOf: ReadonlyMap<ItemId, readonly ProducerId[]>;
  readonly workshops: ReadonlyMap<TerminalCode, ProducerId>;
  /** The vouchers that a reversal in `book` reverses, and in turn those that they reverse. */
  readonly originals: ReadonlyMap<VoucherNumber, Voucher>;
};

type MakerItemFigures = Partial<Record<MakerFigure, Sum>> & { readonly producer: ProducerId; readonly item: ItemId };

/** Sorted by producer and item. */
export const makerSharesOf = (sources: MakerSources): NewMakerDay['shares'] => {
  const entries = [...sources.book.flatMap((voucher) => goodsEntries(voucher, sources)), ...saleEntries(sources)];
  return groupsOf(entries, ({ producer }) => producer).map(([producer, own]) => ({
    producer,
    lines: groupsOf(own, ({ item }) => item).map(([item, same]) => lineOf(item, same)),
  }));
};

const groupsOf = <Row, Key extends string>(rows: readonly Row[], keyOf: (row: Row) => Key): [Key, Row[]][] =>
  [...Map.groupBy(rows, keyOf)].toSorted(([one], [other]) => (one < other ? -1 : 1));

const lineOf = (item: ItemId, rows: readonly Partial<Record<MakerFigure, Sum>>[]): MakerLine => {
  const sum = (figure: MakerFigure) => addUp(rows.map((row) => row[figure] ?? 0));
  return {
    item,
    delivered: sum('delivered'),
    drawn: sum('drawn'),
    sold: sum('sold'),
    amount: sum('amount'),
    returned: sum('returned'),
    refunded: sum('refunded'),
    sharedSold: sum('sharedSold'),
    sharedAmount: sum('sharedAmount'),
  };
};

/** One line for each item. */
export const addMakerLines = (lines: readonly MakerLine[]): MakerLine[] =>
  groupsOf(lines, ({ item }) => item).map(([item, same]) => lineOf(item, same));

const withTax = ({ taxable, cgst, igst }: SupplyFigures): Sum => addUp([taxable, cgst, cgst, igst]);

const saleEntries = ({ sellerDays, makersOf }: MakerSources): MakerItemFigures[] =>
  sellerDays
    .flatMap(({ supplies }) => supplies.flatMap(({ lines }) => lines))
    .flatMap(({ item, sold, returned }) => {
      const makers = makersOf.get(item) ?? [];
      const [amount, refunded] = [withTax(sold), withTax(returned)];
      const figures = { sold: sold.quantity, amount, returned: returned.quantity, refunded };
      const shared = { sharedSold: sold.quantity, sharedAmount: amount };
      return makers.map(
        (producer): MakerItemFigures => ({ producer, item, ...(makers.length === 1 ? figures : shared) }),
      );
    });

const goodsEntries = (voucher: Voucher, { originals, workshops }: MakerSources): MakerItemFigures[] => {
  const { outcome } = voucher;
  if ('producer' in outcome && outcome.producer !== undefined) {
    const { producer } = outcome;
    return [...issuedQuantitiesOf(voucher)].map(([item, drawn]) => ({ producer, item, drawn }));
  }
  const { original, isUndone } = rootOf(voucher, originals);
  if (!original || !isReceipt(original.claim)) return [];
  const producer = makerOfReceipt(original.claim, workshops);
  if (!producer) return [];
  const lines = isReversal(voucher.claim) ? voucher.claim.lines : onHandMovements(voucher);
  return lines.map(({ item, quantity }) => ({ producer, item, delivered: isUndone ? negate(quantity) : quantity }));
};

/** A reversal of a reversal counts as the voucher itself. */
const rootOf = (voucher: Voucher, originals: MakerSources['originals']) => {
  let original: Voucher | undefined = voucher;
  let isUndone = false;
  while (original && isReversal(original.claim)) {
    original = originals.get(original.claim.of);
    isUndone = !isUndone;
  }
  return { original, isUndone };
};

/** The terminal in a dispatch's number names the workshop that sent the goods. */
const makerOfReceipt = ({ from }: Receipt, workshops: MakerSources['workshops']): ProducerId | undefined => {
  if ('producer' in from) return from.producer;
  return 'dispatch' in from ? workshops.get(partsOf(from.dispatch).terminal) : undefined;
};

export const dispatchTerminalsIn = (vouchers: readonly Voucher[]): TerminalCode[] => [
  ...new Set(
    vouchers.flatMap(({ claim }) =>
      isReceipt(claim) && 'dispatch' in claim.from ? [partsOf(claim.from.dispatch).terminal] : [],
    ),
  ),
];

export const makerDayKey = (location: StockLocationId, day: Day) => ({ daybook: `${location}#makers`, entry: day });

const packLine = ({ item, ...figures }: MakerLine) => {
  const values = FIGURES.map((figure) => figures[figure]);
  return [item, ...values.slice(0, values.findLastIndex((value) => value !== 0) + 1)];
};

const PackedLine = z
  .tuple([ItemId], Sum)
  .transform(([item, ...values]) =>
    lineOf(item, [Object.fromEntries(FIGURES.map((figure, at) => [figure, values[at] ?? 0]))]),
  );

/** One row for a day at a location. Figures as JSON: DynamoDB's own lists are slow to decode. */
export const toMakerDayItem = (
  { location, day, makersOf, shares }: NewMakerDay,
  { edition, closedAt }: Pick<DayClose, 'edition' | 'closedAt'>,
) => ({
  ...makerDayKey(location, day),
  location,
  day,
  edition,
  closedAt,
  makersOf: JSON.stringify([...makersOf]),
  shares: toExactJson(shares.map(({ producer, lines }) => [producer, lines.map(packLine)])),
});

const json = <Schema extends z.ZodType>(schema: Schema) => z.string().transform(fromExactJson).pipe(schema);

const StoredMakerDay = z.object({
  location: StockLocationId,
  day: Day,
  edition: z.int().min(1),
  closedAt: Instant,
  makersOf: json(z.array(z.tuple([ItemId, z.array(ProducerId)]))),
  shares: json(z.array(z.tuple([ProducerId, z.array(PackedLine)]))),
});

/** Throws if the row does not fit its schema. */
export const toMakerDay = (stored: unknown): MakerDay => {
  const { makersOf, shares, ...rest } = StoredMakerDay.parse(stored);
  return { ...rest, makersOf: new Map(makersOf), shares: shares.map(([producer, lines]) => ({ producer, lines })) };
};

/** A producer's day at all locations of a district. `closes`: the closes that it sums. */
export type MakerDaySum = {
  readonly producer: ProducerId;
  readonly day: Day;
  readonly district: string;
  readonly closes: { readonly days: number; readonly editions: number; readonly latest: Instant };
  readonly locations: readonly { readonly location: StockLocationId; readonly lines: readonly MakerLine[] }[];
};

/** `days`: all of the same day and district. */
export const sumMakerDays = (district: string, days: readonly MakerDay[]): MakerDaySum[] => {
  const shares = days.flatMap(({ shares: ofDay, ...close }) => ofDay.map((share) => ({ ...close, ...share })));
  return groupsOf(shares, ({ producer }) => producer).flatMap(([producer, own]) =>
    own.slice(0, 1).map(({ day, closedAt }) => ({
      producer,
      day,
      district,
      closes: {
        days: own.length,
        editions: own.reduce((sum, { edition }) => sum + edition, 0),
        latest:
          own
            .map((one) => one.closedAt)
            .toSorted()
            .at(-1) ?? closedAt,
      },
      locations: own
        .map(({ location, lines }) => ({ location, lines }))
        .toSorted((one, other) => (one.location < other.location ? -1 : 1)),
    })),
  );
};

export const makerSumsKey = (producer: ProducerId): string => `makers#${producer}`;

export const toMakerSumItem = ({ producer, day, district, closes, locations }: MakerDaySum) => ({
  daybook: makerSumsKey(producer),
  entry: `${day}#${district}`,
  producer,
  day,
  district,
  closes,
  locations: toExactJson(locations.map(({ location, lines }) => [location, lines.map(packLine)])),
});

const StoredSum = z.object({
  producer: ProducerId,
  day: Day,
  district: z.string(),
  closes: z.object({ days: z.int(), editions: z.int(), latest: Instant }),
  locations: json(z.array(z.tuple([StockLocationId, z.array(PackedLine)]))),
});

/** Throws if the row does not fit its schema. */
export const toMakerSum = (stored: unknown): MakerDaySum => {
  const { locations, ...rest } = StoredSum.parse(stored);
  return { ...rest, locations: locations.map(([location, lines]) => ({ location, lines })) };
};
