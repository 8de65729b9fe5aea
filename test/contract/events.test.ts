import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { ALERT_EVENT_NAMES, AlertEvent, alertEventOf, eventTypeOf } from '../../shared/alerts/alert-event.ts';
import { StockAlert } from '../../shared/alerts/sources/stock.ts';

const folder = join(import.meta.dirname, '..', '..', 'docs', 'events');
const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));
const SCHEMA = 'alert.v1.schema.json';
const examples = readdirSync(folder).filter((file) => file.endsWith('.json') && file !== SCHEMA);

it('the schema of version 1 is the one that is published: a change of it is seen here first', () => {
  expect(read(SCHEMA)).toEqual(z.toJSONSchema(AlertEvent, { io: 'input', unrepresentable: 'any' }));
});

it('there is an example of each thing that happens, under its name', () => {
  expect(examples.sort()).toEqual(ALERT_EVENT_NAMES.map((one) => `alert.${one}.v1.json`).sort());
});

it.each(examples)('%s is such an event, as a CloudEvent 1.0', (file) => {
  const event = AlertEvent.parse(read(file));
  expect(`${event.type}.json`).toBe(`in.gov.up.bahi.${file}`);
  expect(event).toMatchObject({ specversion: '1.0', source: '/bahi/alerts' });
});

it('the same that happened is the same event, however often it is made', () => {
  const alert = StockAlert.parse({
    location: 'LKO-01',
    item: 'LKO-KURTA-M',
    type: 'out',
    district: 'LKO',
    state: 'open',
    episode: 1,
    openedAt: '2026-11-22T05:00:01.000Z',
    stockVersion: 7,
    itemVersion: 1,
    placeVersion: 1,
    version: 1,
    figures: { onHand: 0, free: 0, inbound: 0, reorderPoint: 3 },
  });
  const says = { en: 'You have none left: more is needed at 3.', hi: 'आपके पास कुछ नहीं बचा: 3 रह जाने पर और मँगाना था।' };
  const made = ALERT_EVENT_NAMES.map((one) => AlertEvent.parse(alertEventOf(one, alert, says)));
  expect(made.map(({ type }) => type)).toEqual(ALERT_EVENT_NAMES.map(eventTypeOf));
  expect(new Set(made.map(({ id }) => id)).size).toBe(ALERT_EVENT_NAMES.length);
  expect(alertEventOf('opened', alert, says)).toEqual(made[0]);
});
