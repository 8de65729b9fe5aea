import type { MatterKey } from '../domain/alerts/matter.ts';
import { strangerKeysOf } from '../domain/alerts/stranger-matter.ts';
import { isUnderpriced } from '../domain/alerts/underpriced-matter.ts';
import { Busy } from '../domain/busy.ts';
import { isProducer } from '../domain/ids.ts';
import type { Voucher } from '../domain/vouchers/voucher.ts';
import type { Composition } from './composition.ts';
import { ALERT_COUNTS } from './observability.ts';

/**
 * Opens the alerts for what these vouchers are marked with: sales below the floor price, and people who are not staff of the location.
 * Where there is no time to, the close of the day does it.
 */
export const evaluateVouchers = async (
  vouchers: readonly Voucher[],
  { judgeMatter, count }: Pick<Composition, 'judgeMatter' | 'count'>,
): Promise<void> => {
  try {
    for (const key of [...vouchers.flatMap(underpricedKeyOf), ...strangerKeysOf(vouchers)])
      for (const did of await judgeMatter(key)) count(ALERT_COUNTS[did], 1);
  } catch (error) {
    if (!(error instanceof Busy)) throw error;
  }
};

const underpricedKeyOf = (voucher: Voucher): MatterKey[] =>
  isUnderpriced(voucher) && !isProducer(voucher.location)
    ? [{ location: voucher.location, type: 'underpriced', about: voucher.number }]
    : [];
