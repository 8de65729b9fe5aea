import { readFile } from 'node:fs/promises';
import { type Client, createClient } from '../../shared/api/client.ts';
import { dayOf } from '../../shared/kernel/time.ts';
import { systemClock } from '../../shared/platform/runtime.ts';
import type { EditableKind } from '../../shared/registry/registry-kinds.ts';
import type { Bahi } from '../bahi.ts';
import { expectOk, listAllPages } from '../demo-client.ts';
import { isFirstOpened, type MovableClock, playPastDays, withOpeningDay } from './past-days.ts';
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
  'clusters',
  'producers',
  'rates',
  'items',
  'depots',
  'festivals',
];

type ReadFile = (name: string) => Promise<string>;

const readDemoFile: ReadFile = (name) => readFile(new URL(`${name}.csv`, import.meta.url), 'utf8');

type DemoBookOptions = {
  readonly read?: ReadFile;
  /** The server's. With it, some locations open before today, and their days are closed. */
  readonly clock?: MovableClock;
};

/** An aborted run resumes, without past days. */
export const openDemoBook = async (
  bahi: Pick<Bahi, 'url' | 'fetch' | 'issuer' | 'phone'>,
  { read = readDemoFile, clock }: DemoBookOptions = {},
): Promise<void> => {
  const signIn = async () => {
    const token = await bahi.issuer.token({ role: 'admin', scope: ['state'], sub: 'demo-book' });
    return createClient(bahi.url, token, bahi.fetch, bahi.phone);
  };
  const admin = await signIn();
  const staff = await read('staff');
  if (await hasAll(admin, 'staff', staff)) return;

  const fresh = expectOk(await admin.listEntries({ path: { kind: 'districts' } })).entries.length === 0;
  const progress = progressOf('Opening the demo book');
  try {
    const past = fresh ? clock : undefined;
    const dated = (csv: string) => (past ? withOpeningDay(csv, dayOf(past.now())) : csv);
    for (const kind of IMPORT_ORDER)
      await importAll(admin, kind, kind === 'depots' ? dated(await read(kind)) : await read(kind));
    await recordConsents(admin, await read('items'));
    const outlets = outletsOf(await read('stations'), await read('sellers'), await read('lines'));
    await importAll(admin, 'outlets', dated(outlets.csv));
    const clerk = { name: 'Opening stock', looksAfter: ['state' as const] };
    await admin.putEntry({ path: { kind: 'staff', id: OPENED_BY }, body: clerk });
    const items = await read('items');
    const depots = await read('depots');
    const shelves = [...depotOpeningStock(depots, items), ...stallOpeningStock(outlets.trading, items)];
    const [first, rest] = past
      ? [shelves.filter(isFirstOpened), shelves.filter((one) => !isFirstOpened(one))]
      : [[], shelves];
    const requests = rowsIn(await read('requests'));
    progress.total(shelves.length + requests.length);
    if (past) {
      // All but the last: a complete list shows a complete book.
      await importAll(admin, 'staff', staff.trim().split('\n').slice(0, -1).join('\n'));
      await playPastDays({ bahi, clock: past, shelves: first, items, staff, outlets: outlets.csv, depots });
      for (const { location } of first) progress.step(location);
    }
    const onRecorded = ({ location }: { readonly location: string }) => progress.step(location);
    await recordOpeningStock(admin, { shelves: rest, fresh, clock: clock ?? systemClock, onRecorded });
    await submitBambooRequests(admin, requests, clock ?? systemClock, () => progress.step('requests'));
    await importAll(admin, 'staff', staff);
  } finally {
    progress.stop();
  }
};

/** All makers but the last consent to their name, by a signed form. */
const recordConsents = async (admin: Client, items: string): Promise<void> => {
  const named = rowsIn(items).flatMap(({ makers = '' }) => makers.split(';').filter((maker) => maker !== ''));
  const makers = [...new Set(named)].toSorted().slice(0, -1);
  for (const [at, producer] of makers.entries()) {
    const body = { publish: ['name' as const, 'village' as const], paper: `DIC/2026/${at + 1}` };
    expectOk(await admin.setConsent({ path: { producer }, body }));
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
