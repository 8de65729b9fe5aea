import * as z from 'zod';
import { DistrictId } from '../kernel/ids.ts';
import { Version } from '../kernel/quantity.ts';
import { Instant } from '../kernel/time.ts';

export const AlertState = z.enum(['open', 'acknowledged', 'snoozed', 'resolved']);
export type AlertState = z.infer<typeof AlertState>;

/** Who is to look at it: the place itself, the officer of its district, or the state's. */
export const EscalationLevel = z.enum(['outlet', 'district', 'state']);
export type EscalationLevel = z.infer<typeof EscalationLevel>;

/** Someone has taken it on. */
export const Acknowledgement = z.strictObject({ at: Instant, by: z.string() });

/** Someone will not hear of it for a time, and says why. */
export const Snooze = z.strictObject({ at: Instant, by: z.string(), until: Instant, why: z.string() });

/**
 * What every alert has: it opens, is taken on or put off, is refreshed, and is resolved; when it opens again, that is its next `episode`, of which
 * nobody has taken on anything. `changedAt`: when its figures last moved; `escalatedAt`: when it went up to its `level`. `version` rises by one with every write, so that none undoes another.
 */
export const AlertLifecycle = z.strictObject({
  district: DistrictId,
  state: AlertState,
  episode: z.int().min(1),
  openedAt: Instant,
  level: EscalationLevel.default('outlet'),
  escalatedAt: Instant.optional(),
  acknowledged: Acknowledgement.optional(),
  snoozed: Snooze.optional(),
  changedAt: Instant.optional(),
  resolvedAt: Instant.optional(),
  /** Alerts from before places were compared are taken for judged on the first. */
  placeVersion: Version.default(Version.parse(1)),
  version: Version.default(Version.parse(1)),
});
export type AlertLifecycle = z.infer<typeof AlertLifecycle>;

/** What became of an alert. */
export type AlertOutcome = 'opened' | 'refreshed' | 'woken' | 'escalated' | 'resolved';

/** It has not been resolved: there is cause for it still. */
export const isUnresolved = (alert: Pick<AlertLifecycle, 'state'> | undefined): boolean =>
  alert !== undefined && alert.state !== 'resolved';

/** A snooze that has ended is open again, from that moment on, whoever looks. */
export const alertAsOf = <Alert extends AlertLifecycle>(alert: Alert, now: Instant): Alert =>
  alert.state === 'snoozed' && alert.snoozed && alert.snoozed.until <= now ? { ...alert, state: 'open' } : alert;

/** The version of the next write. */
export const nextVersionOf = (alert: Pick<AlertLifecycle, 'version'> | undefined): Version =>
  Version.parse((alert?.version ?? 0) + 1);

/** What goes on through an episode, however its figures move. */
export const episodeFieldsOf = ({
  state,
  episode,
  openedAt,
  level,
  escalatedAt,
  acknowledged,
  snoozed,
}: AlertLifecycle) => ({
  ...{ state, episode, openedAt, level },
  ...(escalatedAt && { escalatedAt }),
  ...(acknowledged && { acknowledged }),
  ...(snoozed && { snoozed }),
});
