import { beforeAll, expect, inject, it } from 'vitest';
import { sweepAlerts } from '../../functions/sweep-alerts/sweep-alerts.ts';
import { type AllStores, allStores } from '../../local/all-stores.ts';
import { isStockAlert } from '../../shared/alerts/alert.ts';
import { ItemId, StockLocationId } from '../../shared/kernel/ids.ts';
import { dayOf } from '../../shared/kernel/time.ts';
import type { EditableKind } from '../../shared/registry/registry-kinds.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { losingClient } from '../kit/interceptor.ts';
import { sweep } from '../kit/jobs.ts';
import { openStall, type Stall } from '../kit/stall.ts';

const { client, loseNext } = losingClient(inject('endpoint'));
const location = StockLocationId.parse('LKO-01');
let stall: Stall;
const book = useBook({ client });
beforeAll(async () => {
  stall = await openStall(book, location, 'LKO1');
});

const kurta = (n: number) => ItemId.parse(`LKO-KURTA-0${n}`);
const [pointed, moved, resolved, swept] = [kurta(1), kurta(2), kurta(3), kurta(4)];

it('A cached reorder point does not reopen an alert that a newer point resolved.', async () => {
  await change('items', pointed, { reorderPoint: 10 });
  await stall.receive({ item: pointed, quantity: 9 });
  await sweep(location);
  const old = await rememberedBy();
  await change('items', pointed, { reorderPoint: 3 });
  await sweep(location);
  await stall.sell({ item: pointed, quantity: 1 });

  expect((await old.registry.entry('items', pointed))?.entry.reorderPoint).toBe(10);
  expect(await old.evaluateStock(location, pointed)).toEqual([]);

  expect(await alertsOf(pointed)).toEqual([{ item: pointed, type: 'short', state: 'resolved', episode: 1, onHand: 9 }]);
  await stall.sell({ item: pointed, quantity: 5 });
  expect(await old.evaluateStock(location, pointed)).toEqual(['opened']);
});

it("A sweep whose cached point is older than the alert's reads the registry again.", async () => {
  const old = await rememberedBy();
  await change('items', swept, { reorderPoint: 10 });
  await stall.receive({ item: swept, quantity: 8 });
  await sweep(location);
  await stall.sell({ item: swept, quantity: 1 });

  await sweepAlerts({ job: 'sweep-alerts', location, day: dayOf(book.clock.now()) }, old);

  expect(await alertsOf(swept)).toEqual([{ item: swept, type: 'short', state: 'open', episode: 1, onHand: 7 }]);
});

it("An alert, open or resolved, moves to its outlet's new district and stays there.", async () => {
  await stall.receive({ item: moved, quantity: 2 }, { item: resolved, quantity: 2 });
  await sweep(location);
  await stall.receive({ item: resolved, quantity: 9 });
  await sweep(location);
  const old = await rememberedBy();
  const inDistrict = async (area: string) => {
    const lists = (['open', 'resolved'] as const).map((state) => book.admin.listAlerts({ query: { area, state } }));
    const all = (await Promise.all(lists)).flatMap((list) => expectOk(list).alerts).filter(isStockAlert);
    return all.filter(({ item }) => item === moved || item === resolved).map(({ item, state }) => `${item} ${state}`);
  };
  const both = [`${moved} open`, `${resolved} resolved`];
  expect([await inDistrict('LKO'), await inDistrict('PBT')]).toEqual([both, []]);

  await change('outlets', location, { district: 'PBT' });
  await sweep(location);
  expect([await inDistrict('LKO'), await inDistrict('PBT')]).toEqual([[], both]);

  await stall.sell({ item: moved, quantity: 1 });
  expect((await old.registry.entry('outlets', location))?.entry.district).toBe('LKO');
  expect(await old.evaluateStock(location, moved)).toEqual(['refreshed']);
  expect([await inDistrict('LKO'), await inDistrict('PBT')]).toEqual([[], both]);
});

it.each([1, 2])('An opening whose answer is lost %i times counts as ours and is evaluated again.', async (times) => {
  const item = kurta(4 + times);
  await stall.receive({ item, quantity: 2 });
  loseNext({ table: 'Alerts', times, before: () => stall.receive({ item, quantity: 9 }) });

  const { counts } = await book.bahi.runJob('sweep-alerts');

  expect(counts).toMatchObject({ AlertsOpened: 1, AlertsResolved: 1 });
  expect(await alertsOf(item)).toEqual([{ item, type: 'short', state: 'resolved', episode: 1, onHand: 11 }]);
});

const alertsOf = async (item: string) => (await stall.alerts()).filter((alert) => alert.item === item);

const change = async (kind: EditableKind, id: string, to: object) => {
  const { entry, version } = expectOk(await book.admin.getEntry({ path: { kind, id } }));
  expectOk(await book.admin.putEntry({ path: { kind, id }, body: { ...entry, ...to }, ifMatch: version }));
};

/** A function that goes on with what it remembers, while another is started. */
const rememberedBy = async (): Promise<AllStores> => {
  const old = allStores();
  await old.registry.entries('items', [pointed, moved, resolved, swept]);
  await old.registry.entry('outlets', location);
  book.bahi.startFunctions();
  return old;
};
