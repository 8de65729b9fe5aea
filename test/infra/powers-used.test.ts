import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type FunctionName, GRANTS } from '../../infra/grants.ts';
import { plannedBy } from '../../local/jobs.ts';
import { StockRow } from '../../shared/domain/stock.ts';
import { dayOf } from '../../shared/domain/time.ts';
import { type Asks, asksAt } from '../kit/asking.ts';
import { type Book, done, enrol, numberAt, openBook } from '../kit/book.ts';
import { type Call, meteredClient } from '../kit/capacity.ts';
import { receipt, sale } from '../kit/claims.ts';
import { BAMBOO, DEPOT, type Depot, openDepot } from '../kit/depot.ts';
import { hear, newsOf, sweep } from '../kit/jobs.ts';

const location = 'LKO-01';
const item = 'LKO-KURTA-01';
const producer = 'P0100';
const metered = meteredClient(inject('endpoint'));
let book: Book;
let terminal: string;
let depot: Depot;
let asks: Asks;
let approved: string;

/** What of DynamoDB a call needs leave for: `Stock UpdateItem`, `Stock Query byItem`. A transaction needs its parts'. */
const powersOf = ({ command, input }: Call): string[] => {
  const asked = input as {
    TableName?: string;
    IndexName?: string;
    RequestItems?: Record<string, unknown>;
    TransactItems?: Record<string, { TableName: string }>[];
  };
  const table = (name: string) => name.split('-').at(-1);
  if (asked.TransactItems)
    return asked.TransactItems.flatMap((one) =>
      Object.entries(one).map(([action, { TableName }]) => `${table(TableName)} ${action}Item`),
    );
  if (asked.RequestItems) return Object.keys(asked.RequestItems).map((name) => `${table(name)} ${command}`);
  return [[table(asked.TableName ?? ''), command, asked.IndexName].filter(Boolean).join(' ')];
};

const powersUsed = async (run: () => Promise<unknown>): Promise<string[]> => {
  const calls = await metered.callsOf(run);
  return [...new Set(calls.flatMap(powersOf))].sort();
};

/** Everything a function does, on a registry it does not remember. */
const WORK: Record<FunctionName, () => Promise<unknown>> = {
  vouchers: async () => {
    const path = { location, number: numberAt(book.clock, terminal, 'S', 1) };
    done(await book.admin.recordVoucher({ path, body: sale(book.clock, [{ item, quantity: 1 }]) }));
    await depot.receive('SIL-2', 5_000);
    done(await asks.issue(approved));
    done(await book.admin.getVoucher({ path }));
    done(await book.admin.getDay({ path: { location, day: dayOf(book.clock.now()) } }));
  },
  requests: async () => {
    const card = { number: 'PBT-0100', pin: '8305' };
    done(await book.admin.setPin({ path: { producer }, body: { card: card.number, pin: card.pin } }));
    const number = await asks.submitted(2_000, { card });
    done(await asks.approve(number));
    done(await asks.cancel(number));
    done(await asks.reject(await asks.submitted()));
    const [path, officer] = [{ producer, item: BAMBOO, grant: 'FLOOD-1' }, await book.as('officer', 'district:PBT')];
    done(await officer.grantEntitlement({ path, body: { depot: DEPOT, quantity: 5, why: 'flood' } }));
    done(await book.admin.listRequests({ path: { depot: DEPOT } }));
    done(await book.admin.getPassbook({ path: { producer } }));
  },
  stock: async () => {
    done(await book.admin.getLocationStock({ path: { location } }));
    done(await book.admin.getItemStock({ path: { item } }));
    done(await book.admin.getCatalogue({ path: { location } }));
  },
  registry: async () => {
    const path = { kind: 'staff' as const, id: 'S009' };
    done(await book.admin.putEntry({ path, body: { name: 'Usha', location } }));
    done(await book.admin.getEntry({ path }));
    done(await book.admin.listEntries({ path: { kind: 'staff' } }));
    done(await book.admin.importEntries({ path: { kind: 'staff' }, body: 'id,name,location\nS010,Ravi,LKO-01' }));
    await enrol(book, location, 'LKO1');
    done(
      await book.admin.revokeTerminal({
        path: { location, terminal: await enrol(book, location, 'LKO1') },
        body: { reason: 'lost' },
      }),
    );
  },
  alerts: async () => {
    const officer = await book.as('officer', 'district:LKO');
    done(await officer.listAlerts({ query: { location } }));
    done(await book.admin.listAlerts({}));
  },
  service: async () => {
    done(await book.admin.getHealth({}));
    done(await book.admin.getOpenApi({}));
  },
  'plan-job': () => plannedBy('raise-alerts'),
  'raise-alerts': () => sweep(location),
  'watch-stock': () =>
    hear([newsOf(undefined, StockRow.parse({ location: 'LKO-02', item, onHand: 2, free: 2, inbound: 0, version: 1 }))]),
};

/** Two pieces, at a reorder point of three: short. */
const stock = async (at: string): Promise<string> => {
  const phone = await enrol(book, at, 'LKO1');
  const path = { location: at, number: numberAt(book.clock, phone, 'R', 1) };
  done(await book.admin.recordVoucher({ path, body: receipt(book.clock, [{ item, quantity: 2 }]) }));
  return phone;
};

beforeAll(async () => {
  book = await openBook({ client: metered.client });
  terminal = await stock(location);
  await stock('LKO-02');
  depot = await openDepot(book);
  await depot.producer(producer);
  await depot.producer('P0101');
  await depot.receive('SIL-1', 50_000);
  asks = asksAt(book, depot, producer);
  approved = await asksAt(book, depot, 'P0101').reach.approved();
});
afterAll(() => book.close());

it.each(Object.keys(GRANTS) as FunctionName[])('%s may do just what it does', async (name) => {
  book.bahi.startFunctions();
  const granted = Object.entries<readonly string[]>(GRANTS[name]).flatMap(([table, actions]) =>
    actions.map((action) => `${table} ${action}`),
  );
  expect(await powersUsed(WORK[name])).toEqual(granted.sort());
});
