import * as z from 'zod';
import { ItemId } from '../kernel/ids.ts';
import { Language } from '../kernel/units.ts';
import { defineReadOperation } from '../platform/operation-contract.ts';
import { MAX_LINKED_ITEMS } from './bill-document.ts';
import { PublicItem } from './public-page.ts';

const exampleItem = {
  item: 'LKO-KURTA-M',
  name: 'Chikan kurta, M',
  nameHi: 'चिकन कुर्ता, एम',
  craft: 'Chikankari',
  craftHi: 'चिकनकारी',
  district: 'Lucknow',
  districtHi: 'लखनऊ',
  gi: { application: '119', user: 'AU/1234' },
};

/** Item ids joined by dots, as a bill's code has them. */
const Items = z
  .string()
  .transform((text) => text.split('.'))
  .pipe(z.array(ItemId).min(1).max(MAX_LINKED_ITEMS));

export const getAbout = defineReadOperation({
  id: 'getAbout',
  function: 'service',
  route: '/about/{items}',
  summary:
    'Read about goods: craft, district, GI and maker. The code on a bill opens this page. It says nothing of a sale or a buyer. In Hindi or English, by `language` or `Accept-Language`.',
  access: 'open',
  path: z.strictObject({ items: Items }),
  query: z.strictObject({ language: Language.optional() }),
  reply: z.strictObject({ items: z.array(PublicItem) }),
  html: { example: '<!doctype html><html lang="hi">…</html>' },
  publicSeconds: 3600,
  errors: ['NOT_FOUND'],
  example: { path: { items: 'LKO-KURTA-M' }, reply: { items: [exampleItem] } },
});
