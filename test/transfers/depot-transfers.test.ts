import { beforeAll, expect, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { dispatched, phonesAt, received, type Shop, tookBack } from '../kit/shop.ts';
import { phoneOf, recordLive, syncAt } from '../kit/shop-phone.ts';

const MATERIALS = Array.from({ length: 40 }, (_, n) => `PBT-MAT-${String(n).padStart(2, '0')}`);
const book = useBook();
let from: Pick<Shop, 'phones'>;
let to: Pick<Shop, 'phones'>;
beforeAll(async () => {
  const columns = 'id,name,nameHi,product,seller,unit,hsn,from,price_rupees,mrp_rupees,gst_percent,reorderPoint';
  const lines = MATERIALS.map((id) => `${id},Bamboo,बाँस,BAMBOO,PBT1,gram,1401,2026-04-01,0.06,0.10,5,3`);
  expectOk(await book.admin.importEntries({ path: { kind: 'items' }, body: [columns, ...lines].join('\n') }));
  const body = { name: 'Depot', nameHi: 'डिपो', district: 'PBT', sellers: ['PBT1'] };
  expectOk(await book.admin.putEntry({ path: { kind: 'depots', id: 'PBE-D2' }, body }));
  [from, to] = [await phonesAt(book, 'PBE-D1', 'PBT1'), await phonesAt(book, 'PBE-D2', 'PBT1')];
});

const shelf = async (location: string) => {
  const { stock } = expectOk(await book.admin.getLocationStock({ path: { location } }));
  return new Map<string, object>(
    stock.map(({ item, onHand, inbound, lots = [] }) => [item, { onHand, inbound, lots }]),
  );
};

const same = (row: object) => new Map(MATERIALS.map((item) => [item, expect.objectContaining(row)]));
const lots = (...of: [string, number][]) => of.map(([lot, left]) => expect.objectContaining({ lot, left }));
const daysAgo = (days: number, seconds = 0) => Date.parse(book.clock.now()) - days * 24 * 3_600_000 + seconds * 1_000;

it('40 lots sent, received and taken back days ago sync in one transaction each.', async () => {
  const each = <Fields extends { quantity: number }>(line: Fields) => MATERIALS.map((item) => ({ item, ...line }));
  const first = phoneOf(from).write(received(...each({ quantity: 500, lot: 'SIL-1' })), daysAgo(4));
  const more = phoneOf(from).write(received(...each({ quantity: 700, lot: 'TRI-2' })), daysAgo(4, 1));
  const sent = phoneOf(from).write(dispatched('PBE-D2', ...each({ quantity: 600 })), daysAgo(3));
  const recorded = { outcome: 'recorded' };
  expect(await syncAt(from, first, more, sent)).toMatchObject([recorded, recorded, recorded]);
  expect(await shelf('PBE-D1')).toEqual(same({ onHand: 600, inbound: 0, lots: lots(['TRI-2', 600]) }));
  expect(await shelf('PBE-D2')).toEqual(same({ onHand: 0, inbound: 600 }));

  const came = {
    kind: 'R',
    from: { dispatch: sent.number },
    final: true,
    lines: each({ quantity: 550, lot: 'PBE-1', rejected: 10, why: 'wet' }),
  };
  const receipt = phoneOf(to).write(came, daysAgo(2));
  expect(await syncAt(to, receipt)).toMatchObject([recorded]);
  expect(await shelf('PBE-D2')).toEqual(same({ onHand: 550, inbound: 0, lots: lots(['PBE-1', 550]) }));

  const lines = (quantity: number) => MATERIALS.map((item, at) => ({ line: at + 1, item, quantity }));
  const back = phoneOf(from).write(tookBack(sent.number, ...lines(50)), daysAgo(1));
  expect(await syncAt(from, back)).toMatchObject([recorded]);
  expect(await shelf('PBE-D1')).toEqual(same({ onHand: 650, lots: lots(['SIL-1', 50], ['TRI-2', 600]) }));
  const undone = phoneOf(to).write(tookBack(receipt.number, ...lines(550)), daysAgo(1));
  expect(await syncAt(to, undone)).toMatchObject([recorded]);
  expect(await shelf('PBE-D2')).toEqual(same({ onHand: 0, inbound: 550 }));
  expect((await syncAt(from, first, more, sent, back)).map(({ outcome }) => outcome)).toEqual(
    Array(4).fill('repeated'),
  );
  expect(expectOk(await book.admin.getTransfer({ path: { location: 'PBE-D2', dispatch: sent.number } }))).toMatchObject(
    {
      state: 'open',
      version: 4,
      lines: MATERIALS.map((item) => ({ item, dispatched: 600, accepted: 0, rejected: 0, takenBack: 50 })),
    },
  );
});

it('A held voucher of 40 lots is settled in its transaction, too.', async () => {
  const line = { item: 'PBT-NEW', quantity: 3 };
  const lines = [...MATERIALS.slice(1).map((item) => ({ item, quantity: 1 })), line];
  const sent = phoneOf(from).write(dispatched('PBE-D2', ...lines), daysAgo(1));
  const [held] = await syncAt(from, sent);
  expect(held).toMatchObject({ outcome: 'held', problem: { code: 'ITEM_UNKNOWN' } });
  const { entry } = expectOk(await book.admin.getEntry({ path: { kind: 'items', id: MATERIALS[0] ?? '' } }));
  expectOk(await book.admin.putEntry({ path: { kind: 'items', id: 'PBT-NEW' }, body: entry }));
  const lot = { item: 'PBT-NEW', quantity: 5, lot: 'N-1' };
  await syncAt(from, phoneOf(from).write(received(lot), daysAgo(2)));
  const path = { location: 'PBE-D1', held: held && 'held' in held ? held.held : '' };
  const why = 'the item is entered';
  const settled = expectOk(await book.admin.settleHeld({ path, body: { do: 'admit', why }, ifMatch: 1 }));
  expect(settled).toMatchObject({ state: 'admitted' });
  expect((await shelf('PBE-D2')).get('PBT-NEW')).toMatchObject({ onHand: 0, inbound: 3 });
  expect((await shelf('PBE-D1')).get('PBT-NEW')).toMatchObject({ onHand: 2, lots: lots(['N-1', 2]) });
});

it('More than the lots have cannot be sent live, nor more than a named lot has.', async () => {
  const [item = ''] = MATERIALS;
  const tried = async (line: Parameters<typeof dispatched>[1]) => {
    const answer = await phoneOf(from).live(phoneOf(from).write(dispatched('PBE-D2', line)));
    return answer.ok ? answer.status : answer.problem.code;
  };
  expect(await tried({ item, quantity: 651 })).toBe('INSUFFICIENT_STOCK');
  expect(await tried({ item, quantity: 51, lot: 'SIL-1' })).not.toBe(201);
  await recordLive(from, dispatched('PBE-D2', { item, quantity: 50, lot: 'SIL-1' }));
  expect((await shelf('PBE-D1')).get(item)).toMatchObject({ onHand: 600, lots: lots(['TRI-2', 600]) });
});
