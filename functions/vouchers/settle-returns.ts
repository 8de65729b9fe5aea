import { countAlerts } from '../../shared/alerts/alert-evaluation-service.ts';
import type { EvaluateExceptionAlert } from '../../shared/alerts/exception-alert-service.ts';
import { unmatchedState } from '../../shared/alerts/sources/unmatched-return.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import * as contract from '../../shared/ledger/pending-return-contract.ts';
import type { LoadPendingReturns } from '../../shared/ledger/pending-return-service.ts';
import type { ReturnedQuantityStore } from '../../shared/ledger/returned-quantity-store.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';

type SettleReturnsDeps = {
  readonly returnedQuantities: ReturnedQuantityStore;
  readonly clock: Clock;
  readonly count: CountMetric;
  readonly evaluateException: EvaluateExceptionAlert;
  readonly pendingReturnsOf: LoadPendingReturns;
};

/** The cause resolves the alert. */
export const settleReturns = operation(
  contract.settleReturns,
  async ({ path, body, caller, ifMatch }, deps: SettleReturnsDeps) => {
    const { location, number } = path;
    const { returnedQuantities, pendingReturnsOf, evaluateException, clock, count } = deps;
    const look = async () => {
      const early = await pendingReturnsOf(location, number);
      const matter = unmatchedState(location, early, clock.now());
      if (matter.type !== 'unmatched') throw new Error('it is of returns');
      return { early, matter, reply: { location, number, version: matter.sourceVersion, ...matter.figures } };
    };
    const { early, matter, reply } = await look();
    const { settled, sale, returns, version } = early;
    if (returns.length === 0) return refuse('NOT_FOUND', `No return of ${number} was recorded before it.`);
    if (settled?.by === caller.sub && settled.why === body.why && !matter.isActive) return ok(reply);
    if (ifMatch === undefined)
      return refuse('PRECONDITION_REQUIRED', `The returns are at version ${reply.version}: send If-Match.`);
    const changed = (now: number) =>
      refuse('VERSION_MISMATCH', `The returns are at version ${now}, not ${ifMatch}.`, { version: now });
    if (ifMatch !== reply.version) return changed(reply.version);
    if (!matter.isActive && (settled || sale))
      return refuse('ALERT_RESOLVED', `What came back of ${number} agrees with it, or was settled.`);
    const settlement = { at: clock.now(), by: caller.sub, why: body.why, sold: sale !== undefined };
    const isDone = await returnedQuantities.settle(location, number, version, settlement);
    const now = await look();
    if (!isDone) return changed(now.reply.version);
    countAlerts(count, await evaluateException(now.matter, now.matter));
    return ok(now.reply);
  },
);
