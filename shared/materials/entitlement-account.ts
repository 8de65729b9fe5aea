import * as z from 'zod';
import { FreeText } from '../kernel/claim-fields.ts';
import { ItemId, ProducerId } from '../kernel/ids.ts';
import { Balance, Quantity, Version } from '../kernel/quantity.ts';
import { Instant } from '../kernel/time.ts';
import type { Depot, Producer } from '../registry/entries.ts';
import type { Item } from '../registry/item.ts';
import { Season } from './season.ts';

const BaseUnits = z.int().min(0).brand('Amount');

/** One material of one producer in one season, in base units. `left` = entitled - reserved - drawn: stored, because it is compared. */
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

/** What an officer added to an account, once, under an id of the officer's choosing. Base units. */
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

/** What a voucher or a decision does to an account; `left` must cover what is newly reserved. */
export type AccountChange = {
  readonly item: ItemId;
  readonly reserved: number;
  readonly drawn: number;
};

/** What a change leaves less to draw. */
export const decreaseOfLeft = ({ reserved, drawn }: AccountChange): number => reserved + drawn;

/**
 * What a producer may draw of a material by default: so much for each of their looms, kilns or members, as registered; else what the
 * depot says it gives anyone; else nothing, and an officer must grant it.
 */
export const defaultEntitlement = (
  item: ItemId,
  { entitlement }: Pick<Item, 'entitlement'>,
  producer: Pick<Producer, 'means'>,
  depot: Pick<Depot, 'gives'>,
): Quantity | 0 => {
  const means = entitlement && producer.means?.[entitlement.per];
  if (entitlement && means !== undefined) return (means * entitlement.quantity) as Quantity;
  return depot.gives?.find((given) => given.item === item)?.quantity ?? 0;
};
