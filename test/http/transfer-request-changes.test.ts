import { beforeAll, expect, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { received, type Shop } from '../kit/shop.ts';
import { recordLive } from '../kit/shop-phone.ts';
import {
  acceptTransferRequest,
  stallWithStock,
  transferRequestsAt,
  writeAcceptance,
} from '../kit/transfer-requests.ts';
import { outcomeOf } from '../kit/wire.ts';

const book = useBook();
let items: string[];
beforeAll(async () => {
  items = kurtas(40);
});

const change = async (kind: string, id: string, more: object) => {
  const path = { kind, id } as never;
  const { entry, version } = expectOk(await book.admin.getEntry({ path }));
  expectOk(await book.admin.putEntry({ path, body: { ...entry, ...more } as never, ifMatch: version }));
};

it.each<[string, string, (met: { giver: Shop; short: Shop; item: string }) => Promise<void>]>([
  [
    'the receiver is closed',
    '422 ENTRY_CLOSED',
    ({ short }) => change('outlets', short.location, { status: 'closed' }),
  ],
  [
    'the supplier is closed',
    '409 TRANSFER_REQUEST_CHANGED',
    ({ giver }) => change('outlets', giver.location, { status: 'closed' }),
  ],
  [
    'the item is discontinued',
    '409 TRANSFER_REQUEST_CHANGED',
    ({ item }) => change('items', item, { status: 'discontinued' }),
  ],
  [
    'the item is not replenished any more',
    '409 TRANSFER_REQUEST_CHANGED',
    ({ item }) => change('items', item, { reorderPoint: 0 }),
  ],
  [
    'the receiver left the seller',
    '422 SELLER_NOT_HERE',
    ({ short }) => change('outlets', short.location, { sellers: ['LKO2'] }),
  ],
  [
    'the receiver moved to another district',
    '409 TRANSFER_REQUEST_CHANGED',
    ({ short }) => change('outlets', short.location, { district: 'PBT' }),
  ],
  [
    'the receiver was given the goods otherwise',
    '409 TRANSFER_REQUEST_CHANGED',
    ({ short, item }) => stockUp(short, item),
  ],
])('If %s between list and acceptance, nothing is sent.', async (_what, refused, meets) => {
  const item = items.pop() ?? '';
  const [giver, short] = [await stallWithStock(book, { [item]: 20 }), await stallWithStock(book, { [item]: 1 })];
  const [request] = await transferRequestsAt(giver);
  await meets({ giver, short, item });
  book.clock.forward(60);
  const written = writeAcceptance(giver, request?.dispatch ?? expect.fail());
  const answer = await acceptTransferRequest(giver, written);
  expect(outcomeOf(answer)).toBe(refused);
  expect((await giver.rows()).get(item)).toMatchObject({ onHand: 20 });
  expect(await transferRequestsAt({ client: book.admin, location: giver.location })).toEqual([]);
});

const stockUp = async (shop: Shop, item: string) => {
  await recordLive(shop, received({ item, quantity: 5 }));
};

it.each([
  ['zero', 0],
  ['less than zero', -1],
  ['a part of a piece', 1.5],
  ['more than was ever asked', 100_000_001],
])('An acceptance of %s is refused.', async (_what, quantity) => {
  const item = items.pop() ?? '';
  const [giver, short] = [await stallWithStock(book, { [item]: 20 }), await stallWithStock(book, { [item]: 1 })];
  const written = writeAcceptance(giver, { to: short.location, lines: [{ item, quantity }] });
  const answer = await acceptTransferRequest(giver, written);
  expect(outcomeOf(answer)).toBe('400 INVALID_REQUEST');
  expect((await giver.rows()).get(item)).toMatchObject({ onHand: 20 });
});
