import type { ItemId } from '../../shared/kernel/ids.ts';
import { type Measure, toBaseUnits } from '../../shared/kernel/units.ts';
import type { CatalogueItem, VoucherClaimFields } from '../outbox/database.ts';

type ClaimLine = { readonly item: ItemId; readonly quantity: Measure | 0 };
export type PhoneMovement = { readonly item: ItemId; readonly quantity: number };

const WAYS: Readonly<Record<string, 1 | -1>> = { S: -1, R: 1, D: -1, I: -1 };

/**
 * How a claim of this phone moves stock, in base units, before the server answers. `onHand`: the
 * figure that a count replaces, or `undefined` if the server's is newer than the count.
 */
export const itemMovements = (
  claim: VoucherClaimFields,
  onHand: (item: ItemId) => number | undefined,
  itemOf: (item: ItemId) => CatalogueItem | undefined = () => undefined,
): PhoneMovement[] => {
  const lines = (claim.lines ?? []) as readonly ClaimLine[];
  const inBase = lines.map(({ item, quantity }) => ({ item, quantity: baseUnits(quantity, itemOf(item)) }));
  const move = (way: number) => inBase.map(({ item, quantity }) => ({ item, quantity: way * quantity }));
  if (claim.cancelled !== undefined) return [];
  switch (claim.kind) {
    case 'A':
      return move(claim.reason === 'found' ? 1 : -1);
    case 'V':
      return claim.goods === 'written off' ? [] : move(reversesOutgoing(claim.of) ? 1 : -1);
    case 'C':
      return inBase.flatMap(({ item, quantity }) => {
        const before = onHand(item);
        return before === undefined ? [] : [{ item, quantity: quantity - before }];
      });
    default:
      return move(WAYS[claim.kind] ?? 0);
  }
};

const reversesOutgoing = (of: unknown): boolean => typeof of === 'string' && 'SDI'.includes(of[5] ?? '-');

const baseUnits = (quantity: Measure | 0, item: CatalogueItem | undefined): number => {
  if (typeof quantity === 'number') return quantity;
  const converted = toBaseUnits(quantity, { unit: item?.unit ?? 'piece', units: item?.units ?? [] });
  return 'quantity' in converted ? converted.quantity : 0;
};
