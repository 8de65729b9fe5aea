import { beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { type ReconciliationScope, reconcileLocation } from '../../functions/reconcile-ledger/reconcile-location.ts';
import { allStores } from '../../local/all-stores.ts';
import { planJobMessages } from '../../local/jobs.ts';
import { DistrictId, LocationId } from '../../shared/kernel/ids.ts';
import { Day } from '../../shared/kernel/time.ts';
import { enrol, expectOk, useBook } from '../kit/book.ts';
import { daysAgo, START } from '../kit/clock.ts';
import { allClosesAt, closeAt, latestCloseByDay } from '../kit/day-closes.ts';
import { exceptionAlertStates, exceptionAlertsIn } from '../kit/exception-alerts.ts';
import { watchedClient } from '../kit/interceptor.ts';
import { sweep, workOff } from '../kit/jobs.ts';
import type { Written } from '../kit/phone.ts';
import { dispatched, phonesAt, receivedFrom, type Shop, tookBack } from '../kit/shop.ts';
import { phoneOf, recordLive, syncAt } from '../kit/shop-phone.ts';
import { tampererOf } from '../kit/tampering.ts';

const { client, watch } = watchedClient(inject('endpoint'));
let tamper: ReturnType<typeof tampererOf>;
let made = 42;
let P: string;
let workshop: Pick<Shop, 'phones' | 'client'>;
let stall: Pick<Shop, 'phones' | 'client'>;
const book = useBook({ client });
beforeAll(async () => {
  tamper = tampererOf(book);
  stall = await phonesAt(book, to, 'PBT1');
});
beforeEach(async () => {
  watch({});
  P = await newMaker();
  workshop = await phonesAt(book, P, 'PBT1');
});

it('A workshop is closed and reconciled nightly and swept hourly, unplanned, at no cost to others.', async () => {
  const other = await newMaker();
  const at = async (job: Parameters<typeof planJobMessages>[0]) =>
    (await planJobMessages(job)).flatMap((message) => ('location' in message ? [message.location as string] : []));
  for (const job of ['sweep-alerts', 'close-day', 'reconcile-ledger'] as const) {
    expect(await at(job), job).toEqual(expect.arrayContaining([P, to]));
    expect((await at(job)).filter((place) => place === P)).toHaveLength(1);
    expect(await at(job)).not.toContain(other);
  }
  for (const job of ['plan-replenishment', 'expire-reservations'] as const) expect(await at(job)).not.toContain(P);
  await daysAgo(book.clock, 1, () => enrol(book, other, 'PBT1'));
  await enrol(book, other, 'PBT1');
  expect((await at('reconcile-ledger')).filter((place) => place === other)).toHaveLength(1);
});

describe("Workshop's day", () => {
  /** On Wednesday, one of three is not brought; on Friday one that names the last of Wednesday. */
  const lived = async () => {
    const wednesday = START - 4 * DAY;
    const [one, two, three] = [1, 2, 3].map((serial) => sent(serial, wednesday + serial)) as [
      Written,
      Written,
      Written,
    ];
    clockAt(wednesday + HOUR);
    await syncAt(workshop, one, three);
    night(1);
    await closeAt(P);
    return { two, three };
  };

  it('It is closed by its vouchers, without stock or sums; missing numbers are asked for.', async () => {
    const { two, three } = await lived();
    const path = { location: P, day: WEDNESDAY };
    const { vouchers, close } = expectOk(await workshop.client.getDay({ path }));
    expect(vouchers).toHaveLength(2);
    expect(close).toMatchObject({
      vouchers: 2,
      items: [],
      tenders: [],
      sellers: [],
      terminals: [{ state: 'missing' }],
    });
    const { terminal } = phoneOf(workshop);
    expect(expectOk(await workshop.client.getNumbers({ path: { location: P, terminal } })).missing).toEqual([
      two.number,
    ]);
    clockAt(START - 2 * DAY);
    const { missing } = expectOk(await phoneOf(workshop).sync([sent(1, START - 2 * DAY, { previous: three.number })]));
    expect(missing).toEqual([two.number]);
    night(3);
    await closeAt(P);
    clockAt(START);
    const lives = () => exceptionAlertStates(book.admin, { area: 'PBT' }, 'unproven');
    const before = await lives();
    await sweep(P);
    expect(await lives()).toEqual(['unproven open 1', ...before]);
    await syncAt(workshop, two);
    await closeAt(P);
    expect((await latestCloseByDay(P)).get(WEDNESDAY)).toMatchObject({
      edition: 2,
      vouchers: 3,
      terminals: [{ state: 'proven' }],
    });
    expect(await lives()).toEqual([...before, 'unproven resolved 1']);
    expect(await allStores().totals.find(DistrictId.parse('PBT'), Day.parse(WEDNESDAY))).toBeUndefined();
    await workOff('sum-days', 'PBT');
    expect(await allStores().totals.find(DistrictId.parse('PBT'), Day.parse(FRIDAY))).toBeUndefined();
  });

  it('An unproven day opens no alert, since a workshop has no shift close.', async () => {
    clockAt(START - 4 * DAY);
    await syncAt(workshop, sent(1, START - 4 * DAY));
    for (const days of [1, 2, 3]) {
      night(days);
      await closeAt(P);
    }
    clockAt(START);
    expect((await latestCloseByDay(P)).get(WEDNESDAY)).toMatchObject({ terminals: [{ state: 'unproven' }] });
    expect((await latestCloseByDay(P)).get(THURSDAY)).toMatchObject({ vouchers: 0, items: [] });
    const before = await exceptionAlertStates(book.admin, { area: 'PBT' });
    await sweep(P);
    expect(await exceptionAlertStates(book.admin, { area: 'PBT' })).toEqual(before);
  });
});

describe('Reconciling a workshop', () => {
  it('It is clean whatever was sent, received or taken back, and starts nightly at its close.', async () => {
    clockAt(START - 4 * DAY);
    const { number } = await recordLive(workshop, dispatched(to, { item, quantity: 6 }));
    await recordLive(workshop, tookBack(number, line(2)));
    await recordLive(stall, receivedFrom(number, { item, quantity: 3, rejected: 1 }));
    const early = phoneOf(workshop).write(dispatched(to, { item, quantity: 2 }));
    await recordLive(stall, receivedFrom(early.number, { item, quantity: 2 }));
    expect(await audit()).toEqual([]);
    night(1);
    await closeAt(P);
    expect(await audit(P, 'what changed')).toEqual([]);
    clockAt(START - 3 * DAY);
    await phoneOf(workshop).sync([early]);
    expect(await audit(P, 'what changed')).toEqual([]);
    expect((await allClosesAt(P)).map(({ day }) => day)).toContain(WEDNESDAY);
    expect((await audit(to)).filter(({ kind }) => kind === 'transfer')).toEqual([]);
  });

  it('A changed or removed voucher, or a differing transfer, is found.', async () => {
    clockAt(START - 4 * DAY);
    const [one, two] = [
      await recordLive(workshop, dispatched(to, { item, quantity: 6 })),
      await recordLive(workshop, dispatched(to, { item, quantity: 5 })),
    ];
    night(1);
    await closeAt(P);
    const kinds = async (reach?: ReconciliationScope) => (await audit(P, reach)).map(({ kind }) => kind);
    await tamper.change('Transfers', { dispatch: one.number, part: 'transfer' }, () => ({
      lines: [[item, 7, 0, 0, 0]],
    }));
    expect(await audit()).toMatchObject([
      { kind: 'transfer', dispatch: one.number, what: 'dispatched', book: 7, says: 6 },
    ]);
    await tamper.voucher(P, one.number, ({ claim }) => ({ claim: { ...(claim as object), by: 'S009' } }));
    expect(await kinds()).toContain('voucher');
    await tamper.removeVoucher(P, two.number);
    expect(await kinds()).toEqual(expect.arrayContaining(['sent', 'books']));
    expect(await kinds('what changed')).toEqual(expect.arrayContaining(['sent', 'books']));
    const [alert] = await exceptionAlertsIn(book.admin, { area: 'PBT' }, 'drift');
    expect(alert).toMatchObject({ location: P, about: P, state: 'open' });
  });
});

it('The sweep opens the alert of a held voucher that a crash left out.', async () => {
  let dies = true;
  watch({
    before: ({ says }) => {
      if (!dies || !says.includes('-Alerts"')) return;
      dies = false;
      throw new Error('the process died');
    },
  });
  const lives = () => exceptionAlertStates(book.admin, { location: P }, 'held');
  const unknown = phoneOf(workshop).write(dispatched(to, { item: 'PBT-FLUTE-NONE', quantity: 3 }));
  expect((await phoneOf(workshop).sync([unknown])).status).toBe(500);
  expect(await lives()).toEqual([]);
  for (let times = 0; times < 2; times++) await sweep(P);
  expect(await lives()).toEqual(['held open 1']);
});

const [item, to] = ['PBT-FLUTE-C', 'PBE-01'];

const [HOUR, DAY] = [3_600_000, 24 * 3_600_000];

const [WEDNESDAY, THURSDAY, FRIDAY] = ['2026-11-18', '2026-11-19', '2026-11-20'];

/** Each test has a maker of its own. */
const newMaker = async (): Promise<string> => {
  const id = `P0${++made + 700}`;
  const { entry } = expectOk(await book.admin.getEntry({ path: { kind: 'producers', id: 'P0042' } }));
  expectOk(await book.admin.putEntry({ path: { kind: 'producers', id }, body: entry }));
  return id;
};

const clockAt = (at: number) => book.clock.set(new Date(at).toISOString());

/** Half past midnight in India, so many days after Wednesday. */
const night = (days: number) => clockAt(START - 4 * DAY - 10 * HOUR + days * DAY);

/** Numbered as phones do: each day and kind begins at 1. */
const sent = (serial: number, at: number, more: object = {}): Written => {
  const { number, claim } = phoneOf(workshop).write({ ...dispatched(to, { item, quantity: 6 }), ...more }, at);
  return { number: `${number.slice(0, 12)}000${serial}`, claim };
};

const line = (quantity: number) => ({ line: 1, item, quantity });

const audit = async (place = P, reach: ReconciliationScope = 'the whole book') =>
  (await reconcileLocation(LocationId.parse(place), reach, allStores())).drifts;
