import { afterEach, beforeEach, expect, it } from 'vitest';
import { allStores } from '../../local/all-stores.ts';
import type { StockLocationId } from '../../shared/kernel/ids.ts';
import { type Book, expectOk, openBook } from '../kit/book.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { exceptionAlertStates } from '../kit/exception-alerts.ts';
import { dispatched, lastFrom, phonesAt, type Shop, sold, tookBack } from '../kit/shop.ts';
import { phoneOf, recordLive, syncAt } from '../kit/shop-phone.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const [item, to, P] = ['PBT-FLUTE-C', 'PBE-01', 'P0042'];
let book: Book;

let workshop: Place;
let stall: Place;
beforeEach(async () => {
  book = await openBook();
  [workshop, stall] = [await phonesAt(book, P, 'PBT1'), await phonesAt(book, to, 'PBT1')];
});
afterEach(() => book.close());

const six = { item, quantity: 6 };

it("A maker's dispatch is in transit, and a workshop has no stock.", async () => {
  const { number, outcome, claim } = await send();
  expect(outcome).toEqual({ challanFacts: expect.anything() });
  expect(await shelf()).toEqual([{ onHand: 0, inbound: 6 }]);
  expect(await allStores().stock.at(P as StockLocationId)).toMatchObject({ rows: [] });
  expect(outcomeOf(await phoneOf(workshop).live({ number, claim }))).toBe(200);
  expect(expectOk(await workshop.client.getVoucher({ path: { location: P, number } }))).toMatchObject({
    location: P,
    seller: 'PBT1',
  });
  const { transfers } = expectOk(
    await workshop.client.listTransfers({ path: { location: P }, query: { way: 'outgoing' } }),
  );
  expect(transfers).toMatchObject([{ dispatch: number, state: 'open', sent: { from: P, to } }]);

  await recordLive(stall, lastFrom(number, { item, quantity: 4, rejected: 1 }));
  expect(await shelf()).toEqual([{ onHand: 4, inbound: 0 }]);
  expect(await transferOf(number)).toMatchObject({ state: 'closed', differs: [{ item, rejected: 1, missing: 1 }] });
  expect(await exceptionAlertStates(book.admin, { location: to })).toEqual(['mismatch open 1']);
});

it('What a maker takes back is no longer in transit and on no shelf.', async () => {
  const { number } = await send();
  const back = await recordLive(workshop, tookBack(number, line(2)));
  expect(back.outcome).toEqual({ moved: [0] });
  expect(await shelf()).toEqual([{ onHand: 0, inbound: 4 }]);
  await recordLive(stall, lastFrom(number, { item, quantity: 3 }));
  await recordLive(workshop, tookBack(number, line(1)));
  expect(await exceptionAlertStates(book.admin, { location: to })).toEqual(['mismatch resolved 1']);
  const more = phoneOf(workshop).write(tookBack(number, line(1)));
  expect(outcomeOf(await phoneOf(workshop).live(more))).toBe('409 RETURN_EXCEEDED');
  expect(await allStores().stock.at(P as StockLocationId)).toMatchObject({ rows: [] });
});

it("A receipt may come before the maker's dispatch.", async () => {
  const sent = phoneOf(workshop).write(dispatched(to, six));
  await recordLive(stall, lastFrom(sent.number, six));
  expect(expectOk(await phoneOf(workshop).live(sent)).outcome).toHaveProperty('receipts');
  expect(await shelf()).toEqual([{ onHand: 6, inbound: 0 }]);
});

it('A maker syncs offline vouchers repeatedly; an officer of the district settles held ones.', async () => {
  const yesterday = Date.parse(book.clock.now()) - 24 * 3_600_000;
  const sent = phoneOf(workshop).write(dispatched(to, six), yesterday);
  const back = phoneOf(workshop).write(tookBack(sent.number, line(2)), yesterday + 60_000);
  const unknown = phoneOf(workshop).write(dispatched(to, { item: 'PBT-FLUTE-G', quantity: 3 }), yesterday);
  const sale = phoneOf(workshop).write(sold({ item, quantity: 1 }), yesterday);
  const outcomes = await syncAt(workshop, back, sent, unknown, sale);
  expect(outcomes).toMatchObject([
    { outcome: 'recorded' },
    { outcome: 'recorded' },
    { outcome: 'held', problem: { code: 'ITEM_UNKNOWN' } },
    { outcome: 'held', problem: { code: 'FORBIDDEN' } },
  ]);
  expect((await syncAt(workshop, back, sent)).map(({ outcome }) => outcome)).toEqual(['repeated', 'repeated']);
  expect(await shelf()).toEqual([{ onHand: 0, inbound: 4 }]);
  expect(await exceptionAlertStates(book.admin, { area: 'PBT' }, 'held')).toEqual(['held open 1', 'held open 1']);

  const { entry } = expectOk(await book.admin.getEntry({ path: { kind: 'items', id: item } }));
  expectOk(await book.admin.putEntry({ path: { kind: 'items', id: 'PBT-FLUTE-G' }, body: entry }));
  const officer = await book.as('officer', 'district:PBT');
  for (const { held, number } of expectOk(await officer.listHeld({ path: { location: P } })).held) {
    const body = { do: number === sale.number ? ('reject' as const) : ('admit' as const), why: 'as they say' };
    expectOk(await officer.settleHeld({ path: { location: P, held }, body, ifMatch: 1 }));
  }
  expect(await shelf()).toEqual([
    { onHand: 0, inbound: 4 },
    { onHand: 0, inbound: 3 },
  ]);
  expect(await exceptionAlertStates(book.admin, { area: 'PBT' }, 'held')).toEqual([
    'held resolved 1',
    'held resolved 1',
  ]);
});

it('A maker cancels a spoiled number.', async () => {
  const spoiled = phoneOf(workshop).write({ kind: 'D', cancelled: 'torn' });
  expect(outcomeOf(await phoneOf(workshop).live(spoiled))).toBe(201);
});

it.each([
  ['nothing else is recorded there', { kind: 'R', from: { supplier: 'Samiti' }, lines: [six] }, '403 FORBIDDEN'],
  ['nothing is sent to where its seller does not trade', dispatched('LKO-01', six), '422 SELLER_NOT_HERE'],
  [
    'nothing of another seller is sent',
    dispatched(to, { item: 'LKO-KURTA-01', quantity: 1 }),
    '422 ITEM_OF_ANOTHER_SELLER',
  ],
  ['nothing is sent to another workshop', dispatched('P0043', six), '400 INVALID_REQUEST'],
])('%s', async (_says, said, refused) => {
  const written = phoneOf(workshop).write(said);
  expect(outcomeOf(await phoneOf(workshop).live(written))).toBe(refused);
  expect(await shelf()).toEqual([]);
});

it("Another maker, or another's terminal, is refused.", async () => {
  const written = phoneOf(workshop).write(dispatched(to, six));
  const other = await book.as('producer', 'producer:P0043');
  const path = { location: P, number: written.number };
  expect(outcomeOf(await other.recordVoucher({ path, body: written.claim as never }))).toBe('403 FORBIDDEN');
  const elsewhere = phoneOf(stall).write(dispatched(to, six));
  const forged = { location: P, number: elsewhere.number };
  expect(outcomeOf(await workshop.client.recordVoucher({ path: forged, body: elsewhere.claim as never }))).toBe(
    '422 TERMINAL_ELSEWHERE',
  );
});

type Place = Pick<Shop, 'phones' | 'client'>;

const shelf = async () => {
  const { stock } = expectOk(await stall.client.getLocationStock({ path: { location: to } }));
  return stock.map(({ onHand, inbound }) => ({ onHand, inbound }));
};

const send = () => recordLive(workshop, dispatched(to, six));

const line = (quantity: number) => ({ line: 1, item, quantity });

const transferOf = async (dispatch: string) =>
  expectOk(await workshop.client.getTransfer({ path: { location: P, dispatch } }));
