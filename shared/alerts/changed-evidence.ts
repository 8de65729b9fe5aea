import type * as z from 'zod';
import { toCanonicalJson } from '../kernel/canonical-json.ts';
import type { Instant } from '../kernel/time.ts';

/** Of a kind of alert: the figures it is told from, and what they were before they last moved. */
export const evidenceFields = <Figures extends z.ZodType>(figures: Figures) => ({
  figures,
  before: figures.optional(),
});

type StoredEvidence<Figures> = {
  readonly figures: Figures;
  readonly before?: Figures | undefined;
  readonly changedAt?: Instant | undefined;
};

/** What changed: the figures before, and when they moved to what they are. */
export const changedEvidence = <Figures>(stored: StoredEvidence<Figures>, figures: Figures, now: Instant) => {
  if (toCanonicalJson(stored.figures) !== toCanonicalJson(figures)) return { before: stored.figures, changedAt: now };
  return { ...(stored.before && { before: stored.before }), ...(stored.changedAt && { changedAt: stored.changedAt }) };
};
