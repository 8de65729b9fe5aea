import type { ItemId } from '../kernel/ids.ts';
import { lineProblems, type Refusal, refuse } from '../kernel/refusal.ts';
import type { DecisionContext } from './decision.ts';

/** Every item must be known and belong to the terminal's seller. */
export const refuseUnknownItems = (
  lines: readonly { readonly item: ItemId }[],
  { items, seller }: DecisionContext,
): Refusal | undefined => {
  const unknown = lineProblems(lines, 'item', ({ item }) => (items.has(item) ? undefined : `no item ${item}`));
  if (unknown.length > 0) return refuse('ITEM_UNKNOWN', 'The registry has no such item.', { fields: unknown });

  const others = lineProblems(lines, 'item', ({ item }) => {
    const owner = items.get(item)?.seller;
    return owner === seller ? undefined : `${item} is sold by ${owner}, this terminal is ${seller}'s`;
  });
  if (others.length === 0) return undefined;
  return refuse('ITEM_OF_ANOTHER_SELLER', `One voucher has one seller; this terminal is ${seller}'s.`, {
    fields: others,
  });
};
