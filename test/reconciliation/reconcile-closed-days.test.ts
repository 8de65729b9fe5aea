import { beforeAll, beforeEach, expect, inject, it } from 'vitest';
import { type ReconciliationScope, reconcileLocation } from '../../functions/reconcile-ledger/reconcile-location.ts';
import { allStores } from '../../local/all-stores.ts';
import { renderDriftLog } from '../../shared/alerts/drift-sentences.ts';
import { closeKey, closesKey, toClose, toCloseItem } from '../../shared/day-close/close-item.ts';
import { hashOfClose } from '../../shared/day-close/day-close.ts';
import { StockLocationId } from '../../shared/kernel/ids.ts';
import { Day } from '../../shared/kernel/time.ts';
import { claimHashOf, toVoucher } from '../../shared/ledger/voucher-item.ts';
import { DeleteCommand, GetCommand, PutCommand } from '../../shared/platform/dynamodb-commands.ts';
import type { Drift } from '../../shared/reconciliation/drift.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { meteredClient } from '../kit/capacity.ts';
import { kurtas } from '../kit/claims.ts';
import { START } from '../kit/clock.ts';
import { closeAt } from '../kit/day-closes.ts';
import { engineClient } from '../kit/fast-clients.ts';
import type { Phone, Written } from '../kit/phone.ts';
import { counted, openShop, received, type Shop, sold, tookBack } from '../kit/shop.ts';
import { more, tampererOf } from '../kit/tampering.ts';

const meter = meteredClient(inject('endpoint'));

let tamper: ReturnType<typeof tampererOf>;
let shop: Shop;
let phone: Phone;
let [early, count, sale]: Written[] = [];

const book = useBook({ client: meter.client });
beforeAll(async () => {
  tamper = tampererOf(book);
});

/** Sold on Wednesday; counted and sold on Thursday; sold on Friday; all closed, and audited. */
beforeEach(async () => {
  book.clock.set(new Date(START).toISOString());
  shop = await openShop(book);
  [phone] = shop.phones as [Phone];
  await tell(phone.write(received({ item: ITEM, quantity: 40 }, { item: OTHER, quantity: 9 }), at(4) - 2));
  early = await tell(phone.write(sold({ item: ITEM, quantity: 3 }), at(4)));
  count = await tell(phone.write(counted({ item: ITEM, quantity: 30 }), at(3)));
  sale = await tell(phone.write({ ...sold({ item: ITEM, quantity: 7 }), previous: early.number }, at(2)));
  await closeAt(shop.location);
  expect(await audit('the whole book')).toEqual([]);
});

it('Closes match their seals and vouchers, with late vouchers, before and after a new close.', async () => {
  await tell(phone.write(sold({ item: ITEM, quantity: 2 }), at(4) + 60_000));
  await tell(phone.write(tookBack(early?.number ?? '', { item: ITEM, quantity: 1, line: 1 }), at(0)));
  expect(await both()).toEqual(CLEAN);
  await closeAt(shop.location);
  expect(await both()).toEqual(CLEAN);
  book.clock.forward(24 * 3_600);
  await closeAt(shop.location);
  expect(await both()).toEqual(CLEAN);
});

it('Only changed days are read; closed and reconciled ones are not.', async () => {
  book.clock.forward(24 * 3_600);
  await closeAt(shop.location);
  const queries = async (reach: ReconciliationScope) =>
    (await meter.callsOf(() => audit(reach))).filter(({ command }) => command === 'Query');
  const booksIn = (calls: Awaited<ReturnType<typeof queries>>) =>
    calls.filter(({ input }) => JSON.stringify(input).includes('#2026-11-18"')).length;
  expect(booksIn(await queries('what changed'))).toBe(0);
  expect(booksIn(await queries('the whole book'))).toBeGreaterThan(0);
});

it('Drift since the starting close is found by way of the whole ledger.', async () => {
  await tamper.row(shop.location, ITEM, (row) => ({ ...more('onHand')(row), ...more('free')(row) }));
  await tamper.row(shop.location, OTHER, (row) => ({ ...more('onHand', -2)(row), ...more('free', -2)(row) }));
  expect(await audit('what changed')).toMatchObject([
    { kind: 'on-hand', item: ITEM, book: 24, says: 23, vouchers: [sale?.number, count?.number] },
    { kind: 'on-hand', item: OTHER, book: 7, says: 9 },
  ]);
});

it('A voucher missing from before the last count shows as a day that differs from its close.', async () => {
  await tamper.removeVoucher(shop.location, early?.number ?? '');
  expect(await audit('the whole book')).toEqual([
    { kind: 'books', day: WEDNESDAY, sequence: expect.any(Number), vouchers: [early?.number] },
  ]);
});

it('A voucher that was changed and hashed again is found.', async () => {
  await tamper.voucher(shop.location, early?.number ?? '', (stored) => {
    const [[item, , ...rest]] = stored.lines as [[string, number, ...number[]]];
    const lines = [[item, 2, ...rest]];
    return { lines, claimHash: claimHashOf(toVoucher({ ...stored, lines }).claim) };
  });
  const [drift] = await audit('the whole book');
  expect(drift).toMatchObject({ kind: 'books', day: WEDNESDAY });
  expect(renderDriftLog(drift as Drift)).toMatch(
    /^the vouchers of 2026-11-18 are not those that its close \d was made of/,
  );
});

it.each([true, false])('A changed close (hashed again: %s) is found.', async (rehashes) => {
  await rewrite(THURSDAY, (close) => ({ inHand: close.inHand + 1 }), rehashes);
  expect(await audit('the whole book')).toMatchObject([{ kind: 'close', what: 'changed', day: THURSDAY }]);
});

it('A changed last close with its chain end is found by the seal.', async () => {
  const last = Day.parse('2026-11-21');
  const { hash } = await rewrite(last, () => ({ inHand: 5 }), true);
  await tamper.change('Ledger', { daybook: closesKey(place()), entry: 'head' }, () => ({ hash, unsealed: [] }));
  for (const drifts of await both()) expect(drifts).toMatchObject([{ kind: 'close', what: 'changed', day: last }]);
});

it('A missing or unreadable close is found.', async () => {
  const TableName = book.bahi.tables.Ledger;
  await tamper.change('Ledger', closeKey(place(), FRIDAY, 1), () => ({ vouchers: 'many' }));
  expect(await audit('the whole book')).toMatchObject([
    { kind: 'close', what: 'unreadable', day: FRIDAY },
    { what: 'gone' },
  ]);
  await documents.send(new DeleteCommand({ TableName, Key: closeKey(place(), FRIDAY, 1) }));
  expect(await audit('the whole book')).toMatchObject([{ kind: 'close', what: 'gone', day: null }]);
});

const [ITEM = '', OTHER = ''] = kurtas(2);

const DAY = 24 * 3_600_000;

const [WEDNESDAY, THURSDAY, FRIDAY] = ['2026-11-18', '2026-11-19', '2026-11-20'].map((day) => Day.parse(day)) as [
  Day,
  Day,
  Day,
];

const documents = engineClient();

const at = (days: number) => START - days * DAY;

const place = () => StockLocationId.parse(shop.location);

const tell = async (written: Written) => {
  expect(expectOk(await phone.sync([written])).outcomes).toMatchObject([{ outcome: 'recorded' }]);
  return written;
};

const audit = async (reach: ReconciliationScope): Promise<readonly Drift[]> =>
  (await reconcileLocation(place(), reach, allStores())).drifts;

const both = async () => [await audit('what changed'), await audit('the whole book')];

const CLEAN = [[], []];

/** Whoever has the keys, and knows how closes are hashed, puts this in its place. */
const rewrite = async (day: Day, to: (close: ReturnType<typeof toClose>) => object, rehashes: boolean) => {
  const TableName = book.bahi.tables.Ledger;
  const { Item } = await documents.send(new GetCommand({ TableName, Key: closeKey(place(), day, 1) }));
  const { hash, ...rest } = { ...toClose(Item), ...to(toClose(Item)) };
  const close = { ...rest, hash: rehashes ? hashOfClose(rest) : hash };
  await documents.send(new PutCommand({ TableName, Item: toCloseItem(close) }));
  return close;
};
