/** One place where goods are: its items are all of one seller. */
export type Place = {
  readonly id: string;
  readonly isDepot: boolean;
  readonly seller: string;
  readonly items: readonly string[];
};

export const PRICE = 10_000;
export const REORDER_POINT = 3;
const ITEMS = 5;

const item = (seller: string, product: string, more: object) => ({
  ...{
    name: product,
    nameHi: 'वस्तु',
    product,
    seller,
    unit: 'piece',
    hsn: '6211',
    aliases: [],
    reorderPoint: REORDER_POINT,
  },
  prices: [{ from: '2025-04-01', price: PRICE, mrp: 2 * PRICE, gstBasisPoints: 500 }],
  ...more,
});

const names = (count: number, name: (n: number) => string): string[] =>
  Array.from({ length: count }, (_, n) => name(n));
const two = (n: number): string => String(n % 100).padStart(2, '0');
const letter = (n: number): string => 'ABCDEFGH'[Math.floor(n / 100)] ?? 'Z';

export const placesOf = (outlets: number, depots: number): Place[] => [
  ...names(outlets, (n) => `${letter(n)}KO-${two(n)}`).map((id) => ({
    ...{ id, isDepot: false, seller: 'LKO1' },
    items: names(ITEMS, (n) => `LKO-KURTA-${two(n + 1)}`),
  })),
  ...names(depots, (n) => `${letter(Math.floor(n / 9) * 100)}BE-D${(n % 9) + 1}`).map((id) => ({
    ...{ id, isDepot: true, seller: 'PBT1', items: ['PBT-BAMBOO', 'PBT-CANE'] },
  })),
];

/** What the registry says of all this, in the order in which it has to be said. */
export const registryOf = (places: readonly Place[]): (readonly [string, string, object])[] => [
  ['districts', 'LKO', { name: 'Lucknow', nameHi: 'लखनऊ', craft: 'chikan', craftHi: 'चिकन' }],
  ['districts', 'PBT', { name: 'Pilibhit', nameHi: 'पीलीभीत', craft: 'flutes', craftHi: 'बाँसुरी' }],
  ['sellers', 'LKO1', { name: 'Chikan Samiti', registration: 'regular', gstin: '09XXXZB0001X1ZN', district: 'LKO' }],
  ['sellers', 'PBT1', { name: 'Bansuri Samiti', registration: 'unregistered', district: 'PBT' }],
  ['products', 'KURTA', { name: 'Kurta', nameHi: 'कुर्ता', district: 'LKO', material: false }],
  ['products', 'BAMBOO', { name: 'Bamboo', nameHi: 'बाँस', district: 'PBT', material: true }],
  ...[...new Set(places.flatMap(({ items, seller }) => items.map((id) => `${id} ${seller}`)))].map((both) => {
    const [id = '', seller = ''] = both.split(' ');
    const isMaterial = seller === 'PBT1';
    return [
      'items',
      id,
      item(seller, isMaterial ? 'BAMBOO' : 'KURTA', isMaterial ? { unit: 'gram', hsn: '1401' } : {}),
    ] as const;
  }),
  ...places.map(({ id, isDepot, seller }) => {
    const district = isDepot ? 'PBT' : 'LKO';
    const more = isDepot ? { nameHi: 'डिपो' } : { station: 'LKO' };
    return [isDepot ? 'depots' : 'outlets', id, { name: id, district, sellers: [seller], ...more }] as const;
  }),
];
