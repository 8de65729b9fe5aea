import { ALERT_COUNTS } from '../../shared/alerts/alert-metrics.ts';
import type { JudgeMatter } from '../../shared/alerts/exception-alert-service.ts';
import { isProducer, type Place } from '../../shared/kernel/ids.ts';
import { Busy } from '../../shared/kernel/unavailable-error.ts';
import { exchangedIn } from '../../shared/ledger/basket.ts';
import { basketId } from '../../shared/ledger/basket-store.ts';
import type { Claim } from '../../shared/ledger/voucher.ts';
import type { Count } from '../../shared/platform/telemetry.ts';

export type EvaluateExchangesDeps = { readonly count: Count; readonly judgeMatter: JudgeMatter };

/** Baskets of what was just recorded: an officer hears where more was exchanged than came back, or that it is covered now. Where there is no time to, the hourly sweep says it. */
export const evaluateExchanges = async (
  location: Place,
  recorded: readonly { readonly claim: Claim }[],
  { judgeMatter, count }: EvaluateExchangesDeps,
): Promise<void> => {
  if (isProducer(location)) return;
  try {
    for (const about of new Set(recorded.flatMap(({ claim }) => basketIn(claim))))
      for (const did of await judgeMatter({ location, type: 'exchange', about })) count(ALERT_COUNTS[did], 1);
  } catch (error) {
    if (!(error instanceof Busy)) throw error;
  }
};

const basketIn = (claim: Claim) => {
  const money = 'payments' in claim ? claim.payments : 'refund' in claim ? (claim.refund ?? []) : [];
  const basket = 'basket' in claim ? claim.basket : undefined;
  return basket !== undefined && exchangedIn(money) > 0 ? [basketId(basket)] : [];
};
