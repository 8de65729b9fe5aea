import { beforeAll, describe, expect, it } from 'vitest';
import type { EditableKind } from '../../shared/registry/registry-kinds.ts';
import { type Book, expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { REGISTRY_SEED } from '../kit/registry-seed.ts';
import { ask, outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const book = useBook();
let officer: Book['admin'];
beforeAll(async () => {
  officer = await book.as('officer', 'state');
});

type Body = Parameters<Book['admin']['putEntry']>[0]['body'];
const put = (kind: EditableKind, id: string, body: object, ifMatch?: number) =>
  officer.putEntry({ path: { kind, id }, body: body as Body, ...(ifMatch !== undefined && { ifMatch }) });
const get = (kind: EditableKind, id: string) => officer.getEntry({ path: { kind, id } });
const staff = (name: string) => ({ name, location: 'LKO-01' });

describe('Registry entry', () => {
  it('An entry of each kind is read as it was entered, at version 1.', async () => {
    for (const [kind, entries] of REGISTRY_SEED) {
      const [id = '', entry] = Object.entries(entries)[0] ?? [];
      const read = { kind, id, version: 1, updatedAt: book.clock.now(), entry };
      expect(expectOk(await get(kind, id))).toEqual(read);
    }
  });

  it('Only registry keepers see the phone and address of a member of staff.', async () => {
    const meena = { name: 'Meena', location: 'PBE-D1', looksAfter: ['LKO', 'PBT'], language: 'hi' };
    const contact = { phone: '+919800000001', email: 'meena@example.in' };
    expectOk(await put('staff', 'DO-1', { ...meena, ...contact }));
    const path = { kind: 'staff' as const };
    const listed = async (client: Book['admin']) =>
      expectOk(await client.listEntries({ path })).entries.find(({ id }) => id === 'DO-1')?.entry;
    expect([expectOk(await get('staff', 'DO-1')).entry, await listed(officer)]).toEqual(
      Array(2).fill({ ...meena, ...contact }),
    );
    const depot = await book.as('depot', 'location:PBE-D1');
    const answer = await depot.getEntry({ path: { kind: 'staff', id: 'DO-1' } });
    expect([expectOk(answer).entry, await listed(depot)]).toEqual([meena, meena]);
    for (const role of ['outlet', 'producer'] as const) {
      const other = await book.as(role, role === 'outlet' ? 'location:LKO-01' : 'producer:P0042');
      expect(outcomeOf(await other.listEntries({ path }))).toBe('403 FORBIDDEN');
    }
  });

  it('An unknown entry is 404.', async () => {
    expect(outcomeOf(await get('items', 'NO-SUCH'))).toBe('404 NOT_FOUND');
  });

  it('An entry is created once, and a repeat finds it.', async () => {
    const [first, again] = [await put('staff', 'S100', staff('Ravi')), await put('staff', 'S100', staff('Ravi'))];
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(expectOk(again)).toEqual(expectOk(first));
  });

  it('An entry changes only at its version, which rises by one.', async () => {
    expectOk(await put('staff', 'S101', staff('Ravi')));
    expect(outcomeOf(await put('staff', 'S101', staff('Rani')))).toBe('428 PRECONDITION_REQUIRED');
    book.clock.forward(60);

    const changed = await put('staff', 'S101', staff('Rani'), 1);
    expect(changed.status).toBe(200);
    expect(expectOk(changed)).toMatchObject({ version: 2, updatedAt: book.clock.now(), entry: { name: 'Rani' } });

    const late = await put('staff', 'S101', staff('Rita'), 1);
    expect(outcomeOf(late)).toBe('412 VERSION_MISMATCH');
    expect(late).toMatchObject({ problem: { version: 2 } });
    expect(expectOk(await get('staff', 'S101'))).toEqual(expectOk(changed));
  });

  it('A repeated change after a lost answer, with the old version, succeeds.', async () => {
    expectOk(await put('staff', 'S102', staff('Ravi')));
    const [lost, again] = [await put('staff', 'S102', staff('Rani'), 1), await put('staff', 'S102', staff('Rani'), 1)];
    expect([lost.status, again.status]).toEqual([200, 200]);
    expect(expectOk(again)).toEqual(expectOk(lost));
  });

  it('A missing entry has no version to change.', async () => {
    const answer = await put('staff', 'S103', staff('Ravi'), 1);
    expect([outcomeOf(answer), outcomeOf(await get('staff', 'S103'))]).toEqual([
      '412 VERSION_MISMATCH',
      '404 NOT_FOUND',
    ]);
    expect(answer).toMatchObject({ problem: { version: 0 } });
  });

  it('Of eight concurrent changes from one version, one succeeds.', async () => {
    expectOk(await put('staff', 'S104', staff('Ravi')));
    const names = Array.from({ length: 8 }, (_, n) => `Rani ${n}`);
    const answers = await Promise.all(names.map((name) => put('staff', 'S104', staff(name), 1)));
    expect(answers.map(outcomeOf).toSorted()).toEqual([200, ...Array(7).fill('412 VERSION_MISMATCH')]);
    expect(expectOk(await get('staff', 'S104')).version).toBe(2);
  });

  it('The ETag is the version.', async () => {
    const token = await book.bahi.issuer.token({ role: 'officer', scope: ['state'] });
    const address = '/registry/staff/S105';
    const body = (name: string) => JSON.stringify(staff(name));
    const made = await ask(book, address, { method: 'PUT', token, body: body('Ravi') });
    const etag = made.headers.get('etag') ?? '';
    expect(etag).toBe('"1"');
    const headers = { 'if-match': etag };
    const changed = await ask(book, address, { method: 'PUT', token, body: body('Rani'), headers });
    expect([changed.status, changed.headers.get('etag')]).toEqual([200, '"2"']);
    expect((await ask(book, address, { token })).headers.get('etag')).toBe('"2"');
  });
});

describe('Refused entries', () => {
  const [item = ''] = kurtas(1);
  const outlet = { name: 'Stall', station: 'LKO', district: 'LKO', sellers: ['LKO1'] };
  const regular = { name: 'A', registration: 'regular', gstin: '09XXXZB0001X1ZN', district: 'LKO' };
  const price = { from: '2026-04-01', price: 100, mrp: 100, gstBasisPoints: 500 };
  const things = { name: 'K', nameHi: 'क', product: 'KURTA', seller: 'LKO1', unit: 'piece', hsn: '6211' };
  const kurta = { ...things, reorderPoint: 1, aliases: [], prices: [price] };

  const REFUSED: [says: string, status: number, field: string, EditableKind, string, object][] = [
    ['under an id of another kind', 400, 'id', 'districts', 'LKO-01', outlet],
    ['under an id of a depot', 400, 'id', 'outlets', 'PBE-D1', outlet],
    ['with the fields of another kind', 400, 'station', 'districts', 'LKO', outlet],
    [
      'when it names a district that is not there',
      422,
      'district',
      'outlets',
      'LKO-03',
      { ...outlet, district: 'XXX' },
    ],
    [
      'when it names a seller that is not there',
      422,
      'sellers',
      'outlets',
      'LKO-03',
      { ...outlet, sellers: ['LKO1', 'NO'] },
    ],
    ['at an outlet that is not there', 422, 'location', 'staff', 'S107', { name: 'Ravi', location: 'ZZZ-99' }],
    ['at a depot that is not there', 422, 'location', 'staff', 'S107', { name: 'Ravi', location: 'ZZZ-D9' }],
    ['when it names a product that is not there', 422, 'product', 'items', item, { ...kurta, product: 'NO-SUCH' }],
    ['with no seller', 400, 'sellers', 'outlets', 'LKO-03', { ...outlet, sellers: [] }],
    ['with no price', 400, 'prices', 'items', item, { ...kurta, prices: [] }],
    [
      'with a price above its MRP',
      400,
      'prices.0.price',
      'items',
      item,
      { ...kurta, prices: [{ ...price, price: 101 }] },
    ],
    ['with money in fractions', 400, 'prices.0.price', 'items', item, { ...kurta, prices: [{ ...price, price: 0.5 }] }],
    ['with two prices from one day', 400, 'prices', 'items', item, { ...kurta, prices: [price, price] }],
    [
      'with a day that is none',
      400,
      'prices.0.from',
      'items',
      item,
      { ...kurta, prices: [{ ...price, from: '2026-02-30' }] },
    ],
    ['as a regular seller without GSTIN', 400, 'gstin', 'sellers', 'LKO3', { ...regular, gstin: undefined }],
    [
      'as an unregistered seller with one',
      400,
      'gstin',
      'sellers',
      'LKO3',
      { ...regular, registration: 'unregistered' },
    ],
    ["with another state's GSTIN", 400, 'gstin', 'sellers', 'LKO3', { ...regular, gstin: '27XXXZB0001X1ZN' }],
    ['with a wrong check digit', 400, 'gstin', 'sellers', 'LKO3', { ...regular, gstin: '09XXXZB0001X1ZA' }],
    ['with a PIN code that starts with 0', 400, 'pinCode', 'sellers', 'LKO3', { ...regular, pinCode: '026003' }],
    ['with a UPI address without a bank', 400, 'vpa', 'sellers', 'LKO3', { ...regular, vpa: 'chikan' }],
    ['with an FSSAI number of 13 digits', 400, 'fssai', 'sellers', 'LKO3', { ...regular, fssai: '1234567890123' }],
    ['with a unit code of weight for pieces', 400, 'uqc', 'items', item, { ...kurta, uqc: 'KGS' }],
    ['with a field nobody knows', 400, 'fax', 'staff', 'S106', { ...staff('Ravi'), fax: '1' }],
    ['with a phone as people write it', 400, 'phone', 'staff', 'S106', { ...staff('Ravi'), phone: '98000 00001' }],
    ['with a phone at a desk', 400, 'phone', 'staff', 'S106', { ...staff('Ravi'), phone: '+915222000000' }],
    ['with a phone abroad', 400, 'phone', 'staff', 'S106', { ...staff('Ravi'), phone: '+14155550100' }],
    ['with no e-mail', 400, 'email', 'staff', 'S106', { ...staff('Ravi'), email: 'ravi@' }],
    ['in a language we do not speak', 400, 'language', 'staff', 'S106', { ...staff('Ravi'), language: 'ur' }],
    ['nowhere', 400, 'location', 'staff', 'S106', { name: 'Ravi' }],
    ['after what is nothing', 400, 'looksAfter.1', 'staff', 'S106', { name: 'R', looksAfter: ['LKO', 'Lucknow'] }],
    [
      'after a district that is not there',
      422,
      'looksAfter',
      'staff',
      'S107',
      { name: 'R', looksAfter: ['state', 'XXX'] },
    ],
    [
      'after a place that is not there',
      422,
      'looksAfter',
      'staff',
      'S107',
      { name: 'R', looksAfter: ['LKO', 'ZZZ-01'] },
    ],
  ];
  it.each(REFUSED)('%s', async (_says, status, field, kind, id, entry) => {
    const before = await get(kind, id);
    const answer = await put(kind, id, entry, 1);
    expect(outcomeOf(answer)).toBe(status === 400 ? '400 INVALID_REQUEST' : '422 REFERENCE_UNKNOWN');
    expect(answer).toMatchObject({
      problem: { fields: expect.arrayContaining([expect.objectContaining({ path: field })]) },
    });
    expect(await get(kind, id)).toEqual(before);
  });
});

describe('Fields that the ledger depends on stay fixed in an item', () => {
  it.each([
    ['of another seller', ['seller'], { seller: 'LKO2' }],
    ['in another unit', ['unit'], { unit: 'gram' }],
    ['of another seller in another unit', ['seller', 'unit'], { seller: 'LKO2', unit: 'gram' }],
  ])('%s is refused, with the fields.', async (_says, fields, to) => {
    const before = expectOk(await get('items', 'LKO-KURTA-05'));
    const answer = await put('items', 'LKO-KURTA-05', { ...before.entry, ...to }, before.version);
    expect(outcomeOf(answer)).toBe('422 ENTRY_FIXED');
    expect(answer).toMatchObject({ problem: { fields: fields.map((path) => ({ path })) } });
    expect(expectOk(await get('items', 'LKO-KURTA-05'))).toEqual(before);
  });

  it('A cluster does not move to another district: its producers would stay behind.', async () => {
    const cluster = { name: 'Flutes', nameHi: 'बाँसुरी', district: 'PBT', craft: 'Flute' };
    const { version } = expectOk(await put('clusters', 'PBT-88', cluster));
    const moved = await put('clusters', 'PBT-88', { ...cluster, district: 'LKO' }, version);
    expect(outcomeOf(moved)).toBe('422 ENTRY_FIXED');
    expect(moved).toMatchObject({ problem: { fields: [{ path: 'district' }] } });
    expectOk(await put('clusters', 'PBT-88', { ...cluster, craft: 'Bamboo' }, version));
  });

  it('Every other field may change.', async () => {
    const { entry, version } = expectOk(await get('items', 'LKO-KURTA-05'));
    const other = { ...entry, name: 'Kurta, long', reorderPoint: 9 };
    expect(expectOk(await put('items', 'LKO-KURTA-05', other, version)).entry).toEqual(other);
  });
});

it('A list of several pages has every entry once, in the order of ids.', async () => {
  const ids = Array.from({ length: 205 }, (_, n) => `P${String(n + 1000)}`);
  const lines = ids.map((id) => `${id},Naseem ${id},नसीम,PBT,Flute`);
  const body = ['id,name,nameHi,district,craft', ...lines].join('\n');
  expectOk(await officer.importEntries({ path: { kind: 'producers' }, body }));

  const read: string[][] = [];
  for (let cursor: string | undefined; read.length === 0 || (cursor && read.length < 9); ) {
    const query = cursor === undefined ? {} : { cursor };
    const page = expectOk(await officer.listEntries({ path: { kind: 'producers' }, query }));
    read.push(page.entries.map(({ id }) => id));
    cursor = page.cursor;
  }
  expect(read.map((page) => page.length)).toEqual([100, 100, 6]);
  expect(read.flat()).toEqual(['P0042', ...ids]);
});
