export type SimulatedLocation = {
  readonly id: string;
  readonly isDepot: boolean;
  /** It has no stock. */
  readonly isWorkshop: boolean;
  readonly seller: string;
  readonly items: readonly string[];
};

export const PRICE = 10_000;
export const REORDER_POINT = 3;
const ITEM_COUNT = 5;

const itemEntry = (seller: string, product: string, more: object) => ({
  name: product,
  nameHi: 'वस्तु',
  product,
  seller,
  unit: 'piece',
  hsn: '6211',
  aliases: [],
  reorderPoint: REORDER_POINT,
  prices: [{ from: '2025-04-01', price: PRICE, mrp: 2 * PRICE, gstBasisPoints: 500 }],
  ...more,
});

const names = (count: number, name: (n: number) => string): string[] =>
  Array.from({ length: count }, (_, n) => name(n));
const twoDigits = (n: number): string => String(n % 100).padStart(2, '0');
const letterOf = (n: number): string => 'ABCDEFGH'[Math.floor(n / 100)] ?? 'Z';

const KURTAS = names(ITEM_COUNT, (n) => `LKO-KURTA-${twoDigits(n + 1)}`);

export type WorldSize = { readonly outlets: number; readonly depots: number; readonly workshops: number };

export const createLocations = ({ outlets, depots, workshops }: WorldSize): SimulatedLocation[] => [
  ...names(outlets, (n) => `${letterOf(n)}KO-${twoDigits(n)}`).map((id) => ({
    id,
    isDepot: false,
    isWorkshop: false,
    seller: 'LKO1',
    items: KURTAS,
  })),
  ...names(depots, (n) => `${letterOf(Math.floor(n / 9) * 100)}BE-D${(n % 9) + 1}`).map((id) => ({
    id,
    isDepot: true,
    isWorkshop: false,
    seller: 'PBT1',
    items: ['PBT-BAMBOO', 'PBT-CANE'],
  })),
  ...names(workshops, (n) => `P${String(n + 1).padStart(4, '0')}`).map((id) => ({
    id,
    isDepot: false,
    isWorkshop: true,
    seller: 'LKO1',
    items: KURTAS,
  })),
];

/** In order of reference. */
export const registryEntriesOf = (places: readonly SimulatedLocation[]): (readonly [string, string, object])[] => [
  ['districts', 'LKO', { name: 'Lucknow', nameHi: 'लखनऊ', craft: 'chikan', craftHi: 'चिकन' }],
  ['districts', 'PBT', { name: 'Pilibhit', nameHi: 'पीलीभीत', craft: 'flutes', craftHi: 'बाँसुरी' }],
  ['sellers', 'LKO1', { name: 'Chikan Samiti', registration: 'regular', gstin: '09XXXZB0001X1ZN', district: 'LKO' }],
  ['sellers', 'PBT1', { name: 'Bansuri Samiti', registration: 'unregistered', district: 'PBT' }],
  ['products', 'KURTA', { name: 'Kurta', nameHi: 'कुर्ता', district: 'LKO', material: false }],
  ['products', 'BAMBOO', { name: 'Bamboo', nameHi: 'बाँस', district: 'PBT', material: true }],
  ['staff', 'S001', { name: 'Asha', looksAfter: ['state'] }],
  ['staff', 'S002', { name: 'Ravi', looksAfter: ['state'] }],
  ...[...new Set(places.flatMap(({ items, seller }) => items.map((id) => `${id} ${seller}`)))].map((both) => {
    const [id = '', seller = ''] = both.split(' ');
    const isMaterial = seller === 'PBT1';
    return [
      'items',
      id,
      itemEntry(seller, isMaterial ? 'BAMBOO' : 'KURTA', isMaterial ? { unit: 'gram', hsn: '1401' } : {}),
    ] as const;
  }),
  ...places.map(({ id, isDepot, isWorkshop, seller }) => {
    if (isWorkshop) return ['producers', id, { name: id, nameHi: 'कारीगर', district: 'LKO', craft: 'chikan' }] as const;
    const district = isDepot ? 'PBT' : 'LKO';
    const more = isDepot ? { nameHi: 'डिपो' } : { station: 'LKO' };
    return [isDepot ? 'depots' : 'outlets', id, { name: id, district, sellers: [seller], ...more }] as const;
  }),
];
