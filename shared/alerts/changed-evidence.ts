import type * as z from 'zod';
import { canonical } from '../kernel/canonical-json.ts';
import type { Instant } from '../kernel/time.ts';

/** Of a kind of alert: the figures it is told from, and what they were before they last moved. */
export const told = <Figures extends z.ZodType>(figures: Figures) => ({ figures, before: figures.optional() });

type Told<Figures> = {
  readonly figures: Figures;
  readonly before?: Figures | undefined;
  readonly changedAt?: Instant | undefined;
};

/** What changed: the figures before, and when they moved to what they are. */
export const moved = <Figures>(stored: Told<Figures>, figures: Figures, now: Instant) => {
  if (canonical(stored.figures) !== canonical(figures)) return { before: stored.figures, changedAt: now };
  return { ...(stored.before && { before: stored.before }), ...(stored.changedAt && { changedAt: stored.changedAt }) };
};
