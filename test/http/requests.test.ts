import { beforeAll, expect, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { BAMBOO, DEPOT, type Depot, openDepot } from '../kit/depot.ts';

const book = useBook();
let depot: Depot;
const producer = 'P0100';

beforeAll(async () => {
  depot = await openDepot(book);
  await depot.producer(producer, 1);
  await depot.receive('SIL-1', '30 kg');
  book.clock.forward(60);
  await depot.receive('SIL-2', '60 kg');
});

it('A request is approved and issued from the oldest lot; passbook and stock follow.', async () => {
  const manager = await book.as('depot', `location:${DEPOT}`);
  const number = depot.number('Q');
  const path = { producer, number };
  const ask = () => manager.submitRequest({ path, body: depot.asking('60 kg') });
  const [first, again] = [await ask(), await ask()];
  expect([first.status, again.status]).toEqual([201, 200]);
  expect(expectOk(again)).toEqual(expectOk(first));
  expect(expectOk(first)).toMatchObject({ state: 'submitted', via: 'counter', season: '2026-27', version: 1 });
  expect(expectOk(await manager.listRequests({ path: { depot: DEPOT } })).requests).toEqual([
    { ...expectOk(first), canServe: [{ item: BAMBOO, quantity: 60_000 }], unconfirmed: false },
  ]);

  const atDepot = { depot: DEPOT, number };
  const approved = expectOk(
    await manager.approveRequest({
      path: atDepot,
      body: { by: 'S001', lines: [{ item: BAMBOO, quantity: '50 kg' }] },
      ifMatch: 1,
    }),
  );
  expect(approved).toMatchObject({
    state: 'approved',
    lines: [{ asked: 60_000, approved: 50_000, issued: 0 }],
    version: 2,
  });
  expect(await depot.row()).toMatchObject({ onHand: 90_000, free: 40_000 });
  expect(await depot.account(producer)).toMatchObject({ entitled: 120_000, reserved: 50_000, drawn: 0, left: 70_000 });

  const issue = { path: { location: DEPOT, number: depot.number('I') }, body: depot.issuing(number, '40 kg') };
  const issued = await manager.recordVoucher(issue);
  expect(expectOk(issued).outcome).toEqual({
    quantities: [40_000],
    producer,
    season: '2026-27',
    lots: [
      [
        { lot: 'SIL-1', quantity: 30_000, since: expect.any(String) },
        { lot: 'SIL-2', quantity: 10_000, since: expect.any(String) },
      ],
    ],
  });
  expect((await manager.recordVoucher(issue)).status).toBe(200);
  expect(await depot.row()).toMatchObject({ onHand: 50_000, free: 40_000 });
  expect(await depot.account(producer)).toMatchObject({ reserved: 10_000, drawn: 40_000, left: 70_000 });
  expect(expectOk(await book.admin.getPassbook({ path: { producer } })).issues).toEqual([expectOk(issued)]);
  expect(expectOk(await manager.getRequest({ path }))).toMatchObject({
    state: 'issued',
    lines: [{ issued: 40_000 }],
    version: 3,
  });
});

it('A grant by an officer raises the entitlement, once under one id.', async () => {
  const officer = await book.as('officer', 'district:PBT');
  const grant = {
    path: { producer, item: BAMBOO, grant: 'FLOOD-1' },
    body: { depot: DEPOT, quantity: '20 kg', why: 'workshop flooded' },
  };
  expect((await officer.grantEntitlement(grant)).status).toBe(201);
  expect((await officer.grantEntitlement(grant)).status).toBe(200);
  expect(await depot.account(producer)).toMatchObject({ entitled: 140_000, left: 90_000 });
});

it('Cancelling a request frees its reservation.', async () => {
  const before = await depot.row();
  const number = depot.number('Q');
  const path = { producer, number };
  expectOk(await book.admin.submitRequest({ path, body: depot.asking(5_000) }));
  expectOk(await book.admin.approveRequest({ path: { depot: DEPOT, number }, body: {}, ifMatch: 1 }));
  expect(await depot.account(producer)).toMatchObject({ left: 85_000 });
  const artisan = await book.as('producer', `producer:${producer}`);
  expect(expectOk(await artisan.cancelRequest({ path, body: {}, ifMatch: 2 }))).toMatchObject({ state: 'cancelled' });
  const [row, account] = [await depot.row(), await depot.account(producer)];
  expect([row?.free, account?.left, account?.reserved]).toEqual([before?.free, 90_000, 10_000]);
});
