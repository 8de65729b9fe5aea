import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../../shared/api/client.ts';
import { CardNumber } from '../../shared/materials/pin.ts';
import { enrol, expectOk, numberAt, useBook } from '../kit/book.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { DEPOT, type Depot, openDepot } from '../kit/depot.ts';
import { exceptionAlertStates, exceptionAlertsIn } from '../kit/exception-alerts.ts';
import { sweep } from '../kit/jobs.ts';
import { type RequestDriver, requestsAt } from '../kit/material-requests.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const book = useBook();
let [near, far] = [{} as Depot, {} as Depot];
let { manager, stranger, officer } = {} as Record<'manager' | 'stranger' | 'officer', Client>;
let [producer, made] = ['', 0];

beforeAll(async () => {
  const entry = { name: 'Lucknow depot', nameHi: 'डिपो', district: 'LKO', sellers: ['PBT1'] };
  expectOk(await book.admin.putEntry({ path: { kind: 'depots', id: FAR }, body: entry }));
  [near, far] = [await openDepot(book), await openDepot(book, FAR)];
  await near.receive('SIL-1', '100 kg');
  await far.receive('LKO-1', '100 kg');
  manager = await book.as('depot', `location:${DEPOT}`);
  stranger = await book.as('depot', `location:${FAR}`);
  officer = await book.as('officer', 'district:PBT');
});
beforeEach(async () => {
  producer = `P06${String(++made).padStart(2, '0')}`;
  await near.producer(producer);
  expectOk(await officer.setPin({ path: { producer }, body: { card: card.number, pin: card.pin } }));
});

describe('Readers of a passbook', () => {
  it('The producer, the depots and officers of the district, and the state read a passbook.', async () => {
    const who = {
      producer: await book.as('producer', `producer:${producer}`),
      'another producer': await book.as('producer', 'producer:P0042'),
      depot: manager,
      'a depot of another district': stranger,
      'a depot nobody knows': await book.as('depot', 'location:ZZZ-D9'),
      'a depot role at a stall': await book.as('depot', 'location:PBE-01'),
      'a depot without scope': await book.as('depot'),
      'all depots of the district': await book.as('depot', 'district:PBT'),
      'all depots of another district': await book.as('depot', 'district:LKO'),
      officer,
      'an officer of another district': await book.as('officer', 'district:LKO'),
      state: await book.as('officer', 'state'),
      outlet: await book.as('outlet', 'state'),
    };
    const read = Object.entries(who).map(async ([says, by]) => [says, await passbookBy(by)] as const);
    const no = '403 FORBIDDEN';
    expect(Object.fromEntries(await Promise.all(read))).toEqual({
      producer: 200,
      'another producer': no,
      depot: 200,
      'a depot of another district': no,
      'a depot nobody knows': no,
      'a depot role at a stall': no,
      'a depot without scope': no,
      'all depots of the district': 200,
      'all depots of another district': no,
      officer: 200,
      'an officer of another district': no,
      state: 200,
      outlet: no,
    });
  });

  it("An unknown producer's passbook is refused in the same words.", async () => {
    const [known, unknown] = [
      await stranger.getPassbook({ path: { producer } }),
      await stranger.getPassbook({ path: { producer: 'P9876' } }),
    ];
    const said = [known, unknown].map((answer) => (answer.ok ? '' : answer.problem.detail.replace(/P\d+/, 'P')));
    expect(said[0]).toBe(said[1]);
    expect(said[0]).toContain('does not serve');
  });

  it('A depot of another district reads it when an officer names it in the entry.', async () => {
    expect(await passbookBy(stranger)).toBe('403 FORBIDDEN');
    await nameFar();
    expect(await passbookBy(stranger)).toBe(200);
  });

  it("A depot of another district reads it once the producer's own phone asked there.", async () => {
    const phone = await enrol(book, producer, 'PBT1');
    const artisan = await book.as('producer', `producer:${producer}`);
    const number = numberAt(book.clock, phone, 'Q', 1);
    expect(await passbookBy(stranger)).toBe('403 FORBIDDEN');
    expectOk(await artisan.submitRequest({ path: { producer, number }, body: far.asking(1_000) }));
    expect(await passbookBy(stranger)).toBe(200);
    const { accounts } = expectOk(await stranger.getPassbook({ path: { producer } }));
    expect(accounts).toEqual([]);
  });
});

describe('A depot that does not serve a producer', () => {
  const lockedFor = async () => outcomeOf(await asking(near, manager, { card }));

  it('It enters no request for the producer, and uses no PIN try.', async () => {
    for (let n = 0; n < 6; n++)
      expect(outcomeOf(await asking(far, stranger, { card: wrongCard }))).toBe('403 FORBIDDEN');
    expect(outcomeOf(await asking(far, stranger))).toBe('403 FORBIDDEN');
    expect(outcomeOf(await asking(far, stranger, { card }))).toBe('403 FORBIDDEN');
    expect(await lockedFor()).toBe(201);
  });

  it('It checks no PIN for a request from the time when it served the producer.', async () => {
    await nameFar();
    const asks: RequestDriver = requestsAt(book, far, producer);
    const [waiting, issued] = [expectOk(await asking(far, stranger)).request, await asks.reach.issued()];
    const path = { kind: 'producers' as const, id: producer };
    const { entry, version } = expectOk(await book.admin.getEntry({ path }));
    const { depots: _depots, ...without } = entry;
    expectOk(await book.admin.putEntry({ path, body: without, ifMatch: version }));
    for (let n = 0; n < 6; n++) {
      const cancelled = await stranger.cancelRequest({
        path: { producer, number: waiting },
        body: { by: 'S001', card: wrongCard },
        ifMatch: 1,
      });
      const confirmed = await stranger.confirmRequest({
        path: { producer, number: issued },
        body: { proof: 'card', by: 'S001', card: wrongCard },
        ifMatch: 3,
      });
      expect([cancelled, confirmed].map(outcomeOf)).toEqual(['403 FORBIDDEN', '403 FORBIDDEN']);
    }
    expect(await lockedFor()).toBe(201);
  });

  it("It still serves requests from the producer's own phone.", async () => {
    const phone = await enrol(book, producer, 'PBT1');
    const artisan = await book.as('producer', `producer:${producer}`);
    const number = numberAt(book.clock, phone, 'Q', 1);
    expectOk(await artisan.submitRequest({ path: { producer, number }, body: far.asking(1_000) }));
    const cancel = { path: { producer, number }, body: { by: 'S001', card }, ifMatch: 1 };
    expect(outcomeOf(await stranger.cancelRequest(cancel))).toBe(200);
  });
});

describe('Locked PIN alert', () => {
  const alerts = async () =>
    (await exceptionAlertsIn(officer, { area: 'PBT' }, 'pin')).filter(({ about }) => about === producer);
  const lock = async () => {
    for (let n = 0; n < 5; n++) await asking(near, manager, { card: wrongCard });
  };

  it('The fifth wrong try opens it, with tries and time; the right PIN resolves it.', async () => {
    for (let n = 0; n < 4; n++) await asking(near, manager, { card: wrongCard });
    expect(await alerts()).toEqual([]);
    await asking(near, manager, { card: wrongCard });
    const until = new Date(Date.parse(book.clock.now()) + 15 * 60_000).toISOString();
    expect(await alerts()).toMatchObject([
      { location: DEPOT, district: 'PBT', state: 'open', level: 'district', figures: { locks: 1, until } },
    ]);
    book.clock.forward(15 * 60);
    await lock();
    expect(await alerts()).toMatchObject([{ state: 'open', episode: 1, figures: { locks: 2 } }]);
    book.clock.forward(3_600);
    expect(outcomeOf(await asking(near, manager, { card }))).toBe(201);
    expect(await alerts()).toMatchObject([{ state: 'resolved' }]);
  });

  it('A new PIN from an officer resolves it.', async () => {
    await lock();
    expect(await alerts()).toMatchObject([{ state: 'open' }]);
    expectOk(await officer.setPin({ path: { producer }, body: { card: card.number, pin: '7392' } }));
    expect(await alerts()).toMatchObject([{ state: 'resolved' }]);
    await sweep(DEPOT);
    expect(await alerts()).toMatchObject([{ state: 'resolved' }]);
  });

  it('The hourly sweep keeps it open while locked, and escalates it in time.', { tags: 'long' }, async () => {
    await lock();
    await sweep(DEPOT);
    expect(await alerts()).toMatchObject([{ state: 'open', level: 'district' }]);
    book.clock.forward(73 * 3_600);
    officer = await book.as('officer', 'district:PBT');
    manager = await book.as('depot', `location:${DEPOT}`);
    await sweep(DEPOT);
    expect(await alerts()).toMatchObject([{ state: 'open', level: 'state' }]);
    expect(await exceptionAlertStates(officer, { location: DEPOT }, 'pin')).toContain('pin open 1');
  });
});

/** A depot of another district, which keeps the same bamboo. */
const FAR = 'LKO-D1';

const card = { number: CardNumber.parse('PBT-0042'), pin: '4827' };

const wrongCard = { ...card, pin: '5000' };

const passbookBy = async (by: Client) => outcomeOf(await by.getPassbook({ path: { producer } }));

const asking = (depot: Depot, by: Client, more: object = {}) =>
  by.submitRequest({ path: { producer, number: depot.number('Q') }, body: depot.asking(1_000, more) });

const nameFar = async () => {
  const path = { kind: 'producers' as const, id: producer };
  const { entry, version } = expectOk(await book.admin.getEntry({ path }));
  expectOk(await book.admin.putEntry({ path, body: { ...entry, depots: [FAR] }, ifMatch: version }));
};
