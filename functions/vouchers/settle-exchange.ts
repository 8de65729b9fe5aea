import { countAlerts } from '../../shared/alerts/alert-evaluation-service.ts';
import type { EvaluateExceptionAlert } from '../../shared/alerts/exception-alert-service.ts';
import { exchangeState } from '../../shared/alerts/sources/exchange.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import { uncoveredAmount } from '../../shared/ledger/basket.ts';
import type { BasketStore } from '../../shared/ledger/basket-store.ts';
import * as contract from '../../shared/ledger/pending-return-contract.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';

type SettleExchangeDeps = {
  readonly baskets: BasketStore;
  readonly clock: Clock;
  readonly count: CountMetric;
  readonly evaluateException: EvaluateExceptionAlert;
};

/** Resolves only the alert. A repeat changes nothing. */
export const settleExchange = operation(
  contract.settleExchange,
  async ({ path, body, caller, ifMatch }, deps: SettleExchangeDeps) => {
    const { location, basket: id } = path;
    const { baskets, evaluateException, clock, count } = deps;
    const stands = await baskets.find(location, id);
    if (!stands) return refuse('NOT_FOUND', `${location} has no basket ${id}.`);
    const { settled, version } = stands;
    const isOpen = exchangeState(location, stands).isActive;
    if (!isOpen && settled?.by === caller.sub && settled.why === body.why) return ok({ location, ...stands });
    if (ifMatch === undefined)
      return refuse('PRECONDITION_REQUIRED', `The basket is at version ${version}: send If-Match.`);
    const changed = (now: number) =>
      refuse('VERSION_MISMATCH', `The basket is at version ${now}, not ${ifMatch}.`, { version: now });
    if (ifMatch !== version) return changed(version);
    if (!isOpen) return refuse('ALERT_RESOLVED', 'What was exchanged in the basket came back into it, or was settled.');
    const settlement = { at: clock.now(), by: caller.sub, why: body.why, uncovered: uncoveredAmount(stands) };
    const isDone = await baskets.settle(location, id, version, settlement);
    const now = (await baskets.find(location, id)) ?? stands;
    if (!isDone) return changed(now.version);
    countAlerts(count, await evaluateException({ location, type: 'exchange', about: id }));
    return ok({ location, ...now });
  },
);
