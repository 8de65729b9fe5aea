import { facebookFeed, googleFeed, ondcFeed } from './feeds.ts';
import type { ShowcaseDistrict } from './showcase.ts';
import {
  renderDistrictPage,
  renderIndexPage,
  renderItemPage,
  renderShareCard,
  renderSitemap,
} from './showcase-page.ts';
import { districtPath, indexPath, itemPath } from './structured-data.ts';

/** Rendered only when it is written, so that an error stops no other page. */
export type PublicPage = { readonly path: string; readonly type: string; readonly render: () => string };

const HTML = 'text/html; charset=utf-8';
const LANGUAGES = ['hi', 'en'] as const;

/** A public path as a key of the bucket. */
const keyOf = (path: string): string => path.slice(1);

const feedsOf = (area: string, districts: readonly ShowcaseDistrict[], origin: string): PublicPage[] => [
  {
    path: `showcase/feeds/google-${area}.tsv`,
    type: 'text/tab-separated-values; charset=utf-8',
    render: () => googleFeed(districts, origin),
  },
  {
    path: `showcase/feeds/facebook-${area}.csv`,
    type: 'text/csv; charset=utf-8',
    render: () => facebookFeed(districts, origin),
  },
  { path: `showcase/feeds/ondc-${area}.json`, type: 'application/json', render: () => ondcFeed(districts) },
];

/** Read by the state's part, and by nobody outside. */
export const districtDataPath = (district: string): string => `data/${district}.json`;

export const districtPages = (district: ShowcaseDistrict, origin: string): PublicPage[] => [
  ...LANGUAGES.flatMap((language) => [
    {
      path: keyOf(districtPath(district.district, language)),
      type: HTML,
      render: () => renderDistrictPage(district, language, origin),
    },
    ...district.items.map((item) => ({
      path: keyOf(itemPath(item.item, language)),
      type: HTML,
      render: () => renderItemPage(item, district, language, origin),
    })),
  ]),
  ...feedsOf(district.district, [district], origin),
  { path: districtDataPath(district.district), type: 'application/json', render: () => JSON.stringify(district) },
];

export const statePages = (districts: readonly ShowcaseDistrict[], origin: string): PublicPage[] => [
  ...LANGUAGES.map((language) => ({
    path: keyOf(indexPath(language)),
    type: HTML,
    render: () => renderIndexPage(districts, language, origin),
  })),
  ...feedsOf('state', districts, origin),
  { path: 'showcase/sitemap.xml', type: 'application/xml', render: () => renderSitemap(districts, origin) },
  { path: 'showcase/card.svg', type: 'image/svg+xml', render: renderShareCard },
];
