import type { StockLocationId } from '../../kernel/ids.ts';
import { type Basket, uncoveredAmount } from '../../ledger/basket.ts';
import type { AlertSource } from '../exception-alert.ts';

/** More was exchanged from a basket than came back into it, and no officer has said why. */
export const exchangeSource = (location: StockLocationId, stands: Basket): AlertSource => {
  const { id, basket, spentBy, settled, version } = stands;
  const uncovered = uncoveredAmount(stands);
  return {
    ...{ location, type: 'exchange', about: id, sourceVersion: version },
    figures: { basket, uncovered, ...(spentBy && { spentBy }), ...(settled && { settled }) },
    cause: uncovered > (settled?.uncovered ?? 0),
  };
};
