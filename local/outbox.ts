import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import { AlertEvent } from '../shared/alerts/alert-event-schema.ts';
import { toExactJson } from '../shared/kernel/exact-json.ts';
import type { Messages } from '../shared/notifications/channel.ts';
import { Message, Way } from '../shared/notifications/notification.ts';
import { jsonIn } from './kept.ts';

/** A message, and how it went: to a topic, to a phone, or to an address. */
export const Sent = Message.extend({ way: Way });
export type Sent = z.infer<typeof Sent>;

const Kept = z.union([z.strictObject({ sent: Sent }), z.strictObject({ published: AlertEvent })]);
type Kept = z.infer<typeof Kept>;

export type Outbox = Messages & { all(): Promise<{ messages: Sent[]; events: AlertEvent[] }> };

/** SNS's and EventBridge's part on this machine: what was sent and published, a line each in a file, or in memory. An event of one id is kept once. */
export const localOutbox = (file?: string): Outbox => {
  let reading: Promise<Kept[]> | undefined;
  const kept = (): Promise<Kept[]> => {
    reading ??= read(file);
    return reading;
  };
  const add = async (one: Kept): Promise<void> => {
    (await kept()).push(one);
    if (file === undefined) return;
    await mkdir(dirname(file), { recursive: true });
    await appendFile(file, `${toExactJson(one)}\n`, { mode: 0o600 });
  };
  const all = async () => {
    const lines = await kept();
    return {
      messages: lines.flatMap((one) => ('sent' in one ? [one.sent] : [])),
      events: lines.flatMap((one) => ('published' in one ? [one.published] : [])),
    };
  };
  return {
    all,
    send: (message, way) => add({ sent: { ...message, way } }),
    // On this machine nobody has to say yes.
    saidYes: async () => true,
    invite: async () => undefined,
    publish: async (events) => {
      for (const published of events)
        if (!(await all()).events.some(({ id }) => id === published.id)) await add({ published });
    },
  };
};

/** A line that a kill cut short is no line; what follows begins on its own. */
const read = async (file: string | undefined): Promise<Kept[]> => {
  const text = file === undefined ? '' : await readFile(file, 'utf8').catch(() => '');
  if (file !== undefined && text !== '' && !text.endsWith('\n')) await appendFile(file, '\n');
  return text.split('\n').flatMap((line) => Kept.safeParse(jsonIn(line)).data ?? []);
};
