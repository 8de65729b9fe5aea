import * as z from 'zod';

/** Capitals, digits and hyphens only: no id is `__proto__`, a path or a spreadsheet formula. */
const id = (pattern: RegExp, says: string) => z.string().regex(pattern, says);

/** Bahi's own codes: `PBT` is Pilibhit. */
export const DistrictId = id(/^[A-Z]{3}$/, 'a district is three capital letters, such as PBT').brand('DistrictId');
export type DistrictId = z.infer<typeof DistrictId>;

export const OutletId = id(/^[A-Z]{1,5}-\d{2}$/, 'an outlet is station and stall, such as LKO-01');

export const DepotId = id(/^[A-Z]{1,5}-D\d$/, 'a depot is station and depot, such as PBE-D1');

export const StockLocationId = id(
  /^[A-Z]{1,5}-(\d{2}|D\d)$/,
  'a location is an outlet such as LKO-01, or a depot such as PBE-D1',
).brand('LocationId');
export type StockLocationId = z.infer<typeof StockLocationId>;

export const stockLocationKind = (location: StockLocationId): 'outlets' | 'depots' =>
  DepotId.safeParse(location).success ? 'depots' : 'outlets';

export const ProducerId = id(/^P\d{4,6}$/, 'a producer is P and four to six digits, such as P0042').brand('ProducerId');
export type ProducerId = z.infer<typeof ProducerId>;

export const LocationId = z.union([StockLocationId, ProducerId]);
export type LocationId = z.infer<typeof LocationId>;

export const isProducer = (place: LocationId): place is ProducerId => ProducerId.safeParse(place).success;

export const locationKind = (place: LocationId): 'outlets' | 'depots' | 'producers' =>
  isProducer(place) ? 'producers' : stockLocationKind(place);

export const SellerId = id(/^[A-Z0-9][A-Z0-9-]{1,15}$/, 'a seller is 2 to 16 capitals, digits or hyphens').brand(
  'SellerId',
);
export type SellerId = z.infer<typeof SellerId>;

export const ProductId = id(/^[A-Z0-9][A-Z0-9-]{1,19}$/, 'a product is 2 to 20 capitals, digits or hyphens').brand(
  'ProductId',
);
export type ProductId = z.infer<typeof ProductId>;

export const ItemId = id(/^[A-Z0-9][A-Z0-9-]{1,19}$/, 'an item is 2 to 20 capitals, digits or hyphens').brand('ItemId');
export type ItemId = z.infer<typeof ItemId>;

export const FestivalId = id(
  /^[A-Z0-9][A-Z0-9-]{1,23}$/,
  'a festival is 2 to 24 capitals, digits or hyphens, such as DIWALI-2026',
).brand('FestivalId');
export type FestivalId = z.infer<typeof FestivalId>;

export const ClusterId = id(
  /^[A-Z0-9][A-Z0-9-]{1,23}$/,
  'a cluster is 2 to 24 capitals, digits or hyphens, such as PBT-FLUTE',
).brand('ClusterId');
export type ClusterId = z.infer<typeof ClusterId>;

export const StaffId = id(
  /^[A-Z0-9][A-Z0-9-]{1,15}$/,
  'a member of staff is 2 to 16 capitals, digits or hyphens',
).brand('StaffId');
export type StaffId = z.infer<typeof StaffId>;

/** Crockford's alphabet has no I, L, O or U. 33 million codes; the server draws each once. */
export const TerminalCode = id(
  /^[0-9A-HJKMNP-TV-Z]{5}$/,
  'a terminal is five letters or digits, no I, L, O or U',
).brand('TerminalCode');
export type TerminalCode = z.infer<typeof TerminalCode>;

export const CROCKFORD_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The app draws a new one at each installation. */
export const InstallationId = z
  .string()
  .regex(/^[A-Za-z0-9-]{8,64}$/, 'an installation is 8 to 64 letters, digits or hyphens')
  .brand('InstallationId');
export type InstallationId = z.infer<typeof InstallationId>;

export const AreaId = z.union([DistrictId, z.literal('state')]);

export type AreaId = z.infer<typeof AreaId>;
