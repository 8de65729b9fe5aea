import { ALERT_COUNTS } from '../../shared/alerts/alert-metrics.ts';
import type { EvaluateExceptionAlert } from '../../shared/alerts/exception-alert-service.ts';
import { isProducer, type LocationId } from '../../shared/kernel/ids.ts';
import { UnavailableError } from '../../shared/kernel/unavailable-error.ts';
import { exchangedAmount } from '../../shared/ledger/basket.ts';
import { basketId } from '../../shared/ledger/basket-store.ts';
import type { VoucherClaim } from '../../shared/ledger/voucher.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';

export type EvaluateExchangesDeps = { readonly count: CountMetric; readonly judgeMatter: EvaluateExceptionAlert };

/** Baskets of what was just recorded: an officer hears where more was exchanged than came back, or that it is covered now. Where there is no time to, the hourly sweep says it. */
export const evaluateExchanges = async (
  location: LocationId,
  recorded: readonly { readonly claim: VoucherClaim }[],
  { judgeMatter, count }: EvaluateExchangesDeps,
): Promise<void> => {
  if (isProducer(location)) return;
  try {
    for (const about of new Set(recorded.flatMap(({ claim }) => basketIdsOf(claim))))
      for (const did of await judgeMatter({ location, type: 'exchange', about })) count(ALERT_COUNTS[did], 1);
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error;
  }
};

const basketIdsOf = (claim: VoucherClaim) => {
  const money = 'payments' in claim ? claim.payments : 'refund' in claim ? (claim.refund ?? []) : [];
  const basket = 'basket' in claim ? claim.basket : undefined;
  return basket !== undefined && exchangedAmount(money) > 0 ? [basketId(basket)] : [];
};
