import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, inject, it, vi } from 'vitest';
import { openBahi } from '../../local/bahi.ts';
import { openDemoBook } from '../../local/demo-book/open.ts';
import { type Client, createClient } from '../../shared/api/client.ts';
import { expectOk } from '../kit/book.ts';

/** A demo book of one stall and one depot, in the files' own columns. */
const FILES: Record<string, string> = {
  districts: 'id,name,nameHi,craft,craftHi\nPBT,Pilibhit,पीलीभीत,Flutes,बाँसुरी',
  sellers:
    'id,name,registration,gstin,district\nPBT1,Bansuri Samiti,unregistered,,PBT\nUPDEPOT,Depots,unregistered,,PBT',
  products: 'id,name,nameHi,district,material\nFLUTE,Flute,बाँसुरी,PBT,false\nBAMBOO,Bamboo,बाँस,PBT,true',
  items:
    'id,name,nameHi,product,seller,unit,hsn,from,price_rupees,mrp_rupees,gst_percent,reorderPoint,aliases,units\n' +
    'PBT-FLUTE-C,Flute in C,बाँसुरी,FLUTE,PBT1,piece,9205,2026-04-01,250,300,5,3,,\n' +
    'PBT-BAMBOO,Bamboo,बाँस,BAMBOO,UPDEPOT,gram,1401,2026-04-01,0.06,0.06,5,1000,,kg=1000',
  depots: 'id,name,nameHi,district,sellers\nPBE-D1,Bamboo depot,बाँस डिपो,PBT,UPDEPOT',
  clusters: 'id,name,nameHi,district,craft\nPBT-FLUTE,Flutes,बाँसुरी,PBT,Flute',
  producers: `id,name,nameHi,district,craft\n${[1, 2, 3].map((n) => `P000${n},Naseem,नसीम,PBT,Flute`).join('\n')}`,
  requests: 'producer,item,quantity\nP0001,PBT-BAMBOO,2 kg\nP0002,PBT-BAMBOO,1.5 kg\nP0003,PBT-BAMBOO,3 kg',
  stations: 'code,name,district,stalls\nPBE,Pilibhit,PBT,1',
};

let book: Awaited<ReturnType<typeof newBook>>;
let admin: Client;
beforeEach(async () => {
  book = await newBook();
  ({ admin } = book);
});
afterEach(async () => {
  vi.useRealTimers();
  await book.stop();
});

it('Stopped near the end, the next start completes it and fills no shelf twice.', async () => {
  await open(STAFF.slice(0, 2));
  const [row] = await shelf();
  expect(row).toMatchObject({ item: 'PBT-FLUTE-C', onHand: 5, version: 1 });

  await open(STAFF);
  expect(await staff()).toEqual([
    ['S001', 1],
    ['S002', 1],
    ['S003', 1],
  ]);
  expect(await shelf()).toEqual([row]);
});

it('A complete book is left alone, whatever changed since.', async () => {
  await open(STAFF);
  const path = { kind: 'districts', id: 'PBT' } as const;
  const { entry, version } = expectOk(await admin.getEntry({ path }));
  const changed = expectOk(await admin.putEntry({ path, body: { ...entry, name: 'Pilibhit town' }, ifMatch: version }));
  await open(STAFF);
  expect(expectOk(await admin.getEntry({ path }))).toEqual(changed);
});

/** A start that fails among the requests: the second is for an unregistered material. */
const BROKEN = FILES.requests?.replace('P0002,PBT-BAMBOO', 'P0002,PBT-CANE') ?? '';
const DAY = 24 * 3_600_000;

it.each([
  ['at once', 0],
  ['on the next day', DAY],
])('Stopped among the requests, the next start %s completes them and doubles none.', async (_says, later) => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - later });
  await expect(open(STAFF, BROKEN)).rejects.toThrow('ITEM_UNKNOWN');
  // The third was under way when the second failed.
  await expect.poll(queue).toHaveLength(2);
  vi.useRealTimers();
  const half = await queue();

  await open(STAFF);
  const all = await queue();
  expect(all.filter(({ producer }) => producer !== 'P0002')).toEqual(half);
  expect(all.map(({ producer, request, lines }) => [producer, request.slice(12), lines[0]?.asked]).sort()).toEqual([
    ['P0001', '0001', 2_000],
    ['P0002', '0002', 1_500],
    ['P0003', '0003', 3_000],
  ]);
  expect(await staff()).toHaveLength(3);
});

it('Stopped among the requests, it does not ask again for those that were answered.', async () => {
  await open(STAFF.slice(0, 2));
  const [one] = await queue();
  const path = { depot: 'PBE-D1', number: one?.request ?? '' };
  expectOk(await admin.rejectRequest({ path, body: { why: 'ask at Bareilly' }, ifMatch: 1 }));

  await open(STAFF);
  expect(await queue()).toHaveLength(2);
  expect(await staff()).toHaveLength(3);
});

const STAFF = ['id,name,location', 'S001,Asha,PBE-01', 'S002,Zakir,PBE-01', 'S003,Om,PBE-D1'];

const newBook = async () => {
  const bahi = await openBahi({ endpoint: inject('endpoint'), port: 0, book: `test-${randomUUID()}`, streams: false });
  const admin = createClient(bahi.url, await bahi.issuer.token({ role: 'admin', scope: ['state'] }));
  const open = (files: Record<string, string>) =>
    openDemoBook(bahi, { read: async (name) => ({ ...FILES, ...files })[name] ?? '' });
  return { admin, open, stop: bahi.stop };
};

const open = (staff: readonly string[], requests = FILES.requests ?? '') =>
  book.open({ staff: staff.join('\n'), requests });

const staff = async () =>
  expectOk(await admin.listEntries({ path: { kind: 'staff' } }))
    .entries.filter(({ id }) => id !== 'OPENING')
    .map(({ id, version }) => [id, version]);

const shelf = async () => expectOk(await admin.getLocationStock({ path: { location: 'PBE-01' } })).stock;

const queue = async () => expectOk(await admin.listRequests({ path: { depot: 'PBE-D1' } })).requests;
