import { beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../shared/api/client.ts';
import { CardNumber } from '../../shared/materials/pin.ts';
import { enrol, expectOk, numberAt, useBook } from '../kit/book.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { BAMBOO, DEPOT, type Depot, openDepot } from '../kit/depot.ts';
import { type RequestDriver, requestsAt } from '../kit/material-requests.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const producer = 'P0100';
const card = { number: CardNumber.parse('PBT-00100'), pin: '4827' };
const book = useBook();
let depot: Depot;
let asks: RequestDriver;
let counter: Client;
let artisan: Client;
let phone: string;
beforeAll(async () => {
  depot = await openDepot(book);
  await depot.producer(producer, 9);
  await depot.receive('SIL-1', '400 kg');
  asks = requestsAt(book, depot, producer);
  counter = await book.as('depot', `location:${DEPOT}`);
  artisan = await book.as('producer', `producer:${producer}`);
  phone = await enrol(book, producer, 'PBT1');
  expectOk(await book.admin.setPin({ path: { producer }, body: { card: card.number, pin: card.pin } }));
});

let serial = 0;
/** From the depot's counter, or from the producer's own phone. */
const FROM: Record<string, (quantity: number | string, more?: object) => ReturnType<typeof sent>> = {
  'the counter': (quantity, more) => sent(counter, depot.number('Q'), quantity, more),
  'the own phone': (quantity, more) =>
    sent(artisan, numberAt(book.clock, phone, 'Q', ++serial), quantity, { by: producer, ...more }),
};

const sent = (by: Client, number: string, quantity: number | string, more: object = {}) => {
  const body = depot.asking(0, { lines: [{ item: BAMBOO, quantity }], ...more });
  return {
    number,
    send: (how: object = {}) => by.submitRequest({ path: { producer, number }, body: { ...body, ...how } }),
  };
};

describe.each(Object.keys(FROM))('a request from %s', (from) => {
  const asking = (...asked: Parameters<(typeof FROM)[string]>) => FROM[from]?.(...asked) ?? sent(counter, '', 0);

  it('An implausible quantity is refused, and kept once confirmed; a repeat needs no confirmation.', async () => {
    const request = asking('8901 kg');
    const met = await request.send();
    expect(outcomeOf(met)).toBe('422 IMPLAUSIBLE');
    expect(met).toMatchObject({
      problem: { fields: [{ path: 'lines.0.quantity', value: 8_901_000, bound: 2_000_000 }] },
    });
    const { path } = { path: { producer, number: request.number } };
    expect(outcomeOf(await book.admin.getRequest({ path }))).toBe('404 NOT_FOUND');
    const kept = await request.send({ confirmed: true });
    expect(outcomeOf(kept)).toBe(201);
    expect(expectOk(kept).history).toMatchObject([{ did: 'submit', confirmed: true }]);
    const again = await request.send();
    expect([again.status, expectOk(again)]).toEqual([200, expectOk(kept)]);
  });

  it('A bare number is refused, and kept with its unit.', async () => {
    const met = await asking(40).send();
    expect(outcomeOf(met)).toBe('422 UNIT_NEEDED');
    expect(met).toMatchObject({
      problem: { detail: 'lines.0.quantity: 40 may be 40 gram or 40 kg or 40 bundle: name the unit.' },
    });
    expect(outcomeOf(await asking('40 kg').send())).toBe(201);
  });
});

it("A counter request names staff of the depot; a producer's own phone names the producer.", async () => {
  const [ofCounter, ofPhone] = [FROM['the counter'], FROM['the own phone']];
  expect(outcomeOf(await (ofCounter?.('1 kg', { by: 'GHOST' }).send() as never))).toBe('422 STAFF_UNKNOWN');
  expect(outcomeOf(await (ofPhone?.('1 kg', { by: producer }).send() as never))).toBe(201);
});

describe('Who acts at a depot', () => {
  type Move = readonly [number: string, act: (by: Client, who: object) => Promise<Parameters<typeof outcomeOf>[0]>];
  const at = (number: string) => ({ depot: DEPOT, number });
  const MOVES: Record<string, () => Promise<Move>> = {
    approve: async () => {
      const number = await asks.submitted();
      return [number, (by, who) => by.approveRequest({ path: at(number), body: { ...who }, ifMatch: 1 })];
    },
    reject: async () => {
      const number = await asks.submitted();
      return [number, (by, who) => by.rejectRequest({ path: at(number), body: { why: 'none', ...who }, ifMatch: 1 })];
    },
    cancel: async () => {
      const number = await asks.submitted();
      return [
        number,
        (by, who) => by.cancelRequest({ path: { producer, number }, body: { card, ...who }, ifMatch: 1 }),
      ];
    },
    confirm: async () => {
      const number = await asks.reach.issued();
      const body = { proof: 'signature' as const, signature: 'register 1' };
      return [
        number,
        (by, who) => by.confirmRequest({ path: { producer, number }, body: { ...body, ...who }, ifMatch: 3 }),
      ];
    },
  };

  it.each(Object.keys(MOVES))(
    "A change that names nobody, or nobody on the depot's staff, is refused: %s",
    async (name) => {
      const made = MOVES[name];
      if (!made) throw new Error(name);
      const [number, act] = await made();
      const before = await asks.read(number);
      book.bahi.startFunctions();
      expectOk(
        await book.admin.putEntry({
          path: { kind: 'staff', id: `S-${name.toUpperCase()}` },
          body: { name: 'Ravi', location: 'LKO-02' },
        }),
      );
      expect(outcomeOf(await act(counter, {}))).toBe('400 INVALID_REQUEST');
      expect(await act(counter, {})).toMatchObject({ problem: { fields: [{ path: 'by' }] } });
      expect(outcomeOf(await act(counter, { by: 'GHOST' }))).toBe('422 STAFF_UNKNOWN');
      expect(outcomeOf(await act(counter, { by: `S-${name.toUpperCase()}` }))).toBe('422 STAFF_UNKNOWN');
      expect(await asks.read(number)).toEqual(before);
      expect(outcomeOf(await act(counter, { by: 'S002' }))).toBe(200);
      expect((await asks.read(number)).history.at(-1)).toMatchObject({ did: name, staff: 'S002' });
    },
  );

  it('An issue names its person in the voucher.', async () => {
    const number = await asks.reach.approved();
    expect(outcomeOf(await asks.issue(number, 500, { by: 'GHOST' }))).toBe('422 STAFF_UNKNOWN');
    expectOk(await asks.issue(number, 500, { by: 'S002' }));
    expect((await asks.read(number)).history.at(-1)).toMatchObject({ did: 'issue', staff: 'S002' });
  });

  it('An officer acts under their own login; a person they name is checked.', async () => {
    const officer = await book.as('officer', 'district:PBT');
    const [first, second] = [await asks.submitted(), await asks.submitted()];
    const approve = (number: string, body: object) =>
      officer.approveRequest({ path: at(number), body: { ...body }, ifMatch: 1 });
    expect(outcomeOf(await approve(first, {}))).toBe(200);
    expect(outcomeOf(await approve(second, { by: 'GHOST' }))).toBe('422 STAFF_UNKNOWN');
  });

  it('A producer names nobody.', async () => {
    const number = await asks.submitted();
    const cancel = (body: object) =>
      artisan.cancelRequest({ path: { producer, number }, body: { ...body }, ifMatch: 1 });
    expect(outcomeOf(await cancel({ by: 'S002' }))).toBe('400 INVALID_REQUEST');
    expect(outcomeOf(await cancel({}))).toBe(200);
  });
});

it('An approval of a bare number is refused, and reserves with its unit.', async () => {
  const number = await asks.submitted('60 kg');
  expect(outcomeOf(await asks.approve(number, [{ item: BAMBOO, quantity: 40 }]))).toBe('422 UNIT_NEEDED');
  const approved = expectOk(await asks.approve(number, [{ item: BAMBOO, quantity: '40 kg' }]));
  expect(approved.lines).toMatchObject([{ approved: 40_000 }]);
});
