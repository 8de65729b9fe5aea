import * as z from 'zod';
import { Day, dayOf, Instant, startOfDay } from '../kernel/time.ts';

/** From when an entry holds: an instant, or an IST day, which is its first instant. What starts with a day is kept as that day, so that one moment has one spelling. */
export const EffectiveFrom = z
  .union([Day, Instant], 'an IST day such as 2026-11-22, or a UTC time such as 2026-11-22T06:30:00Z')
  .overwrite((from) => (from === startOfDay(dayOf(startOf(from))) ? dayOf(startOf(from)) : from));
export type EffectiveFrom = z.infer<typeof EffectiveFrom>;

type Dated = { readonly from: EffectiveFrom };

/** The first instant at which it holds. */
export const startOf = (from: EffectiveFrom): Instant =>
  from.includes('T') ? (from as Instant) : startOfDay(from as Day);

/** The latest that had started by an instant; none before the first. */
export const effectiveAt = <D extends Dated>(history: readonly D[], at: Instant): D | undefined =>
  history.reduce<D | undefined>(
    (found, one) => (startOf(one.from) <= at && (!found || startOf(one.from) > startOf(found.from)) ? one : found),
    undefined,
  );

export const byStart = (one: Dated, other: Dated): number => (startOf(one.from) < startOf(other.from) ? -1 : 1);

export const startOnce = (history: readonly Dated[]): boolean =>
  new Set(history.map(({ from }) => startOf(from))).size === history.length;
