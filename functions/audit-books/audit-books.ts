import type { PlaceMessage } from '../../shared/contract/jobs.ts';
import { saidOf } from '../../shared/domain/audit/says-drift.ts';
import { isSunday } from '../../shared/domain/time.ts';
import type { Composition } from '../../shared/runtime/composition.ts';
import { logger } from '../../shared/runtime/observability.ts';
import { auditPlace } from './audit-place.ts';

/** Audits one location, on Sundays its whole book; drift is counted, logged, and kept in the location's checkpoint. Run again, it finds the same. */
export const auditBooks = async ({ location, day }: PlaceMessage, tools: Composition): Promise<void> => {
  const { drifts } = await auditPlace(location, isSunday(day) ? 'the whole book' : 'what changed', tools);
  for (const drift of drifts) logger.error(`Drift at ${location}: ${saidOf(drift)}`, { drift });
  if (drifts.length > 0) tools.count('DriftsFound', drifts.length);
  tools.count('LocationsAudited', 1);
};
