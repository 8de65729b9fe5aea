import { ALERT_COUNTS } from '../../shared/alerts/alert-evaluation-service.ts';
import type { AlertOutcome } from '../../shared/alerts/alert-state.ts';
import type { EvaluateExceptionAlert } from '../../shared/alerts/exception-alert-service.ts';
import type { EvaluateStockAlerts } from '../../shared/alerts/stock-alert-service.ts';
import type { EvaluateTransferAlerts } from '../../shared/alerts/voucher-alert-service.ts';
import { isProducer } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import type { AreaMessage, LocationMessage } from '../../shared/platform/jobs.ts';
import { failureCollector, forEachIsolated } from '../../shared/platform/tasks.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';
import type { TransferStore } from '../../shared/transfers/transfer-store.ts';
import { type ExceptionCandidatesDeps, exceptionAlertCandidates } from './exception-candidates.ts';
import { type StockCandidatesDeps, stockAlertCandidates } from './stock-candidates.ts';

type SweepAlertsDeps = {
  readonly count: CountMetric;
  readonly evaluateStock: EvaluateStockAlerts;
  readonly evaluateException: EvaluateExceptionAlert;
  readonly evaluateTransfer: EvaluateTransferAlerts;
  readonly transfers: TransferStore;
} & ExceptionCandidatesDeps &
  StockCandidatesDeps;

type SweepAreaDeps = Pick<SweepAlertsDeps, 'alerts' | 'count' | 'evaluateException'>;

/** Alerts about an area change only with time: a job that no longer runs reports nothing. */
export const sweepAreaAlerts = async ({ area }: AreaMessage, deps: SweepAreaDeps): Promise<void> => {
  const { alerts, count, evaluateException } = deps;
  const unresolved = await allPages((after) => alerts.unresolvedExceptions(area, after));
  await forEachIsolated('an alert of an area', unresolved, async (key) => {
    for (const outcome of await evaluateException(key)) count(ALERT_COUNTS[outcome], 1);
  });
  count('AreasSwept', 1);
};

/** Repairs what events missed. A failure does not stop the others. */
export const sweepAlerts = async ({ location }: LocationMessage, deps: SweepAlertsDeps): Promise<void> => {
  const tasks = failureCollector();
  const counted = async (all: Promise<readonly AlertOutcome[]>) => {
    for (const outcome of await all) deps.count(ALERT_COUNTS[outcome], 1);
  };
  if (!isProducer(location)) {
    await tasks.try('stock', async () =>
      forEachIsolated('an item', await stockAlertCandidates(location, deps), ({ item }) =>
        counted(deps.evaluateStock(location, item)),
      ),
    );
    await tasks.try('transfers', async () =>
      forEachIsolated(
        'a transfer',
        await allPages((position) => deps.transfers.unsaidAt(location, position)),
        (after) => counted(deps.evaluateTransfer({ before: undefined, after, at: location })),
      ),
    );
  }
  await tasks.try('exceptions', async () =>
    forEachIsolated('an exception alert', await exceptionAlertCandidates(location, deps), (key) =>
      counted(deps.evaluateException(key)),
    ),
  );
  tasks.end();
  deps.count('LocationsSwept', 1);
};
