import { createHash } from 'node:crypto';
import { addMakerLines, type MakerDaySum, type MakerLine } from '../day-close/maker-day.ts';
import { CROCKFORD_ALPHABET, type ItemId } from '../kernel/ids.ts';
import { toCanonicalJson } from '../kernel/json.ts';
import { sumOf } from '../kernel/quantity.ts';
import { addUp, divide, multiply, type Sum, subtract } from '../kernel/sum.ts';
import { addDays, Day } from '../kernel/time.ts';
import { type Season, seasonOf } from '../materials/entitlement-account.ts';
import { type MakerStatement, type StatedFigures, StatementCode } from './maker-statement-contract.ts';
import { Period } from './period.ts';

type Figures = Pick<MakerStatement, 'years' | 'months' | 'locations' | 'totals' | 'yield' | 'closes' | 'firstDay'>;

type Source = {
  readonly sums: readonly MakerDaySum[];
  readonly through: Day;
  /** Base units at the end of `through`. Undefined: that day is not summed. */
  readonly onHand: ReadonlyMap<ItemId, Sum> | undefined;
  readonly unitOf: ReadonlyMap<ItemId, string>;
};

/** Paise per this many base units. */
const PRICE_UNITS = 1_000;

/** Months, locations and totals are sums of the same lines. */
export const makerStatementOf = ({ sums, through, onHand, unitOf }: Source): Figures => {
  const parts = sums.flatMap(({ day, locations }) => locations.map((one) => ({ day, ...one })));
  const groupBy = <Key extends string>(keyOf: (part: (typeof parts)[number]) => Key) =>
    [...Map.groupBy(parts, keyOf)]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, same]) => [key, addMakerLines(same.flatMap(({ lines }) => lines))] as const);
  const totals = addMakerLines(parts.flatMap(({ lines }) => lines));
  const latest = sums
    .map(({ closes }) => closes.latest)
    .toSorted()
    .at(-1);
  const firstDay = sums.map(({ day }) => day).toSorted()[0];
  const yields = yieldOf(totals, unitOf);
  return {
    years: groupBy(({ day }) => seasonOf(day)).map(([year, lines]) => ({
      year,
      ...takingsOf(lines),
      isToDate: lastDayOf(year) > through,
    })),
    months: groupBy(({ day }) => Period.parse(day.slice(0, 7))).map(([month, lines]) => ({
      month,
      ...takingsOf(lines),
      lines,
    })),
    locations: groupBy(({ location }) => location).map(([location, lines]) => ({ location, lines })),
    totals: totals.map((line) => {
      const ownOnHand = isOwn(line) ? onHand?.get(line.item) : undefined;
      return {
        ...line,
        ...(line.sold > 0 && { price: divide(multiply(line.amount, PRICE_UNITS), line.sold) }),
        ...(ownOnHand !== undefined && { onHand: ownOnHand }),
      };
    }),
    ...(yields && { yield: yields }),
    closes: {
      days: sumOf(sums.map(({ closes }) => closes.days)),
      editions: sumOf(sums.map(({ closes }) => closes.editions)),
      ...(latest && { latest }),
    },
    ...(firstDay && { firstDay }),
  };
};

const takingsOf = (lines: readonly MakerLine[]) => {
  const amount = addUp(lines.map((line) => line.amount));
  const refunded = addUp(lines.map((line) => line.refunded));
  return { amount, refunded, net: subtract(amount, refunded) };
};

/** Stock counts for a maker only if nobody else makes the item and it is no material. */
const isOwn = ({ sharedSold, drawn }: MakerLine): boolean => sharedSold === 0 && drawn === 0;

const yieldOf = (totals: readonly MakerLine[], unitOf: Source['unitOf']): MakerStatement['yield'] => {
  const [material, ...others] = totals.filter(({ drawn }) => drawn !== 0);
  const goods = totals.filter(({ delivered }) => delivered !== 0);
  if (!material || others.length > 0 || goods.some(({ item }) => unitOf.get(item) !== 'piece')) return undefined;
  const { item, drawn } = material;
  return { material: item, drawn, delivered: addUp(goods.map(({ delivered }) => delivered)) };
};

/** 31 March of the year that `2026-27` ends in. */
const lastDayOf = (year: Season): Day => Day.parse(`${Number(year.slice(0, 4)) + 1}-03-31`);

const firstPeriodBefore = (to: Period): Period => {
  const year = seasonOf(Day.parse(`${to}-01`));
  return Period.parse(`${Number(year.slice(0, 4)) - 3}-04`);
};

/** Up to the last closed day; `undefined`: none of these days has closed. */
export const rangeOf = (
  months: { readonly from?: Period | undefined; readonly to?: Period | undefined },
  lastClosed: Day,
):
  | { readonly from: Period; readonly to: Period; readonly days: { readonly from: Day; readonly to: Day } }
  | undefined => {
  const to = months.to ?? Period.parse(lastClosed.slice(0, 7));
  const from = months.from ?? firstPeriodBefore(to);
  const first = Day.parse(`${from}-01`);
  const lastOfMonth = addDays(Day.parse(`${addDays(Day.parse(`${to}-01`), 31).slice(0, 7)}-01`), -1);
  const last = lastOfMonth < lastClosed ? lastOfMonth : lastClosed;
  return first > last ? undefined : { from, to, days: { from: first, to: last } };
};

const BITS_PER_CHARACTER = 5n;
const CODE_CHARACTERS = 20;

/** The first 100 bits of a SHA-256 over all that the statement says. */
export const statementCodeOf = (statement: Omit<MakerStatement, 'code'>): StatementCode => {
  const digest = createHash('sha256').update(toCanonicalJson(statement)).digest('hex').slice(0, 25);
  const bits = BigInt(`0x${digest}`);
  const characters = Array.from({ length: CODE_CHARACTERS }, (_, at) => {
    const value = (bits >> (BITS_PER_CHARACTER * BigInt(CODE_CHARACTERS - 1 - at))) & 31n;
    return CROCKFORD_ALPHABET[Number(value)] ?? '';
  });
  return StatementCode.parse(characters.join(''));
};

export const formatStatementCode = (code: StatementCode): string => code.replace(/(.{5})(?=.)/g, '$1-');

/** The figures that anybody may see by the code. */
export const statedFiguresOf = ({
  months,
  locations: _locations,
  yield: _yield,
  closes: _closes,
  firstDay: _firstDay,
  unclosed: _unclosed,
  unsummed: _unsummed,
  ...figures
}: MakerStatement): StatedFigures => ({
  ...figures,
  months: months.map(({ lines: _lines, ...month }) => month),
});
