import type { LocationId } from '../../kernel/ids.ts';
import { type Basket, uncoveredIn } from '../../ledger/basket.ts';
import type { Seen } from '../exception-alert.ts';

/** More was exchanged from a basket than came back into it, and no officer has said why. */
export const exchangeMatter = (location: LocationId, stands: Basket): Seen => {
  const { id, basket, spentBy, settled, version } = stands;
  const uncovered = uncoveredIn(stands);
  return {
    ...{ location, type: 'exchange', about: id, sourceVersion: version },
    figures: { basket, uncovered, ...(spentBy && { spentBy }), ...(settled && { settled }) },
    cause: uncovered > (settled?.uncovered ?? 0),
  };
};
