import { countAlerts } from '../../shared/alerts/alert-evaluation-service.ts';
import type { AlertOutcome } from '../../shared/alerts/alert-state.ts';
import type { EvaluateExceptionAlert } from '../../shared/alerts/exception-alert-service.ts';
import type { FailureAlerts } from '../../shared/alerts/failure-alert-service.ts';
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

/** New stock alerts of a location in one sweep. More items wait, and an alert asks for a look. */
const MAX_OPENED_A_SWEEP = 20;

const LOOK = 'look-at-alerts';

type SweepAlertsDeps = {
  readonly failureAlerts: FailureAlerts;
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
    countAlerts(count, await evaluateException(key));
  });
  count('AreasSwept', 1);
};

/** Repairs what events missed. A failure does not stop the others. */
export const sweepAlerts = async ({ location, day }: LocationMessage, deps: SweepAlertsDeps): Promise<void> => {
  const tasks = failureCollector();
  const look = { location, work: LOOK, day } as const;
  let opened = 0;
  let waiting = 0;
  const counted = async (all: Promise<readonly AlertOutcome[]>) => {
    const outcomes = await all;
    countAlerts(deps.count, outcomes);
    opened += outcomes.filter((outcome) => outcome === 'opened').length;
  };
  if (!isProducer(location)) {
    await tasks.try('stock', async () =>
      forEachIsolated('an item', await stockAlertCandidates(location, deps), async ({ row: { item }, isNew }) => {
        if (isNew && opened >= MAX_OPENED_A_SWEEP) waiting++;
        else await counted(deps.evaluateStock(location, item));
      }),
    );
    const problem = `${opened} stock alerts were opened at once; ${waiting} more items wait for the next sweep`;
    if (waiting > 0) await tasks.try('a look', () => deps.failureAlerts.open(look, new Error(problem)));
    await tasks.try('transfers', async () =>
      forEachIsolated(
        'a transfer',
        await allPages((position) => deps.transfers.unsaidAt(location, position)),
        (after) => counted(deps.evaluateTransfer({ before: undefined, after, at: location })),
      ),
    );
  }
  await tasks.try('exceptions', async () =>
    forEachIsolated('an exception alert', await exceptionAlertCandidates(location, deps), async (key) => {
      const isLook = key.type === 'failed' && key.about === LOOK;
      if (isLook && waiting === 0) await deps.failureAlerts.resolve(look);
      else await counted(deps.evaluateException(key));
    }),
  );
  tasks.end();
  deps.count('LocationsSwept', 1);
};
