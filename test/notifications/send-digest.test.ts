import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { allStores } from '../../local/all-stores.ts';
import type { SentNotification } from '../../local/outbox.ts';
import type { Alert } from '../../shared/alerts/alert.ts';
import { StockAlert } from '../../shared/alerts/sources/stock.ts';
import { dayOf, instantOf } from '../../shared/kernel/time.ts';
import { NotSentError } from '../../shared/notifications/notification.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { START } from '../kit/clock.ts';
import { notifyOfAlert, workOff } from '../kit/jobs.ts';

const book = useBook();

/** Each test has its own districts, `one` with two stalls and `two` with one, and their people. */
let tests = 0;
let [one, two] = ['', ''];
let stall: string;
let left: string[];
beforeEach(async () => {
  at(0);
  const letter = String.fromCharCode('A'.charCodeAt(0) + tests++);
  [one, two] = [`X${letter}A`, `X${letter}B`];
  stall = `${one}-01`;
  left = kurtas(45);
  const put = (kind: 'districts' | 'outlets', id: string, body: object) =>
    book.admin.putEntry({ path: { kind, id }, body: body as never });
  for (const id of [one, two])
    expectOk(await put('districts', id, { name: id, nameHi: `ज़िला ${id}`, craft: 'craft', craftHi: 'शिल्प' }));
  for (const id of [stall, `${one}-02`, `${two}-01`])
    expectOk(
      await put('outlets', id, { name: id, station: id.slice(0, 3), district: id.slice(0, 3), sellers: ['LKO1'] }),
    );
  await staff('ASHA', { location: stall, phone: phone(1) });
  const both = { looksAfter: [one, two], email: `meena.${letter}@example.in`, phone: phone(2), language: 'en' };
  await staff('MEENA', both);
  await staff('RAVI', { looksAfter: [stall, `${one}-02`, 'state'], phone: phone(3) });
});
afterEach(() => void vi.restoreAllMocks());

describe('Urgent alerts', () => {
  it('Each person responsible is notified at once by phone, then each escalation, nobody twice.', async () => {
    const alert = await out();
    const first = await hears(() => news(alert));
    expect(first.map(name)).toEqual(['ASHA urgent sms', 'RAVI urgent sms']);
    expect(first.map(({ contact }) => contact?.phone)).toEqual([phone(1), phone(3)]);
    expect(first[0]?.sms.hi).toBe(`बही, ज़रूरी: ${stall}, ख़त्म: वस्तु। बही में देखें।`);
    expect(await hears(() => Promise.all([news(alert), news(alert), digest(MORNING)]))).toEqual([]);

    const gone = { ...alert, level: 'district', escalatedAt: instantOf(START + 5 * HOUR), version: 2 } as Alert;
    at(5);
    await allStores().alerts.save(gone);
    const up = await hears(() => Promise.all([news(gone), news(gone)]));
    expect(up.map(name)).toEqual(['MEENA urgent sms']);
    expect(up[0]?.sms.en).toMatch(/^Bahi, urgent at X..-01: none left: /);
    expect(await hears(() => digest(MORNING + DAY))).toEqual([]);
  });

  it('A refused number delays nobody else, and gets the alert once it is accepted.', async () => {
    const { send } = book.bahi.outbox;
    const spy = vi.spyOn(book.bahi.outbox, 'send').mockImplementation(async (message, way) => {
      if (message.to === `staff:ASHA-${one}`) throw new NotSentError('refused');
      return send(message, way);
    });
    const alert = await out();
    expect((await hears(() => news(alert))).map(name)).toEqual(['RAVI urgent sms']);
    await staff('ZOYA', { location: stall, phone: phone(5) });
    expect((await hears(() => digest(MORNING))).map(name)).toEqual(['ZOYA digest sms']);
    spy.mockRestore();
    const said = await hears(() => digest(MORNING + 1));
    expect(said.map(name)).toEqual(['ASHA digest sms']);
    expect(lines(said)).toEqual([expect.not.stringMatching(MAY)]);
  });
});

describe('Digest', () => {
  it('There is one for each person and day, of all their areas, in their language and channel.', async () => {
    for (const place of [stall, `${one}-02`]) await low(place);
    const level = { level: 'district', escalatedAt: instantOf(START) };
    for (const place of [stall, `${two}-01`]) await opens(place, 'short', 0, level);
    const said = await hears(() => digest(MORNING));
    expect(said.map(name)).toEqual(['ASHA digest sms', 'MEENA digest email', 'RAVI digest sms']);
    const [asha, meena, ravi] = said;
    expect(asha?.sms.hi).toContain('नई सूचनाएँ 1, ज़रूरी 0');
    expect(ravi?.sms.hi).toContain('नई सूचनाएँ 2, ज़रूरी 0');
    expect(meena?.subject.en).toBe('Bahi: 2 new alerts');
    expect(meena?.text.en).toMatch(new RegExp(`^${stall}.+\n${two}-01`));
    expect(await hears(() => digest(MORNING + 1))).toEqual([]);
  });

  it('Concurrent senders and news make one digest.', async () => {
    await low();
    const night = await out(11);
    const said = await hears(async () => {
      at(MORNING);
      await Promise.all([...[1, 2, 3].map(() => work(one)), ...[1, 2].map(() => news(night)), work('state')]);
    });
    for (const person of ['ASHA', 'RAVI']) {
      const mine = lines(said.filter((one) => who(one) === person));
      expect([new Set(mine).size, mine.length]).toEqual([mine.length, 2]);
    }
    expect(await hears(() => digest(MORNING + 1))).toEqual([]);
    expect(await hears(() => digest(MORNING + DAY))).toEqual([]);
  });

  it('A new person in charge learns of open alerts, without those already told.', async () => {
    await low();
    await low(`${one}-02`);
    await staff('USHA', { location: `${one}-02`, phone: phone(4) });
    const toUsha = async (hours: number) => (await hears(() => digest(hours))).filter((said) => who(said) === 'USHA');
    expect(lines(await toUsha(MORNING))).toEqual([expect.stringContaining(`${one}-02`)]);
    await staff('USHA', { location: `${one}-02`, looksAfter: [stall], phone: phone(4) }, 1);
    expect(lines(await toUsha(MORNING + DAY))).toEqual([expect.stringContaining(stall)]);
    expect(await toUsha(MORNING + 2 * DAY)).toEqual([]);
  });

  it('A person back after days away is not told old alerts again.', async () => {
    await low();
    await low(`${one}-02`);
    await staff('USHA', { location: `${one}-02`, looksAfter: [stall], phone: phone(4) });
    const toUsha = async (hours: number) =>
      lines((await hears(() => digest(hours))).filter((said) => who(said) === 'USHA'));
    expect(await toUsha(MORNING)).toHaveLength(2);
    await staff('USHA', { location: `${one}-02`, phone: phone(4) }, 1);
    await low(`${one}-02`, MORNING + 2);
    expect(await toUsha(MORNING + DAY)).toHaveLength(1);
    await staff('USHA', { location: `${one}-02`, looksAfter: [stall], phone: phone(4) }, 2);
    expect(await toUsha(MORNING + 2 * DAY)).toEqual([]);
  });

  it('It goes by phone until the address is confirmed, asked once; undelivered alerts follow later.', async () => {
    const [hasConfirmed, invite] = [vi.spyOn(book.bahi.outbox, 'hasConfirmed'), vi.spyOn(book.bahi.outbox, 'invite')];
    hasConfirmed.mockResolvedValue(false);
    await staff('UMA', { location: stall, looksAfter: [one], email: `uma.${one}@example.in` });
    await low();
    await opens(stall, 'short', 0, { level: 'district', escalatedAt: instantOf(START) });
    await out(11);
    expect((await hears(() => digest(MORNING))).map(name).sort()).toEqual(
      ['ASHA', 'MEENA', 'RAVI'].map((person) => `${person} digest sms`),
    );
    await hears(() => digest(MORNING + DAY));
    expect(invite.mock.calls.map(([to]) => to)).toEqual([`staff:MEENA-${one}`, `staff:UMA-${one}`]);
    hasConfirmed.mockResolvedValue(true);
    const late = await hears(() => digest(MORNING + 2 * DAY));
    expect(late.map(name)).toEqual(['UMA digest email']);
    expect(lines(late).map((line) => MAY.test(line))).toEqual([false, false, false]);
  });
});

it('People whose address refuses the invitation are notified by phone.', async () => {
  vi.spyOn(book.bahi.outbox, 'hasConfirmed').mockResolvedValue(false);
  vi.spyOn(book.bahi.outbox, 'invite').mockRejectedValue(new NotSentError('SNS refused it: InvalidParameterException'));
  await opens(stall, 'short', 0, { level: 'district', escalatedAt: instantOf(START) });
  expect((await hears(() => digest(MORNING))).map(name)).toEqual(['MEENA digest sms']);
});

it('An invitation of unknown outcome is resent, or the address would never be reached.', async () => {
  const [hasConfirmed, invite] = [vi.spyOn(book.bahi.outbox, 'hasConfirmed'), vi.spyOn(book.bahi.outbox, 'invite')];
  hasConfirmed.mockResolvedValue(false);
  invite.mockRejectedValueOnce(new Error('the process died'));
  await staff('UMA', { location: `${two}-01`, email: `uma.${one}@example.in` });
  await low(`${two}-01`);
  for (const day of [0, 1, 2]) await hears(() => digest(MORNING + day * DAY));
  expect(invite.mock.calls.filter(([to]) => to === `staff:UMA-${one}`)).toHaveLength(2);
});

/** The process ends in the middle of sending to Asha: nobody knows whether it went. */
const dies = (went: boolean) => {
  const { send } = book.bahi.outbox;
  vi.spyOn(book.bahi.outbox, 'send').mockImplementation(async (message, way) => {
    if (message.to !== `staff:ASHA-${one}`) return send(message, way);
    if (went) await send(message, way);
    throw new Error('the process died');
  });
};

const MAY = /You may have been told of this already/;

describe.each([
  ['before it is sent', false],
  ['after it is sent', true],
])('Process death between claim and mark, %s', (_, went) => {
  const toAsha = async (act: () => Promise<unknown>) => (await hears(act)).filter((said) => who(said) === 'ASHA');

  it('An urgent message is not resent, and the next digest says that it may have been told.', async () => {
    const alert = await out();
    dies(went);
    expect(await toAsha(() => news(alert))).toHaveLength(went ? 1 : 0);
    vi.restoreAllMocks();
    expect(await toAsha(() => news(alert))).toEqual([]);
    expect(lines(await toAsha(() => digest(MORNING)))).toEqual([expect.stringMatching(MAY)]);
    expect(await toAsha(() => digest(MORNING + DAY))).toEqual([]);
  });

  it('A digest is not resent, and the next one lists what may have been told, and the new.', async () => {
    await low();
    await out(11);
    dies(went);
    expect(await toAsha(() => digest(MORNING))).toHaveLength(went ? 1 : 0);
    vi.restoreAllMocks();
    expect(await toAsha(() => digest(MORNING + 2))).toEqual([]);
    await low(stall, MORNING + 2);
    const next = lines(await toAsha(() => digest(MORNING + DAY)));
    expect(next.map((line) => MAY.test(line))).toEqual([true, true, false]);
    expect(await toAsha(() => digest(MORNING + 2 * DAY))).toEqual([]);
  });
});

// It is Sunday, 10:30 in India; the digest goes at 7.
const HOUR = 3_600_000;

const MORNING = 20.5;

const DAY = 24;

const at = (hours: number) => book.clock.set(instantOf(START + hours * HOUR));

const phone = (which: number) => `+919800${String(tests).padStart(3, '0')}${String(which).padStart(3, '0')}`;

const staff = async (name: string, body: object, version?: number) => {
  const path = { kind: 'staff' as const, id: `${name}-${one}` };
  const ifMatch = version === undefined ? {} : { ifMatch: version };
  expectOk(await book.admin.putEntry({ path, body: { name, ...body }, ...ifMatch }));
};

/** Opened so many hours from the start. */
const opens = async (location: string, type: string, hours: number, more: object = {}): Promise<Alert> => {
  const alert = StockAlert.parse({
    location,
    item: left.pop(),
    type,
    district: location.slice(0, 3),
    state: 'open',
    episode: 1,
    openedAt: instantOf(START + hours * HOUR),
    stockVersion: 1,
    itemVersion: 1,
    placeVersion: 1,
    version: 1,
    figures: { onHand: 0, free: 0, inbound: 0, reorderPoint: 3 },
    ...more,
  });
  await allStores().alerts.save(alert);
  return alert;
};

const low = (location = stall, hours = 0) => opens(location, 'short', hours);

const out = (hours = 0) => opens(stall, 'out', hours);

const news = (alert: Alert) => notifyOfAlert(alert).catch(() => undefined);

const sent = async () => (await book.bahi.outbox.all()).messages;

const who = ({ to }: SentNotification) => to.replace('staff:', '').replace(`-${one}`, '');

const name = (said: SentNotification) => `${who(said)} ${said.message.split('#')[0]} ${said.way}`;

/** The notifications that the action caused, without their topics. */
const hears = async (act: () => Promise<unknown>): Promise<SentNotification[]> => {
  const before = (await sent()).length;
  await act();
  return (await sent()).slice(before).filter((said) => said.contact && said.to.endsWith(one));
};

const work = (area: string) => workOff('send-digest', area, dayOf(book.clock.now())).catch(() => undefined);

const digest = async (hours: number) => {
  at(hours);
  for (const area of [one, two, 'state']) await work(area);
  at(0);
};

const lines = (said: readonly SentNotification[]) => said.flatMap(({ text }) => text.en.split('\n'));
