import fc from 'fast-check';
import { describe, expect, inject, it } from 'vitest';
import * as z from 'zod';
import type { Client } from '../../shared/api/client.ts';
import { operations } from '../../shared/api/contract.ts';
import { enrol, expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { competingDepots } from '../kit/competing-depots.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { smallPagesClient } from '../kit/interceptor.ts';
import { sweep } from '../kit/jobs.ts';
import { type ReadPage, walkPages } from '../kit/page-walk.ts';
import type { Written } from '../kit/phone.ts';
import { reservationsBy } from '../kit/reservations.ts';
import { runs } from '../kit/runs.ts';
import {
  adjusted,
  dispatched,
  lastFrom,
  openShop,
  received,
  receivedFrom,
  type Shop,
  sold,
  tookBack,
} from '../kit/shop.ts';
import { phoneOf, recordLive, syncAt } from '../kit/shop-phone.ts';

checkAnswersAgainstContract();

const ITEM = 'LKO-KURTA-01';
const HOUR = 3_600_000;
const small = smallPagesClient(inject('endpoint'));
const book = useBook({ client: small.client });

const cursorIn = (cursor: string | undefined) => cursor !== undefined && { cursor };
const later = () => book.clock.forward(1);
const chosen = <T>(all: readonly T[], pick: Pick): T => {
  const one = all[pick(all.length)];
  if (one === undefined) throw new Error('there is nothing to choose from');
  return one;
};

/**
 * Eight transfers: four sent and received, four received before they were sent; and later vouchers
 * of them.
 */
const transfers = async (query: { state?: 'open' | 'early' | 'closed'; way?: 'outgoing' } = {}): Promise<Walk> => {
  const [from, to] = [await openShop(book, [0, 0, 0]), await openShop(book)];
  await recordLive(from, received({ item: ITEM, quantity: 500 }));
  const line = { item: ITEM, quantity: 1 };
  const sent: string[] = [];
  const early: { dispatch: Written; phone: Shop['phones'][number] }[] = [];
  const receipts: string[] = [];
  const send: Change = async (pick) => {
    later();
    const phone = chosen(from.phones, pick);
    const written = phone.write(dispatched(to.location, { ...line, quantity: 2 }));
    expectOk(await phone.live(written));
    sent.push(written.number);
  };
  /** It left an hour ago, from a phone without a link. */
  const receiveEarly: Change = async (pick) => {
    later();
    const phone = chosen(from.phones, pick);
    const dispatch = phone.write(
      dispatched(to.location, { ...line, quantity: 2 }),
      Date.parse(book.clock.now()) - HOUR,
    );
    receipts.push((await recordLive(to, receivedFrom(dispatch.number, line))).number);
    early.push({ dispatch, phone });
  };
  const bringEarly: Change = async (pick) => {
    const [one] = early.splice(pick(early.length), 1);
    if (!one) return;
    expectOk(await one.phone.sync([one.dispatch]));
    sent.push(one.dispatch.number);
  };
  const receive: Change = async (pick) => {
    later();
    receipts.push((await recordLive(to, lastFrom(chosen(sent, pick), line))).number);
  };
  const takeBackReceipt: Change = async (pick) => {
    const [receipt] = receipts.splice(pick(receipts.length), 1);
    later();
    if (receipt) await recordLive(to, tookBack(receipt, { line: 1, ...line }));
  };
  for (let n = 0; n < 8; n++) await send((count) => n % count);
  for (let n = 0; n < 4; n++) await receiveEarly((count) => n % count);
  for (const at of [0, 2, 5, 7]) await receive(() => at);
  return {
    read: async (cursor) => {
      const shop = query.way ? from : to;
      const path = { location: shop.location };
      const page = expectOk(await shop.client.listTransfers({ path, query: { ...query, ...cursorIn(cursor) } }));
      return { keys: page.transfers.map(({ dispatch }) => dispatch), cursor: page.cursor };
    },
    changes: [send, receiveEarly, bringEarly, bringEarly, receive, receive, takeBackReceipt, takeBackReceipt],
  };
};

const queue = async (): Promise<Walk> => {
  const depots = competingDepots(book);
  const kit = reservationsBy(depots.plain);
  const asks = Array.from({ length: 9 }, (_, at) => [at % 2 ? 'P0100' : 'P0101', 2] as const);
  const { depot, all } = await depots.openDepot({ entitled: { P0100: 99, P0101: 99 }, free: [99], asks });
  const any = (pick: Pick) => chosen(all, pick).number;
  return {
    read: async (cursor) => {
      const page = expectOk(await book.admin.listRequests({ path: { depot }, query: { ...cursorIn(cursor) } }));
      return { keys: page.requests.map(({ request }) => request), cursor: page.cursor };
    },
    changes: [
      (pick) => kit.reserve(any(pick)),
      (pick) => kit.reserve(any(pick), 1),
      (pick) => kit.issue(any(pick), 1),
      (pick) => kit.confirm(any(pick)),
    ],
  };
};

const heldHere = async (settled: 'true' | undefined): Promise<Walk> => {
  const shop = await openShop(book, [0, 0]);
  const officer = await book.as('officer', 'state');
  const held: string[] = [];
  const hold: Change = async (pick) => {
    const phone = chosen(shop.phones, pick);
    const { outcomes } = expectOk(await phone.sync([phone.write(sold({ item: 'LKO-NOBODY', quantity: 1 }))]));
    for (const one of outcomes) if (one.outcome === 'held') held.push(one.held);
  };
  for (let n = 0; n < 6; n++) await hold(() => n % 2);
  const path = { location: shop.location };
  return {
    read: async (cursor) => {
      const page = expectOk(
        await officer.listHeld({ path, query: { ...(settled && { settled }), ...cursorIn(cursor) } as Any }),
      );
      return { keys: page.held.map((one) => one.held), cursor: page.cursor };
    },
    changes: [
      hold,
      (pick) =>
        officer.settleHeld({
          path: { ...path, held: chosen(held, pick) },
          body: { do: 'reject', why: 'a slip' },
          ifMatch: 1,
        }),
    ],
  };
};

/** 105 alerts: more than a page. The stall that moves to the first district has the oldest. */
const alerts = async (state: 'open' | 'snoozed' | 'acknowledged', where: 'state' | 'location'): Promise<Walk> => {
  const items = kurtas(40);
  const open = async (some: readonly string[]) => {
    const shop = await openShop(book);
    await recordLive(shop, received(...some.map((item) => ({ item, quantity: 1 }))));
    return shop;
  };
  const moving = await open(items.slice(0, 3));
  const entry = { kind: 'outlets' as const, id: moving.location };
  const place = async (district: string) => {
    const stored = expectOk(await book.admin.getEntry({ path: entry }));
    expectOk(await book.admin.putEntry({ path: entry, body: { ...stored.entry, district }, ifMatch: stored.version }));
    await sweep(moving.location);
  };
  await place('PBT');
  later();
  const shops: Shop[] = [];
  for (let n = 0; n < 3; n++) shops.push(await open(items));
  for (const { location } of shops) await sweep(location);
  const officer = await book.as('officer', 'state');
  const query = where === 'state' ? { area: 'state' } : { location: shops[0]?.location };
  const until = () => new Date(Date.parse(book.clock.now()) + HOUR).toISOString();
  const act = async (pick: Pick, how: 'snooze' | 'acknowledge', at: Shop = chosen(shops, pick)) => {
    const path = { location: at.location, alert: `${chosen(at === moving ? items.slice(0, 3) : items, pick)}:short` };
    const [found] = expectOk(
      await officer.listAlerts({ query: { location: at.location, type: 'short' } }),
    ).alerts.filter(({ alert }) => alert === path.alert);
    if (!found) return;
    if (how === 'snooze')
      await officer.snoozeAlert({ path, body: { until: until(), why: 'it comes' }, ifMatch: found.version });
    else await officer.acknowledgeAlert({ path, body: {}, ifMatch: found.version });
  };
  if (state !== 'open')
    for (const shop of [moving, ...shops])
      for (let n = 0; n < (shop === moving ? 3 : 36); n++)
        await act((count) => n % count, state === 'snoozed' ? 'snooze' : 'acknowledge', shop);
  let district = 'PBT';
  const move: Change = () => {
    district = district === 'PBT' ? 'LKO' : 'PBT';
    return place(district);
  };
  return {
    read: async (cursor) => {
      const page = expectOk(await officer.listAlerts({ query: { ...query, state, ...cursorIn(cursor) } as Any }));
      return { keys: page.alerts.map(({ location, alert }) => `${location} ${alert}`), cursor: page.cursor };
    },
    first: move,
    changes: [
      move,
      (pick) => act(pick, 'snooze'),
      (pick) => act(pick, 'acknowledge'),
      async (pick) => {
        later();
        await recordLive(chosen(shops, pick), received({ item: chosen(items, pick), quantity: 9 }));
        for (const { location } of shops) await sweep(location);
      },
    ],
  };
};

const shelves = async () => {
  const shops = [await openShop(book), await openShop(book), await openShop(book)];
  const items = kurtas(7);
  for (const shop of shops) await recordLive(shop, received(...items.map((item) => ({ item, quantity: 2 }))));
  const [shop] = shops as [Shop];
  const changes: Change[] = [
    (pick) => recordLive(chosen(shops, pick), received({ item: chosen(kurtas(20), pick), quantity: 1 })),
    (pick) => recordLive(chosen(shops, pick), sold({ item: chosen(items, pick), quantity: 1 })),
    (pick) => recordLive(chosen(shops, pick), adjusted('damaged', { item: chosen(items, pick), quantity: 1 })),
  ];
  return { shop, path: { location: shop.location }, changes };
};

const dayBook = async (): Promise<Walk> => {
  const shop = await openShop(book, [0, 0]);
  const [line] = kurtas(1).map((item) => ({ item, quantity: 1 }));
  if (!line) throw new Error('there is an item');
  await recordLive(shop, received({ ...line, quantity: 99 }));
  for (let n = 0; n < 4; n++) await recordLive(shop, sold(line));
  const path = { location: shop.location, day: '2026-11-22' };
  return {
    read: async (cursor) => {
      const page = expectOk(await shop.client.getDay({ path, query: { ...cursorIn(cursor) } }));
      return { keys: page.vouchers.map(({ number }) => number), cursor: page.cursor };
    },
    changes: [
      async (pick) => {
        const phone = chosen(shop.phones, pick);
        expectOk(await phone.live(phone.write(chosen([sold(line), received(line), adjusted('damaged', line)], pick))));
      },
      () => syncAt(shop, phoneOf(shop).write(sold(line), Date.parse(book.clock.now()) - 60_000)),
    ],
  };
};

const registered = async (): Promise<Walk> => {
  const put: Change = async (pick) => {
    const id = `P1${String(pick(900)).padStart(3, '0')}`;
    const body = { name: `Maker ${pick(9)}`, nameHi: 'कारीगर', district: 'PBT', craft: 'Flute' };
    const path = { kind: 'producers' as const, id };
    const stored = await book.admin.getEntry({ path });
    expectOk(await book.admin.putEntry({ path, body, ...(stored.ok && { ifMatch: stored.body.version }) }));
  };
  for (let n = 0; n < 6; n++) await put((count) => (n * 37) % count);
  return {
    read: async (cursor) => {
      const page = expectOk(
        await book.admin.listEntries({ path: { kind: 'producers' }, query: { ...cursorIn(cursor) } }),
      );
      return { keys: page.entries.map(({ id }) => id), cursor: page.cursor };
    },
    changes: [put],
  };
};

const catalogue = async (): Promise<Walk> => {
  const { client, location } = await openShop(book);
  const template = expectOk(await book.admin.getEntry({ path: { kind: 'items', id: ITEM } })).entry;
  const put: Change = async (pick) => {
    later();
    const path = { kind: 'items' as const, id: `LKO-ZARI-${pick(9) + 1}` };
    const stored = await book.admin.getEntry({ path });
    const body = { ...template, seller: 'LKO2', name: `Zari ${book.clock.now()}` };
    expectOk(await book.admin.putEntry({ path, body, ...(stored.ok && { ifMatch: stored.body.version }) }));
  };
  for (let n = 0; n < 8; n++) await put(() => n);
  const since = new Date(Date.parse(book.clock.now()) - 3_000).toISOString();
  return {
    read: async (cursor) => {
      const page = expectOk(
        await client.getCatalogue({ path: { location }, query: { since, ...cursorIn(cursor) } as Any }),
      );
      return { keys: page.catalogue.map(({ item }) => item), cursor: page.cursor };
    },
    changes: [put],
  };
};

const phones = async (): Promise<Walk> => {
  const { location } = await openShop(book, [0, 0, 0, 0, 0]);
  const officer: Client = await book.as('officer', 'state');
  const read: ReadPage = async (cursor) => {
    const page = expectOk(await officer.listTerminals({ path: { location }, query: { ...cursorIn(cursor) } }));
    return { keys: page.terminals.map(({ terminal }) => terminal), cursor: page.cursor };
  };
  return {
    read,
    changes: [
      () => enrol(book, location, 'LKO1'),
      async (pick) => {
        const terminal = chosen([...(await walkPages(read))], pick);
        await officer.revokeTerminal({ path: { location, terminal }, body: { reason: 'lost' } });
      },
    ],
  };
};

const WALKS: Readonly<Record<string, () => Promise<Walk>>> = {
  'listTransfers of all': () => transfers(),
  'listTransfers of all that were sent': () => transfers({ way: 'outgoing' }),
  'listTransfers of what is open': () => transfers({ state: 'open' }),
  'listTransfers of what is early': () => transfers({ state: 'early' }),
  'listTransfers of what is closed': () => transfers({ state: 'closed' }),
  listRequests: queue,
  'listHeld of what is held': () => heldHere(undefined),
  'listHeld of all': () => heldHere('true'),
  'listAlerts of the state': () => alerts('open', 'state'),
  'listAlerts of the state, acknowledged': () => alerts('acknowledged', 'state'),
  'listAlerts of a location': () => alerts('open', 'location'),
  getLocationStock: async () => {
    const { shop, path, changes } = await shelves();
    return {
      read: async (cursor) => {
        const page = expectOk(await shop.client.getLocationStock({ path, query: { ...cursorIn(cursor) } }));
        return { keys: page.stock.map(({ item }) => item), cursor: page.cursor };
      },
      changes,
    };
  },
  getItemStock: async () => {
    const { shop, changes } = await shelves();
    return {
      read: async (cursor) => {
        const page = expectOk(await shop.client.getItemStock({ path: { item: ITEM }, query: { ...cursorIn(cursor) } }));
        return { keys: page.locations.map(({ location }) => location), cursor: page.cursor };
      },
      changes,
    };
  },
  getSuggestions: async () => {
    const { shop, path, changes } = await shelves();
    return {
      read: async (cursor) => {
        const page = expectOk(await shop.client.getSuggestions({ path, query: { ...cursorIn(cursor) } }));
        return { keys: page.suggestions.map(({ item }) => item), cursor: page.cursor };
      },
      changes,
    };
  },
  getDay: dayBook,
  listEntries: registered,
  getCatalogue: catalogue,
  listTerminals: phones,
};

describe('A walk through the pages shows every lasting entry, whatever changes meanwhile', () => {
  const walk = async (_list: string, open: () => Promise<Walk>) => {
    const changesOf = fc.array(fc.tuple(fc.nat(), fc.infiniteStream(fc.nat())), { minLength: 3, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(changesOf, async (all) => {
        const { read, changes, first } = await open();
        let next = first;
        const whole = () => walkPages(read);
        let throughout = await whole();
        expect(throughout.size).toBeGreaterThan(2);
        const left = [...all];
        const shown = await walkPages(
          (cursor) => small.withRows(2, () => read(cursor)),
          async () => {
            const [which, stream] = left.shift() ?? [];
            if (which === undefined || !stream) return;
            const pick: Pick = (count) => (count === 0 ? 0 : Number(stream.next().value) % count);
            // Refused, it is no change.
            await Promise.try(() => (next ?? changes[which % changes.length])?.(pick)).catch(() => undefined);
            next = undefined;
            throughout = throughout.intersection(await whole());
          },
        );
        expect([...throughout].filter((key) => !shown.has(key))).toEqual([]);
      }),
      { numRuns: runs(_list.startsWith('listAlerts') ? 2 : 5), endOnFailure: true },
    );
  };
  const isLong = ([list]: [string, unknown]) => /acknowledged|a location|early|closed|getSuggestions/.test(list);
  it.each(Object.entries(WALKS).filter((one) => !isLong(one)))('%s', { tags: 'property' }, walk);
  it.each(Object.entries(WALKS).filter(isLong))('%s', { tags: 'long' }, walk);

  it('Every paged list is walked here, or its keys are declared fixed.', () => {
    const paged = operations
      .filter(({ query }) => JSON.stringify(z.toJSONSchema(query, ANY)).includes('"cursor":{'))
      .map(({ id }) => id);
    const walked = Object.keys(WALKS).map((list) => list.split(' ')[0]);
    expect(paged.filter((id) => !walked.includes(id) && !(id in FIXED))).toEqual([]);
  });
});

type Any = Record<string, unknown>;

/** A random whole number below `count`. */
type Pick = (count: number) => number;

type Change = (pick: Pick) => Promise<unknown>;

/**
 * One paged list: how a page is read, and what changes its entries. A refused change is no change.
 */
type Walk = { readonly read: ReadPage; readonly changes: readonly Change[]; readonly first?: Change };

const ANY = { unrepresentable: 'any', io: 'input' } as const;

/** Their pages are not DynamoDB's, and their keys cannot move. */
const FIXED: Readonly<Record<string, string>> = {
  listTransferRequests: 'by the ids of the receiving locations; each is shown whole, or not at all',
  getAllocation: 'by the parts of a record that is written once; settled, a part has the same lines',
  listProducerRequests: 'by the time of submission, which never changes; no request is deleted',
  getEntryHistory: 'by changes, which are only added; none is changed or deleted',
  getExport: 'by locations that are written; none is taken back (test/http/exports.test.ts)',
  listBills: 'by days, locations and numbers of closed days; no voucher is deleted (test/http/seller-reports.test.ts)',
  getReport: 'by days, ids and numbers of days that are over (test/reports/report.test.ts)',
};
