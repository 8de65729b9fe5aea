import { expect, it } from 'vitest';
import { PublicItem, publicItemOf, renderPublicPage } from '../../shared/billing/public-page.ts';
import { ItemId } from '../../shared/kernel/ids.ts';
import type { Consent } from '../../shared/registry/consent.ts';
import { District } from '../../shared/registry/entries.ts';
import { Item } from '../../shared/registry/item.ts';

const district = District.parse({ name: 'Lucknow', nameHi: 'लखनऊ', craft: 'Chikankari', craftHi: 'चिकनकारी' });
const item = Item.parse({
  name: 'Kurta <b>',
  nameHi: 'कुर्ता',
  product: 'KURTA',
  seller: 'LKO1',
  unit: 'piece',
  hsn: '6211',
  prices: [{ from: '2026-04-01', price: 89_900, mrp: 99_900, gstBasisPoints: 500 }],
  reorderPoint: 5,
  aliases: ['secret alias'],
  makers: ['P0101'],
  gi: { application: '119', user: 'AU/1234' },
  makerName: 'Shabana Bano',
});
const consents = new Map([['P0101', { publish: ['name'] } as unknown as Consent]]);
const shown = PublicItem.parse(publicItemOf(ItemId.parse('LKO-KURTA'), item, district, consents));

it.each([
  ['hi', ['lang="hi"', 'कुर्ता', 'चिकनकारी', 'लखनऊ', 'Shabana Bano', 'आवेदन 119, अधिकृत प्रयोक्ता AU/1234']],
  ['en', ['lang="en"', 'Kurta &lt;b&gt;', 'Chikankari', 'Lucknow', 'Shabana Bano', 'application 119, authorised user']],
] as const)('The page in %s shows %j.', (language, words) => {
  const page = renderPublicPage([shown], language);
  for (const word of words) expect(page).toContain(word);
  expect(page).not.toMatch(/<script|https?:|899|LKO1|P0101|secret/);
});

it('An item without a name of its maker names no producer, even one that consents.', () => {
  const { makerName: _name, gi: _gi, ...rest } = item;
  const anonymous = publicItemOf(shown.item, rest, district, consents);
  expect(anonymous).not.toHaveProperty('maker');
  expect(renderPublicPage([anonymous], 'en')).not.toMatch(/Made by|Geographical/);
});
