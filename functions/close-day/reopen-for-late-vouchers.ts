import { ALERT_COUNTS } from '../../shared/alerts/alert-metrics.ts';
import type { Composition } from '../../shared/api/composition.ts';
import { isProducer, type Place } from '../../shared/kernel/ids.ts';
import { partsOf } from '../../shared/kernel/voucher-number.ts';
import { eachApart } from '../../shared/platform/isolate-failures.ts';

/**
 * Sales that came in after what came back of them: the days of those returns are closed again, with their tax. An officer is told first of what does not agree, so that
 * who dies in between is gone on from.
 */
export const cameAtLast = async (location: Place, tools: Composition): Promise<void> => {
  if (isProducer(location)) return;
  const { waiting, ledger, readEarly, judgeMatter, count } = tools;
  const awaited = await waiting.at(location);
  await eachApart('a sale that came after its return', await ledger.among(location, awaited), async ({ number }) => {
    for (const did of await judgeMatter({ location, type: 'unmatched', about: number })) count(ALERT_COUNTS[did], 1);
    const { returns } = await readEarly(location, number);
    await waiting.came(location, number, new Set(returns.map((one) => partsOf(one.number).day)));
  });
};
