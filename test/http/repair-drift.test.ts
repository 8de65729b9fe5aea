import { beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { reconcileLocation } from '../../functions/reconcile-ledger/reconcile-location.ts';
import { allStores } from '../../local/all-stores.ts';
import { renderDriftLog } from '../../shared/alerts/drift-sentences.ts';
import { LocationId } from '../../shared/kernel/ids.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { BAMBOO, DEPOT, openDepot } from '../kit/depot.ts';
import { steppedClient } from '../kit/interceptor.ts';
import { requestsAt } from '../kit/material-requests.ts';
import { counted, dispatched, lastFrom, openShop, phonesAt, received, type Shop, sold, tookBack } from '../kit/shop.ts';
import { phoneOf, recordLive } from '../kit/shop-phone.ts';
import { more, oneMore, tampererOf } from '../kit/tampering.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const { client, beforeNext } = steppedClient(inject('endpoint'));
let tamper: ReturnType<typeof tampererOf>;
let from: Shop;
let to: Shop;
const book = useBook({ client });
beforeAll(async () => {
  tamper = tampererOf(book);
});
beforeEach(async () => {
  [from, to] = [await openShop(book), await openShop(book)];
  await recordLive(from, received({ item: A, quantity: 90 }, { item: B, quantity: 90 }));
});

describe('Inbound stock that differs from the open dispatches', () => {
  it.each([
    ['more', (at: string) => tamper.row(at, A, more('inbound', 2)), -2],
    ['less', (at: string) => tamper.row(at, A, more('inbound', -4)), 4],
    ['none, since the row is gone', (at: string) => tamper.removeRow(at, A), 9],
  ])('%s: a count sheet of the item repairs it, once a reconciliation has found it.', async (_what, spoil, by) => {
    await send(six);
    await send({ item: A, quantity: 3 }, { item: B, quantity: 1 });
    await spoil(to.location);
    const off = 9 - by;
    expect((await count(to)).outcome).toEqual({ counted: [{ quantity: 0, expected: 0, variance: 0 }] });
    expect(await inbound()).toBe(off);
    const [drift] = await audit(to);
    expect(drift && renderDriftLog(drift)).toMatch(/Repair: a count sheet \(C\) of the item sets it right too\.$/);
    // A concurrent voucher changes row and ledger alike.
    await send({ item: A, quantity: 5 });
    await recordLive(to, received({ item: A, quantity: 2 }));
    expect((await count(to)).outcome).toEqual({ counted: [{ quantity: 2, expected: 2, variance: 0, inbound: by }] });
    expect(await inbound()).toBe(14);
    expect((await count(to)).outcome).toEqual({ counted: [{ quantity: 2, expected: 2, variance: 0 }] });
    expect(await audit(to)).toEqual([]);
    expect(await audit(from)).toEqual([]);
  });

  it("The repair keeps a concurrent dispatch, and one that another item's sheet sees.", async () => {
    await send(six);
    await tamper.row(to.location, A, more('inbound'));
    expect(await kinds(to)).toEqual(['inbound']);
    await count(to, B);
    expect(await inbound()).toBe(7);
    beforeNext('TransactWriteItems', async () => {
      await send({ item: A, quantity: 2 });
    });
    expect((await count(to)).outcome).toMatchObject({ counted: [{ inbound: -1 }] });
    expect(await inbound()).toBe(8);
    expect(await audit(to)).toEqual([]);
  });

  it('Another difference than the one found stays.', async () => {
    await send(six);
    await tamper.row(to.location, A, more('inbound'));
    await audit(to);
    await tamper.row(to.location, A, more('inbound'));
    expect((await count(to)).outcome).toEqual({ counted: [{ quantity: 0, expected: 0, variance: 0 }] });
    await audit(to);
    expect((await count(to)).outcome).toMatchObject({ counted: [{ inbound: -2 }] });
    expect(await audit(to)).toEqual([]);
  });
});

describe('Free stock that differs from on hand less reserved', () => {
  const free = async (shop: Pick<Shop, 'rows'>, item = A) => (await shop.rows()).get(item)?.free;

  it('A count repairs it at a stall, where nothing is reserved.', async () => {
    await tamper.row(from.location, A, more('free', 2));
    await count(from);
    expect(await free(from)).toBe(92);
    expect(await kinds(from)).toEqual(['free']);
    await recordLive(from, sold({ item: A, quantity: 3 }));
    expect((await count(from)).outcome).toEqual({ counted: [{ quantity: 87, expected: 87, variance: 0, free: -2 }] });
    expect(await free(from)).toBe(87);
    expect(await audit(from)).toEqual([]);
  });

  it('Another difference than the one found stays.', async () => {
    await tamper.row(from.location, A, more('free'));
    await audit(from);
    await tamper.row(from.location, A, more('free'));
    await count(from);
    expect(await free(from)).toBe(92);
  });

  it('A count repairs it where only the stock on hand was changed.', async () => {
    await tamper.row(from.location, A, more('onHand'));
    expect(await kinds(from)).toEqual(['on-hand', 'free']);
    book.clock.set(new Date(Date.parse(book.clock.now()) + 1_000).toISOString());
    await recordLive(from, counted({ item: A, quantity: 90 }));
    expect(await free(from)).toBe(90);
    expect(await audit(from)).toEqual([]);
  });

  it('A count repairs it at a depot, and reservations stay.', async () => {
    const depot = await openDepot(book);
    await depot.producer('P0100');
    await depot.receive('SIL-1', 200_000);
    await requestsAt(book, depot, 'P0100').reach.approved();
    const { onHand = 0, free: before = 0 } = (await depot.row()) ?? {};
    expect(before).toBeLessThan(onHand);
    const shop = { ...(await phonesAt(book, DEPOT, 'PBT1')), location: DEPOT };
    await tamper.row(DEPOT, BAMBOO, more('free', -700));
    expect(await kinds(shop)).toEqual(['free']);
    book.clock.set(new Date(Date.parse(book.clock.now()) + 1_000).toISOString());
    const { outcome } = await recordLive(shop, counted({ item: BAMBOO, quantity: `${onHand - 100} gram` }));
    expect(outcome).toMatchObject({ counted: [{ variance: -100, free: 700 }] });
    expect(await depot.row()).toMatchObject({ onHand: onHand - 100, free: before - 100 });
    expect(await audit(shop)).toEqual([]);
  });
});

describe('A count sheet at the destination rebuilds a transfer that differs from its vouchers', () => {
  const lived = async () => {
    const { number } = await send(six);
    const receipt = await recordLive(to, lastFrom(number, { item: A, quantity: 4, rejected: 1 }));
    await recordLive(to, tookBack(receipt.number, line(1)));
    await recordLive(from, tookBack(number, line(1)));
    return { number, receipt: receipt.number, was: await transferAt(to, number) };
  };
  const clean = async () => [await audit(from), await audit(to)];

  it.each([
    ['dispatched', oneMore('dispatched')],
    ['accepted', oneMore('accepted')],
    ['rejected', oneMore('rejected')],
    ['taken back', oneMore('takenBack')],
    ['sent elsewhere', ({ sent }: Record<string, unknown>) => ({ sent: { ...(sent as object), to: 'LKO-02' } })],
    ['sent by nobody', () => ({ sent: undefined })],
  ])('%s', async (_what, spoil) => {
    const { number, was } = await lived();
    await tamper.change('Transfers', key(number), spoil);
    expect((await clean()).flat()).not.toEqual([]);
    const { outcome } = await count(to, A, { transfer: { dispatch: number } });
    expect(outcome).toMatchObject({ transfer: 'closed' });
    expect(await transferAt(to, number)).toEqual(was);
    expect(await clean()).toEqual([[], []]);
  });

  it('A lost transfer is rebuilt, with the receipt that the reconciliation names.', async () => {
    const { number, receipt, was } = await lived();
    await tamper.remove('Transfers', key(number));
    const named = (await audit(to)).flatMap((drift) => (drift.kind === 'received' ? [drift.says, drift.dispatch] : []));
    expect(named).toEqual([receipt, number]);
    await count(to, A, { transfer: { dispatch: number, receipt } });
    // The numbers of the reversals are lost with the row: the vouchers' quantities are what counts.
    const rebuilt = { ...was, takenBackBy: undefined };
    expect(await transferAt(to, number)).toEqual(rebuilt);
    expect(await clean()).toEqual([[], []]);
    expect(await transferAt(from, number)).toEqual(rebuilt);
  });

  it('A transfer with a false receipt is rebuilt with the true one, and its alert stays.', async () => {
    const { number, receipt, was } = await lived();
    await tamper.change('Transfers', key(number), ({ receipts }) => ({
      receipts: (receipts as object[]).map((one) => ({ ...one, receipt: `${receipt.slice(0, 12)}0099` })),
    }));
    await count(to, A, { transfer: { dispatch: number, receipt } });
    expect(await transferAt(to, number)).toEqual(was);
    expect(await clean()).toEqual([[], []]);
  });

  it('A transfer is rebuilt as in transit, when inbound stock was right all along.', async () => {
    const { number } = await send(six);
    await tamper.change('Transfers', key(number), oneMore('dispatched'));
    expect([await kinds(from), await kinds(to)]).toEqual([['transfer'], ['inbound']]);
    expect((await count(to, A, { transfer: { dispatch: number } })).outcome).toEqual({
      counted: [{ quantity: 0, expected: 0, variance: 0 }],
      transfer: 'open',
    });
    expect(await inbound()).toBe(6);
    expect(await clean()).toEqual([[], []]);
    await recordLive(to, lastFrom(number, six));
    expect(await clean()).toEqual([[], []]);
  });

  it('One sheet repairs inbound stock and the transfer; a receipt of another transfer is left out.', async () => {
    const [one, other] = [await send(six), await send({ item: A, quantity: 3 })];
    const { number: receipt } = await recordLive(to, lastFrom(other.number, { item: A, quantity: 3 }));
    await tamper.row(to.location, A, more('inbound', 2));
    expect(await kinds(to)).toEqual(['inbound']);
    const { outcome } = await count(to, A, { transfer: { dispatch: one.number, receipt } });
    expect(outcome).toMatchObject({ counted: [{ inbound: -2 }], transfer: 'open' });
    expect(await inbound()).toBe(6);
    expect(await clean()).toEqual([[], []]);
  });

  it('A transfer that nobody sent is removed.', async () => {
    const { number } = await send(six);
    await tamper.removeVoucher(from.location, number);
    expect((await count(to, A, { transfer: { dispatch: number } })).outcome).toMatchObject({ transfer: 'void' });
    expect((await audit(to)).map(({ kind }) => kind)).toEqual(['inbound']);
    await count(to);
    expect(await inbound()).toBe(0);
    expect(await audit(to)).toEqual([]);
  });

  it("A maker's transfer is rebuilt, though a workshop has no stock.", async () => {
    const item = 'PBT-FLUTE-C';
    const workshop = await phonesAt(book, 'P0042', 'PBT1');
    const stall = await phonesAt(book, 'PBE-01', 'PBT1');
    const { number } = await recordLive(workshop, dispatched('PBE-01', { item, quantity: 6 }));
    await tamper.change('Transfers', key(number), oneMore('takenBack'));
    expect(await kinds({ location: 'P0042' })).toEqual(['transfer']);
    const sheet = { ...counted({ item, quantity: 0 }), transfer: { dispatch: number } };
    expect(outcomeOf(await phoneOf(workshop).live(phoneOf(workshop).write(sheet)))).toBe('403 FORBIDDEN');
    await recordLive(stall, sheet);
    expect(await audit({ location: 'P0042' })).toEqual([]);
  });

  it('A correct transfer stays, and a concurrent voucher is kept.', async () => {
    const { number } = await send(six);
    beforeNext('TransactWriteItems', async () => {
      await recordLive(from, tookBack(number, line(2)));
    });
    await count(to, A, { transfer: { dispatch: number } });
    expect(await transferAt(to, number)).toMatchObject({ state: 'open', lines: [{ dispatched: 6, takenBack: 2 }] });
    expect(await clean()).toEqual([[], []]);
  });

  it("A sheet cannot name other locations' or unknown transfers; both receipts of one dispatch are kept.", async () => {
    const other = await openShop(book);
    const refused = async (shop: Shop, transfer: object) => {
      const written = phoneOf(shop).write({ ...counted({ item: A, quantity: 0 }), transfer });
      return outcomeOf(await phoneOf(shop).live(written));
    };
    const [one, two] = [await send(six), await send(six)];
    expect(await refused(other, { dispatch: one.number })).toBe('422 VOUCHER_UNKNOWN');
    expect(await refused(other, { dispatch: `${one.number.slice(0, 12)}0077` })).toBe('422 VOUCHER_UNKNOWN');
    expect(await refused(to, { dispatch: phoneOf(to).write(counted(six)).number })).toBe('400 INVALID_REQUEST');
    const first = await recordLive(to, lastFrom(one.number, six));
    const second = await recordLive(to, lastFrom(two.number, six));
    await tamper.voucher(to.location, second.number, ({ claim }) => ({
      claim: { ...(claim as object), from: { dispatch: one.number } },
    }));
    expect(await refused(to, { dispatch: one.number, receipt: second.number })).toBe(201);
    expect(await transferAt(to, one.number)).toMatchObject({
      receipts: [first, second].map(({ number }) => ({ receipt: number })),
    });
  });
});

const [A = '', B = ''] = kurtas(2);

const audit = async ({ location }: Pick<Shop, 'location'>) =>
  (await reconcileLocation(LocationId.parse(location), 'the whole book', allStores())).drifts;

const kinds = async (shop: Pick<Shop, 'location'>) => (await audit(shop)).map(({ kind }) => kind);

const send = (...lines: { item: string; quantity: number }[]) => recordLive(from, dispatched(to.location, ...lines));

const six = { item: A, quantity: 6 };

const line = (quantity: number) => ({ line: 1, item: A, quantity });

const key = (dispatch: string) => ({ dispatch, part: 'transfer' });

const inbound = async (item = A) => (await to.rows()).get(item)?.inbound;

/** As many as are there, so that only what is on its way is set right. */
const count = async (shop: Shop, item = A, more: object = {}) => {
  const quantity = (await shop.rows()).get(item)?.onHand ?? 0;
  book.clock.set(new Date(Date.parse(book.clock.now()) + 1_000).toISOString());
  return recordLive(shop, { ...counted({ item, quantity }), ...more });
};

const transferAt = async ({ client, location }: Shop, dispatch: string) => {
  const { version: _version, ...transfer } = expectOk(await client.getTransfer({ path: { location, dispatch } }));
  return transfer;
};
