import type { ItemId } from '../kernel/ids.ts';
import { type Measure, toBaseUnits } from '../kernel/units.ts';
import type { Item } from '../registry/item.ts';
import { isCancelled, type VoucherClaim } from './voucher.ts';

/** One quantity that a line states, as it was said. */
export type LineQuantity = { readonly path: string; readonly item: ItemId; readonly stated: Measure | 0 };

/** Every quantity that a claim states: of a receipt, what was rejected and invoiced too. */
export const lineQuantities = (claim: VoucherClaim): LineQuantity[] => {
  if (isCancelled(claim) || !('lines' in claim)) return [];
  return claim.lines.flatMap((line, at) => {
    const stated = {
      quantity: line.quantity,
      ...('rejected' in line && { rejected: line.rejected }),
      ...('invoiced' in line && { invoiced: line.invoiced }),
    };
    return Object.entries(stated).flatMap(([field, said]): LineQuantity[] =>
      said === undefined ? [] : [{ path: `lines.${at}.${field}`, item: line.item, stated: said }],
    );
  });
};

/** What was said in base units; undefined where it does not come out whole, which is refused elsewhere. */
export const baseUnitsOf = (said: Measure | 0, { unit, units = [] }: Item): number | undefined => {
  if (typeof said === 'number') return said;
  const came = toBaseUnits(said, { unit, units });
  return 'quantity' in came ? came.quantity : undefined;
};
