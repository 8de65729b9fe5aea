import * as z from 'zod';
import type { StockLocationId } from '../../kernel/ids.ts';
import { NonNegativeSum } from '../../kernel/sum.ts';
import { VoucherNumber } from '../../kernel/voucher-number.ts';
import { Basket, BasketId, BasketSettlement, uncoveredAmount } from '../../ledger/basket.ts';
import { exceptionSource, formatRupees, type StateOf, usualSeverity } from '../alert-source.ts';

/** `uncovered`: paise exchanged beyond the returns. `spentBy`: last sale paid from the basket. */
const ExchangeEvidence = z.strictObject({
  basket: Basket.shape.basket,
  uncovered: NonNegativeSum,
  spentBy: VoucherNumber.optional(),
  settled: BasketSettlement.optional(),
});

/** More was exchanged than returned, and no officer settled it. */
export const exchange = exceptionSource({
  type: 'exchange',
  about: BasketId,
  evidence: ExchangeEvidence,
  severity: usualSeverity('district'),
  smsText: { en: 'exchange, no return', hi: 'बिना वापसी बदला' },
  render: ({ figures: { basket, uncovered, spentBy } }) => ({
    en: `${formatRupees(uncovered)} more was exchanged in basket ${basket} than came back into it${spentBy ? `, last by sale ${spentBy}` : ''}: let its phone send the return, or find out what was brought back.`,
    hi: `टोकरी ${basket} में जितना माल लौटा उससे ${formatRupees(uncovered)} ज़्यादा का बदला गया${spentBy ? ` (बिक्री ${spentBy})` : ''}: वापसी फ़ोन से भिजवाएँ या पता करें क्या लौटा था।`,
  }),
});

export const exchangeState = (location: StockLocationId, stored: Basket): StateOf<typeof exchange> => {
  const { id, basket, spentBy, settled, version } = stored;
  const uncovered = uncoveredAmount(stored);
  return {
    location,
    type: 'exchange',
    about: id,
    sourceVersion: version,
    figures: { basket, uncovered, ...(spentBy && { spentBy }), ...(settled && { settled }) },
    isActive: uncovered > (settled?.uncovered ?? 0),
  };
};
