import * as z from 'zod';
import type { Role } from '../kernel/access.ts';
import { GstStateCode } from '../kernel/gstin.ts';
import {
  ClusterId,
  DepotId,
  DistrictId,
  FestivalId,
  ItemId,
  OutletId,
  ProducerId,
  ProductId,
  SellerId,
  StaffId,
  TerminalCode,
} from '../kernel/ids.ts';
import { Consent } from './consent.ts';
import { Cluster, Depot, District, Festival, GstState, Outlet, Producer, Product, Terminal } from './entries.ts';
import { GstRate, GstRateId } from './gst-rate.ts';
import { Item } from './item.ts';
import { Registrations } from './registrations.ts';
import { Seller } from './seller.ts';
import { Staff } from './staff.ts';

export const REGISTRY_KINDS = [
  'districts',
  'sellers',
  'products',
  'items',
  'outlets',
  'depots',
  'clusters',
  'producers',
  'registrations',
  'consents',
  'staff',
  'festivals',
  'states',
  'rates',
  'terminals',
] as const;

export const RegistryKind = z.enum(REGISTRY_KINDS);
export type RegistryKind = z.infer<typeof RegistryKind>;

/** Terminals keep their history in their entry. */
export const HistoryKind = RegistryKind.exclude(['terminals']);
export type HistoryKind = z.infer<typeof HistoryKind>;

/** Enrolment creates terminals; `setConsent` records consents. */
export const EditableKind = HistoryKind.exclude(['consents']);
export type EditableKind = z.infer<typeof EditableKind>;

export type EntryByKind = {
  districts: District;
  sellers: Seller;
  products: Product;
  items: Item;
  outlets: Outlet;
  depots: Depot;
  clusters: Cluster;
  producers: Producer;
  registrations: Registrations;
  consents: Consent;
  staff: Staff;
  festivals: Festival;
  states: GstState;
  rates: GstRate;
  terminals: Terminal;
};

type RegistryKindDefinition = {
  readonly id: z.ZodType<string, string>;
  readonly entry: z.ZodType;
  readonly readers: readonly Role[];
  /**
   * Fields, or `id`, that reference existing entries. `lookedAfter` is the id of an outlet, depot,
   * district or the state.
   */
  readonly names: Readonly<Record<string, EditableKind | 'lookedAfter'>>;
  /** `district`: officers of its district too. */
  readonly keepers: 'district' | 'state';
  /** Fields that vouchers or other entries depend on. */
  readonly fixed: readonly string[];
};

const ALL_STAFF: readonly Role[] = ['outlet', 'depot', 'officer', 'admin'];
const EVERYONE: readonly Role[] = [...ALL_STAFF, 'producer'];
/** Locations use `listTerminals`. */
const STATE_OFFICE: readonly Role[] = ['officer', 'admin'];
const OFFICE: readonly Role[] = ['depot', 'officer', 'admin'];

const LOCATION_REFERENCES = { district: 'districts', sellers: 'sellers' } as const;

export const REGISTRY = {
  districts: { id: DistrictId, entry: District, readers: EVERYONE, names: {}, keepers: 'state', fixed: [] },
  sellers: {
    id: SellerId,
    entry: Seller,
    readers: ALL_STAFF,
    names: { district: 'districts' },
    keepers: 'state',
    fixed: [],
  },
  products: {
    id: ProductId,
    entry: Product,
    readers: EVERYONE,
    names: { district: 'districts' },
    keepers: 'state',
    fixed: [],
  },
  items: {
    id: ItemId,
    entry: Item,
    readers: EVERYONE,
    names: { product: 'products', seller: 'sellers', makers: 'producers' },
    keepers: 'district',
    fixed: ['seller', 'unit'],
  },
  outlets: {
    id: OutletId,
    entry: Outlet,
    readers: EVERYONE,
    names: LOCATION_REFERENCES,
    keepers: 'district',
    fixed: [],
  },
  depots: { id: DepotId, entry: Depot, readers: EVERYONE, names: LOCATION_REFERENCES, keepers: 'state', fixed: [] },
  clusters: {
    id: ClusterId,
    entry: Cluster,
    readers: EVERYONE,
    names: { district: 'districts' },
    keepers: 'district',
    fixed: ['district'],
  },
  producers: {
    id: ProducerId,
    entry: Producer,
    readers: OFFICE,
    names: { district: 'districts', depots: 'depots', cluster: 'clusters' },
    keepers: 'district',
    fixed: [],
  },
  registrations: {
    id: ProducerId,
    entry: Registrations,
    readers: STATE_OFFICE,
    names: { id: 'producers' },
    keepers: 'district',
    fixed: [],
  },
  consents: {
    id: ProducerId,
    entry: Consent,
    readers: STATE_OFFICE,
    names: { id: 'producers' },
    keepers: 'district',
    fixed: [],
  },
  staff: {
    id: StaffId,
    entry: Staff,
    readers: OFFICE,
    names: { location: 'lookedAfter', looksAfter: 'lookedAfter' },
    keepers: 'district',
    fixed: [],
  },
  festivals: {
    id: FestivalId,
    entry: Festival,
    readers: EVERYONE,
    names: { district: 'districts' },
    keepers: 'state',
    fixed: [],
  },
  states: { id: GstStateCode, entry: GstState, readers: EVERYONE, names: {}, keepers: 'state', fixed: [] },
  rates: { id: GstRateId, entry: GstRate, readers: EVERYONE, names: {}, keepers: 'state', fixed: [] },
  terminals: { id: TerminalCode, entry: Terminal, readers: STATE_OFFICE, names: {}, keepers: 'state', fixed: [] },
} as const satisfies Record<RegistryKind, RegistryKindDefinition>;

/** The id of such an entry is the producer's. */
export const hasIdOfProducer = (kind: RegistryKind): boolean => 'id' in REGISTRY[kind].names;

/** check-keeper.ts says which of them keeps an entry. */
export const REGISTRY_EDITORS: readonly Role[] = ['officer', 'admin'];
