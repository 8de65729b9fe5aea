import * as z from 'zod';
import { toCanonicalJson } from '../kernel/canonical-json.ts';
import { type AreaId, DistrictId } from '../kernel/ids.ts';
import { Version } from '../kernel/quantity.ts';
import { Instant } from '../kernel/time.ts';

export const AlertState = z.enum(['open', 'acknowledged', 'snoozed', 'resolved']);
export type AlertState = z.infer<typeof AlertState>;

/** Who must act: the location, its district's officer, or the state's officer. */
export const EscalationLevel = z.enum(['outlet', 'district', 'state']);
export type EscalationLevel = z.infer<typeof EscalationLevel>;

export const Acknowledgement = z.strictObject({ at: Instant, by: z.string() });

export const Snooze = z.strictObject({ at: Instant, by: z.string(), until: Instant, why: z.string() });

/**
 * Fields of every alert. An alert that opens again starts its next `episode`, without
 * acknowledgement or snooze. `changedAt`: last change of the figures. `escalatedAt`: when it reached
 * its `level`. `version` rises by one with every write.
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
  placeVersion: Version.default(Version.parse(1)),
  version: Version.default(Version.parse(1)),
});
/** Only an alert about the whole state has no district but `state`. */
export type AlertLifecycle = Omit<z.infer<typeof AlertLifecycle>, 'district'> & { readonly district: AreaId };

/** What an evaluation did to an alert. */
export type AlertOutcome = 'opened' | 'refreshed' | 'woken' | 'escalated' | 'resolved';

export const isUnresolved = (alert: Pick<AlertLifecycle, 'state'> | undefined): boolean =>
  alert !== undefined && alert.state !== 'resolved';

/** The alert at `now`: a snooze that has ended is open, even if nobody has written that yet. */
export const alertAsOf = <Alert extends AlertLifecycle>(alert: Alert, now: Instant): Alert =>
  alert.state === 'snoozed' && alert.snoozed && alert.snoozed.until <= now ? { ...alert, state: 'open' } : alert;

/** The version of the next write. */
export const nextVersionOf = (alert: Pick<AlertLifecycle, 'version'> | undefined): Version =>
  Version.parse((alert?.version ?? 0) + 1);

/** The fields that stay through an episode when the figures change. */
export const episodeFieldsOf = ({
  state,
  episode,
  openedAt,
  level,
  escalatedAt,
  acknowledged,
  snoozed,
}: AlertLifecycle) => ({
  state,
  episode,
  openedAt,
  level,
  ...(escalatedAt && { escalatedAt }),
  ...(acknowledged && { acknowledged }),
  ...(snoozed && { snoozed }),
});

/** The figures of an alert type, and the figures before their last change. */
export const evidenceFields = <Figures extends z.ZodType>(figures: Figures) => ({
  figures,
  before: figures.optional(),
});

type StoredEvidence<Figures> = {
  readonly figures: Figures;
  readonly before?: Figures | undefined;
  readonly changedAt?: Instant | undefined;
};

/** `before` and `changedAt` of an alert whose figures are now `figures`. */
export const changedEvidence = <Figures>(stored: StoredEvidence<Figures>, figures: Figures, now: Instant) => {
  if (toCanonicalJson(stored.figures) !== toCanonicalJson(figures)) return { before: stored.figures, changedAt: now };
  return { ...(stored.before && { before: stored.before }), ...(stored.changedAt && { changedAt: stored.changedAt }) };
};
