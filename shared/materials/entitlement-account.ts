import * as z from 'zod';
import { FreeText } from '../kernel/claim-fields.ts';
import { ItemId, ProducerId } from '../kernel/ids.ts';
import { Balance, Quantity, Version } from '../kernel/quantity.ts';
import { Instant } from '../kernel/time.ts';
import type { Depot, Producer } from '../registry/entries.ts';
import type { Item } from '../registry/item.ts';
import { Season } from './season.ts';

const BaseUnits = z.int().min(0).brand('Amount');

/** Base units. `left` = entitled - reserved - drawn, stored because conditions compare it. */
export const EntitlementAccount = z.strictObject({
  producer: ProducerId,
  season: Season,
  item: ItemId,
  entitled: BaseUnits,
  reserved: BaseUnits,
  drawn: BaseUnits,
  left: Balance,
  version: Version,
});
export type EntitlementAccount = z.infer<typeof EntitlementAccount>;

/** Once per officer-chosen id. Base units. */
export const EntitlementGrant = z.strictObject({
  grant: z.string().regex(/^[A-Z0-9][A-Z0-9-]{0,19}$/, 'a grant is 1 to 20 capitals, digits or hyphens'),
  producer: ProducerId,
  season: Season,
  item: ItemId,
  quantity: Quantity,
  why: FreeText,
  by: z.string(),
  at: Instant,
});
export type EntitlementGrant = z.infer<typeof EntitlementGrant>;

/** `left` must cover new reservations. */
export type AccountChange = {
  readonly item: ItemId;
  readonly reserved: number;
  readonly drawn: number;
};

export const decreaseOfLeft = ({ reserved, drawn }: AccountChange): number => reserved + drawn;

/**
 * Base units per season: the item's quantity times looms, kilns or members; else what the depot
 * gives anyone; else 0, until an officer grants.
 */
export const defaultEntitlement = (
  item: ItemId,
  { entitlement }: Pick<Item, 'entitlement'>,
  producer: Pick<Producer, 'means'>,
  depot: Pick<Depot, 'gives'>,
): Quantity | 0 => {
  const means = entitlement && producer.means?.[entitlement.per];
  if (entitlement && means !== undefined) return (means * entitlement.quantity) as Quantity;
  return depot.gives?.find((gift) => gift.item === item)?.quantity ?? 0;
};
