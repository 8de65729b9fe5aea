import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DistrictId, ItemId, StockLocationId } from '../../shared/kernel/ids.ts';
import type { Instant } from '../../shared/kernel/time.ts';
import type { Language } from '../../shared/kernel/units.ts';
import { type Consent, PUBLISHED_PARTS } from '../../shared/registry/consent.ts';
import type { District, Outlet, Producer } from '../../shared/registry/entries.ts';
import { Item } from '../../shared/registry/item.ts';
import { facebookFeed, googleFeed, ondcFeed } from '../../shared/showcase/feeds.ts';
import { SAFETY_MARGIN, type ShowcaseSource, showcaseOf } from '../../shared/showcase/showcase.ts';
import { renderDistrictPage, renderItemPage, renderSitemap } from '../../shared/showcase/showcase-page.ts';
import { districtPages } from '../../shared/showcase/site-pages.ts';

const at = '2026-11-22T05:00:00.000Z' as Instant;
const ORIGIN = 'https://bahi.example';
const LANGUAGES: readonly Language[] = ['hi', 'en'];
const NAME = { name: 'Naseem Ahmad', nameHi: 'नसीम अहमद' };
const VILLAGE = { village: 'Bisalpur', villageHi: 'बीसलपुर' };

describe('The public pages of a district', () => {
  it('They name a producer and their village exactly as far as consent goes.', () => {
    fc.assert(
      fc.property(fc.option(fc.subarray([...PUBLISHED_PARTS])), (publish) => {
        const consents = new Map(publish ? [['P0042', { publish } as unknown as Consent]] : []);
        const text = publicTexts({ consents });
        for (const name of Object.values(NAME)) expect(text.includes(name)).toBe(publish?.includes('name') ?? false);
        for (const name of Object.values(VILLAGE))
          expect(text.includes(name)).toBe(publish?.includes('village') ?? false);
      }),
    );
  });

  it('Stock is told in steps, never in figures, and only of open outlets.', () => {
    const step = (free: number) => showcaseOf(source({ shelves: [shelf(free)] })).items[0]?.stalls[0]?.step ?? 'none';
    expect([0, -2, 1, 3, 4, 7_919].map(step)).toEqual(['none', 'none', 'few', 'few', 'yes', 'yes']);
    expect(publicTexts({ shelves: [shelf(7_919)] })).not.toContain('7919');
    const outlets = new Map([['PBE-01', outlet('Closed stall', { status: 'closed', statusFrom: '2026-11-01' })]]);
    expect(publicTexts({ shelves: [shelf(9)], outlets })).not.toContain('Closed stall');
  });

  it('Texts of people end no element and no script.', () => {
    const nasty = '</script><script>alert(1)</script>';
    const outlets = new Map([['PBE-01', outlet(nasty)]]);
    for (const language of LANGUAGES) {
      const page = itemPage({ outlets, shelves: [shelf(9)] }, language);
      expect(page.split('<script').length).toBe(2);
      expect(page).not.toContain('<C>');
      expect(dataOf(page).offers.availableAtOrFrom[0].name).toBe(nasty);
    }
  });

  it('The data of schema.org has product, offer with price and MRP, store and certification.', () => {
    const consents = new Map([['P0042', { publish: ['name'] } as unknown as Consent]]);
    expect(dataOf(itemPage({ consents, shelves: [shelf(9)] }))).toMatchObject({
      '@context': 'https://schema.org',
      '@type': 'Product',
      sku: 'PBT-FLUTE-C',
      manufacturer: [{ '@type': 'Person', name: NAME.name }],
      hasCertification: { '@type': 'Certification', certificationIdentification: '119' },
      offers: {
        '@type': 'Offer',
        price: '250.50',
        priceCurrency: 'INR',
        priceSpecification: { price: '300.00', priceType: 'https://schema.org/MSRP' },
        availability: 'https://schema.org/InStoreOnly',
        availableAtOrFrom: [{ '@type': 'Store', name: 'Pilibhit, stall 1' }],
      },
    });
    expect(dataOf(itemPage({})).offers.availability).toBe('https://schema.org/OutOfStock');
  });

  it('With 1,000 stalls and 400 items each page stays below 100 KB.', () => {
    const stalls = Array.from(
      { length: 1_000 },
      (_, at) => `PBE${String.fromCharCode(65 + (at % 26))}-${String(at % 100).padStart(2, '0')}`,
    );
    const name = 'उत्तर प्रदेश का एक बहुत लम्बे नाम वाला रेलवे स्टेशन, दुकान';
    const outlets = new Map(stalls.map((id) => [id, outlet(name)]));
    const items = Array.from({ length: 400 }, (_, n) => ({
      id: `PBT-FLUTE-${n}` as ItemId,
      entry: Item.parse({ ...FLUTE, name: name.slice(0, 50), nameHi: name }),
      updatedAt: at,
    }));
    const shelves = stalls.map((location) => ({ location, item: 'PBT-FLUTE-0', free: 9 }) as never);
    const district = showcaseOf(source({ outlets, items, shelves }));
    for (const language of LANGUAGES)
      for (const page of [
        renderDistrictPage(district, language, ORIGIN),
        ...district.items.slice(0, 1).map((item) => renderItemPage(item, district, language, ORIGIN)),
      ])
        expect(Buffer.byteLength(page)).toBeLessThan(100_000);
  });

  it('A discontinued item and one without a price are not shown; the sitemap lists what is.', () => {
    const gone = Item.parse({ ...FLUTE, status: 'discontinued', statusFrom: '2026-11-01' });
    const later = Item.parse({ ...FLUTE, prices: [{ ...FLUTE.prices[0], from: '2027-01-01' }] });
    const items = [gone, later, Item.parse(FLUTE)].map((entry, n) => ({
      id: `PBT-F-${n}` as ItemId,
      entry,
      updatedAt: at,
    }));
    const district = showcaseOf(source({ items }));
    expect(district.items.map(({ item }) => item)).toEqual(['PBT-F-2']);
    const urls = [...renderSitemap([district], ORIGIN).matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url]) => url);
    expect(urls).toEqual([
      `${ORIGIN}/showcase/index.html`,
      `${ORIGIN}/showcase/districts/PBT.html`,
      `${ORIGIN}/showcase/items/PBT-F-2.html`,
      `${ORIGIN}/showcase/en/index.html`,
      `${ORIGIN}/showcase/en/districts/PBT.html`,
      `${ORIGIN}/showcase/en/items/PBT-F-2.html`,
    ]);
  });
});

/** Rules of support.google.com/merchants/answer/7052112, by column. */
const GOOGLE: Readonly<Record<string, RegExp>> = {
  id: /^.{1,50}$/,
  title: /^.{1,150}$/,
  description: /^.{1,5000}$/,
  link: /^https:\/\/.+/,
  availability: /^(in_stock|out_of_stock|preorder|backorder)$/,
  price: /^\d+\.\d{2} INR$/,
  brand: /^.{1,70}$/,
  condition: /^(new|refurbished|used)$/,
  gtin: /^(\d{8}|\d{12,14})?$/,
  identifier_exists: /^(yes|no)$/,
};

describe('Feeds', () => {
  const feedsWith = (free: number, more: object = {}) => {
    const entry = Item.parse({ ...FLUTE, ...more });
    const items = [{ id: 'PBT-FLUTE-C' as ItemId, entry, updatedAt: at }];
    const districts = [showcaseOf(source({ items, shelves: [shelf(free)] }))];
    const [head = '', row = ''] = googleFeed(districts, ORIGIN).split('\n');
    const cells = row.split('\t');
    const google = Object.fromEntries(head.split('\t').map((column, n) => [column, cells[n] ?? '']));
    const [ondc] = JSON.parse(ondcFeed(districts)).items;
    return { google, ondc, facebook: facebookFeed(districts, ORIGIN), columns: cells.length };
  };

  it('Each column of the Google feed follows its published rule, whatever an item is called.', () => {
    const name = fc.string({ minLength: 1, maxLength: 120 }).filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(name, fc.integer({ min: -3, max: 9 }), (text, free) => {
        const { google, columns } = feedsWith(free, { name: text.trim() });
        expect(columns).toBe(Object.keys(GOOGLE).length);
        for (const [column, rule] of Object.entries(GOOGLE))
          expect([column, google[column]]).toEqual([column, expect.stringMatching(rule)]);
      }),
    );
  });

  it('A barcode is the GTIN; handmade goods have none and say so.', () => {
    expect(feedsWith(9).google).toMatchObject({ gtin: '', identifier_exists: 'no' });
    expect(feedsWith(9, { barcode: '2009000000018' }).google).toMatchObject({
      gtin: '2009000000018',
      identifier_exists: 'yes',
    });
  });

  it('What is free beyond the safety margin at one stall is available, in all three feeds alike.', () => {
    fc.assert(
      fc.property(fc.integer({ min: -3, max: 9 }), (free) => {
        const { google, ondc, facebook } = feedsWith(free);
        const isAvailable = free > SAFETY_MARGIN;
        expect(google.availability).toBe(isAvailable ? 'in_stock' : 'out_of_stock');
        expect(ondc.quantity.available.count).toBe(isAvailable ? '99' : '0');
        expect(facebook.includes('"in stock"')).toBe(isAvailable);
      }),
    );
  });

  it('An ONDC item has the fields that the official log validator of 1.2.5 demands, as texts.', () => {
    const { ondc } = feedsWith(9);
    expect(ondc).toMatchObject({
      id: 'PBT-FLUTE-C',
      domain: 'ONDC:RET16',
      time: { label: 'enable', timestamp: at },
      descriptor: { code: '4:9205' },
      quantity: { unitized: { measure: { unit: 'unit', value: '1' } }, maximum: { count: '1' } },
      price: { currency: 'INR', value: '250.50', maximum_value: '300.00' },
      '@ondc/org/returnable': expect.any(Boolean),
      '@ondc/org/cancellable': expect.any(Boolean),
      '@ondc/org/return_window': expect.stringMatching(/^P\d+D$/),
      '@ondc/org/time_to_ship': expect.stringMatching(/^P\d+D$/),
      tags: [{ code: 'origin', list: [{ code: 'country', value: 'IND' }] }],
    });
  });
});

const FLUTE = {
  name: 'Flute <C> & "case"',
  nameHi: 'बाँसुरी',
  product: 'FLUTE',
  seller: 'PBT1',
  unit: 'piece',
  hsn: '9205',
  prices: [{ from: '2026-04-01', price: 25_050, mrp: 30_000, gstBasisPoints: 500 }],
  reorderPoint: 3,
  aliases: [],
  makers: ['P0042'],
  gi: { application: '119', user: 'AU/1' },
};

const outlet = (name: string, more: object = {}) =>
  ({ name, station: 'PBE', district: 'PBT', sellers: ['PBT1'], ...more }) as unknown as Outlet;

const source = (more: Partial<ShowcaseSource> = {}): ShowcaseSource => ({
  district: 'PBT' as DistrictId,
  entry: { name: 'Pilibhit', nameHi: 'पीलीभीत', craft: 'Flutes', craftHi: 'बाँसुरी' } as District,
  items: [{ id: 'PBT-FLUTE-C' as ItemId, entry: Item.parse(FLUTE), updatedAt: at }],
  sellers: new Map([['PBT1', { name: 'Bansuri Samiti' }]]),
  producers: new Map([['P0042', { ...NAME, ...VILLAGE, district: 'PBT', craft: 'Flute' } as unknown as Producer]]),
  consents: new Map(),
  outlets: new Map([['PBE-01', outlet('Pilibhit, stall 1')]]),
  shelves: [],
  at,
  ...more,
});

const shelf = (free: number, location = 'PBE-01') => ({
  location: location as StockLocationId,
  item: 'PBT-FLUTE-C' as ItemId,
  free,
});

/** All public texts. */
const publicTexts = (more: Partial<ShowcaseSource>): string =>
  districtPages(showcaseOf(source(more)), ORIGIN)
    .map(({ render }) => render())
    .join('\n');

const itemPage = (more: Partial<ShowcaseSource>, language: Language = 'en'): string => {
  const district = showcaseOf(source(more));
  const [item] = district.items;
  if (!item) throw new Error('no item is shown');
  return renderItemPage(item, district, language, ORIGIN);
};

const dataOf = (page: string) =>
  JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/.exec(page)?.[1] ?? '');
