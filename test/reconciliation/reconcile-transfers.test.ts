import { beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { reconcileLocation } from '../../functions/reconcile-ledger/reconcile-location.ts';
import { allStores } from '../../local/all-stores.ts';
import { renderDriftLog } from '../../shared/alerts/drift-sentences.ts';
import { LocationId } from '../../shared/kernel/ids.ts';
import { useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { steppedClient } from '../kit/interceptor.ts';
import { dispatched, lastFrom, openShop, received, receivedFrom, type Shop, tookBack } from '../kit/shop.ts';
import { phoneOf, recordLive } from '../kit/shop-phone.ts';
import { more, oneMore, tampererOf } from '../kit/tampering.ts';

const [A = '', B = ''] = kurtas(2);
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

const six = { item: A, quantity: 6 };

it('Clean transfers of every kind are clean at all their locations.', async () => {
  const elsewhere = await openShop(book);
  await send(six, { item: B, quantity: 2 });
  const missing = await send(six, { item: A, quantity: 1 });
  await recordLive(to, lastFrom(missing.number, { item: A, quantity: 3, rejected: 2 }, { item: A, quantity: 1 }));
  await recordLive(from, tookBack(missing.number, line(A, 2)));
  const twice = await send(six);
  const wrong = await recordLive(to, lastFrom(twice.number, { ...six, rejected: 1 }));
  await recordLive(to, tookBack(wrong.number, line(A, 6)));
  await recordLive(to, lastFrom(twice.number, { item: A, quantity: 5 }));
  const early = phoneOf(from).write(dispatched(to.location, six));
  await recordLive(elsewhere, lastFrom(early.number, { item: A, quantity: 7 }));
  const none = await send(six);
  await recordLive(from, tookBack(none.number, line(A, 6)));
  const undone = await recordLive(to, lastFrom(phoneOf(from).write(dispatched(to.location, six)).number, six));
  await recordLive(to, tookBack(undone.number, line(A, 6)));
  for (const shop of [from, to, elsewhere]) expect(await audit(shop)).toEqual([]);
  await phoneOf(from).live(early);
  for (const shop of [from, to, elsewhere]) expect(await audit(shop)).toEqual([]);
});

describe('Inbound stock', () => {
  it('Inbound stock off by one is found at the destination, with its dispatches.', async () => {
    const [one, other] = [await send(six), await send({ item: A, quantity: 3 }, { item: B, quantity: 1 })];
    await tamper.row(to.location, A, more('inbound'));
    expect(await audit(to)).toMatchObject([{ kind: 'inbound', item: A, book: 10, says: 9 }]);
    const [drift] = await audit(to);
    expect(drift?.vouchers.toSorted()).toEqual([one.number, other.number].toSorted());
    expect(await audit(from)).toEqual([]);
  });

  it('A missing inbound row is found.', async () => {
    const { number } = await send(six);
    await tamper.removeRow(to.location, A);
    expect(await audit(to)).toMatchObject([{ kind: 'inbound', item: A, book: 0, says: 6, vouchers: [number] }]);
  });
});

describe('Reconciling a transfer', () => {
  it.each([
    ['dispatched', 7, 6],
    ['takenBack', 2, 1],
  ] as const)('More %s than the dispatch is found at the sender.', async (what, was, says) => {
    const { number } = await send(six);
    await recordLive(to, lastFrom(number, { item: A, quantity: 4 }));
    const back = await recordLive(from, tookBack(number, line(A, 1)));
    await tamper.change('Transfers', key(number), oneMore(what));
    expect(await audit(from)).toEqual([
      {
        kind: 'transfer',
        dispatch: number,
        item: A,
        what,
        book: was,
        says,
        version: 3,
        vouchers: [number, back.number],
      },
    ]);
    expect(await audit(to)).toEqual([]);
  });

  it.each([
    ['accepted', 4, 3],
    ['rejected', 2, 1],
  ] as const)('More %s than the receipt is found at the receiver.', async (what, was, says) => {
    const { number } = await send(six);
    const receipt = await recordLive(to, lastFrom(number, { item: A, quantity: 4, rejected: 1 }));
    const back = await recordLive(to, tookBack(receipt.number, line(A, 1)));
    await tamper.change('Transfers', key(number), oneMore(what));
    expect(await audit(to)).toEqual([
      {
        kind: 'transfer',
        dispatch: number,
        item: A,
        what,
        book: was,
        says,
        version: 3,
        vouchers: [receipt.number, back.number, number],
      },
    ]);
    expect(await audit(from)).toEqual([]);
  });

  it('A missing transfer is found.', async () => {
    const { number } = await send(six);
    const receipt = await recordLive(to, lastFrom(number, six));
    await tamper.remove('Transfers', key(number));
    expect(await found(from)).toEqual([{ kind: 'sent', dispatch: number, book: null, says: to.location }]);
    expect(await found(to)).toEqual([{ kind: 'received', dispatch: number, book: null, says: receipt.number }]);
  });

  it('A transfer without its dispatch or receipt is found.', async () => {
    const { number } = await send(six);
    const receipt = await recordLive(to, lastFrom(number, six));
    await tamper.removeVoucher(from.location, number);
    await tamper.removeVoucher(to.location, receipt.number);
    expect(await audit(from)).toContainEqual({
      kind: 'sent',
      dispatch: number,
      book: to.location,
      says: null,
      version: 2,
      vouchers: [number],
    });
    expect(await audit(to)).toContainEqual({
      kind: 'received',
      dispatch: number,
      book: receipt.number,
      says: null,
      version: 2,
      vouchers: [receipt.number, number],
    });
  });

  it('Wrong ends of a transfer are found and told in words.', async () => {
    const { number } = await send(six);
    const receipt = await recordLive(to, lastFrom(number, six));
    const nobody = `${receipt.number.slice(0, 12)}0099`;
    await tamper.change('Transfers', key(number), (row) => ({
      sent: { ...(row.sent as object), to: 'LKO-02' },
      receipts: (row.receipts as object[]).map((one) => ({ ...one, receipt: nobody })),
    }));
    expect((await audit(from)).map(renderDriftLog)).toEqual([
      `where ${number} was sent: the book says LKO-02, its vouchers ${to.location}. Vouchers: ${number}. Repair: a count sheet (C) that names it as its transfer, where it was to come or came, writes it again from its vouchers.`,
    ]);
    expect((await audit(to)).map(renderDriftLog)).toEqual([
      `who received ${number}: the book says none, its vouchers ${receipt.number}. Vouchers: ${receipt.number}, ${number}. Repair: a count sheet (C) that names it as its transfer, where it was to come or came, writes it again from its vouchers.`,
      `who received ${number}: the book says ${nobody}, its vouchers none. Vouchers: ${nobody}, ${number}. Repair: a count sheet (C) that names it as its transfer, where it was to come or came, writes it again from its vouchers.`,
    ]);
  });

  it('A transfer that its receipt should have closed is found.', async () => {
    const { number } = await send(six);
    const receipt = await recordLive(to, receivedFrom(number, { item: A, quantity: 4 }));
    await tamper.change('Transfers', key(number), (row) => ({
      receipts: (row.receipts as object[]).map((one) => ({ ...one, final: true })),
    }));
    expect((await audit(to)).map(renderDriftLog)).toContain(
      `whether receipt ${receipt.number} is the last of ${number}: the book says 1, its vouchers 0. Vouchers: ${receipt.number}, ${number}. Repair: a count sheet (C) that names it as its transfer, where it was to come or came, writes it again from its vouchers.`,
    );
  });

  it('A double receipt, past every check, is found.', async () => {
    const [one, other] = [await send(six), await send(six)];
    await recordLive(to, lastFrom(one.number, six));
    const second = await recordLive(to, lastFrom(other.number, six));
    await tamper.voucher(to.location, second.number, ({ claim }) => ({
      claim: { ...(claim as object), from: { dispatch: one.number } },
    }));
    expect(await found(to)).toEqual(
      expect.arrayContaining([
        { kind: 'received', dispatch: one.number, book: null, says: second.number },
        { kind: 'received', dispatch: other.number, book: second.number, says: null },
      ]),
    );
  });
});

it('A voucher that lands before any read is never drift, at sender or receiver.', { tags: 'long' }, async () => {
  const open: string[] = [];
  const land = async () => {
    const { number } = await send({ item: A, quantity: 1 });
    const before = open.shift();
    if (before) await recordLive(to, lastFrom(before, { item: A, quantity: 1 }));
    open.push(number);
  };
  for (const shop of [from, to])
    for (let query = 0; query < 10; query++) {
      beforeNext('Query', ...Array.from({ length: query }, () => async () => undefined), land);
      expect(await audit(shop), `before query ${query + 1}`).toEqual([]);
    }
  beforeNext('Query');
});

const audit = async ({ location }: Shop) =>
  (await reconcileLocation(LocationId.parse(location), 'the whole book', allStores())).drifts;

const found = async (shop: Shop) =>
  (await audit(shop)).map((drift) => {
    const { vouchers: _vouchers, ...said } = drift;
    return 'version' in said ? { ...said, version: undefined } : said;
  });

const send = (...lines: { item: string; quantity: number }[]) => recordLive(from, dispatched(to.location, ...lines));

const line = (item: string, quantity: number, at = 1) => ({ line: at, item, quantity });

const key = (dispatch: string) => ({ dispatch, part: 'transfer' });
