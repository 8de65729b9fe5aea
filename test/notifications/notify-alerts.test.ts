import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import * as z from 'zod';
import { allStores } from '../../local/all-stores.ts';
import { NOTIFY_ALERTS } from '../../local/deliver-records.ts';
import { followStream } from '../../local/follow-stream.ts';
import { SentNotification } from '../../local/outbox.ts';
import { findStreamArn } from '../../local/tables.ts';
import { AlertEvent } from '../../shared/alerts/alert-event.ts';
import { instantOf } from '../../shared/kernel/time.ts';
import { Notification, NotSentError } from '../../shared/notifications/notification.ts';
import { sendOnce } from '../../shared/notifications/send-once-service.ts';
import { type Book, expectOk, openBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { START } from '../kit/clock.ts';
import { engineClient } from '../kit/fast-clients.ts';
import { sweep } from '../kit/jobs.ts';
import { openStall, type Stall } from '../kit/stall.ts';

let book: Book;
let stall: Stall;

let item: string;
beforeEach(async () => {
  book = await openBook({ streams: true });
  stall = await openStall(book, location, 'LKO1');
  item = left.pop() ?? '';
});
afterEach(() => book.close());

describe('Urgent alerts', () => {
  it('The outlet is notified at once and once, whatever repeats.', async () => {
    const before = await many();
    await sellOut();
    await drain();
    expect(await messagesFrom(before)).toEqual([`${location} urgent`]);
    const [message] = (await book.bahi.outbox.all()).messages.slice(before);
    expect(message?.text.en).toMatch(/^LKO-01, .+: You have none left: more is needed at 3\.$/);
    expect(message?.text.hi).toMatch(/कुछ नहीं बचा/);
    expect(await tells(() => Promise.all([replay(), sweep(location), replay()]))).toEqual([]);
    expect(await tells(() => digest(MORNING))).toEqual([]);
  });

  it('The next episode is notified again.', async () => {
    await sellOut();
    await drain();
    expect(
      await tells(async () => {
        await stall.receive({ item, quantity: 9 });
        await drain();
        at(1);
        await stall.sell({ item, quantity: 9 });
        await drain();
      }),
    ).toEqual([`${location} urgent`]);
  });

  it('An alert that is resolved by the time of the news is not notified.', async () => {
    await stall.receive({ item, quantity: 2 });
    await drain();
    expect(
      await tells(async () => {
        await stall.sell({ item, quantity: 2 });
        await sweep(location);
        await stall.receive({ item, quantity: 9 });
        await sweep(location);
        await drain();
      }),
    ).toEqual([]);
  });

  it('At night it waits for the morning, first in its digest.', async () => {
    const other = left.pop() ?? '';
    expect(
      await tells(async () => {
        await stall.receive({ item: other, quantity: 2 });
        at(11);
        await sellOut();
        await drain();
      }),
    ).toEqual([]);
    expect(await tells(() => digest(MORNING - 1))).toEqual([]);
    expect(await tells(() => digest(MORNING))).toEqual([`${location} digest`]);
    const [message] = (await book.bahi.outbox.all()).messages.slice(-1);
    expect(message?.text.en.split('\n')).toEqual([
      expect.stringMatching(/You have none left/),
      expect.stringMatching(/You have 2: more is needed at 3/),
    ]);
    expect(await tells(() => digest(MORNING))).toEqual([]);
    expect(await tells(() => Promise.all([digest(MORNING + 5), replay()]))).toEqual([]);
    expect(await tells(() => digest(MORNING + 24))).toEqual([]);
  });
});

describe('Digest', () => {
  it('It has the new alerts, once a day, for current recipients, without acknowledged and snoozed ones.', async () => {
    const [open, taken, off] = [item, left.pop() ?? '', left.pop() ?? ''];
    for (const one of [open, taken, off]) await stall.receive({ item: one, quantity: 2 });
    await drain();
    const path = (of: string) => ({ location, alert: `${of}:short` });
    expectOk(await book.admin.acknowledgeAlert({ path: path(taken), body: {}, ifMatch: 1 }));
    const body = { until: instantOf(START + 60 * HOUR), why: 'the weaver comes' };
    expectOk(await book.admin.snoozeAlert({ path: path(off), body, ifMatch: 1 }));
    const day = MORNING + 48;
    expect(await tells(() => digest(day))).toEqual([`${location} digest`]);
    const [message] = (await book.bahi.outbox.all()).messages.slice(-1);
    expect(message?.subject.en).toBe('Bahi, LKO-01: 2 new alerts');
  });

  it("A district's digest has the alerts that escalated to it.", async () => {
    await stall.receive({ item, quantity: 2 });
    await drain();
    at(100);
    await sweep(location);
    expect(await tells(() => digest(MORNING + 96))).toContain('LKO digest');
  });

  it('Two concurrent senders send one digest.', async () => {
    await stall.receive({ item, quantity: 2 });
    await drain();
    const said = await tells(async () => {
      at(MORNING + 24 * 10);
      await Promise.all([book.bahi.runJob('send-digest'), book.bahi.runJob('send-digest')]);
    });
    expect(new Set(said).size).toBe(said.length);
    expect(said).toContain(`${location} digest`);
  });
});

describe('Notification', () => {
  const message = (name: string) =>
    Notification.parse({
      to: location,
      message: name,
      at: book.clock.now(),
      subject: { en: 'a', hi: 'अ' },
      text: { en: 'b', hi: 'ब' },
      sms: { kind: 'digest', en: 'c', hi: 'स' },
    });

  it('A surely refused message may be resent; one with an unknown outcome is not.', async () => {
    const { notifications } = allStores();
    const sent: string[] = [];
    let error: Error | undefined;
    const say = sendOnce({
      notifications,
      channel: {
        publish: async () => undefined,
        hasConfirmed: async () => true,
        invite: async () => undefined,
        send: async (one) => {
          if (error) throw error;
          sent.push(one.message);
        },
      },
    });
    error = new NotSentError('throttled');
    await expect(say(message('refused'))).rejects.toThrow('throttled');
    error = new Error('no answer');
    await expect(say(message('lost'))).rejects.toThrow('no answer');
    error = undefined;
    expect([await say(message('refused')), await say(message('lost')), await say(message('refused'))]).toEqual([
      'now',
      'before',
      'before',
    ]);
    expect(sent).toEqual(['refused']);
  });
});

const Read = z.object({ messages: z.array(SentNotification), events: z.array(AlertEvent) });

it('Every event is published once, in order, and readable on this machine.', async () => {
  await sellOut();
  await drain();
  at(1);
  expectOk(await book.admin.acknowledgeAlert({ path: { location, alert: `${item}:out` }, body: {}, ifMatch: 1 }));
  await stall.receive({ item, quantity: 9 });
  await drain();
  await replay();
  const { events, messages } = Read.parse(await (await fetch(`${book.bahi.url}/local/outbox`)).json());
  expect(messages).toHaveLength(await many());
  const mine = events.filter(({ subject }) => subject === `${location}/${item}:out`);
  expect(mine.map(({ type }) => type)).toEqual([
    'in.gov.up.bahi.alert.opened.v1',
    'in.gov.up.bahi.alert.acknowledged.v1',
    'in.gov.up.bahi.alert.resolved.v1',
  ]);
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
});

// The reorder point of every kurta is 3. It is Sunday, 10:30 in India.
const location = 'LKO-01';

const HOUR = 3_600_000;

const left = kurtas(45);

const at = (hours: number) => book.clock.set(instantOf(START + hours * HOUR));

const MORNING = 20.5;

const drain = () => book.bahi.drainStream();

const messagesFrom = async (from = 0) =>
  (await book.bahi.outbox.all()).messages.slice(from).map(({ to, message }) => `${to} ${message.split('#')[0]}`);

const many = async () => (await book.bahi.outbox.all()).messages.length;

/** The messages that come of it. */
const tells = async (act: () => Promise<unknown>) => {
  const before = await many();
  await act();
  return messagesFrom(before);
};

const digest = async (hours: number) => {
  at(hours);
  const { failed } = await book.bahi.runJob('send-digest');
  expect(failed).toBe(0);
  at(0);
};

const sellOut = async () => {
  await stall.receive({ item, quantity: 2 });
  await stall.sell({ item, quantity: 2 });
};

/** Everything that ever happened to alerts, once more. */
const replay = async () => {
  const client = engineClient();
  const arn = await findStreamArn(client, book.bahi.tables.Alerts);
  const stream = await followStream(inject('endpoint'), arn, undefined, NOTIFY_ALERTS);
  await stream.drain();
  stream.close();
  client.destroy();
};
