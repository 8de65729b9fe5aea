import { expect, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { cursorAfter } from '../kit/page-walk.ts';
import { dispatched, lastFrom, openShop, received, type Shop, tookBack } from '../kit/shop.ts';
import { phoneOf, recordLive } from '../kit/shop-phone.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const A = 'LKO-KURTA-01';
const book = useBook();

it('Transfers are listed at both ends, latest first; open and early ones alone, earliest first.', async () => {
  const { from, to, send } = await shops();
  const sent: string[] = [];
  for (let n = 0; n < 4; n++) {
    sent.push((await send()).number);
    book.clock.forward(1);
  }
  const [first, second, third, fourth] = sent;
  const early = phoneOf(from).write(dispatched(to.location, { item: A, quantity: 2 }));
  for (const dispatch of [third, first, early.number])
    await recordLive(to, lastFrom(dispatch ?? '', { item: A, quantity: 2 }));

  const open = [
    [second, 'open'],
    [fourth, 'open'],
  ];
  const closed = [
    [third, 'closed'],
    [first, 'closed'],
  ];
  const waits = [early.number, 'early'];
  const all = [waits, [fourth, 'open'], closed[0], [second, 'open'], closed[1]];
  expect(await listed(to)).toEqual([all]);
  expect(await listed(to, { state: 'open' })).toEqual([open]);
  expect(await listed(to, { state: 'early' })).toEqual([[waits]]);
  expect(await listed(to, { state: 'closed' })).toEqual([closed]);
  expect(await listed(to, { way: 'outgoing' })).toEqual([[]]);
  expect(await listed(from)).toEqual([[]]);
  expect(await listed(from, { way: 'outgoing' })).toEqual([all.slice(1)]);
  expect(await listed(from, { way: 'outgoing', state: 'early' })).toEqual([[]]);

  expectOk(await phoneOf(from).live(early));
  expect(await listed(to, { state: 'early' })).toEqual([[]]);
  expect(await listed(from, { way: 'outgoing', state: 'closed' })).toEqual([[[early.number, 'closed'], ...closed]]);
});

it('An early receipt that was reversed is in no list.', async () => {
  const { from, to } = await shops();
  const { number } = phoneOf(from).write(dispatched(to.location, { item: A, quantity: 2 }));
  const receipt = await recordLive(to, lastFrom(number, { item: A, quantity: 2 }));
  await recordLive(to, tookBack(receipt.number, { line: 1, item: A, quantity: 2 }));
  expect(await listed(to)).toEqual([[]]);
  expect(outcomeOf(await to.client.getTransfer({ path: { location: to.location, dispatch: number } }))).toBe(
    '404 NOT_FOUND',
  );
});

it('Several pages have every transfer once, in order.', async () => {
  const { from, to, send } = await shops(300);
  const sent: string[] = [];
  for (let n = 0; n < 120; n++) sent.push((await send(1)).number);
  expect((await listed(from, { way: 'outgoing', state: 'open' })).map((page) => page.length)).toEqual([100, 20]);
  const shown = (await listed(to, { state: 'open' })).flat().map(([dispatch]) => dispatch);
  expect(shown).toEqual(sent);
});

it('A cursor of another list is refused.', async () => {
  const { client, location } = await openShop(book);
  const path = { location };
  const query = { state: 'open' } as const;
  for (const cursor of [
    cursorAfter('listTransfers', { path, query: { state: 'closed' } }, ['2026-11-22#x', 'x', 'transfer']),
    cursorAfter('listTransfers', { path, query }, ['closed', '2026-11-22#x', 'x', 'transfer']),
  ])
    expect(outcomeOf(await client.listTransfers({ path, query: { ...query, cursor } }))).toBe('400 INVALID_REQUEST');
});

it('A transfer is visible to its sender, its destination and its receiver only.', async () => {
  const { from, to, send } = await shops();
  const [elsewhere, nobody] = [await openShop(book), await openShop(book)];
  const { number } = await send(6);
  const ask = ({ client, location }: Shop) => client.getTransfer({ path: { location, dispatch: number } });
  const open = expectOk(await ask(to));
  expect(open).toMatchObject({
    dispatch: number,
    seller: 'LKO1',
    state: 'open',
    version: 1,
    sent: { from: from.location, to: to.location },
    lines: [{ item: A, dispatched: 6, accepted: 0, rejected: 0, takenBack: 0 }],
  });
  expect(open).not.toHaveProperty('differs');
  expect(outcomeOf(await ask(elsewhere))).toBe('404 NOT_FOUND');

  const receipt = await recordLive(to, lastFrom(number, { item: A, quantity: 3, rejected: 1 }));
  for (const shop of [from, to])
    expect(expectOk(await ask(shop))).toMatchObject({
      state: 'closed',
      version: 2,
      differs: [{ item: A, rejected: 1, missing: 2 }],
      receipts: [{ receipt: receipt.number, by: to.location, final: true }],
    });
  const unsent = phoneOf(from).write(dispatched(to.location, { item: A, quantity: 1 }));
  await recordLive(elsewhere, lastFrom(unsent.number, { item: A, quantity: 1 }));
  expectOk(await phoneOf(from).live(unsent));
  for (const { client, location } of [from, to, elsewhere])
    expect(expectOk(await client.getTransfer({ path: { location, dispatch: unsent.number } }))).toMatchObject({
      state: 'closed',
      elsewhere: true,
      receipts: [{ by: elsewhere.location }],
    });
  expect(outcomeOf(await ask(nobody))).toBe('404 NOT_FOUND');
});

type ListQuery = { readonly way?: 'incoming' | 'outgoing'; readonly state?: 'open' | 'early' | 'closed' };

/** All pages of what a shop is shown of its transfers. */
const listed = async ({ client, location }: Shop, query: ListQuery = {}) => {
  const pages = [];
  for (let cursor: string | undefined; pages.length === 0 || cursor !== undefined; ) {
    const page = expectOk(
      await client.listTransfers({ path: { location }, query: { ...query, ...(cursor && { cursor }) } }),
    );
    pages.push(page.transfers.map(({ dispatch, state }) => [dispatch, state]));
    cursor = page.cursor;
    if (pages.length > 10) throw new Error('the pages do not end');
  }
  return pages;
};

const shops = async (quantity = 50) => {
  const [from, to] = [await openShop(book), await openShop(book)];
  await recordLive(from, received({ item: A, quantity }));
  return { from, to, send: (many = 2) => recordLive(from, dispatched(to.location, { item: A, quantity: many })) };
};
