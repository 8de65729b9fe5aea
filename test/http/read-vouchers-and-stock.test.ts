import { beforeAll, describe, expect, it } from 'vitest';
import { type Book, enrol, expectOk, numberAt, useBook } from '../kit/book.ts';
import { cancelled, kurtas, receipt, sale } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { cursorAfter } from '../kit/page-walk.ts';
import { ask, outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const book = useBook();
let phone: Book['admin'];
let officer: Book['admin'];
let terminal: string;
let sold: string;

beforeAll(async () => {
  [phone, officer] = [await book.as('outlet', 'location:LKO-01'), await book.as('officer', 'state')];
  terminal = await enrol(book, location, 'LKO1');
  const columns = 'id,name,nameHi,product,seller,unit,hsn,from,price_rupees,mrp_rupees,gst_percent,reorderPoint';
  const lines = many.map((id) => `${id},Stole,दुपट्टा,KURTA,LKO1,piece,6214,2026-04-01,1,2,5,3`);
  expectOk(await book.admin.importEntries({ path: { kind: 'items' }, body: [columns, ...lines].join('\n') }));
  await received(location, terminal, [{ item, quantity: 10 }, ...some([second, third], 4)], 1);
  sold = numberAt(book.clock, terminal, 'S', 7);
  expectOk(await phone.recordVoucher({ path: { location, number: sold }, body: sale(book.clock, some([second], 1)) }));
});

describe('Reading a voucher', () => {
  it('It is found by its number, with spaces and in any case.', async () => {
    const apart = `${sold.slice(0, 5)} ${sold[5]} ${sold.slice(6, 12)} ${sold.slice(12)}`.toLowerCase();
    for (const number of [sold, sold.toLowerCase(), apart, ` ${sold} `])
      expect(expectOk(await phone.getVoucher({ path: { location, number } })).number).toBe(sold);
  });

  it('An unknown voucher is 404, also at another location.', async () => {
    const nowhere = { location, number: numberAt(book.clock, terminal, 'S', 9999) };
    for (const path of [nowhere, { location: 'PBE-01', number: sold }])
      expect((await officer.getVoucher({ path })).status).toBe(404);
  });

  it('It is found in its day by its last four digits.', async () => {
    const found = async (ending: string) =>
      expectOk(await phone.getDay({ path: { location, day }, query: { ending } })).vouchers.map(({ number }) => number);
    expect(await found('0007')).toEqual([sold]);
    expect(await found(' 00 07 ')).toEqual([sold]);
    expect(await found('0008')).toEqual([]);
    const other = await enrol(book, location, 'LKO1');
    await received(location, other, some([item], 1), 7);
    expect((await found('0007')).toSorted()).toEqual([sold, numberAt(book.clock, other, 'R', 7)].toSorted());
  });
});

describe('Reading a day book', () => {
  it('A day book of several pages has every voucher once, in order.', async () => {
    const where = 'LKO-02';
    const at = await enrol(book, where, 'LKO1');
    const numbers = Array.from({ length: 230 }, (_, n) => numberAt(book.clock, at, 'S', n + 1));
    const body = cancelled(book.clock, 'S', 'test print');
    await Promise.all(
      numbers.map(async (number) =>
        expectOk(await book.admin.recordVoucher({ path: { location: where, number }, body })),
      ),
    );
    const read = await pages((query) => officer.getDay({ path: { location: where, day }, query }));
    expect(read.map(({ vouchers }) => vouchers.length)).toEqual([100, 100, 30]);
    expect(read.flatMap(({ vouchers }) => vouchers.map(({ number }) => number))).toEqual(numbers);
    const last = expectOk(await officer.getDay({ path: { location: where, day }, query: { ending: '0230' } }));
    expect(last.vouchers.map(({ number }) => number)).toEqual([numbers[229]]);
  });

  it('A day without vouchers is empty.', async () => {
    const nothing = { location, day: '2026-11-21', vouchers: [] };
    expect(expectOk(await phone.getDay({ path: { location, day: '2026-11-21' } }))).toEqual(nothing);
  });
});

describe('Reading stock', () => {
  const shelf = async (query: { short?: 'true' | 'false' }) =>
    expectOk(await phone.getLocationStock({ path: { location }, query })).stock.map(({ item: of, short }) => [
      of,
      short,
    ]);

  it('It says of each item whether it is short, and can list only those.', async () => {
    const all = [
      [item, false],
      [second, true],
      [third, false],
    ];
    expect(await shelf({})).toEqual(all);
    expect(await shelf({ short: 'false' })).toEqual(all);
    expect(await shelf({ short: 'true' })).toEqual([[second, true]]);
  });

  it('Several pages have every item once; short items are found behind pages without any.', async () => {
    const where = 'LKO-02';
    const at = await enrol(book, where, 'LKO1');
    for (const n of [0, 1, 2]) await received(where, at, some(many.slice(40 * n, 40 * n + 40), n === 2 ? 3 : 9), n + 1);
    const path = { location: where };
    const read = await pages((query) => officer.getLocationStock({ path, query }));
    expect(read.map(({ stock }) => stock.length)).toEqual([100, 20]);
    expect(read.flatMap(({ stock }) => stock.map((row) => row.item))).toEqual(many);
    const short = await pages((query) => officer.getLocationStock({ path, query: { ...query, short: 'true' } }));
    expect(short.flatMap(({ stock }) => stock.map((row) => row.item))).toEqual(many.slice(80));
  });

  it('It says where an item is, and how much is free there.', async () => {
    const at = await enrol(book, 'LKO-02', 'LKO1');
    await received('LKO-02', at, some([third], 6), 1);
    const lko = { district: 'LKO' };
    expect(expectOk(await phone.getItemStock({ path: { item: third } }))).toEqual({
      item: third,
      locations: [
        { location, name: 'Lucknow, stall 1', ...lko, free: 4 },
        { location: 'LKO-02', name: 'Lucknow, stall 2', ...lko, free: 6 },
      ],
    });
    expect(expectOk(await phone.getItemStock({ path: { item: 'NO-SUCH' } })).locations).toEqual([]);
  });
});

describe('Reading the catalogue', () => {
  const names = (read: { catalogue: { item: string }[] }[]) =>
    read.flatMap(({ catalogue }) => catalogue.map((one) => one.item));
  const all = (since?: string) =>
    pages((query) =>
      phone.getCatalogue({ path: { location }, query: { ...query, ...(since !== undefined && { since }) } }),
    );

  it("It has every item of its location's sellers, and no other.", async () => {
    const read = await all();
    expect(read.length).toBeGreaterThan(1);
    expect(names(read).toSorted()).toEqual([...kurtas(45), 'LKO-ZARI-1', ...many].toSorted());
  });

  it('Read since a time, it has the later changes, such as a new price.', async () => {
    book.clock.forward(600);
    const { asOf } = expectOk(await phone.getCatalogue({ path: { location } }));
    expect(names(await all(asOf))).toEqual([]);
    const path = { kind: 'items' as const, id: item };
    const { entry, version } = expectOk(await officer.getEntry({ path }));
    const SEEDED = { from: '2026-04-01', price: 89_900, mrp: 99_900, gstBasisPoints: 500 };
    const prices = [{ from: '2026-11-23', price: 99_900, mrp: 109_900, gstBasisPoints: 500 }];
    expectOk(await officer.putEntry({ path, body: { ...entry, prices }, ifMatch: version }));
    const changed = await all(asOf);
    expect(changed.flatMap(({ catalogue }) => catalogue)).toMatchObject([{ item, prices: [SEEDED, ...prices] }]);
    book.clock.forward(120);
    expect(names(await all(expectOk(await phone.getCatalogue({ path: { location } })).asOf))).toEqual([]);
  });

  it('A price that changes on an already read page is in the next read.', async () => {
    const path = { location };
    const first = expectOk(await phone.getCatalogue({ path }));
    book.clock.forward(600);
    const changed = { kind: 'items' as const, id: first.catalogue[0]?.item ?? '' };
    const { entry, version } = expectOk(await officer.getEntry({ path: changed }));
    const read = [first];
    for (let cursor = first.cursor; cursor !== undefined; cursor = read.at(-1)?.cursor) {
      read.push(expectOk(await phone.getCatalogue({ path, query: { cursor } })));
      if (read.at(-1)?.catalogue.some(({ seller }) => seller === 'LKO2')) continue;
      expectOk(await officer.putEntry({ path: changed, body: { ...entry, reorderPoint: 7 }, ifMatch: version }));
    }
    const asOf = read.at(-1)?.asOf;
    expect(read.map((page) => page.asOf)).toEqual(read.map(() => first.asOf));
    expect(names(await all(asOf))).toContain(changed.id);
  });

  it.each([
    ['of another list', ['LKO1', '2026-11-22T05:00:00.000Z', 'A1']],
    ['with a time that is none', ['yesterday', 'LKO1']],
  ])('A page after the cursor %s is refused.', async (_says, parts) => {
    const cursor = cursorAfter('getCatalogue', { path: { location } }, parts);
    const answer = await phone.getCatalogue({ path: { location }, query: { cursor } });
    expect(outcomeOf(answer)).toBe('400 INVALID_REQUEST');
  });

  it('The catalogue of an unknown location is 404.', async () => {
    expect((await officer.getCatalogue({ path: { location: 'LKO-77' } })).status).toBe(404);
  });
});

it('Health, with the time, and the contract are open to all.', async () => {
  const health = await ask(book, '/health');
  expect([health.status, await health.json()]).toEqual([200, { status: 'ok', time: book.clock.now() }]);
  expect((await ask(book, '/openapi.json', { token: 'not.a.token' })).status).toBe(200);
});

const location = 'LKO-01';

const day = '2026-11-22';

const [item = '', second = '', third = ''] = kurtas(3);

const many = Array.from({ length: 120 }, (_, n) => `MANY-${String(n).padStart(3, '0')}`);

const some = (items: readonly string[], quantity: number) => items.map((one) => ({ item: one, quantity }));

const received = async (where: string, at: string, lines: ReturnType<typeof some>, serial: number) => {
  const path = { location: where, number: numberAt(book.clock, at, 'R', serial) };
  expectOk(await book.admin.recordVoucher({ path, body: receipt(book.clock, lines) }));
};

/** Every page of a list, one after the other. */
const pages = async <Page extends { cursor?: string | undefined }>(
  read: (query: { cursor?: string }) => Promise<{ ok: true; body: Page } | { ok: false; problem: unknown }>,
): Promise<Page[]> => {
  const all: Page[] = [];
  for (let cursor: string | undefined; all.length === 0 || cursor !== undefined; ) {
    const page = expectOk(await read(cursor === undefined ? {} : { cursor }));
    all.push(page);
    cursor = page.cursor;
    if (all.length > 10) throw new Error('the pages do not end');
  }
  return all;
};
