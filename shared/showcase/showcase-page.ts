import { escapeHtml } from '../billing/bill-html.ts';
import { textsIn } from '../kernel/texts.ts';
import type { BilingualText, Language } from '../kernel/units.ts';
import type { ShowcaseDistrict, ShownItem, ShownStall, StockStep } from './showcase.ts';
import {
  descriptionOf,
  districtData,
  districtPath,
  indexPath,
  itemPath,
  MAX_SHOWN_STALLS,
  productData,
  toRupeeText,
} from './structured-data.ts';

const TEXTS = {
  site: { en: 'One District One Product, Uttar Pradesh', hi: 'एक ज़िला एक उत्पाद, उत्तर प्रदेश' },
  about: {
    en: 'Crafts of every district of Uttar Pradesh, and the stalls at railway stations that have them now.',
    hi: 'उत्तर प्रदेश के हर ज़िले का शिल्प, और रेलवे स्टेशनों की वे दुकानें जहाँ वह अभी मिलता है।',
  },
  other: { en: 'हिन्दी', hi: 'English' },
  districts: { en: 'Districts', hi: 'ज़िले' },
  district: { en: 'District', hi: 'ज़िला' },
  price: { en: 'Price', hi: 'मूल्य' },
  mrp: { en: 'MRP, with all taxes', hi: 'MRP, सब करों सहित' },
  maker: { en: 'Made by', hi: 'बनाने वाले' },
  seller: { en: 'Sold by', hi: 'बेचने वाले' },
  gi: { en: 'Geographical indication', hi: 'भौगोलिक संकेत (GI)' },
  giNumbers: { en: 'application {0}, authorised user {1}', hi: 'आवेदन {0}, अधिकृत प्रयोक्ता {1}' },
  where: { en: 'In stock now', hi: 'अभी यहाँ मिलता है' },
  nowhere: { en: 'In stock at no stall now.', hi: 'अभी किसी दुकान पर नहीं है।' },
  more: { en: 'and {0} more stalls', hi: 'और {0} दुकानें' },
  items: { en: 'Goods', hi: 'सामान' },
  empty: { en: 'No goods are listed yet.', hi: 'अभी कोई सामान नहीं लिखा गया है।' },
} as const satisfies Record<string, BilingualText>;

const STEPS = {
  yes: { en: 'in stock', hi: 'उपलब्ध' },
  few: { en: 'few left', hi: 'थोड़े बचे हैं' },
  no: { en: 'sold out', hi: 'ख़त्म' },
} as const satisfies Record<StockStep, BilingualText>;

const STYLE = `
*{box-sizing:border-box}
body{margin:0 auto;padding:1rem;max-width:46rem;font:1.0625rem/1.5 "Noto Sans","Noto Sans Devanagari","Nirmala UI",sans-serif;color:#231a14;background:#fbf5ea}
header{display:flex;flex-wrap:wrap;gap:.25rem 1rem;justify-content:space-between;padding-bottom:.5rem;border-bottom:3px solid #e9a93a}
a{color:#7d1a2b}
header a{font-weight:600;padding:.375rem 0}
h1{margin:1rem 0 .5rem;font-size:1.5rem;line-height:1.25;overflow-wrap:anywhere}
h2{margin:1.25rem 0 .5rem;font-size:1.125rem}
ul{margin:0;padding:0;list-style:none}
li{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1rem;padding:.5rem 0;border-bottom:1px solid #e2d5bf}
li small,li>span{color:#66584b;overflow-wrap:anywhere}
li a{padding:.25rem 0}
dl{margin:0;display:grid;grid-template-columns:minmax(6rem,auto) 1fr;gap:.375rem 1rem}
dt{color:#66584b}
dd{margin:0;font-weight:600;overflow-wrap:anywhere}
`.replaceAll('\n', '');

type Page = {
  readonly language: Language;
  readonly title: string;
  readonly description: string;
  readonly path: (language: Language) => string;
  readonly data: object;
  readonly main: string;
};

/** In a script element, only `<` could end it. */
const toJsonLd = (data: object): string => JSON.stringify(data).replaceAll('<', '\\u003c');

/** A page without script, that loads nothing and is read in either language. */
const renderPage = ({ language, title, description, path, data, main }: Page, origin: string): string => {
  const other: Language = language === 'hi' ? 'en' : 'hi';
  const [here, there] = [`${origin}${path(language)}`, `${origin}${path(other)}`];
  const name = escapeHtml(title);
  const meta = (property: string, content: string) =>
    `<meta property="og:${property}" content="${escapeHtml(content)}">`;
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    `<title>${name} · ${TEXTS.site[language]}</title><meta name="description" content="${escapeHtml(description)}">`,
    `<link rel="canonical" href="${here}"><link rel="alternate" hreflang="${language}" href="${here}">`,
    `<link rel="alternate" hreflang="${other}" href="${there}">`,
    meta('type', 'website'),
    meta('site_name', TEXTS.site[language]),
    meta('title', title),
    meta('description', description),
    meta('url', here),
    meta('locale', language === 'hi' ? 'hi_IN' : 'en_IN'),
    meta('image', `${origin}/showcase/card.svg`),
    `<script type="application/ld+json">${toJsonLd(data)}</script><style>${STYLE}</style></head><body>`,
    `<header><a href="${indexPath(language)}">${TEXTS.site[language]}</a>`,
    `<a href="${path(other)}" lang="${other}">${TEXTS.other[language]}</a></header>`,
    `<main><h1>${name}</h1>${main}</main></body></html>\n`,
  ].join('');
};

const rupees = (paise: number, per?: string): string =>
  `₹${toRupeeText(paise).replace(/\.00$/, '')}${per === undefined ? '' : ` / ${per}`}`;

const inLanguage = (language: Language, en: string, hi: string | undefined): string =>
  language === 'hi' ? (hi ?? en) : en;

const makersOf = ({ makers }: ShownItem, language: Language): string[] =>
  makers.map(({ name, nameHi, village, villageHi }) =>
    [name && inLanguage(language, name, nameHi), village && inLanguage(language, village, villageHi)]
      .filter((part) => part !== undefined)
      .join(', '),
  );

const stallLine = ({ name, step }: ShownStall, language: Language): string =>
  `<li><span>${escapeHtml(name)}</span><span>${STEPS[step][language]}</span></li>`;

export const renderItemPage = (
  item: ShownItem,
  district: ShowcaseDistrict,
  language: Language,
  origin: string,
): string => {
  const say = textsIn(TEXTS, language);
  const { gi, stalls } = item;
  const makers = makersOf(item, language);
  const facts = [
    [say('price'), rupees(item.price, item.per)],
    [say('mrp'), rupees(item.mrp, item.per)],
    ...makers.map((maker, at) => [at === 0 ? say('maker') : '', maker]),
    ...(gi ? [[say('gi'), say('giNumbers', gi.application, gi.user)]] : []),
    [say('seller'), item.seller],
  ];
  const rows = facts.map(([name = '', text = '']) => `<dt>${name}</dt><dd>${escapeHtml(text)}</dd>`).join('');
  const rest = stalls.length - MAX_SHOWN_STALLS;
  const where =
    stalls.length === 0
      ? `<p>${say('nowhere')}</p>`
      : `<ul>${stalls
          .slice(0, MAX_SHOWN_STALLS)
          .map((stall) => stallLine(stall, language))
          .join('')}</ul>${rest > 0 ? `<p>${say('more', rest)}</p>` : ''}`;
  const [craft, name] = [
    inLanguage(language, district.craft, district.craftHi),
    inLanguage(language, district.name, district.nameHi),
  ];
  const link = `<a href="${districtPath(district.district, language)}">${escapeHtml(`${name}: ${craft}`)}</a>`;
  return renderPage(
    {
      language,
      title: inLanguage(language, item.name, item.nameHi),
      description: descriptionOf(item, district, language),
      path: (other) => itemPath(item.item, other),
      data: productData(item, district, language, origin),
      main: `<p>${link}</p><dl>${rows}</dl><h2>${say('where')}</h2>${where}`,
    },
    origin,
  );
};

/** The page of a district lists its first items only, so that it stays below 100 KB. */
const MAX_LISTED_ITEMS = 150;

export const renderDistrictPage = (district: ShowcaseDistrict, language: Language, origin: string): string => {
  const items = district.items.slice(0, MAX_LISTED_ITEMS);
  const lines = items.map((item) => {
    const name = escapeHtml(inLanguage(language, item.name, item.nameHi));
    const best = item.stalls.some(({ step }) => step === 'yes') ? 'yes' : item.stalls.length > 0 ? 'few' : 'no';
    return `<li><a href="${itemPath(item.item, language)}">${name}</a><span>${escapeHtml(rupees(item.price, item.per))} · ${STEPS[best][language]}</span></li>`;
  });
  const list = lines.length > 0 ? `<ul>${lines.join('')}</ul>` : `<p>${TEXTS.empty[language]}</p>`;
  const craft = inLanguage(language, district.craft, district.craftHi);
  const name = inLanguage(language, district.name, district.nameHi);
  return renderPage(
    {
      language,
      title: `${name}: ${craft}`,
      description: `${craft}. ${TEXTS.about[language]}`,
      path: (other) => districtPath(district.district, other),
      data: districtData({ ...district, items }, language, origin),
      main: `<h2>${TEXTS.items[language]}</h2>${list}`,
    },
    origin,
  );
};

type DistrictLine = Pick<ShowcaseDistrict, 'district' | 'name' | 'nameHi' | 'craft' | 'craftHi'>;

export const renderIndexPage = (districts: readonly DistrictLine[], language: Language, origin: string): string => {
  const lines = districts.map((district) => {
    const name = escapeHtml(inLanguage(language, district.name, district.nameHi));
    const craft = escapeHtml(inLanguage(language, district.craft, district.craftHi));
    return `<li><a href="${districtPath(district.district, language)}">${name}</a><span>${craft}</span></li>`;
  });
  return renderPage(
    {
      language,
      title: TEXTS.site[language],
      description: TEXTS.about[language],
      path: indexPath,
      data: {
        '@context': 'https://schema.org',
        '@type': 'WebSite',
        name: TEXTS.site[language],
        url: `${origin}${indexPath(language)}`,
        inLanguage: language,
      },
      main: `<p>${TEXTS.about[language]}</p><h2>${TEXTS.districts[language]}</h2><ul>${lines.join('')}</ul>`,
    },
    origin,
  );
};

/** All pages in both languages (sitemaps.org 0.9: at most 50,000 addresses). */
export const renderSitemap = (districts: readonly ShowcaseDistrict[], origin: string): string => {
  const paths = (['hi', 'en'] as const).flatMap((language) => [
    indexPath(language),
    ...districts.flatMap(({ district, items }) => [
      districtPath(district, language),
      ...items.map(({ item }) => itemPath(item, language)),
    ]),
  ]);
  const urls = paths.map((path) => `<url><loc>${origin}${path}</loc></url>`).join('');
  return `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls}</urlset>\n`;
};

/** The picture that a shared link shows, 1200 × 630. */
export const renderShareCard = (): string =>
  [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 630" font-family="Noto Sans,sans-serif">',
    '<rect width="1200" height="630" fill="#fbf5ea"/><rect y="560" width="1200" height="70" fill="#e9a93a"/>',
    `<text x="80" y="260" font-size="56" font-weight="700" fill="#7d1a2b">${TEXTS.site.en}</text>`,
    `<text x="80" y="360" font-size="56" font-weight="700" fill="#7d1a2b">${TEXTS.site.hi}</text></svg>`,
  ].join('');
