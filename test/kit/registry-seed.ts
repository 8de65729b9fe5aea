import type { Version } from '../../shared/kernel/quantity.ts';
import { instantOf } from '../../shared/kernel/time.ts';
import { nextEarlierDistricts } from '../../shared/registry/dated-field.ts';
import { toRegistryItem, withStoredHistory } from '../../shared/registry/entry-change.ts';
import { historyActions } from '../../shared/registry/entry-history-store.ts';
import { type EditableKind, type EntryByKind, REGISTRY } from '../../shared/registry/registry-kinds.ts';
import { uniqueCodeActions } from '../../shared/registry/unique-code-store.ts';
import { START } from './clock.ts';

const district = (name: string) => ({ name, nameHi: 'ज़िला', craft: 'craft', craftHi: 'शिल्प' });

const rate = (more: object) => ({
  name: 'Garments, made-ups, quilts and footwear',
  from: '2025-09-22',
  notification: '9/2025-CT(R)',
  notifiedOn: '2025-09-17',
  ...more,
});

/** Most tests sell at any price: the floor price has items of its own. */
const item = (product: string, seller: string, price: number, more: object = {}) => ({
  name: `${product} of ${seller}`,
  nameHi: 'वस्तु',
  product,
  seller,
  unit: 'piece',
  hsn: '6211',
  prices: [{ from: '2026-04-01', price, mrp: price + 10_000, gstBasisPoints: 500, floor: 0 }],
  reorderPoint: 3,
  aliases: [],
  ...more,
});

/**
 * Lucknow: two stalls, a regular and a composition seller, 45 kurtas. Pilibhit: a stall of flutes,
 * a depot of bamboo.
 */
export const REGISTRY_SEED = Object.entries({
  districts: { LKO: district('Lucknow'), PBT: district('Pilibhit') },
  sellers: {
    LKO1: { name: 'Chikan Samiti', registration: 'regular', gstin: '09XXXZB0001X1ZN', district: 'LKO' },
    LKO2: { name: 'Zari Samiti', registration: 'composition', gstin: '09XXXZC0002X1ZL', district: 'LKO' },
    PBT1: { name: 'Bansuri Samiti', registration: 'unregistered', district: 'PBT' },
  },
  products: {
    KURTA: { name: 'Kurta', nameHi: 'कुर्ता', district: 'LKO', material: false },
    FLUTE: { name: 'Flute', nameHi: 'बाँसुरी', district: 'PBT', material: false },
    BAMBOO: { name: 'Bamboo', nameHi: 'बाँस', district: 'PBT', material: true },
  },
  items: {
    ...Object.fromEntries(
      Array.from({ length: 45 }, (_, n) => [
        `LKO-KURTA-${String(n + 1).padStart(2, '0')}`,
        item('KURTA', 'LKO1', 89_900),
      ]),
    ),
    'LKO-ZARI-1': item('KURTA', 'LKO2', 45_000),
    'PBT-FLUTE-C': item('FLUTE', 'PBT1', 25_000, { hsn: '9205' }),
    'PBT-BAMBOO': item('BAMBOO', 'PBT1', 6, { unit: 'gram', hsn: '1401', reorderPoint: 50_000 }),
  },
  outlets: {
    'LKO-01': { name: 'Lucknow, stall 1', station: 'LKO', district: 'LKO', sellers: ['LKO1', 'LKO2'] },
    'LKO-02': { name: 'Lucknow, stall 2', station: 'LKO', district: 'LKO', sellers: ['LKO1'] },
    'PBE-01': { name: 'Pilibhit, stall 1', station: 'PBE', district: 'PBT', sellers: ['PBT1'] },
  },
  depots: {
    'PBE-D1': { name: 'Flute bamboo depot', nameHi: 'बाँस डिपो', district: 'PBT', sellers: ['PBT1'] },
  },
  clusters: { 'PBT-FLUTE': { name: 'Flute cluster', nameHi: 'बाँसुरी क्लस्टर', district: 'PBT', craft: 'Flute' } },
  producers: { P0042: { name: 'Naseem', nameHi: 'नसीम', district: 'PBT', craft: 'Flute' } },
  registrations: { P0042: { udyam: 'UDYAM-UP-61-0012345' } },
  // They stand in anywhere, so that a test need not say who works at each stall.
  staff: {
    S001: { name: 'Asha', location: 'LKO-01', looksAfter: ['state'] },
    S002: { name: 'Ravi', location: 'LKO-02', looksAfter: ['state'] },
  },
  // Long over: it is a reference, and raises nothing.
  festivals: {
    'DIWALI-2025': { name: 'Diwali', nameHi: 'दीवाली', from: '2025-10-13', to: '2025-10-20', factor: 2.5 },
  },
  rates: Object.fromEntries(
    ['61', '62', '63', '64', '9404'].flatMap((heading) => [
      [`${heading}-UPTO-2500`, rate({ upTo: 250_000, gstBasisPoints: 500 })],
      [`${heading}-ABOVE-2500`, rate({ gstBasisPoints: 1_800 })],
    ]),
  ),
  states: { '09': { name: 'Uttar Pradesh', nameHi: 'उत्तर प्रदेश' } },
}) as [EditableKind, Record<string, EntryByKind[EditableKind]>][];

/**
 * The items that PUTs of these entries by an admin at `START` write, made by the same functions.
 */
const seedItems = (): object[] =>
  REGISTRY_SEED.flatMap(([kind, entries]) =>
    Object.entries(entries).flatMap(([id, body]) => {
      const now = instantOf(START);
      const entry = withStoredHistory(REGISTRY[kind].entry.parse(body) as EntryByKind[EditableKind], undefined, now);
      const earlierDistricts = nextEarlierDistricts(undefined, entry, now);
      const earlier = earlierDistricts.length > 0 && { earlierDistricts };
      const registered = { kind, id, version: 1 as Version, updatedAt: now, entry, ...earlier };
      const history = historyActions('', registered, undefined, 'local-admin').map(({ Put }) => Put.Item);
      const codes = uniqueCodeActions('', registered, undefined).flatMap((action) =>
        'Put' in action ? [action.Put.Item] : [],
      );
      return [{ ...toRegistryItem(registered), writtenBy: 'seed' }, ...codes, ...history];
    }),
  );

let items: object[] | undefined;
export const registryItems = (): object[] => {
  items ??= seedItems();
  return items;
};
