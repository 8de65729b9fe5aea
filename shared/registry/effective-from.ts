import * as z from 'zod';
import { Day, dayOf, Instant, startOfDay } from '../kernel/time.ts';

/**
 * An instant, or an IST day for its first instant. A day's first instant is stored as the day: one
 * moment, one spelling.
 */
export const EffectiveFrom = z
  .union([Day, Instant], 'an IST day such as 2026-11-22, or a UTC time such as 2026-11-22T06:30:00Z')
  .overwrite((from) => (from === startOfDay(dayOf(effectiveStartOf(from))) ? dayOf(effectiveStartOf(from)) : from));
export type EffectiveFrom = z.infer<typeof EffectiveFrom>;

type DatedEntry = { readonly from: EffectiveFrom };

export const effectiveStartOf = (from: EffectiveFrom): Instant =>
  from.includes('T') ? (from as Instant) : startOfDay(from as Day);

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
