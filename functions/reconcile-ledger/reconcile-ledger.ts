import { saidOf } from '../../shared/alerts/drift-sentences.ts';
import type { Composition } from '../../shared/api/composition.ts';
import { isSunday } from '../../shared/kernel/time.ts';
import type { PlaceMessage } from '../../shared/platform/jobs.ts';
import { logger } from '../../shared/platform/telemetry.ts';
import { auditPlace } from './reconcile-location.ts';

/** Audits one location, on Sundays its whole book; drift is counted, logged, and kept in the location's checkpoint. Run again, it finds the same. */
export const auditBooks = async ({ location, day }: PlaceMessage, tools: Composition): Promise<void> => {
  const { drifts } = await auditPlace(location, isSunday(day) ? 'the whole book' : 'what changed', tools);
  for (const drift of drifts) logger.error(`Drift at ${location}: ${saidOf(drift)}`, { drift });
  if (drifts.length > 0) tools.count('DriftsFound', drifts.length);
  tools.count('LocationsAudited', 1);
};
