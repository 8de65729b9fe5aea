import { renderDriftLog } from '../../shared/alerts/drift-sentences.ts';
import { isSunday } from '../../shared/kernel/time.ts';
import type { LocationMessage } from '../../shared/platform/jobs.ts';
import { type CountMetric, logger } from '../../shared/platform/telemetry.ts';
import { type ReconcileLocationDeps, reconcileLocation } from './reconcile-location.ts';

type ReconcileLedgerDeps = { readonly count: CountMetric } & ReconcileLocationDeps;

/** On Sundays from the first day. Repeatable. */
export const reconcileLedger = async ({ location, day }: LocationMessage, deps: ReconcileLedgerDeps): Promise<void> => {
  const { drifts } = await reconcileLocation(location, isSunday(day) ? 'the whole book' : 'what changed', deps);
  for (const drift of drifts) logger.error(`Drift at ${location}: ${renderDriftLog(drift)}`, { drift });
  if (drifts.length > 0) deps.count('DriftsFound', drifts.length);
  deps.count('LocationsReconciled', 1);
};
