import { saidOf } from '../../shared/alerts/drift-sentences.ts';
import { isSunday } from '../../shared/kernel/time.ts';
import type { PlaceMessage } from '../../shared/platform/jobs.ts';
import { type Count, logger } from '../../shared/platform/telemetry.ts';
import { auditPlace, type ReconcileLocationDeps } from './reconcile-location.ts';

type ReconcileLedgerDeps = { readonly count: Count } & ReconcileLocationDeps;

/** Audits one location, on Sundays its whole book; drift is counted, logged, and kept in the location's checkpoint. Run again, it finds the same. */
export const reconcileLedger = async ({ location, day }: PlaceMessage, deps: ReconcileLedgerDeps): Promise<void> => {
  const { drifts } = await auditPlace(location, isSunday(day) ? 'the whole book' : 'what changed', deps);
  for (const drift of drifts) logger.error(`Drift at ${location}: ${saidOf(drift)}`, { drift });
  if (drifts.length > 0) deps.count('DriftsFound', drifts.length);
  deps.count('LocationsAudited', 1);
};
