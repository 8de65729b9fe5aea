import { ALERT_COUNTS } from '../../shared/alerts/alert-evaluation-service.ts';
import type { EvaluateExceptionAlert } from '../../shared/alerts/exception-alert-service.ts';
import { isProducer, type LocationId } from '../../shared/kernel/ids.ts';
import { partsOf } from '../../shared/kernel/voucher-number.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import type { LoadPendingReturns } from '../../shared/ledger/pending-return-service.ts';
import type { WaitingStore } from '../../shared/ledger/pending-return-store.ts';
import { forEachIsolated } from '../../shared/platform/isolate-failures.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';

export type ReopenForLateVouchersDeps = {
  readonly count: CountMetric;
  readonly evaluateException: EvaluateExceptionAlert;
  readonly ledger: LedgerStore;
  readonly readEarly: LoadPendingReturns;
  readonly waiting: WaitingStore;
};

/**
 * Sales that came in after what came back of them: the days of those returns are closed again, with their tax. An officer is told first of what does not agree, so that
 * who dies in between is gone on from.
 */
export const reopenForLateVouchers = async (location: LocationId, deps: ReopenForLateVouchersDeps): Promise<void> => {
  if (isProducer(location)) return;
  const { waiting, ledger, readEarly, evaluateException, count } = deps;
  const awaited = await waiting.at(location);
  await forEachIsolated(
    'a sale that came after its return',
    await ledger.among(location, awaited),
    async ({ number }) => {
      for (const did of await evaluateException({ location, type: 'unmatched', about: number }))
        count(ALERT_COUNTS[did], 1);
      const { returns } = await readEarly(location, number);
      await waiting.came(location, number, new Set(returns.map((one) => partsOf(one.number).day)));
    },
  );
};
