import * as z from 'zod';
import { type AreaId, DistrictId } from '../kernel/ids.ts';
import { toCanonicalJson } from '../kernel/json.ts';
import { Version } from '../kernel/quantity.ts';
import { Instant } from '../kernel/time.ts';

export const AlertState = z.enum(['open', 'acknowledged', 'snoozed', 'resolved']);
export type AlertState = z.infer<typeof AlertState>;

/** The level that must act: location, district officer or state officer. */
export const EscalationLevel = z.enum(['outlet', 'district', 'state']);
export type EscalationLevel = z.infer<typeof EscalationLevel>;

export const Acknowledgement = z.strictObject({ at: Instant, by: z.string() });

export const Snooze = z.strictObject({ at: Instant, by: z.string(), until: Instant, why: z.string() });

/**
 * A reopened alert starts the next `episode` without acknowledgement or snooze. `changedAt`: last
 * change of the figures. Each write raises `version` by one.
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

/** `district` is `state` only for alerts about the whole state. */
export type AlertLifecycle = Omit<z.infer<typeof AlertLifecycle>, 'district'> & { readonly district: AreaId };

export type AlertOutcome = 'opened' | 'refreshed' | 'woken' | 'escalated' | 'resolved';

export const isUnresolved = (alert: Pick<AlertLifecycle, 'state'> | undefined): boolean =>
  alert !== undefined && alert.state !== 'resolved';

/** An ended snooze counts as open, even if not yet written. */
export const alertAsOf = <Alert extends AlertLifecycle>(alert: Alert, now: Instant): Alert =>
  alert.state === 'snoozed' && alert.snoozed && alert.snoozed.until <= now ? { ...alert, state: 'open' } : alert;

export const nextVersionOf = (alert: Pick<AlertLifecycle, 'version'> | undefined): Version =>
  Version.parse((alert?.version ?? 0) + 1);

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

/** `before`: the figures before their last change. */
export const evidenceFields = <Figures extends z.ZodType>(figures: Figures) => ({
  figures,
  before: figures.optional(),
});

type StoredEvidence<Figures> = {
  readonly figures: Figures;
  readonly before?: Figures | undefined;
  readonly changedAt?: Instant | undefined;
};

export const changedEvidence = <Figures>(stored: StoredEvidence<Figures>, figures: Figures, now: Instant) => {
  if (toCanonicalJson(stored.figures) !== toCanonicalJson(figures)) return { before: stored.figures, changedAt: now };
  return { ...(stored.before && { before: stored.before }), ...(stored.changedAt && { changedAt: stored.changedAt }) };
};
