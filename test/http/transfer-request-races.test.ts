import { beforeAll, expect, inject, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { watchedClient } from '../kit/interceptor.ts';
import { counted, dispatched, type Shop, sold } from '../kit/shop.ts';
import { phoneOf, recordLive } from '../kit/shop-phone.ts';
import { acceptTransferRequest, stallWithStock, writeAcceptance } from '../kit/transfer-requests.ts';
import { outcomeOf } from '../kit/wire.ts';

const { client, watch } = watchedClient(inject('endpoint'));
let items: string[];
const book = useBook({ client });
beforeAll(async () => {
  items = kurtas(20);
});

it('A supplier that sold meanwhile and has too little to spare sends nothing.', async () => {
  const sent = await five(({ giver, item }) => recordLive(giver, sold({ item, quantity: 12 })));
  expect(sent).toMatchObject({
    says: '409 TRANSFER_REQUEST_CHANGED',
    asked: [{ sent: 5, asked: 2 }],
    left: 8,
    inbound: 0,
  });
});

it('A supplier that sold a few and has enough is checked again and sends.', async () => {
  const sent = await five(({ giver, item }) => recordLive(giver, sold({ item, quantity: 2 })));
  expect(sent).toMatchObject({ says: 201, left: 13, inbound: 5 });
  expect((await acceptTransferRequest(sent.giver, sent.written)).status).toBe(200);
});

it("A request that another location's dispatch fulfilled first is no longer open.", async () => {
  const sent = await five(async ({ short, item }) => {
    const other = await stallWithStock(book, { [item]: 9 });
    await recordLive(other, dispatched(short.location, { item, quantity: 4 }));
  });
  expect(sent).toMatchObject({
    says: '409 TRANSFER_REQUEST_CHANGED',
    asked: [{ sent: 5, asked: 0 }],
    left: 20,
    inbound: 4,
  });
});

it('A demanding location that sells its last piece needs it all the more.', async () => {
  const sent = await five(({ short, item }) => recordLive(short, sold({ item, quantity: 1 })));
  expect(sent).toMatchObject({ says: 201, left: 15, inbound: 5 });
});

it('A count that found less decides, not the stock in the ledger before it.', async () => {
  const sent = await five(({ giver, item }) => recordLive(giver, counted({ item, quantity: 7 })));
  expect(sent).toMatchObject({
    says: '409 TRANSFER_REQUEST_CHANGED',
    asked: [{ sent: 5, asked: 1 }],
    left: 7,
    inbound: 0,
  });
});

it('Two concurrent acceptances are one dispatch.', async () => {
  const item = items.pop() ?? '';
  const [giver, short] = [await stallWithStock(book, { [item]: 20 }), await stallWithStock(book, { [item]: 1 })];
  const written = writeAcceptance(giver, { to: short.location, lines: [{ item, quantity: 5 }] });
  const answers = await Promise.all([acceptTransferRequest(giver, written), acceptTransferRequest(giver, written)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 201]);
  const path = { location: short.location };
  expect(expectOk(await short.client.listTransfers({ path })).transfers).toHaveLength(1);
  expect((await short.rows()).get(item)).toMatchObject({ inbound: 5 });
});

it('After a lost answer, a repeat on either path returns the recorded voucher.', async () => {
  const item = items.pop() ?? '';
  const [giver, short] = [await stallWithStock(book, { [item]: 20 }), await stallWithStock(book, { [item]: 1 })];
  const written = writeAcceptance(giver, { to: short.location, lines: [{ item, quantity: 5 }] });
  let lost = false;
  watch({
    after: ({ says }) => {
      if (lost || !says.includes('Transfers')) return;
      lost = true;
      throw Object.assign(new Error('injected'), { name: 'TimeoutError' });
    },
  });
  expect((await acceptTransferRequest(giver, written)).status).toBe(201);
  watch({});
  expect((await acceptTransferRequest(giver, written)).status).toBe(200);
  expect((await phoneOf(giver).live(written)).status).toBe(200);
  expect((await short.rows()).get(item)).toMatchObject({ inbound: 5 });
});

it('A count after the dispatch includes it: in transit, and off the shelf once.', async () => {
  const item = items.pop() ?? '';
  const [giver, short] = [await stallWithStock(book, { [item]: 20 }), await stallWithStock(book, { [item]: 1 })];
  book.clock.forward(60);
  const written = writeAcceptance(giver, { to: short.location, lines: [{ item, quantity: 5 }] });
  book.clock.forward(60);
  await recordLive(giver, counted({ item, quantity: 15 }));
  const { absorbed } = expectOk(await acceptTransferRequest(giver, written));
  expect(absorbed).toEqual([item]);
  expect((await giver.rows()).get(item)).toMatchObject({ onHand: 15 });
  expect((await short.rows()).get(item)).toMatchObject({ inbound: 5 });
});

/** Runs `happens` once, after the decision and before the first write of a transfer. */
const meanwhile = (happens: () => Promise<unknown>) => {
  let happened = false;
  watch({
    before: async ({ says }) => {
      if (happened || !says.includes('Transfers')) return;
      happened = true;
      await happens();
    },
  });
};

const five = async (meets: (request: { giver: Shop; short: Shop; item: string }) => Promise<unknown>) => {
  const item = items.pop() ?? '';
  const [giver, short] = [await stallWithStock(book, { [item]: 20 }), await stallWithStock(book, { [item]: 1 })];
  book.clock.forward(60);
  const written = writeAcceptance(giver, { to: short.location, lines: [{ item, quantity: 5 }] });
  meanwhile(() => meets({ giver, short, item }));
  const answer = await acceptTransferRequest(giver, written);
  watch({});
  const [here, there] = [(await giver.rows()).get(item), (await short.rows()).get(item)];
  return {
    giver,
    written,
    says: outcomeOf(answer),
    asked: !answer.ok && (answer.problem as { asked?: unknown }).asked,
    left: here?.onHand,
    inbound: there?.inbound,
  };
};
