import * as z from 'zod';
import { DistrictId } from '../kernel/ids.ts';
import type { FieldProblem } from '../kernel/problems.ts';
import {
  AnyDay,
  addDays,
  DAY_IN_CENTURY,
  type Day,
  dayOf,
  farDayProblem,
  Instant,
  startOfDay,
  startOfIstDay,
} from '../kernel/time.ts';

const MAX_EARLIER_VALUES = 20;

/** `value` applies from `from`, or always; an earlier one from its own start until the next. */
export type DatedField<Value, From extends string = Day> = {
  readonly value: Value;
  readonly from: From | undefined;
  readonly earlier: readonly { readonly from?: From | undefined; readonly value: Value }[];
};

const isInDateOrder = (earlier: readonly { readonly from?: string | undefined }[]): boolean =>
  earlier.every(({ from }, at) => at === 0 || (from !== undefined && from > (earlier[at - 1]?.from ?? '')));

const NOT_IN_DATE_ORDER = 'earlier values must be in date order, and only the first may have no date';

/** The schema of a field's earlier values, each of which begins on a day. */
export const earlierByDay = <Value extends z.ZodType<{ readonly from?: Day | undefined }>>(value: Value) =>
  z.array(value).max(MAX_EARLIER_VALUES).refine(isInDateOrder, NOT_IN_DATE_ORDER).optional();

/** The value on a day or at an instant; before the first known one, the first value. */
export const valueOn = <Value, From extends string>(
  { value, from, earlier }: DatedField<Value, From>,
  day: From,
): Value => {
  const all = [...earlier, { from, value }];
  return (all.findLast((one) => one.from === undefined || one.from <= day) ?? all[0] ?? { value }).value;
};

/**
 * The field after an officer's edit. The same value without a day keeps its history. Another value
 * applies from its day, or from today. An edited history replaces the stored one. A stored day or
 * history that is sent back changes nothing.
 */
export const changeField = <Value, From extends string>(
  edited: DatedField<Value, From> & { readonly isHistory: boolean },
  stored: DatedField<Value, From>,
  today: From,
  same: (one: Value, other: Value) => boolean,
): DatedField<Value, From> => {
  if (edited.isHistory && !isSentBack(edited, stored, same)) return edited;
  const isSame = same(edited.value, stored.value);
  const stated = edited.from === stored.from ? undefined : edited.from;
  if (isSame && stated === undefined) return stored;
  const from = stated ?? today;
  const all = [...stored.earlier, { from: stored.from, value: stored.value }];
  const earlier = all.filter((one) => one.from === undefined || one.from < from).slice(-MAX_EARLIER_VALUES);
  return {
    value: edited.value,
    from,
    earlier: isSame ? earlier.filter(({ value }) => !same(value, edited.value)) : earlier,
  };
};

const isSentBack = <Value, From extends string>(
  edited: DatedField<Value, From>,
  stored: DatedField<Value, From>,
  same: (one: Value, other: Value) => boolean,
): boolean =>
  edited.earlier.length === stored.earlier.length &&
  edited.earlier.every(({ from, value }, at) => {
    const was = stored.earlier[at];
    return was !== undefined && from === was.from && same(value, was.value);
  });

/** A new value with the stored day, which may be meant or sent back as read. */
export const isStartUnclear = <Value, From extends string>(
  edited: DatedField<Value, From> & { readonly isHistory: boolean },
  stored: DatedField<Value, From>,
  today: From,
  same: (one: Value, other: Value) => boolean,
): boolean =>
  edited.from !== undefined &&
  edited.from === stored.from &&
  edited.from !== today &&
  !same(edited.value, stored.value) &&
  (!edited.isHistory || isSentBack(edited, stored, same));

export const unclearStart = (path: string, from: string | undefined): FieldProblem => ({
  path,
  problem: `${from} is when the stored value began: leave it out to start today, or give another day`,
});

export const unclearTime = (path: string, from: string | undefined): FieldProblem => ({
  path,
  problem: `${from} is when the stored value began: leave it out to start now, or give another time`,
});

/**
 * An instant, or an IST day for its first instant. A day's first instant is stored as the day: one
 * moment, one spelling.
 */
export const EffectiveFrom = z
  .union([AnyDay, Instant], 'an IST day such as 2026-11-22, or a UTC time such as 2026-11-22T06:30:00Z')
  .refine(DAY_IN_CENTURY.check, DAY_IN_CENTURY.problem)
  .overwrite((from) => (from === startOfDay(dayOf(effectiveStartOf(from))) ? dayOf(effectiveStartOf(from)) : from));

export type EffectiveFrom = z.infer<typeof EffectiveFrom>;

/** Two years: a season or a sale of next year may be entered. */
const MAX_DAYS_AHEAD = 731;

/** Dates of a registry entry that are too far ahead, at any depth. */
export const farDateProblems = (entry: object, now: Instant): FieldProblem[] =>
  Object.entries(entry).flatMap(([field, value]: [string, unknown]): FieldProblem[] => {
    if (typeof value === 'object' && value !== null)
      return farDateProblems(value, now).map(({ path, problem }) => ({ path: `${field}.${path}`, problem }));
    const from = DATED_FIELD.test(field) ? EffectiveFrom.safeParse(value).data : undefined;
    const problem = from && farDayProblem(dayOf(effectiveStartOf(from)), dayOf(now), MAX_DAYS_AHEAD);
    return problem ? [{ path: field, problem }] : [];
  });

/** Names such as `from`, `hsnFrom`, `to`, `notifiedOn`. */
const DATED_FIELD = /^(from|to|\w+(From|To|On))$/;

type DatedEntry = { readonly from: EffectiveFrom };

export const effectiveStartOf = (from: EffectiveFrom): Instant =>
  from.includes('T') ? (from as Instant) : startOfDay(from as Day);

const isInTimeOrder = (earlier: readonly { readonly from?: EffectiveFrom | undefined }[]): boolean =>
  isInDateOrder(earlier.map(({ from }) => ({ from: from && effectiveStartOf(from) })));

/** The schema of a field's earlier values, each of which begins at a time or on a day. */
export const earlierByTime = <Value extends z.ZodType<{ readonly from?: EffectiveFrom | undefined }>>(value: Value) =>
  z.array(value).max(MAX_EARLIER_VALUES).refine(isInTimeOrder, NOT_IN_DATE_ORDER).optional();

/** The latest entry that started by then. */
export const effectiveAt = <D extends DatedEntry>(history: readonly D[], at: Instant): D | undefined =>
  history.reduce<D | undefined>(
    (latest, one) =>
      effectiveStartOf(one.from) <= at && (!latest || effectiveStartOf(one.from) > effectiveStartOf(latest.from))
        ? one
        : latest,
    undefined,
  );

export const compareByStart = (one: DatedEntry, other: DatedEntry): number =>
  effectiveStartOf(one.from) < effectiveStartOf(other.from) ? -1 : 1;

export const hasUniqueStarts = (history: readonly DatedEntry[]): boolean =>
  new Set(history.map(({ from }) => effectiveStartOf(from))).size === history.length;

/** An earlier district, and the instant when it changed. */
export const EarlierDistrict = z.strictObject({ district: DistrictId, until: Instant });

export type EarlierDistrict = z.infer<typeof EarlierDistrict>;

type EntryWithDistricts = {
  readonly entry: object;
  readonly earlierDistricts?: readonly EarlierDistrict[] | undefined;
};

const districtOf = (entry: object): DistrictId | undefined =>
  'district' in entry ? DistrictId.parse(entry.district) : undefined;

export const nextEarlierDistricts = (
  stored: EntryWithDistricts | undefined,
  entry: object,
  now: Instant,
): EarlierDistrict[] => {
  const history = stored?.earlierDistricts ?? [];
  const oldDistrict = stored && districtOf(stored.entry);
  const newDistrict = districtOf(entry);
  return oldDistrict === undefined || oldDistrict === newDistrict
    ? [...history]
    : [...history, { district: oldDistrict, until: now }];
};

/** The district at the IST midnight that ends the day. */
export const districtOn = (
  { entry, earlierDistricts = [] }: EntryWithDistricts & { readonly entry: { readonly district: DistrictId } },
  day: Day,
): DistrictId => {
  const end = startOfIstDay(addDays(day, 1));
  return earlierDistricts.find(({ until }) => until > end)?.district ?? entry.district;
};

export const hasBeenInDistrict = (
  { entry, earlierDistricts = [] }: EntryWithDistricts & { readonly entry: { readonly district: DistrictId } },
  district: DistrictId,
): boolean => entry.district === district || earlierDistricts.some((earlier) => earlier.district === district);
