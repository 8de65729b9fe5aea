import { beforeAll, expect, it } from 'vitest';
import { allStores } from '../../local/all-stores.ts';
import { ItemId, StockLocationId } from '../../shared/kernel/ids.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { workOff } from '../kit/jobs.ts';
import { openShop, phonesAt, received, type Shop, sold } from '../kit/shop.ts';
import { phoneOf, recordLive } from '../kit/shop-phone.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const book = useBook();
let items: string[];
beforeAll(async () => {
  items = kurtas(45);
});

it('A neighbouring stall is suggested; its dispatch resolves the alert and ends the suggestion.', async () => {
  const item = another();
  const [giver, short] = [await stocked({ item, quantity: 40 }), await stocked({ item, quantity: 2 })];
  await workOff('sweep-alerts', short.location);
  expect(await openAlerts(short)).toEqual(['short']);

  const [suggestion] = await suggestionsAt(short);
  expect(suggestion).toMatchObject({ item, onHand: 2, inbound: 0, reorderPoint: 3, target: 6, wanted: 4 });
  expect(suggestion?.why.en).toBe('You have 2: more is needed at 3.');
  const [source] = suggestion?.sources ?? [];
  expect(source).toMatchObject({ from: giver.location, kind: 'outlet', quantity: 4 });

  const { number } = await recordLive(giver, { ...source?.dispatch, kind: 'D' });
  expect((await short.rows()).get(item)).toMatchObject({ onHand: 2, inbound: 4 });
  expect((await giver.rows()).get(item)).toMatchObject({ onHand: 36 });
  const path = { location: short.location, dispatch: number };
  expect(expectOk(await short.client.getTransfer({ path }))).toMatchObject({ state: 'open' });
  expect(await suggestionsAt(short)).toEqual([]);
  await workOff('sweep-alerts', short.location);
  expect(await openAlerts(short)).toEqual([]);
});

it("No location goes below its target, or its reorder point plus a month's sales.", async () => {
  const item = another();
  const short = await stocked({ item, quantity: 1 });
  await stocked({ item, quantity: 6 });
  expect(await sourcesAt(short)).toEqual([[]]);
  const few = await stocked({ item, quantity: 8 });
  expect(await sourcesAt(short)).toEqual([[[few.location, 2]]]);
  const selling = await stocked({ item, quantity: 30 });
  expect(await sourcesAt(short)).toEqual([[[selling.location, 5]]]);
  await plan(selling, item, {
    reorderPoint: 5,
    target: 9,
    pace: { othersPerWeek: 3.5, factor: 1.6, leadDays: 7 },
  });
  // 5 and 24 are kept, so 1 can go; a stall that can send more is asked first.
  expect(await sourcesAt(short)).toEqual([
    [
      [few.location, 2],
      [selling.location, 1],
    ],
  ]);
});

it('A suggestion gives the reason for its quantity, by plan and season.', async () => {
  const item = another();
  const short = await stocked({ item, quantity: 3 });
  await stocked({ item, quantity: 60 });
  expect(await suggestionsAt(short)).toHaveLength(1);
  const pace = { othersPerWeek: 2, factor: 1.3, leadDays: 7, season: 2.5 };
  await plan(short, item, { reorderPoint: 9, target: 14, pace });
  const [suggestion] = await suggestionsAt(short);
  expect(suggestion).toMatchObject({ reorderPoint: 9, target: 14, wanted: 11, sources: [{ quantity: 11 }] });
  expect(suggestion?.why).toEqual({
    en: 'Other stations sell 2 a week of this; yours sells 1.3 times that; the season sells 2.5 times as much; delivery takes 7 days: keep 14, you have 3.',
    hi: expect.stringContaining('इस मौसम में 2.5 गुना बिकता है'),
  });
});

it('Outlets of another district or another seller are not asked.', async () => {
  const item = another();
  const [short, elsewhere, other] = [
    await stocked({ item, quantity: 1 }),
    await stocked({ item, quantity: 90 }),
    await stocked({ item, quantity: 80 }),
  ];
  const moved = { name: 'A stall', station: 'LKO', district: 'PBT', sellers: ['LKO1'] };
  const sells = { ...moved, district: 'LKO', sellers: ['LKO2'] };
  for (const [{ location }, body] of [
    [elsewhere, moved],
    [other, sells],
  ] as const)
    expectOk(await book.admin.putEntry({ path: { kind: 'outlets', id: location }, body, ifMatch: 1 }));
  expect(await sourcesAt(short)).toEqual([[]]);
});

it('A depot gets whole kilograms from another, which keeps its own reorder point.', async () => {
  const body = { name: 'A depot', nameHi: 'डिपो', district: 'LKO', sellers: ['PBT1'] };
  expectOk(await book.admin.putEntry({ path: { kind: 'depots', id: 'PBE-D2' }, body }));
  const bamboo = expectOk(await book.admin.getEntry({ path: { kind: 'items', id: 'PBT-BAMBOO' } }));
  const units = [{ unit: 'kg', base: 1_000, per: 1 }];
  const ofItem = { kind: 'items', id: 'PBT-BAMBOO' } as const;
  expectOk(await book.admin.putEntry({ path: ofItem, body: { ...bamboo.entry, units }, ifMatch: bamboo.version }));
  const [giver, short] = [
    await phonesAt(book, 'PBE-D1', 'PBT1'),
    { ...(await phonesAt(book, 'PBE-D2', 'PBT1')), location: 'PBE-D2' },
  ];
  const bought = (grams: number) => received({ item: 'PBT-BAMBOO', quantity: `${grams} gram`, lot: 'L1' });
  await recordLive(giver, bought(142_700));
  await recordLive(short, bought(49_700));
  const { suggestions } = expectOk(await short.client.getSuggestions({ path: { location: 'PBE-D2' } }));
  // 50.3 kg are wanted; the giver has 92.7 kg above its reorder point. Whole kilograms round up.
  expect(suggestions).toMatchObject([
    { wanted: 50_300, sources: [{ from: 'PBE-D1', kind: 'depot', quantity: 51_000 }] },
  ]);
  await recordLive(giver, { ...suggestions[0]?.sources[0]?.dispatch, kind: 'D' });
  expect(expectOk(await short.client.getLocationStock({ path: { location: 'PBE-D2' } })).stock).toMatchObject([
    { onHand: 49_700, inbound: 51_000, short: false },
  ]);
});

it('Suggestions come in pages, each item and each supplier once.', async () => {
  const all = items.splice(0, 25).sort();
  const short = await stocked(...all.map((item) => ({ item, quantity: 1 })));
  const giver = await stocked(...all.map((item) => ({ item, quantity: 50 })));
  const { client, location } = short;
  const first = expectOk(await client.getSuggestions({ path: { location } }));
  expect(first.suggestions).toHaveLength(20);
  const second = expectOk(await client.getSuggestions({ path: { location }, query: { cursor: first.cursor ?? '' } }));
  const suggestions = [...first.suggestions, ...second.suggestions];
  expect(suggestions.map(({ item }) => item)).toEqual(all);
  expect(second.cursor).toBeUndefined();
  expect(new Set(suggestions.flatMap(({ sources }) => sources.map(({ from }) => from)))).toEqual(
    new Set([giver.location]),
  );
});

it('A suggestion reserves nothing: a supplier that sold meanwhile sends only what it has.', async () => {
  const item = another();
  const [giver, short] = [await stocked({ item, quantity: 12 }), await stocked({ item, quantity: 1 })];
  const [suggestion] = await suggestionsAt(short);
  await recordLive(giver, sold({ item, quantity: 10 }));
  const written = phoneOf(giver).write({ ...suggestion?.sources[0]?.dispatch, kind: 'D' });
  expect(outcomeOf(await phoneOf(giver).live(written))).toBe('409 INSUFFICIENT_STOCK');
  expect((await short.rows()).get(item)).toMatchObject({ inbound: 0 });
});

it('An unknown location has no suggestions.', async () => {
  expect(outcomeOf(await book.admin.getSuggestions({ path: { location: 'ZZZ-99' } }))).toBe('404 NOT_FOUND');
});

/** An item that no other test has. Its reorder point is 3. */
const another = (): string => items.pop() ?? '';

const stocked = async (...lines: { item: string; quantity: number }[]) => {
  const shop = await openShop(book);
  await recordLive(shop, received(...lines));
  return shop;
};

const suggestionsAt = async ({ client, location }: Shop) =>
  expectOk(await client.getSuggestions({ path: { location } })).suggestions;

const sourcesAt = async (shop: Shop) =>
  (await suggestionsAt(shop)).map(({ sources }) => sources.map(({ from, quantity }) => [from, quantity]));

const plan = (shop: Shop, item: string, planned: object) =>
  allStores().stock.plan(StockLocationId.parse(shop.location), ItemId.parse(item), planned as never);

const openAlerts = async ({ client, location }: Shop) =>
  expectOk(await client.listAlerts({ query: { location, state: 'open' } })).alerts.map(({ type }) => type);
