import * as z from 'zod';
import type { Role } from '../domain/access.ts';
import {
  DepotId,
  DistrictId,
  ItemId,
  OutletId,
  ProducerId,
  ProductId,
  SellerId,
  StaffId,
  TerminalCode,
} from '../domain/ids.ts';
import { Depot, District, Outlet, Producer, Product, Seller, Staff, Terminal } from '../domain/registry/entries.ts';
import { Item } from '../domain/registry/item.ts';

/** What the registry keeps and anyone may list. One-time codes are kept beside these, and never shown. */
export const REGISTRY_KINDS = [
  'districts',
  'sellers',
  'products',
  'items',
  'outlets',
  'depots',
  'producers',
  'staff',
  'terminals',
] as const;
export const RegistryKind = z.enum(REGISTRY_KINDS);
export type RegistryKind = z.infer<typeof RegistryKind>;

/** Terminals come by enrolment only. */
export const KeptKind = RegistryKind.exclude(['terminals']);
export type KeptKind = z.infer<typeof KeptKind>;

/** The entry of each kind. */
export type Entries = {
  districts: District;
  sellers: Seller;
  products: Product;
  items: Item;
  outlets: Outlet;
  depots: Depot;
  producers: Producer;
  staff: Staff;
  terminals: Terminal;
};

type RegistryEntry = {
  readonly id: z.ZodType<string, string>;
  readonly entry: z.ZodType;
  readonly readers: readonly Role[];
  /** Fields that name entries of another kind, which must be there first. */
  readonly names: Readonly<Record<string, KeptKind>>;
};

const ALL_STAFF: readonly Role[] = ['outlet', 'depot', 'officer', 'admin'];
const EVERYONE: readonly Role[] = [...ALL_STAFF, 'producer'];
/** People's names and cards are read by those who serve them. */
const OFFICE: readonly Role[] = ['depot', 'officer', 'admin'];

export const REGISTRY = {
  districts: { id: DistrictId, entry: District, readers: EVERYONE, names: {} },
  sellers: { id: SellerId, entry: Seller, readers: ALL_STAFF, names: { district: 'districts' } },
  products: { id: ProductId, entry: Product, readers: EVERYONE, names: { district: 'districts' } },
  items: { id: ItemId, entry: Item, readers: EVERYONE, names: { product: 'products', seller: 'sellers' } },
  outlets: { id: OutletId, entry: Outlet, readers: EVERYONE, names: { district: 'districts', sellers: 'sellers' } },
  depots: { id: DepotId, entry: Depot, readers: EVERYONE, names: { district: 'districts', sellers: 'sellers' } },
  producers: { id: ProducerId, entry: Producer, readers: OFFICE, names: { district: 'districts' } },
  staff: { id: StaffId, entry: Staff, readers: OFFICE, names: {} },
  terminals: { id: TerminalCode, entry: Terminal, readers: ALL_STAFF, names: {} },
} as const satisfies Record<RegistryKind, RegistryEntry>;

/** The registry is the state's: its prices and places bind every district. */
export const REGISTRY_KEEPERS: readonly Role[] = ['officer', 'admin'];
