import { ALERT_COUNTS } from '../../shared/alerts/alert-metrics.ts';
import type { EvaluateExceptionAlert } from '../../shared/alerts/exception-alert-service.ts';
import { heldSource } from '../../shared/alerts/sources/held.ts';
import { UnavailableError } from '../../shared/kernel/unavailable-error.ts';
import type { HeldVoucher } from '../../shared/ledger/held.ts';
import { locationsToNotify } from '../../shared/ledger/held-locations.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';
import type { TransferStore } from '../../shared/transfers/transfer-store.ts';

export type HeldAlertsDeps = {
  readonly count: CountMetric;
  readonly judgeMatter: EvaluateExceptionAlert;
  readonly transfers: TransferStore;
};

/** Officers are told that it is held, or that it is settled. It is done already: where there is no time to tell, the hourly sweep does. */
export const evaluateHeld = async (held: HeldVoucher, deps: HeldAlertsDeps): Promise<void> => {
  try {
    for (const place of await locationsToNotify(held, deps)) {
      const seen = heldSource(held, place);
      for (const did of await deps.judgeMatter(seen, seen)) deps.count(ALERT_COUNTS[did], 1);
    }
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error;
  }
};
