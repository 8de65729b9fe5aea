import * as z from 'zod';
import { FreeText } from '../kernel/claim-fields.ts';
import { type DistrictId, ItemId, ProducerId, type StockLocationId } from '../kernel/ids.ts';
import { Balance, Quantity, Version } from '../kernel/quantity.ts';
import { type Day, Instant } from '../kernel/time.ts';
import type { Depot, Producer } from '../registry/entries.ts';
import type { Item } from '../registry/item.ts';

/** The financial year, April to March: `2026-27`. */
export const Season = z
  .string()
  .regex(/^20\d\d-\d\d$/, 'a season is a financial year, such as 2026-27')
  .refine(
    (text) => (Number(text.slice(2, 4)) + 1) % 100 === Number(text.slice(5)),
    'a season ends the year after it began',
  )
  .brand('Season');

export type Season = z.infer<typeof Season>;

export const seasonOf = (day: Day): Season => {
  const [year = 0, month = 0] = day.split('-').map(Number);
  const startYear = month >= 4 ? year : year - 1;
  return `${startYear}-${String((startYear + 1) % 100).padStart(2, '0')}` as Season;
};

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

export const isServedBy = (
  { district, depots = [] }: Pick<Producer, 'district' | 'depots'>,
  depot: StockLocationId,
  districtOfDepot: DistrictId | undefined,
): boolean => district === districtOfDepot || depots.includes(depot);
