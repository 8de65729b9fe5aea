import { describe, expect, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { reconcile } from '../kit/jobs.ts';
import { dispatched, lastFrom, openShop, received, receivedFrom, type Shop, tookBack } from '../kit/shop.ts';
import { phoneOf, recordLive, syncAt } from '../kit/shop-phone.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const [A, B] = ['LKO-KURTA-01', 'LKO-KURTA-02'];
const book = useBook();

describe('Dispatch in several deliveries', () => {
  it('Parts are received in turn, the rest stays in transit, and the final receipt closes it.', async () => {
    const { from, to, send } = await shops();
    const { number } = await send();
    const first = await recordLive(to, receivedFrom(number, { item: A, quantity: 4 }));
    expect(first.outcome).toEqual({
      toCome: [
        { item: A, quantity: 2 },
        { item: B, quantity: 5 },
      ],
    });
    expect([await shelfOf(to), await shelfOf(to, B)]).toEqual([
      [4, 2],
      [0, 5],
    ]);
    expect(await transferAt(from, number)).toMatchObject({ state: 'open', receipts: [{ receipt: first.number }] });
    expect(await transferAt(to, number)).not.toHaveProperty('differs');

    const second = await recordLive(to, receivedFrom(number, { item: B, quantity: 5 }));
    expect(second.outcome).toEqual({ toCome: [{ item: A, quantity: 2 }] });
    const third = await recordLive(to, receivedFrom(number, { item: A, quantity: 1, rejected: 1 }));
    expect(third.outcome).toEqual({ differs: [{ item: A, rejected: 1, missing: 0 }] });
    expect(await shelfOf(to)).toEqual([5, 0]);
    expect(await transferAt(to, number)).toMatchObject({
      state: 'closed',
      lines: [
        { item: A, dispatched: 6, accepted: 5, rejected: 1 },
        { item: B, dispatched: 5, accepted: 5, rejected: 0 },
      ],
    });
    expect(await refusedAt(to, receivedFrom(number, { item: A, quantity: 1 }))).toMatchObject({
      status: 409,
      code: 'TRANSFER_CLOSED',
      receipt: third.number,
    });
    await proven(from, to);
  });

  it('The result does not depend on the order of sync.', async () => {
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 0, 2],
      [2, 0, 1],
    ]) {
      const { from, to } = await shops();
      const dispatch = phoneOf(from).write(dispatched(to.location, { item: A, quantity: 6 }, { item: B, quantity: 5 }));
      const one = phoneOf(to).write(receivedFrom(dispatch.number, { item: A, quantity: 4 }));
      const two = phoneOf(to).write(receivedFrom(dispatch.number, { item: A, quantity: 1 }, { item: B, quantity: 5 }));
      for (const which of order)
        expect(await syncAt(which === 0 ? from : to, [dispatch, one, two][which] ?? one)).toMatchObject([
          { outcome: 'recorded' },
        ]);
      expect([await shelfOf(to), await shelfOf(to, B)]).toEqual([
        [5, 1],
        [5, 0],
      ]);
      expect(await transferAt(to, dispatch.number)).toMatchObject({
        state: 'open',
        receipts: [{ receipt: one.number }, { receipt: two.number }],
      });
      await proven(from, to);
    }
  });

  it('A delivery recorded twice is refused live, and held when synced.', async () => {
    const { to, send } = await shops();
    const { number } = await send();
    await recordLive(to, receivedFrom(number, { item: A, quantity: 4 }));
    const again = phoneOf(to).write(receivedFrom(number, { item: A, quantity: 4 }));
    const answer = await phoneOf(to).live(again);
    expect(answer).toMatchObject({
      status: 409,
      problem: { code: 'TRANSFER_EXCEEDED', fields: [{ path: 'lines.0.quantity' }] },
    });
    expect(await syncAt(to, again)).toMatchObject([{ outcome: 'held', problem: { code: 'TRANSFER_EXCEEDED' } }]);
    expect(await shelfOf(to)).toEqual([4, 2]);
  });

  it('An officer may admit a receipt of too much.', async () => {
    const { from, to, send } = await shops();
    const { number } = await send();
    await recordLive(to, receivedFrom(number, { item: A, quantity: 4 }));
    const again = phoneOf(to).write(receivedFrom(number, { item: A, quantity: 4 }));
    const [held] = await syncAt(to, again);
    const path = { location: to.location, held: held?.outcome === 'held' ? held.held : '' };
    const body = { do: 'admit' as const, why: 'two more were in the parcel' };
    expect(expectOk(await book.admin.settleHeld({ path, body, ifMatch: 1 })).state).toBe('admitted');
    expect(await shelfOf(to)).toEqual([8, 0]);
    expect(await transferAt(to, number)).toMatchObject({ differs: [{ item: A, missing: -2 }] });
    await proven(from, to);
  });
});

describe('Goods that do not come', () => {
  it('A final receipt declares the rest missing; found later, it can still be received.', async () => {
    const { from, to, send } = await shops();
    const { number } = await send();
    const last = await recordLive(to, lastFrom(number, { item: A, quantity: 4 }, { item: B, quantity: 5 }));
    expect(last.outcome).toEqual({ differs: [{ item: A, rejected: 0, missing: 2 }] });
    expect(await shelfOf(to)).toEqual([4, 0]);
    const found = await recordLive(to, receivedFrom(number, { item: A, quantity: 2 }));
    expect(found.outcome).toEqual({});
    expect(await shelfOf(to)).toEqual([6, 0]);
    expect(await transferAt(to, number)).not.toHaveProperty('differs');
    await proven(from, to);
  });

  it.each(['the sender', 'an officer'])(
    'The transfer is closed short by %s with a reason; a repeat changes nothing.',
    async (who) => {
      const { from, to, send } = await shops();
      const { number } = await send();
      await recordLive(to, receivedFrom(number, { item: A, quantity: 4 }, { item: B, quantity: 5 }));
      const client = who === 'the sender' ? from.client : await book.as('officer', 'district:LKO');
      const close = async (why: string) =>
        expectOk(await client.closeTransfer({ path: { location: from.location, dispatch: number }, body: { why } }));
      const shut = await close('the carrier lost a parcel');
      expect(shut).toMatchObject({
        state: 'closed',
        closedShort: { why: 'the carrier lost a parcel' },
        version: 3,
        differs: [{ item: A, rejected: 0, missing: 2 }],
      });
      expect(await close('again')).toEqual(shut);
      expect(await shelfOf(to)).toEqual([4, 0]);
      expect((await recordLive(to, receivedFrom(number, { item: A, quantity: 2 }))).outcome).toEqual({});
      await proven(from, to);
    },
  );

  it('Nobody else can close a transfer, and nobody before its dispatch is recorded.', async () => {
    const { from, to, send } = await shops();
    const { number } = await send();
    const other = await openShop(book);
    const close = ({ client, location }: Shop, dispatch: string) =>
      client.closeTransfer({ path: { location, dispatch }, body: { why: 'lost' } });
    expect(outcomeOf(await close(other, number))).toBe('404 NOT_FOUND');
    const unsent = phoneOf(from).write(dispatched(to.location, { item: A, quantity: 6 }));
    await recordLive(to, receivedFrom(unsent.number, { item: A, quantity: 2 }));
    expect(outcomeOf(await close(to, unsent.number))).toBe('404 NOT_FOUND');
  });
});

describe('Reversed receipts', () => {
  it.each([
    ['nothing came', { item: A, quantity: 0 }, false],
    ['all was rejected', { item: A, quantity: 0, rejected: 6 }, false],
    ['nothing came, and nothing will', { item: A, quantity: 0 }, true],
  ])(
    'A mistaken receipt (%s) is reversed: the goods are in transit again and can be received.',
    async (_says, line, isFinal) => {
      const { from, to } = await shops();
      const { number } = await recordLive(from, dispatched(to.location, { item: A, quantity: 6 }));
      const none = await recordLive(to, (isFinal ? lastFrom : receivedFrom)(number, line));
      const nothing = { line: 1, item: A, quantity: 0 };
      const undone = await recordLive(to, tookBack(none.number, nothing));
      expect(undone.outcome).toEqual({ moved: [0] });
      expect(await shelfOf(to)).toEqual([0, 6]);
      expect(await transferAt(to, number)).toMatchObject({ state: 'open', receipts: [] });
      expect(await refusedAt(to, tookBack(none.number, nothing))).toMatchObject({ code: 'RETURN_EXCEEDED' });
      await recordLive(to, receivedFrom(number, { item: A, quantity: 6 }));
      expect(await shelfOf(to)).toEqual([6, 0]);
      await proven(from, to);
    },
  );

  it('Reversing one of several receipts returns only its goods to transit.', async () => {
    const { from, to, send } = await shops();
    const { number } = await send();
    await recordLive(to, receivedFrom(number, { item: A, quantity: 2 }));
    const wrong = await recordLive(
      to,
      lastFrom(number, { item: A, quantity: 3, rejected: 1 }, { item: B, quantity: 0 }),
    );
    expect(await refusedAt(to, tookBack(wrong.number, { line: 2, item: B, quantity: 0 }))).toMatchObject({
      code: 'RETURN_EXCEEDED',
    });
    await recordLive(to, tookBack(wrong.number, { line: 1, item: A, quantity: 3 }));
    expect([await shelfOf(to), await shelfOf(to, B)]).toEqual([
      [2, 4],
      [0, 5],
    ]);
    expect(await transferAt(to, number)).toMatchObject({ state: 'open', lines: [{ accepted: 2, rejected: 0 }, {}] });
    await proven(from, to);
  });

  it('A quantity of 0 is only for a line that accepted nothing; a sale reverses at least 1.', async () => {
    const { to, send } = await shops();
    const { number } = await send();
    const came = await recordLive(to, receivedFrom(number, { item: A, quantity: 4 }));
    const zero = { line: 1, item: A, quantity: 0 };
    expect(await refusedAt(to, tookBack(came.number, zero))).toMatchObject({ code: 'RETURN_EXCEEDED' });
    expect(await refusedAt(to, tookBack(`${came.number.slice(0, 5)}S${came.number.slice(6)}`, zero))).toMatchObject({
      code: 'INVALID_REQUEST',
      fields: [{ path: 'lines.0.quantity' }],
    });
  });
});

describe('Receipt at the wrong location', () => {
  const openAt = async ({ location }: Shop) =>
    expectOk(await book.admin.listAlerts({ query: { location } })).alerts.map(
      (alert) => `${alert.type} ${'about' in alert ? alert.about : alert.item}`,
    );

  it('It is refused live and held when synced, with alerts to sender and addressee.', async () => {
    const { from, to, send } = await shops();
    const other = await openShop(book);
    const { number } = await send();
    const stray = phoneOf(other).write(receivedFrom(number, { item: A, quantity: 6 }));
    expect(await phoneOf(other).live(stray)).toMatchObject({
      status: 409,
      problem: { code: 'NOT_ADDRESSEE', from: from.location, to: to.location },
    });
    const [held] = await syncAt(other, stray);
    expect(held).toMatchObject({ outcome: 'held', problem: { code: 'NOT_ADDRESSEE' } });
    const about = held?.outcome === 'held' ? held.held : '';
    for (const shop of [from, to, other]) expect(await openAt(shop)).toEqual([`held ${about}`]);
    expect([await shelfOf(to), await shelfOf(other)]).toEqual([
      [0, 6],
      [0, 0],
    ]);

    const path = { location: other.location, held: about };
    expectOk(await book.admin.settleHeld({ path, body: { do: 'reject', why: 'a wrong number' }, ifMatch: 1 }));
    for (const shop of [from, to, other]) expect(await openAt(shop)).toEqual([]);
  });

  it('Admitted by an officer, it alerts all three locations until it is reversed.', async () => {
    const { from, to, send } = await shops();
    const other = await openShop(book);
    const { number } = await send();
    const stray = phoneOf(other).write(receivedFrom(number, { item: A, quantity: 6 }, { item: B, quantity: 5 }));
    const [held] = await syncAt(other, stray);
    const path = { location: other.location, held: held?.outcome === 'held' ? held.held : '' };
    expectOk(await book.admin.settleHeld({ path, body: { do: 'admit', why: 'it is there' }, ifMatch: 1 }));
    const body = { why: 'no more comes' };
    const close = { path: { location: other.location, dispatch: number }, body };
    expect(outcomeOf(await other.client.closeTransfer(close))).toBe('404 NOT_FOUND');
    expect([await shelfOf(to), await shelfOf(other)]).toEqual([
      [0, 0],
      [6, 0],
    ]);
    for (const shop of [from, to, other]) expect(await openAt(shop)).toEqual([`mismatch ${number}`]);
    const lines = [
      { line: 1, item: A, quantity: 6 },
      { line: 2, item: B, quantity: 5 },
    ];
    await recordLive(other, tookBack(stray.number, ...lines));
    for (const shop of [from, to, other]) expect(await openAt(shop)).toEqual([]);
    expect(await shelfOf(to)).toEqual([0, 6]);
    await proven(from, to, other);
  });

  it('Before its dispatch it is recorded; the dispatch alerts all three, and the addressee can receive.', async () => {
    const { from, to } = await shops();
    const other = await openShop(book);
    const dispatch = phoneOf(from).write(dispatched(to.location, { item: A, quantity: 6 }));
    await recordLive(other, receivedFrom(dispatch.number, { item: A, quantity: 6 }));
    expect(expectOk(await phoneOf(from).live(dispatch)).outcome).toMatchObject({ elsewhere: other.location });
    for (const shop of [from, to, other]) expect(await openAt(shop)).toEqual([`mismatch ${dispatch.number}`]);
    const came = await recordLive(to, receivedFrom(dispatch.number, { item: A, quantity: 6 }));
    expect(came.outcome).toEqual({ differs: [{ item: A, rejected: 0, missing: -6 }] });
    await proven(from, to, other);
  });
});

const shops = async () => {
  const [from, to] = [await openShop(book), await openShop(book)];
  await recordLive(from, received({ item: A, quantity: 20 }, { item: B, quantity: 20 }));
  const send = () => recordLive(from, dispatched(to.location, { item: A, quantity: 6 }, { item: B, quantity: 5 }));
  return { from, to, send };
};

const refusedAt = async (shop: Shop, said: { kind: string }) => {
  const answer = await phoneOf(shop).live(phoneOf(shop).write(said));
  return answer.ok ? answer.body.outcome : answer.problem;
};

const transferAt = async ({ client, location }: Shop, dispatch: string) =>
  expectOk(await client.getTransfer({ path: { location, dispatch } }));

const shelfOf = async (shop: Shop, item = A) => {
  const row = (await shop.rows()).get(item);
  return [row?.onHand ?? 0, row?.inbound ?? 0];
};

const proven = async (...shops: readonly Shop[]) => {
  for (const { location } of shops) expect(await reconcile(location)).toEqual([]);
};
