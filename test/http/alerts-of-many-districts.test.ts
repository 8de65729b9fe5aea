import { beforeAll, expect, inject, it } from 'vitest';
import { Alert } from '../../shared/alerts/alert.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { meteredClient } from '../kit/capacity.ts';
import { storesOf } from '../kit/competing-depots.ts';

const { client, callsOf } = meteredClient(inject('endpoint'));
const book = useBook({ client });

/** Alerts of each district: none, few, and more than a page. */
const COUNTS = [0, 0, 0, 2, 0, 0, 0, 0, 1, 0, 0, 120, 0, 3, 0, 0, 0, 0, 0, 40, 0, 0, 1];
const districtAt = (at: number): string => `X${String.fromCharCode(65 + (at % 26))}A`;

it('A walk through many districts finds each alert once, in the order of districts.', async () => {
  const found: string[] = [];
  let cursor: string | undefined;
  let pages = 0;
  const calls = await callsOf(async () => {
    do {
      const page = expectOk(await book.admin.listAlerts({ query: { area: 'state', cursor } }));
      found.push(...page.alerts.map(({ district }) => district));
      cursor = page.cursor;
      pages++;
    } while (cursor);
  });
  expect(found).toEqual(COUNTS.flatMap((count, at) => Array.from({ length: count }, () => districtAt(at))));
  expect(pages).toBe(2);
  expect(calls.filter(({ command }) => command === 'QueryCommand').length).toBeLessThan(3 * COUNTS.length);
});

const district = { name: 'Far', nameHi: 'दूर', craft: 'craft', craftHi: 'शिल्प' };
const figures = { onHand: 2, free: 2, inbound: 0, reorderPoint: 3 };
const at = '2026-11-22T05:00:01.000Z';
const short = {
  type: 'short',
  location: 'LKO-01',
  state: 'open',
  level: 'outlet',
  figures,
  openedAt: at,
  changedAt: at,
};
const versions = { version: 1, episode: 1, stockVersion: 1, itemVersion: 1, placeVersion: 1 };

beforeAll(async () => {
  const { alerts } = storesOf(book, client);
  for (const [at, count] of COUNTS.entries()) {
    const id = districtAt(at);
    expectOk(await book.admin.putEntry({ path: { kind: 'districts', id }, body: district }));
    for (let one = 0; one < count; one++)
      await alerts.save(Alert.parse({ ...short, ...versions, item: `LKO-MANY-${at}-${one}`, district: id }));
  }
});
