import { beforeEach, expect, inject, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { START as NOW } from '../kit/clock.ts';
import { closeAt } from '../kit/day-closes.ts';
import { exceptionAlertStates, exceptionAlertsIn } from '../kit/exception-alerts.ts';
import { watchedClient } from '../kit/interceptor.ts';
import { sweep } from '../kit/jobs.ts';
import type { Phone, Written } from '../kit/phone.ts';
import { openShop, type Shop, sold } from '../kit/shop.ts';

const [HOUR, DAY] = [3_600_000, 24 * 3_600_000];
const WEDNESDAY = '2026-11-18';
/** Wednesday, half past ten, four days before the clock stands. */
const START = NOW - 4 * DAY;
const item = 'LKO-KURTA-01';
const { client, watch } = watchedClient(inject('endpoint'));
let shop: Shop;
let phone: Phone;
const book = useBook({ client });
beforeEach(async () => {
  watch({});
  clockAt(NOW);
  shop = await openShop(book);
  [phone] = shop.phones as [Phone];
  clockAt(START);
});

const clockAt = (milliseconds: number) => book.clock.set(new Date(milliseconds).toISOString());

it('Missing numbers are asked for at close, alert the officer after a day, and resolve on arrival.', async () => {
  const { lost, last, reply } = await opened();
  expect(reply.missing).toEqual([lost.number]);
  await sweep(shop.location);
  expect(await lives()).toEqual([]);
  await close(2);
  await sweep(shop.location);
  expect(await lives()).toEqual([]);

  at(2, 7);
  for (let times = 0; times < 2; times++) await sweep(shop.location);
  const about = `${phone.terminal}-${WEDNESDAY}`;
  const figures = { terminal: phone.terminal, day: WEDNESDAY, last: last.number, missing: [lost.number], many: 1 };
  expect(await exceptionAlertsIn(book.admin, where(), 'unproven')).toMatchObject([
    { about, state: 'open', episode: 1, district: 'LKO', figures: { ...figures, state: 'missing' } },
  ]);

  expect((await bring([lost])).missing).toEqual([]);
  await close(3);
  const resolved = { about, state: 'resolved', episode: 1, figures: { state: 'proven', missing: [], many: 0 } };
  expect((await exceptionAlertsIn(book.admin, where(), 'unproven'))[0]).toMatchObject(resolved);
  await sweep(shop.location);
  expect((await exceptionAlertsIn(book.admin, where(), 'unproven')).filter((one) => one.about === about)).toMatchObject(
    [resolved],
  );
});

it('A day whose last number nothing proves opens an alert, until a later voucher names it.', async () => {
  const last = sale(1);
  await bring([last]);
  await close(1);
  await close(2);
  at(2, 7);
  await sweep(shop.location);
  expect(await exceptionAlertsIn(book.admin, where(), 'unproven')).toMatchObject([
    { figures: { state: 'unproven', many: 0 } },
  ]);
  expect((await bring([sale(1, last.number)])).missing).toEqual([]);
  await close(3);
  expect(await lives()).toEqual(['unproven resolved 1']);
});

it('No unproven-day alert opens before the next day is closed.', async () => {
  const { lost } = await opened();
  await bring([lost]);
  at(2, 12);
  await sweep(shop.location);
  expect(await lives()).toEqual([]);
  await closeAt(shop.location);
  await sweep(shop.location);
  expect(await lives()).toEqual([]);
});

it.each(['before', 'after'] as const)(
  'If the process dies right %s the unproven-day alert, the sweep opens it.',
  async (when) => {
    const { lost } = await opened();
    await close(2);
    at(2, 7);
    await sweep(shop.location);
    await bring([lost]);
    at(3, 0.5);
    let dies = true;
    const die = ({ says }: { readonly says: string }) => {
      if (!dies || !says.includes('-Alerts"')) return;
      dies = false;
      throw new Error('the process died');
    };
    watch({ [when]: die });
    await expect(closeAt(shop.location)).rejects.toThrow('failed');
    watch({});
    if (when === 'before') expect(await lives()).toEqual(['unproven open 1']);
    for (let times = 0; times < 2; times++) await sweep(shop.location);
    expect(await lives()).toEqual(['unproven resolved 1']);
  },
);

/** At this hour of the day in India, so many days after Wednesday. */
const at = (days: number, hour: number) => clockAt(START - 10.5 * HOUR + days * DAY + hour * HOUR);

const where = () => ({ location: shop.location });

const lives = () => exceptionAlertStates(book.admin, where(), 'unproven');

/** Numbered as phones do: each day begins at 1. */
const sale = (serial: number, previous?: string): Written => {
  const { number, claim } = phone.write({ ...sold({ item, quantity: 1 }), ...(previous && { previous }) });
  return { number: `${number.slice(0, 12)}000${serial}`, claim };
};

const bring = async (written: readonly Written[]) => expectOk(await phone.sync(written));

const close = async (days: number) => {
  at(days, 0.5);
  await closeAt(shop.location);
};

/** On Wednesday one of three sales is lost; on Thursday there is one more, which names the last. */
const opened = async () => {
  const [first, lost, last] = [sale(1), sale(2), sale(3)];
  await bring([first, last]);
  await close(1);
  at(1, 11);
  const next = sale(1, last.number);
  return { lost, last, reply: await bring([next]) };
};
