import { readFile } from 'node:fs/promises';
import { type Client, createClient } from '../../shared/api/client.ts';
import type { EditableKind } from '../../shared/registry/registry-kinds.ts';
import type { Bahi } from '../bahi.ts';
import { expectOk, listAllPages } from '../demo-client.ts';
import { progressOf } from './progress.ts';
import {
  depotOpeningStock,
  OPENED_BY,
  outletsOf,
  recordOpeningStock,
  rowsIn,
  stallOpeningStock,
} from './record-opening-stock.ts';
import { submitBambooRequests } from './requests.ts';

/** Each kind refers only to earlier ones. Staff last: they show a complete book. */
const IMPORT_ORDER: readonly EditableKind[] = [
  'districts',
  'sellers',
  'products',
  'producers',
  'rates',
  'items',
  'depots',
  'festivals',
];

type ReadFile = (name: string) => Promise<string>;

const readDemoFile: ReadFile = (name) => readFile(new URL(`${name}.csv`, import.meta.url), 'utf8');

/** An aborted run resumes. */
export const openDemoBook = async (
  { url, issuer, phone }: Pick<Bahi, 'url' | 'issuer' | 'phone'>,
  read = readDemoFile,
): Promise<void> => {
  const admin = createClient(
    url,
    await issuer.token({ role: 'admin', scope: ['state'], sub: 'demo-book' }),
    fetch,
    phone,
  );
  if (await hasAll(admin, 'staff', await read('staff'))) return;

  const fresh = expectOk(await admin.listEntries({ path: { kind: 'districts' } })).entries.length === 0;
  const progress = progressOf('Opening the demo book');
  try {
    for (const kind of IMPORT_ORDER) await importAll(admin, kind, await read(kind));
    const outlets = outletsOf(await read('stations'), await read('sellers'), await read('lines'));
    await importAll(admin, 'outlets', outlets.csv);
    const clerk = { name: 'Opening stock', looksAfter: ['state' as const] };
    await admin.putEntry({ path: { kind: 'staff', id: OPENED_BY }, body: clerk });
    const items = await read('items');
    const shelves = [...depotOpeningStock(await read('depots'), items), ...stallOpeningStock(outlets.trading, items)];
    const requests = rowsIn(await read('requests'));
    progress.total(shelves.length + requests.length);
    await recordOpeningStock(admin, { shelves, fresh, onRecorded: ({ location }) => progress.step(location) });
    await submitBambooRequests(admin, requests, () => progress.step('requests'));
    await importAll(admin, 'staff', await read('staff'));
  } finally {
    progress.stop();
  }
};

/** Imports are not atomic: check every row. */
const hasAll = async (admin: Client, kind: EditableKind, csv: string): Promise<boolean> => {
  const path = { kind };
  const entries = await listAllPages(
    (query) => admin.listEntries({ path, query }),
    (page) => page.entries,
  );
  const there = new Set(entries.map(({ id }) => id));
  return rowsIn(csv).every(({ id = '' }) => there.has(id));
};

/** An import takes at most 256 KB. */
const LINES_PER_IMPORT = 400;

const importAll = async (admin: Client, kind: EditableKind, csv: string): Promise<void> => {
  const [header = '', ...lines] = csv.trim().split('\n');
  for (let at = 0; at < lines.length; at += LINES_PER_IMPORT) {
    const body = [header, ...lines.slice(at, at + LINES_PER_IMPORT)].join('\n');
    expectOk(await admin.importEntries({ path: { kind }, body }));
  }
};
