import { countAlerts } from '../../shared/alerts/alert-evaluation-service.ts';
import type { EvaluateExceptionAlert } from '../../shared/alerts/exception-alert-service.ts';
import { heldState } from '../../shared/alerts/sources/held.ts';
import { locationsToNotify } from '../../shared/alerts/voucher-alert-service.ts';
import { isProducer, type LocationId } from '../../shared/kernel/ids.ts';
import type { VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import { exchangedAmount } from '../../shared/ledger/basket.ts';
import { basketId } from '../../shared/ledger/basket-store.ts';
import type { HeldVoucher } from '../../shared/ledger/held.ts';
import { isSaleNumber } from '../../shared/ledger/kinds/sale.ts';
import type { PendingReturnStore } from '../../shared/ledger/pending-return-store.ts';
import type { VoucherClaim } from '../../shared/ledger/voucher.ts';
import { ignoreUnavailable } from '../../shared/platform/retry.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';
import type { TransferStore } from '../../shared/transfers/transfer-store.ts';

// The hourly sweep evaluates what is left when time runs out.

type ExceptionDeps = { readonly count: CountMetric; readonly evaluateException: EvaluateExceptionAlert };

export type EvaluateExchangesDeps = ExceptionDeps;

export const evaluateExchanges = async (
  location: LocationId,
  recorded: readonly { readonly claim: VoucherClaim }[],
  { evaluateException, count }: EvaluateExchangesDeps,
): Promise<void> => {
  if (isProducer(location)) return;
  await ignoreUnavailable(async () => {
    for (const about of new Set(recorded.flatMap(({ claim }) => basketIdsOf(claim))))
      countAlerts(count, await evaluateException({ location, type: 'exchange', about }));
  });
};

const basketIdsOf = (claim: VoucherClaim) => {
  const money = 'payments' in claim ? claim.payments : 'refund' in claim ? (claim.refund ?? []) : [];
  const basket = 'basket' in claim ? claim.basket : undefined;
  return basket !== undefined && exchangedAmount(money) > 0 ? [basketId(basket)] : [];
};

export type HeldAlertsDeps = ExceptionDeps & { readonly transfers: TransferStore };

export const evaluateHeld = (held: HeldVoucher, deps: HeldAlertsDeps): Promise<void> =>
  ignoreUnavailable(async () => {
    for (const place of await locationsToNotify(held, deps)) {
      const state = heldState(held, place);
      countAlerts(deps.count, await deps.evaluateException(state, state));
    }
  });

export type UnmatchedAlertsDeps = ExceptionDeps & { readonly pendingReturns: PendingReturnStore };

export const evaluateUnmatchedReturns = async (
  location: LocationId,
  synced: readonly VoucherNumber[],
  { pendingReturns, evaluateException, count }: UnmatchedAlertsDeps,
): Promise<void> => {
  const sales = new Set(synced.filter(isSaleNumber));
  if (isProducer(location) || sales.size === 0) return;
  await ignoreUnavailable(async () => {
    for (const about of await pendingReturns.at(location))
      if (sales.has(about))
        for (const type of ['unmatched', 'overrefunded'] as const)
          countAlerts(count, await evaluateException({ location, type, about }));
  });
};
