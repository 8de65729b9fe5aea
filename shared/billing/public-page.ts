import * as z from 'zod';
import { ItemId } from '../kernel/ids.ts';
import { textsIn } from '../kernel/texts.ts';
import type { BilingualText, Language } from '../kernel/units.ts';
import { type Consent, mayPublish } from '../registry/consent.ts';
import { District, type Product } from '../registry/entries.ts';
import { Item } from '../registry/item.ts';
import { escapeHtml } from './bill-html.ts';

export const PublicItem = z.strictObject({
  item: ItemId,
  name: Item.shape.name,
  nameHi: Item.shape.nameHi,
  craft: District.shape.craft,
  craftHi: District.shape.craftHi,
  district: District.shape.name,
  districtHi: District.shape.nameHi,
  gi: Item.shape.gi,
  maker: Item.shape.makerName,
});
export type PublicItem = z.infer<typeof PublicItem>;

type Consents = ReadonlyMap<string, Consent>;

/**
 * Without price, stock, stall and seller. `maker` is the item's `makerName`, left out unless each
 * producer in `makers` consents to their name.
 */
export const publicItemOf = (id: ItemId, item: Item, district: District, consents: Consents): PublicItem => ({
  item: id,
  name: item.name,
  nameHi: item.nameHi,
  craft: district.craft,
  craftHi: district.craftHi,
  district: district.name,
  districtHi: district.nameHi,
  ...(item.gi && { gi: item.gi }),
  ...(item.makerName && mayNameMaker(item, consents) && { maker: item.makerName }),
});

const mayNameMaker = ({ makers = [] }: Item, consents: Consents): boolean =>
  makers.every((producer) => mayPublish(consents.get(producer), 'name'));

/** A material is for artisans, so it has no public page. */
export const isPublic = ({ material }: Product): boolean => !material;

const TEXTS = {
  title: { en: 'One District One Product, Uttar Pradesh', hi: 'एक ज़िला एक उत्पाद, उत्तर प्रदेश' },
  craft: { en: 'Craft', hi: 'शिल्प' },
  district: { en: 'District', hi: 'ज़िला' },
  maker: { en: 'Made by', hi: 'बनाने वाले' },
  gi: { en: 'Geographical indication', hi: 'भौगोलिक संकेत (GI)' },
  where: { en: 'Where it is in stock now', hi: 'यह अभी कहाँ मिलता है' },
  giNumbers: { en: 'application {0}, authorised user {1}', hi: 'आवेदन {0}, अधिकृत प्रयोक्ता {1}' },
} as const satisfies Record<string, BilingualText>;

const STYLE = `
*{box-sizing:border-box}
body{margin:0 auto;padding:1.25rem;max-width:40rem;font:1.0625rem/1.5 "Noto Sans","Noto Sans Devanagari","Nirmala UI",sans-serif;color:#231a14;background:#fbf5ea}
header{padding-bottom:.5rem;border-bottom:3px solid #e9a93a;color:#7d1a2b;font-weight:600}
article{margin:1.25rem 0;padding:1rem;background:#fff;border:1px solid #e2d5bf;border-radius:.75rem}
a{color:#7d1a2b}
h1{margin:0 0 .75rem;font-size:1.5rem;line-height:1.25}
dl{margin:0;display:grid;grid-template-columns:minmax(6rem,auto) 1fr;gap:.375rem 1rem}
dt{color:#66584b}
dd{margin:0;font-weight:600;overflow-wrap:anywhere}
`.replaceAll('\n', '');

/** A page without script, that loads nothing. */
export const renderPublicPage = (items: readonly PublicItem[], language: Language): string => {
  const say = textsIn(TEXTS, language);
  const inLanguage = (en: string, hi: string): string => (language === 'hi' ? hi : en);
  const article = ({ gi, maker, ...item }: PublicItem): string => {
    const facts = [
      [say('craft'), inLanguage(item.craft, item.craftHi)],
      [say('district'), inLanguage(item.district, item.districtHi)],
      ...(maker ? [[say('maker'), maker]] : []),
      ...(gi ? [[say('gi'), say('giNumbers', gi.application, gi.user)]] : []),
    ];
    const rows = facts.map(([name = '', text = '']) => `<dt>${name}</dt><dd>${escapeHtml(text)}</dd>`).join('');
    const showcase = `/showcase/${language === 'en' ? 'en/' : ''}items/${item.item}.html`;
    const more = `<p><a href="${showcase}">${say('where')}</a></p>`;
    return `<article><h1>${escapeHtml(inLanguage(item.name, item.nameHi))}</h1><dl>${rows}</dl>${more}</article>`;
  };
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">',
    `<title>${say('title')}</title><style>${STYLE}</style></head><body><header>${say('title')}</header>`,
    `<main>${items.map(article).join('')}</main></body></html>\n`,
  ].join('');
};
