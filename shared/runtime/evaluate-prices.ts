import { isUnderpriced } from '../domain/alerts/underpriced-matter.ts';
import { Busy } from '../domain/busy.ts';
import { isProducer } from '../domain/ids.ts';
import type { Voucher } from '../domain/vouchers/voucher.ts';
import type { Composition } from './composition.ts';
import { ALERT_COUNTS } from './observability.ts';

/** An officer hears of sales below the floor price. Where there is no time to, the close of the day says it. */
export const evaluatePrices = async (
  vouchers: readonly Voucher[],
  { judgeMatter, count }: Pick<Composition, 'judgeMatter' | 'count'>,
): Promise<void> => {
  try {
    for (const { location, number } of vouchers.filter(isUnderpriced)) {
      if (isProducer(location)) continue;
      for (const did of await judgeMatter({ location, type: 'underpriced', about: number }))
        count(ALERT_COUNTS[did], 1);
    }
  } catch (error) {
    if (!(error instanceof Busy)) throw error;
  }
};
