import * as z from 'zod';
import { DistrictId, ItemId, StockLocationId } from '../kernel/ids.ts';
import { Paise } from '../kernel/quantity.ts';
import { Instant } from '../kernel/time.ts';
import { UnitName } from '../kernel/units.ts';
import { type Consent, mayPublish } from '../registry/consent.ts';
import { District, HindiName, Name, type Outlet, OutletSite, type Producer } from '../registry/entries.ts';
import { isOpenAt } from '../registry/entry-status.ts';
import { GeographicalIndication, Item, priceAt } from '../registry/item.ts';
import { sellersAt } from '../registry/location-sellers.ts';
import type { Seller } from '../registry/seller.ts';

/** Free pieces at or below which a stall has `few`. */
const FEW = 3;

/**
 * Pieces that stay out of feeds, so that a stall does not sell what was sold online a moment ago.
 */
export const SAFETY_MARGIN = 2;

/** Steps and no figures: competitors and thieves read this too. */
export const StockStep = z.enum(['yes', 'few', 'no']);
export type StockStep = z.infer<typeof StockStep>;

const stockStepOf = (free: number): StockStep => (free <= 0 ? 'no' : free <= FEW ? 'few' : 'yes');

const ShownMaker = z.strictObject({
  name: Name.optional(),
  nameHi: HindiName.optional(),
  village: Name.optional(),
  villageHi: HindiName.optional(),
});
type ShownMaker = z.infer<typeof ShownMaker>;

const ShownStall = z.strictObject({
  location: StockLocationId,
  name: Name,
  station: Name,
  site: OutletSite.optional(),
  step: StockStep,
});
export type ShownStall = z.infer<typeof ShownStall>;

export const ShownItem = z.strictObject({
  item: ItemId,
  name: Name,
  nameHi: HindiName,
  /** The price and MRP of one unit `per`, or of one base unit. */
  price: Paise,
  mrp: Paise,
  per: UnitName.optional(),
  updatedAt: Instant,
  hsn: z.string(),
  unit: Item.shape.unit,
  seller: Name,
  barcode: z.string().optional(),
  gi: GeographicalIndication.optional(),
  handicraft: z.boolean(),
  makers: z.array(ShownMaker),
  stalls: z.array(ShownStall),
  /** An open outlet has more than the safety margin free. */
  available: z.boolean(),
});
export type ShownItem = z.infer<typeof ShownItem>;

/** Data of the public pages and feeds of a district. It names nobody without consent. */
export const ShowcaseDistrict = z.strictObject({
  district: DistrictId,
  ...District.pick({ name: true, nameHi: true, craft: true, craftHi: true }).shape,
  items: z.array(ShownItem),
});
export type ShowcaseDistrict = z.infer<typeof ShowcaseDistrict>;

type ShelfRow = { readonly location: StockLocationId; readonly item: ItemId; readonly free: number };

export type ShowcaseSource = {
  readonly district: DistrictId;
  readonly entry: District;
  readonly items: readonly { readonly id: ItemId; readonly entry: Item; readonly updatedAt: Instant }[];
  readonly sellers: ReadonlyMap<string, Pick<Seller, 'name'>>;
  readonly producers: ReadonlyMap<string, Producer>;
  readonly consents: ReadonlyMap<string, Consent>;
  /** A depot sells nothing. */
  readonly outlets: ReadonlyMap<string, Outlet>;
  readonly shelves: readonly ShelfRow[];
  readonly at: Instant;
};

const shownMaker = (producer: Producer, consent: Consent | undefined): ShownMaker[] => {
  const { name, nameHi, village, villageHi } = producer;
  const maker = {
    ...(mayPublish(consent, 'name') && { name, nameHi }),
    ...(mayPublish(consent, 'village') && village && { village }),
    ...(mayPublish(consent, 'village') && villageHi && { villageHi }),
  };
  return Object.keys(maker).length > 0 ? [maker] : [];
};

/** Shows open items with a price, open outlets, and what each maker consents to. */
export const showcaseOf = ({ district, entry, items, at, ...source }: ShowcaseSource): ShowcaseDistrict => {
  const { name, nameHi, craft, craftHi } = entry;
  const rows = Map.groupBy(source.shelves, ({ item }) => item);
  const shown = items.flatMap(({ id, entry: item, updatedAt }): ShownItem[] => {
    const price = priceAt(item, at);
    if (!price || !isOpenAt(item, at)) return [];
    const here = (rows.get(id) ?? []).flatMap((row) => {
      const outlet = source.outlets.get(row.location);
      return outlet && isOpenAt(outlet, at) && sellersAt(outlet, at).includes(item.seller) ? [{ row, outlet }] : [];
    });
    const stalls = here
      .filter(({ row }) => row.free > 0)
      .map(({ row: { location, free }, outlet }) => ({
        location,
        name: outlet.name,
        station: outlet.station,
        ...(outlet.site && { site: outlet.site }),
        step: stockStepOf(free),
      }))
      .toSorted((one, other) => (one.location < other.location ? -1 : 1));
    const makers = (item.makers ?? []).flatMap((producer) => {
      const maker = source.producers.get(producer);
      return maker ? shownMaker(maker, source.consents.get(producer)) : [];
    });
    return [
      {
        item: id,
        name: item.name,
        nameHi: item.nameHi,
        price: price.price,
        mrp: price.mrp,
        ...(price.per && { per: price.per }),
        updatedAt,
        hsn: item.hsn,
        unit: item.unit,
        seller: source.sellers.get(item.seller)?.name ?? item.seller,
        ...(item.barcode && { barcode: item.barcode }),
        ...(item.gi && { gi: item.gi }),
        handicraft: item.handicraft ?? false,
        makers,
        stalls,
        available: here.some(({ row }) => row.free > SAFETY_MARGIN),
      },
    ];
  });
  return { district, name, nameHi, craft, craftHi, items: shown };
};
