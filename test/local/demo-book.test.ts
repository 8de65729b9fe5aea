import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type Bahi, openBahi } from '../../local/bahi.ts';
import { openDemoBook } from '../../local/demo-book/open.ts';
import { type Client, clientOf } from '../../shared/contract/client.ts';
import { done } from '../kit/book.ts';

/** A demo book of one stall, in the files' own columns. */
const FILES: Record<string, string> = {
  districts: 'id,name,nameHi,craft,craftHi\nPBT,Pilibhit,पीलीभीत,Flutes,बाँसुरी',
  sellers: 'id,name,registration,gstin,district\nPBT1,Bansuri Samiti,unregistered,,PBT',
  products: 'id,name,nameHi,district,material\nFLUTE,Flute,बाँसुरी,PBT,false',
  items:
    'id,name,nameHi,product,seller,unit,hsn,from,price,mrp,gstBasisPoints,reorderPoint,aliases\n' +
    'PBT-FLUTE-C,Flute in C,बाँसुरी,FLUTE,PBT1,piece,9205,2026-04-01,25000,30000,500,3,',
  depots: 'id,name,nameHi,district,sellers\nPBE-D1,Bamboo depot,बाँस डिपो,PBT,PBT1',
  producers: 'id,name,nameHi,district,craft\nP0042,Naseem,नसीम,PBT,Flute',
  stations: 'code,name,district,stalls\nPBE,Pilibhit,PBT,1',
};
const STAFF = ['id,name,location', 'S001,Asha,PBE-01', 'S002,Zakir,PBE-01', 'S003,Om,PBE-D1'];

let bahi: Bahi;
let admin: Client;
beforeAll(async () => {
  bahi = await openBahi({ endpoint: inject('endpoint'), port: 0, book: `test-${randomUUID()}`, streams: false });
  admin = clientOf(bahi.url, await bahi.issuer.token({ role: 'admin', scope: ['state'] }));
});
afterAll(() => bahi.stop());

const open = (staff: readonly string[]) =>
  openDemoBook(bahi, async (name) => (name === 'staff' ? staff.join('\n') : (FILES[name] ?? '')));
const staff = async () =>
  done(await admin.listEntries({ path: { kind: 'staff' } })).entries.map(({ id, version }) => [id, version]);
const shelf = async () => done(await admin.getLocationStock({ path: { location: 'PBE-01' } })).stock;

it('stopped among the last lines, the next start completes it, and fills no shelf twice', async () => {
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

it('complete, it is left alone, whatever was changed in it since', async () => {
  const path = { kind: 'districts', id: 'PBT' } as const;
  const { entry, version } = done(await admin.getEntry({ path }));
  const changed = done(await admin.putEntry({ path, body: { ...entry, name: 'Pilibhit town' }, ifMatch: version }));
  await open(STAFF);
  expect(done(await admin.getEntry({ path }))).toEqual(changed);
});
