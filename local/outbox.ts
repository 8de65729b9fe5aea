import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import { AlertEvent } from '../shared/alerts/alert-event.ts';
import { toExactJson } from '../shared/kernel/json.ts';
import { DeliveryMethod, Notification, type NotificationChannel } from '../shared/notifications/notification.ts';
import { parseJson } from './stored-json.ts';

export const SentNotification = Notification.extend({ way: DeliveryMethod });
export type SentNotification = z.infer<typeof SentNotification>;

const OutboxLine = z.union([z.strictObject({ sent: SentNotification }), z.strictObject({ published: AlertEvent })]);
type OutboxLine = z.infer<typeof OutboxLine>;

export type Outbox = NotificationChannel & { all(): Promise<{ messages: SentNotification[]; events: AlertEvent[] }> };

/** One per line in a file, or in memory. Events once per id. */
export const localOutbox = (file?: string): Outbox => {
  let reading: Promise<OutboxLine[]> | undefined;
  const storedLines = (): Promise<OutboxLine[]> => {
    reading ??= readOutbox(file);
    return reading;
  };
  const add = async (one: OutboxLine): Promise<void> => {
    (await storedLines()).push(one);
    if (file === undefined) return;
    await mkdir(dirname(file), { recursive: true });
    await appendFile(file, `${toExactJson(one)}\n`, { mode: 0o600 });
  };
  const all = async () => {
    const lines = await storedLines();
    return {
      messages: lines.flatMap((one) => ('sent' in one ? [one.sent] : [])),
      events: lines.flatMap((one) => ('published' in one ? [one.published] : [])),
    };
  };
  return {
    all,
    send: (message, way) => add({ sent: { ...message, way } }),
    hasConfirmed: async () => true,
    invite: async () => undefined,
    publish: async (events) => {
      for (const published of events)
        if (!(await all()).events.some(({ id }) => id === published.id)) await add({ published });
    },
  };
};

/** Ignores a line cut short by a kill. */
const readOutbox = async (file: string | undefined): Promise<OutboxLine[]> => {
  const text = file === undefined ? '' : await readFile(file, 'utf8').catch(() => '');
  if (file !== undefined && text !== '' && !text.endsWith('\n')) await appendFile(file, '\n');
  return text.split('\n').flatMap((line) => OutboxLine.safeParse(parseJson(line)).data ?? []);
};
