import { ALERT_COUNTS } from '../../shared/alerts/alert-metrics.ts';
import type { EvaluateExceptionAlert } from '../../shared/alerts/exception-alert-service.ts';
import { isProducer, type LocationId } from '../../shared/kernel/ids.ts';
import { UnavailableError } from '../../shared/kernel/unavailable-error.ts';
import { partsOf, type VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import type { WaitingStore } from '../../shared/ledger/pending-return-store.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';

export type UnmatchedAlertsDeps = {
  readonly count: CountMetric;
  readonly judgeMatter: EvaluateExceptionAlert;
  readonly waiting: WaitingStore;
};

/** Of what was just brought, sales that something came back of before: where that does not agree, an officer is told. Where there is no time to, the hourly sweep does. */
export const evaluateUnmatchedReturns = async (
  location: LocationId,
  brought: readonly VoucherNumber[],
  { waiting, judgeMatter, count }: UnmatchedAlertsDeps,
): Promise<void> => {
  const sales = new Set(brought.filter((number) => partsOf(number).kind === 'S'));
  if (isProducer(location) || sales.size === 0) return;
  try {
    for (const about of await waiting.at(location))
      if (sales.has(about))
        for (const did of await judgeMatter({ location, type: 'unmatched', about })) count(ALERT_COUNTS[did], 1);
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error;
  }
};
