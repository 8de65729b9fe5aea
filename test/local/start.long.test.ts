/** @module-tag long */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listAllPages } from '../../local/demo-client.ts';
import { createIssuer } from '../../local/issuer.ts';
import { type Client, createClient } from '../../shared/api/client.ts';
import { sumOf } from '../../shared/kernel/quantity.ts';
import { systemClock } from '../../shared/platform/runtime.ts';
import type { RegistryKind } from '../../shared/registry/registry-kinds.ts';
import { expectOk } from '../kit/book.ts';
import { npmStart, type Started } from './fixtures/npm-start.ts';

/** `npm start` on a book of its own: what it says, and who answers. */
let folder: string;
let bahi: Started;
let admin: Client;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bahi-start-'));
  await start();
});
afterAll(async () => {
  bahi.child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

it.each<[RegistryKind, number]>([
  ['districts', 75],
  ['outlets', 1000],
  ['depots', 13],
  ['producers', 300],
])('A demo book opens with its %s: %i.', async (kind, many) => {
  const entries = await listAllPages(
    (query) => admin.listEntries({ path: { kind }, query }),
    (page) => page.entries,
  );
  expect(entries).toHaveLength(many);
});

it('The printed commands work: a sale is recorded, repeated if pasted again, and a report has figures.', async () => {
  const [sale = '', stock, again, header, ...rows] = await paste();
  expect(sale).toMatch(/^201 \{"number":"\w{5}S\d{6}0001"/);
  expect(again).toBe(sale.replace('201', '200'));
  expect(stock).toMatch(/^200 .*"stock":\[\{/);
  expect(header).toMatch(/^200 location,location_name,district,/);
  expect(rows.map((row) => row.split(',')[0])).toEqual([
    'BSB-01',
    'CNB-01',
    'CNB-02',
    'LKO-01',
    'LKO-02',
    'LKO-03',
    'PBE-01',
  ]);
});

it('A job runs on request and reports its work.', async () => {
  const answer = await fetch(`${bahi.url}/local/jobs/sweep-alerts`, { method: 'POST' });
  expect(await answer.json()).toMatchObject({ job: 'sweep-alerts', counts: { LocationsSwept: 1013 }, failed: 0 });
});

it('Every outlet and depot has a terminal and stock.', async () => {
  const terminals = await listAllPages(
    (query) => admin.listEntries({ path: { kind: 'terminals' }, query }),
    (page) => page.entries,
  );
  expect(new Set(terminals.map(({ entry }) => 'location' in entry && entry.location)).size).toBe(1013);
  expect(expectOk(await admin.getLocationStock({ path: { location: 'PBE-01' } })).stock.length).toBeGreaterThan(0);
  const { stock } = expectOk(await admin.getLocationStock({ path: { location: 'PBE-D1' } }));
  expect(stock.find(({ item }) => item === 'PBT-BAMBOO')?.lots).toHaveLength(3);
});

it('Every flute maker has a request for bamboo in the queue, in total more than there is.', async () => {
  const path = { depot: 'PBE-D1' };
  const requests = await listAllPages(
    (query) => admin.listRequests({ path, query }),
    (page) => page.requests,
  );
  expect(new Set(requests.map(({ producer }) => producer)).size).toBe(250);
  expect(requests.map(({ request }) => request.slice(12))).toEqual(
    Array.from({ length: 250 }, (_, at) => String(at + 1).padStart(4, '0')),
  );
  expect(new Set(requests.map(({ state, via }) => `${state} via ${via}`))).toEqual(new Set(['submitted via counter']));
  const amounts = requests.flatMap(({ lines }) => lines.map((line) => (line.item === 'PBT-BAMBOO' ? line.asked : 0)));
  const { stock } = expectOk(await admin.getLocationStock({ path: { location: 'PBE-D1' } }));
  const onHand = stock.find(({ item }) => item === 'PBT-BAMBOO')?.onHand;
  expect([onHand, sumOf(amounts)]).toEqual([600_000, 990_500]);
});

it('Makers have entitlements by their members, or what the depot gives anyone.', async () => {
  const read = async (kind: RegistryKind, id: string) => expectOk(await admin.getEntry({ path: { kind, id } })).entry;
  expect(await read('items', 'PBT-BAMBOO')).toMatchObject({ entitlement: { per: 'members', quantity: 24_000 } });
  expect(await read('producers', 'P0001')).toMatchObject({ means: { members: 5 } });
  expect(await read('depots', 'PBE-D1')).toMatchObject({ gives: [{ item: 'PBT-BAMBOO', quantity: 5_000 }, {}, {}] });
});

it('Bahi stops at Ctrl-C without an error.', async () => {
  expect(await bahi.stop()).toEqual([0, null]);
});

it('A restart has the book as it was, and continues it.', async () => {
  await start();
  const [sale] = await paste();
  expect(sale).toMatch(/^201 \{"number":"\w{5}S\d{6}0002"/);
  expect(await bahi.stop()).toEqual([0, null]);
});

it('A start succeeds whatever files a kill left beside the book.', async () => {
  for (const file of ['issuer.json', 'stock-stream.json']) {
    expect(JSON.parse(await readFile(join(folder, file), 'utf8'))).toBeTypeOf('object');
    await writeFile(join(folder, file), '');
  }
  await start();
  expect(expectOk(await admin.getEntry({ path: { kind: 'outlets', id: 'LKO-01' } })).id).toBe('LKO-01');
  expect(await bahi.stop()).toEqual([0, null]);
});

const start = async () => {
  bahi = await npmStart(folder);
  const issuer = await createIssuer(join(folder, 'issuer.json'), systemClock);
  admin = createClient(bahi.url, await issuer.token({ role: 'admin', scope: ['state'] }));
};

/**
 * Runs the printed commands in one shell, and the sale once more. Returns what each curl printed.
 */
const paste = async (): Promise<string[]> => {
  const [signIn = '', sale = ''] = bahi.commands;
  const stock = bahi.commands.find((command) => command.includes('/stock ')) ?? '';
  const report = bahi.commands.find((command) => command.includes('/reports/')) ?? '';
  const curl = `curl() { '${process.execPath}' test/local/fixtures/curl.ts "$@"; }`;
  const { PORT: _none, ...env } = process.env;
  const { stdout } = await promisify(execFile)('sh', ['-c', [curl, signIn, sale, stock, sale, report].join('\n')], {
    env,
  });
  return stdout.trim().split('\n');
};
