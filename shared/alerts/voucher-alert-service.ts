import { isProducer } from '../kernel/ids.ts';
import { UnavailableError } from '../kernel/unavailable-error.ts';
import type { Voucher } from '../ledger/voucher.ts';
import type { CountMetric } from '../platform/telemetry.ts';
import { ALERT_COUNTS } from './alert-metrics.ts';
import type { ExceptionAlertKey } from './exception-alert.ts';
import type { EvaluateExceptionAlert } from './exception-alert-service.ts';
import { strangerKeysOf } from './sources/stranger.ts';
import { isUnderpriced } from './sources/underpriced.ts';

export type VoucherAlertDeps = { readonly count: CountMetric; readonly evaluateException: EvaluateExceptionAlert };

/**
 * Opens the alerts for what these vouchers are marked with: sales below the floor price, and people who are not staff of the location.
 * Where there is no time to, the close of the day does it.
 */
export const evaluateVouchers = async (
  vouchers: readonly Voucher[],
  { evaluateException, count }: VoucherAlertDeps,
): Promise<void> => {
  try {
    for (const key of [...vouchers.flatMap(underpricedKeyOf), ...strangerKeysOf(vouchers)])
      for (const did of await evaluateException(key)) count(ALERT_COUNTS[did], 1);
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error;
  }
};

const underpricedKeyOf = (voucher: Voucher): ExceptionAlertKey[] =>
  isUnderpriced(voucher) && !isProducer(voucher.location)
    ? [{ location: voucher.location, type: 'underpriced', about: voucher.number }]
    : [];
