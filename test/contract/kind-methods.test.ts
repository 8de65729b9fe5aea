import { beforeAll, expect, it } from 'vitest';
import { LEDGER_KINDS, VOUCHER_KINDS } from '../../shared/ledger/voucher-kinds.ts';
import { enrol, expectOk, numberAt, useBook } from '../kit/book.ts';
import { adjustment, countSheet, receipt, reversal, sale } from '../kit/claims.ts';

const book = useBook();
let terminal: string;
const location = 'LKO-01';
const item = 'LKO-KURTA-01';

beforeAll(async () => {
  terminal = await enrol(book, location, 'LKO1');
});

const path = (kind: string) => ({ location, number: numberAt(book.clock, terminal, kind, 1) });

const later = (seconds: number) => ({
  occurredAt: new Date(Date.parse(book.clock.now()) + seconds * 1_000).toISOString(),
});

it('every kind has a method of its own on the client, which says the kind', async () => {
  const { kind: _r, ...received } = receipt(book.clock, [{ item, quantity: 10 }]);
  const { kind: _s, ...sold } = sale(book.clock, [{ item, quantity: 2 }]);
  const { kind: _a, ...adjusted } = adjustment(book.clock, [{ item, quantity: 1 }]);
  const { kind: _c, ...counted } = countSheet(book.clock, [{ item, quantity: 7 }], later(1));
  const lines = [{ line: 1, item, quantity: 2 }];
  const { kind: _v, ...tookBack } = reversal(book.clock, path('S').number, lines, later(2));
  const clock = { skew: 0, within: 40 };
  expect(expectOk(await book.admin.receiveGoods({ path: path('R'), body: received })).claim.kind).toBe('R');
  expect(expectOk(await book.admin.recordSale({ path: path('S'), body: sold })).claim.kind).toBe('S');
  expect(expectOk(await book.admin.adjustStock({ path: path('A'), body: adjusted })).claim.kind).toBe('A');
  expect(expectOk(await book.admin.countStock({ path: path('C'), body: { ...counted, clock } })).claim.kind).toBe('C');
  expect(expectOk(await book.admin.takeBack({ path: path('V'), body: { ...tookBack, clock } })).claim.kind).toBe('V');
  const methods = LEDGER_KINDS.map((kind) => VOUCHER_KINDS[kind].method);
  expect(Object.keys(book.admin)).toEqual(expect.arrayContaining(methods));
});
