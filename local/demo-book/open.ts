import { readFile } from 'node:fs/promises';
import { type Client, clientOf } from '../../shared/api/client.ts';
import type { KeptKind } from '../../shared/registry/registry-kinds.ts';
import { allPages } from '../all-pages.ts';
import type { Bahi } from '../bahi.ts';
import { done } from '../done.ts';
import { depotShelves, stallShelves } from './opening-stock.ts';
import { outletsOf, rowsIn } from './outlets.ts';
import { progressOf } from './progress.ts';
import { askForBamboo } from './requests.ts';
import { fillShelves, OPENED_BY } from './shelves.ts';

/** In this order: each names only what stands before it. Staff come last: where all of them are, the book is complete. */
const BEFORE: readonly KeptKind[] = ['districts', 'sellers', 'products', 'producers', 'items', 'depots', 'festivals'];

/** A file of the book by its name. */
type Files = (name: string) => Promise<string>;

const ours: Files = (name) => readFile(new URL(`${name}.csv`, import.meta.url), 'utf8');

/** Opens the demo book through Bahi's own operations, once. Stopped half way, the next start goes on. */
export const openDemoBook = async (
  { url, issuer, phone }: Pick<Bahi, 'url' | 'issuer' | 'phone'>,
  read = ours,
): Promise<void> => {
  const admin = clientOf(url, await issuer.token({ role: 'admin', scope: ['state'], sub: 'demo-book' }), fetch, phone);
  if (await hasAll(admin, 'staff', await read('staff'))) return;

  const fresh = done(await admin.listEntries({ path: { kind: 'districts' } })).entries.length === 0;
  const progress = progressOf('Opening the demo book');
  try {
    for (const kind of BEFORE) await importAll(admin, kind, await read(kind));
    const outlets = outletsOf(await read('stations'), await read('sellers'), await read('lines'));
    await importAll(admin, 'outlets', outlets.csv);
    const clerk = { name: 'Opening stock', looksAfter: ['state' as const] };
    await admin.putEntry({ path: { kind: 'staff', id: OPENED_BY }, body: clerk });
    const items = await read('items');
    const shelves = [...depotShelves(await read('depots'), items), ...stallShelves(outlets.trading, items)];
    const requests = rowsIn(await read('requests'));
    progress.total(shelves.length + requests.length);
    await fillShelves(admin, { shelves, fresh, filled: ({ location }) => progress.step(location) });
    await askForBamboo(admin, requests, () => progress.step('requests'));
    await importAll(admin, 'staff', await read('staff'));
  } finally {
    progress.stop();
  }
};

/** An import writes many lines at a time: that one is there says nothing of the others. */
const hasAll = async (admin: Client, kind: KeptKind, csv: string): Promise<boolean> => {
  const path = { kind };
  const entries = await allPages(
    (query) => admin.listEntries({ path, query }),
    (page) => page.entries,
  );
  const there = new Set(entries.map(({ id }) => id));
  return rowsIn(csv).every(({ id = '' }) => there.has(id));
};

/** An import takes 256 KB; a file goes in parts, each with the header. */
const PART = 400;

const importAll = async (admin: Client, kind: KeptKind, csv: string): Promise<void> => {
  const [header = '', ...lines] = csv.trim().split('\n');
  for (let at = 0; at < lines.length; at += PART) {
    const body = [header, ...lines.slice(at, at + PART)].join('\n');
    done(await admin.importEntries({ path: { kind }, body }));
  }
};
