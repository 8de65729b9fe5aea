import { countAlerts } from '../../shared/alerts/alert-evaluation-service.ts';
import type { EvaluateExceptionAlert } from '../../shared/alerts/exception-alert-service.ts';
import { isProducer, type LocationId } from '../../shared/kernel/ids.ts';
import { partsOf } from '../../shared/kernel/voucher-number.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import type { LoadPendingReturns } from '../../shared/ledger/pending-return-service.ts';
import type { PendingReturnStore } from '../../shared/ledger/pending-return-store.ts';
import { forEachIsolated } from '../../shared/platform/tasks.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';

export type ReopenForLateVouchersDeps = {
  readonly count: CountMetric;
  readonly evaluateException: EvaluateExceptionAlert;
  readonly ledger: LedgerStore;
  readonly pendingReturnsOf: LoadPendingReturns;
  readonly pendingReturns: PendingReturnStore;
};

/** Evaluates the alert first, so that a retry repeats both. */
export const reopenForLateVouchers = async (location: LocationId, deps: ReopenForLateVouchersDeps): Promise<void> => {
  if (isProducer(location)) return;
  const { pendingReturns, ledger, pendingReturnsOf, evaluateException, count } = deps;
  const lateSales = await pendingReturns.at(location);
  await forEachIsolated(
    'a sale recorded after its return',
    await ledger.several(location, lateSales),
    async ({ number }) => {
      for (const type of ['unmatched', 'overrefunded'] as const)
        countAlerts(count, await evaluateException({ location, type, about: number }));
      const { returns } = await pendingReturnsOf(location, number);
      await pendingReturns.came(location, number, new Set(returns.map((one) => partsOf(one.number).day)));
    },
  );
};
