import type { ShowcaseDistrict, ShownItem } from './showcase.ts';
import { descriptionOf, itemPath, toRupeeText } from './structured-data.ts';

type FeedItem = { readonly item: ShownItem; readonly district: ShowcaseDistrict };

const itemsOf = (districts: readonly ShowcaseDistrict[]): FeedItem[] =>
  districts.flatMap((district) => district.items.map((item) => ({ item, district })));

const shortened = (text: string, length: number): string => [...text].slice(0, length).join('');

/** A feed has no quotes: tabs and line ends in a text would shift its columns. */
const cell = (text: string): string => text.replace(/[\t\r\n]+/g, ' ');

const GOOGLE_COLUMNS = [
  'id',
  'title',
  'description',
  'link',
  'availability',
  'price',
  'brand',
  'condition',
  'gtin',
  'identifier_exists',
] as const;

/**
 * Google Merchant's text feed (support.google.com/merchants/answer/7052112), in English. Handmade
 * goods have no GTIN. Pictures are still missing, so Google lists no item before they come.
 */
export const googleFeed = (districts: readonly ShowcaseDistrict[], origin: string): string => {
  const rows = itemsOf(districts).map(({ item, district }) => {
    const cells: Record<(typeof GOOGLE_COLUMNS)[number], string> = {
      id: item.item,
      title: shortened(item.name, 150),
      description: shortened(descriptionOf(item, district, 'en'), 5_000),
      link: `${origin}${itemPath(item.item, 'en')}`,
      availability: item.available ? 'in_stock' : 'out_of_stock',
      price: `${toRupeeText(item.price)} INR`,
      brand: shortened(item.seller, 70),
      condition: 'new',
      gtin: item.barcode ?? '',
      identifier_exists: item.barcode ? 'yes' : 'no',
    };
    return GOOGLE_COLUMNS.map((column) => cell(cells[column])).join('\t');
  });
  return `${[GOOGLE_COLUMNS.join('\t'), ...rows].join('\n')}\n`;
};

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

const FACEBOOK_COLUMNS = ['id', 'title', 'description', 'availability', 'condition', 'price', 'link', 'brand'] as const;

/** Catalogue of Meta, in English: developers.facebook.com/docs/commerce-platform/catalog/fields */
export const facebookFeed = (districts: readonly ShowcaseDistrict[], origin: string): string => {
  const rows = itemsOf(districts).map(({ item, district }) => [
    item.item,
    shortened(item.name, 200),
    descriptionOf(item, district, 'en'),
    item.available ? 'in stock' : 'out of stock',
    'new',
    `${toRupeeText(item.price)} INR`,
    `${origin}${itemPath(item.item, 'en')}`,
    shortened(item.seller, 100),
  ]);
  return `${[FACEBOOK_COLUMNS.join(','), ...rows.map((row) => row.map(quoted).join(','))].join('\r\n')}\r\n`;
};

/** Retail domain of ONDC by HSN chapter: garments and footwear, grocery, beauty, else home. */
const domainOf = (hsn: string): { readonly domain: string; readonly category: string } => {
  const chapter = Number(hsn.slice(0, 2));
  if (chapter >= 61 && chapter <= 64) return { domain: 'ONDC:RET12', category: 'Fashion' };
  if (chapter >= 4 && chapter <= 21) return { domain: 'ONDC:RET10', category: 'Grocery' };
  if (chapter === 33) return { domain: 'ONDC:RET13', category: 'Beauty & Personal Care' };
  return { domain: 'ONDC:RET16', category: 'Home & Kitchen' };
};

const ONDC_UNITS: Readonly<Record<string, string>> = {
  gram: 'gram',
  g: 'gram',
  kg: 'kilogram',
  millilitre: 'millilitre',
  ml: 'millilitre',
  litre: 'litre',
  l: 'litre',
  dozen: 'dozen',
};

const ondcItem = ({ item, district }: FeedItem) => {
  const { domain, category } = domainOf(item.hsn);
  const unit = ONDC_UNITS[item.per ?? item.unit] ?? 'unit';
  const code = item.barcode ? `3:${item.barcode}` : `4:${item.hsn}`;
  const text = descriptionOf(item, district, 'en');
  return {
    id: item.item,
    domain,
    time: { label: 'enable', timestamp: item.updatedAt },
    descriptor: { name: item.name, code, short_desc: text, long_desc: text, symbol: '', images: [] },
    quantity: {
      unitized: { measure: { unit, value: '1' } },
      available: { count: item.available ? '99' : '0' },
      maximum: { count: '1' },
    },
    price: { currency: 'INR', value: toRupeeText(item.price), maximum_value: toRupeeText(item.mrp) },
    category_id: category,
    fulfillment_id: 'F1',
    location_id: district.district,
    '@ondc/org/returnable': true,
    '@ondc/org/cancellable': true,
    '@ondc/org/return_window': 'P7D',
    '@ondc/org/seller_pickup_return': false,
    '@ondc/org/time_to_ship': 'P3D',
    '@ondc/org/available_on_cod': false,
    tags: [{ code: 'origin', list: [{ code: 'country', value: 'IND' }] }],
  };
};

/**
 * Items in the shape of ONDC retail 1.2.5, for the import of a seller app, which adds pictures,
 * consumer care and fulfilment of its own. `available.count` is 99 or 0, as the network demands.
 */
export const ondcFeed = (districts: readonly ShowcaseDistrict[]): string =>
  `${JSON.stringify({ version: '1.2.5', items: itemsOf(districts).map(ondcItem) })}\n`;
