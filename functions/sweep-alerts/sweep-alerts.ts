import { ALERT_COUNTS } from '../../shared/alerts/alert-metrics.ts';
import type { Did } from '../../shared/alerts/alert-state.ts';
import type { JudgeMatter } from '../../shared/alerts/exception-alert-service.ts';
import type { JudgeStock } from '../../shared/alerts/stock-alert-service.ts';
import type { SayTransfer } from '../../shared/alerts/transfer-alert-service.ts';
import { isProducer } from '../../shared/kernel/ids.ts';
import { everything } from '../../shared/kernel/pages.ts';
import { eachApart, tasksApart } from '../../shared/platform/isolate-failures.ts';
import type { PlaceMessage } from '../../shared/platform/jobs.ts';
import type { Count } from '../../shared/platform/telemetry.ts';
import type { TransferStore } from '../../shared/transfers/transfer-store.ts';
import { type ExceptionCandidatesDeps, unsettledMatters } from './exception-candidates.ts';
import { type StockCandidatesDeps, unsettledStock } from './stock-candidates.ts';

type SweepAlertsDeps = {
  readonly count: Count;
  readonly judge: JudgeStock;
  readonly judgeMatter: JudgeMatter;
  readonly sayTransfer: SayTransfer;
  readonly transfers: TransferStore;
} & ExceptionCandidatesDeps &
  StockCandidatesDeps;

/**
 * Looks over one place's stock and matters beside its alerts, and settles what does not agree: all that was missed when it happened. Each is
 * settled apart, so that one that fails leaves no other out. A workshop has no stock, and nothing is received there.
 */
export const sweepAlerts = async ({ location }: PlaceMessage, deps: SweepAlertsDeps): Promise<void> => {
  const tasks = tasksApart();
  const counted = async (all: Promise<readonly Did[]>) => {
    for (const did of await all) deps.count(ALERT_COUNTS[did], 1);
  };
  if (!isProducer(location)) {
    await tasks.try('stock', async () =>
      eachApart('an item', await unsettledStock(location, deps), ({ item }) => counted(deps.judge(location, item))),
    );
    await tasks.try('transfers', async () =>
      eachApart('a transfer', await everything((position) => deps.transfers.unsaidAt(location, position)), (after) =>
        counted(deps.sayTransfer({ before: undefined, after, at: location })),
      ),
    );
  }
  await tasks.try('matters', async () =>
    eachApart('a matter', await unsettledMatters(location, deps), (matter) => counted(deps.judgeMatter(matter))),
  );
  tasks.end();
  deps.count('LocationsSwept', 1);
};
