import type { Language } from '../kernel/units.ts';
import type { ShowcaseDistrict, ShownItem } from './showcase.ts';

/** Google Merchant and schema.org want rupees with two decimals. */
export const toRupeeText = (paise: number): string =>
  `${Math.floor(paise / 100)}.${String(paise % 100).padStart(2, '0')}`;

export const itemPath = (item: string, language: Language): string =>
  `/showcase/${language === 'en' ? 'en/' : ''}items/${item}.html`;
export const districtPath = (district: string, language: Language): string =>
  `/showcase/${language === 'en' ? 'en/' : ''}districts/${district}.html`;
export const indexPath = (language: Language): string => `/showcase/${language === 'en' ? 'en/' : ''}index.html`;

/** Stalls listed on a page and in its data, so that a page stays below 100 KB. */
export const MAX_SHOWN_STALLS = 60;

const storeOf = ({ name, location }: ShownItem['stalls'][number], origin: string) => ({
  '@type': 'Store',
  '@id': `${origin}/showcase/#${location}`,
  name,
  address: { '@type': 'PostalAddress', addressRegion: 'Uttar Pradesh', addressCountry: 'IN' },
});

/** schema.org: an item of a shop, where it can be bought, and its geographical indication. */
export const productData = (item: ShownItem, district: ShowcaseDistrict, language: Language, origin: string) => {
  const named = item.makers.flatMap(({ name, nameHi }) => (name ? [language === 'hi' ? (nameHi ?? name) : name] : []));
  return {
    '@context': 'https://schema.org',
    '@type': 'Product',
    '@id': `${origin}${itemPath(item.item, 'hi')}`,
    name: language === 'hi' ? item.nameHi : item.name,
    description: descriptionOf(item, district, language),
    sku: item.item,
    ...(item.barcode?.length === 13 && { gtin13: item.barcode }),
    brand: { '@type': 'Brand', name: item.seller },
    countryOfOrigin: { '@type': 'Country', name: 'IN' },
    ...(named.length > 0 && { manufacturer: named.map((name) => ({ '@type': 'Person', name })) }),
    ...(item.gi && {
      hasCertification: {
        '@type': 'Certification',
        name: 'Geographical Indication',
        certificationIdentification: item.gi.application,
      },
    }),
    offers: {
      '@type': 'Offer',
      url: `${origin}${itemPath(item.item, language)}`,
      price: toRupeeText(item.price),
      priceCurrency: 'INR',
      priceSpecification: {
        '@type': 'UnitPriceSpecification',
        priceType: 'https://schema.org/MSRP',
        price: toRupeeText(item.mrp),
        priceCurrency: 'INR',
      },
      availability: `https://schema.org/${item.stalls.length > 0 ? 'InStoreOnly' : 'OutOfStock'}`,
      itemCondition: 'https://schema.org/NewCondition',
      seller: { '@type': 'Organization', name: item.seller },
      availableAtOrFrom: item.stalls.slice(0, MAX_SHOWN_STALLS).map((stall) => storeOf(stall, origin)),
    },
  };
};

/** schema.org: the district as a place, and its items in order. */
export const districtData = (district: ShowcaseDistrict, language: Language, origin: string) => ({
  '@context': 'https://schema.org',
  '@type': 'CollectionPage',
  name: language === 'hi' ? district.craftHi : district.craft,
  about: {
    '@type': 'Place',
    name: language === 'hi' ? district.nameHi : district.name,
    containedInPlace: { '@type': 'State', name: 'Uttar Pradesh' },
  },
  mainEntity: {
    '@type': 'ItemList',
    numberOfItems: district.items.length,
    itemListElement: district.items.map(({ item }, at) => ({
      '@type': 'ListItem',
      position: at + 1,
      url: `${origin}${itemPath(item, language)}`,
    })),
  },
});

export const descriptionOf = (item: ShownItem, district: ShowcaseDistrict, language: Language): string =>
  language === 'hi'
    ? `${item.nameHi}: ${district.nameHi} का ${district.craftHi}। एक ज़िला एक उत्पाद, उत्तर प्रदेश।`
    : `${item.name}: ${district.craft} of ${district.name}. One District One Product, Uttar Pradesh.`;
