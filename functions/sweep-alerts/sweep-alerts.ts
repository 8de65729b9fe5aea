import { ALERT_COUNTS } from '../../shared/alerts/alert-metrics.ts';
import type { Did } from '../../shared/alerts/alert-state.ts';
import type { Composition } from '../../shared/api/composition.ts';
import { isProducer } from '../../shared/kernel/ids.ts';
import { everything } from '../../shared/kernel/pages.ts';
import { eachApart, tasksApart } from '../../shared/platform/isolate-failures.ts';
import type { PlaceMessage } from '../../shared/platform/jobs.ts';
import { unsettledMatters } from './exception-candidates.ts';
import { unsettledStock } from './stock-candidates.ts';

/**
 * Looks over one place's stock and matters beside its alerts, and settles what does not agree: all that was missed when it happened. Each is
 * settled apart, so that one that fails leaves no other out. A workshop has no stock, and nothing is received there.
 */
export const raiseAlerts = async ({ location }: PlaceMessage, tools: Composition): Promise<void> => {
  const tasks = tasksApart();
  const counted = async (all: Promise<readonly Did[]>) => {
    for (const did of await all) tools.count(ALERT_COUNTS[did], 1);
  };
  if (!isProducer(location)) {
    await tasks.try('stock', async () =>
      eachApart('an item', await unsettledStock(location, tools), ({ item }) => counted(tools.judge(location, item))),
    );
    await tasks.try('transfers', async () =>
      eachApart('a transfer', await everything((position) => tools.transfers.unsaidAt(location, position)), (after) =>
        counted(tools.sayTransfer({ before: undefined, after, at: location })),
      ),
    );
  }
  await tasks.try('matters', async () =>
    eachApart('a matter', await unsettledMatters(location, tools), (matter) => counted(tools.judgeMatter(matter))),
  );
  tasks.end();
  tools.count('LocationsSwept', 1);
};
