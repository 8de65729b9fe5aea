import type { PlaceMessage } from '../../shared/contract/jobs.ts';
import { isProducer, type LocationId } from '../../shared/domain/ids.ts';
import { everything } from '../../shared/domain/pages.ts';
import type { Composition } from '../../shared/runtime/composition.ts';
import { ALERT_COUNTS } from '../../shared/runtime/observability.ts';
import { unsettledMatters } from './unsettled-matters.ts';
import { unsettledStock } from './unsettled-stock.ts';

/** Looks over one place's stock and matters beside its alerts, and settles what does not agree: all that was missed when it happened. A workshop has no stock, and nothing is received there. */
export const raiseAlerts = async ({ location }: PlaceMessage, tools: Composition): Promise<void> => {
  if (!isProducer(location)) await sweepShelf(location, tools);
  for (const matter of await unsettledMatters(location, tools))
    for (const did of await tools.judgeMatter(matter)) tools.count(ALERT_COUNTS[did], 1);
  tools.count('LocationsSwept', 1);
};

const sweepShelf = async (location: LocationId, tools: Composition): Promise<void> => {
  for (const { item } of await unsettledStock(location, tools))
    for (const did of await tools.judge(location, item)) tools.count(ALERT_COUNTS[did], 1);
  for (const after of await everything((position) => tools.transfers.unsaidAt(location, position)))
    for (const did of await tools.sayTransfer({ before: undefined, after, at: location }))
      tools.count(ALERT_COUNTS[did], 1);
};
