import * as z from 'zod';
import { DistrictId } from '../ids.ts';
import { Version } from '../quantity.ts';
import { Instant } from '../time.ts';

export const AlertState = z.enum(['open', 'resolved']);
export type AlertState = z.infer<typeof AlertState>;

/** What every alert has: it opens, is refreshed, and is resolved; when it opens again, that is its next `episode`. */
export const AlertLife = z.strictObject({
  district: DistrictId,
  state: AlertState,
  episode: z.int().min(1),
  openedAt: Instant,
  resolvedAt: Instant.optional(),
  /** Alerts from before places were compared are taken for judged on the first. */
  placeVersion: Version.default(Version.parse(1)),
});

/** What became of an alert. */
export type Did = 'opened' | 'refreshed' | 'resolved';
