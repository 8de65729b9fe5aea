import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { instantOf } from '../../shared/kernel/time.ts';
import { readHundredths } from '../../shared/registry/csv-cells.ts';
import {
  amountProblemOf,
  type CsvKind,
  entryFromCsv as changedByCsv,
  withStoredPrices,
} from '../../shared/registry/csv-columns.ts';
import { Depot, Outlet, Producer, Product } from '../../shared/registry/entries.ts';
import { Item } from '../../shared/registry/item.ts';
import { Seller } from '../../shared/registry/seller.ts';

const NOW = instantOf(Date.parse('2026-11-22T05:00:00.000Z'));
/** A new entry from a row of a file. */
const entryFromCsv = (kind: CsvKind, line: { cells: Record<string, string> }) =>
  changedByCsv(kind, line, undefined, NOW);
const row = (cells: Record<string, string>) => ({ line: 2, cells });

describe('A line of a CSV file', () => {
  it('A line of items is an item with one price.', () => {
    const entry = entryFromCsv('items', row({ ...kurta, aliases: 'kurta; कुरता ;top', keypad: '101', barcode: '' }));
    expect(Item.parse(entry)).toEqual({
      name: 'Kurta',
      nameHi: 'कुर्ता',
      product: 'KURTA',
      seller: 'LKO1',
      unit: 'piece',
      hsn: '6211',
      prices: [{ from: '2026-04-01', price: 89_900, mrp: 99_900, gstBasisPoints: 500 }],
      reorderPoint: 3,
      aliases: ['kurta', 'कुरता', 'top'],
      keypad: '101',
    });
  });

  it('A line of items may say its unit code, its maker and its geographical indication.', () => {
    const entry = entryFromCsv(
      'items',
      row({ ...kurta, uqc: 'SET', prePacked: 'false', makerName: 'Naseem Bano', gi: '119 AU/37/GI/119' }),
    );
    expect(Item.parse(entry)).toMatchObject({
      uqc: 'SET',
      prePacked: false,
      makerName: 'Naseem Bano',
      gi: { application: '119', user: 'AU/37/GI/119' },
    });
    const withoutUser = entryFromCsv('items', row({ ...kurta, gi: '119' }));
    expect(Item.safeParse(withoutUser).error?.issues).toMatchObject([{ path: ['gi', 'user'] }]);
  });

  it('A line of sellers has what a bill needs.', () => {
    const seller = {
      name: 'Chikan Samiti',
      registration: 'regular',
      gstin: '09XXXZB0001X1ZN',
      district: 'LKO',
      address: '12 Chowk, Lucknow',
      pinCode: '226003',
      vpa: 'chikan@sbi',
      merchantCategory: '5947',
      fssai: '12345678901234',
    };
    expect(Seller.parse(entryFromCsv('sellers', row({ id: 'LKO1', ...seller })))).toEqual(seller);
  });

  it('A line without aliases has none.', () => {
    expect(entryFromCsv('items', row(kurta))).toMatchObject({ aliases: [] });
  });

  it('A line of outlets has its sellers as a list, and no id.', () => {
    const entry = entryFromCsv(
      'outlets',
      row({ id: 'LKO-01', name: 'Stall', station: 'LKO', district: 'LKO', sellers: 'LKO1;LKO2' }),
    );
    expect(Outlet.parse(entry)).toEqual({ name: 'Stall', station: 'LKO', district: 'LKO', sellers: ['LKO1', 'LKO2'] });
  });

  it.each`
    cell       | read
    ${'true'}  | ${true}
    ${'false'} | ${false}
    ${'yes'}   | ${'yes'}
  `('of products says $cell: $read, for the schema to judge', ({ cell, read }) => {
    const entry = entryFromCsv('products', row({ name: 'Kurta', nameHi: 'कुर्ता', district: 'LKO', material: cell }));
    expect(entry).toMatchObject({ material: read });
    expect(Product.safeParse(entry).success).toBe(typeof read === 'boolean');
  });

  it.each(['899.001', ' 899', '1e5', '0x10', '९०.१२३', '12345678901234567'])(
    'A price of `%s` stays text and is refused.',
    (price) => {
      const entry = entryFromCsv('items', row({ ...kurta, price_rupees: price }));
      expect(entry).toMatchObject({ prices: [{ price }] });
      expect(Item.safeParse(entry).success).toBe(false);
    },
  );

  it.each<CsvKind>([
    'districts',
    'sellers',
    'products',
    'outlets',
    'depots',
    'producers',
    'staff',
    'festivals',
    'states',
    'rates',
  ])('An empty line of %s is an entry without fields: an empty cell is an absent field.', (kind) => {
    expect(entryFromCsv(kind, row({ id: 'X', name: '' }))).toEqual({});
  });

  it('A column that the kind does not have is refused.', () => {
    expect(entryFromCsv('staff', row({ name: 'Asha', location: 'LKO-01', __proto__: 'x', salary: '1' }))).toEqual({
      name: 'Asha',
      location: 'LKO-01',
    });
  });
});

/** The paths of the schema's faults in a field. */
const faults = ({ error }: z.ZodSafeParseResult<unknown>, field: string) =>
  error?.issues.filter(({ path }) => path[0] === field).map(({ path }) => path.join('.')) ?? [];

describe('Cells', () => {
  it.each<[cell: string, means: unknown, faults: string[]]>([
    ['members=3', { members: 3 }, []],
    ['members=3;looms=2', { members: 3, looms: 2 }, []],
    [' kilns = 1 ; members=10000 ', { kilns: 1, members: 10_000 }, []],
    ['members=three', { members: 'three' }, ['means.members']],
    ['members=1.5', { members: '1.5' }, ['means.members']],
    ['members=0', { members: 0 }, ['means.members']],
    ['members=-1;looms=x', { members: -1, looms: 'x' }, ['means.members', 'means.looms']],
    ['members=3=4', { members: '3=4' }, ['means.members']],
    ['members', { members: '' }, ['means.members']],
    ['hands=2', { hands: 2 }, ['means']],
    ['3', { 3: '' }, ['means']],
    ['members=3;members=4', 'members=3;members=4', ['means']],
    ['members=3;', 'members=3;', ['means']],
    ['=3', '=3', ['means']],
  ])('means: `%s` is %o, with faults in %o.', (cell, means, where) => {
    const cells = { name: 'Rafiq', nameHi: 'रफ़ीक़', district: 'PBT', craft: 'Flute', means: cell };
    const entry = entryFromCsv('producers', row(cells));
    expect(entry).toMatchObject({ means });
    expect(faults(Producer.safeParse(entry), 'means')).toEqual(where);
  });

  it('means that names `__proto__` is refused.', () => {
    const means = entryFromCsv('producers', row({ means: '__proto__=1' }));
    expect(faults(Producer.safeParse(means), 'means')).toEqual(['means']);
  });

  it.each<[cell: string, entitlement: unknown, faults: string[]]>([
    ['members=12000', { per: 'members', quantity: 12_000 }, []],
    [' looms = 1 ', { per: 'looms', quantity: 1 }, []],
    ['members=1;looms=2', 'members=1;looms=2', ['entitlement']],
    ['members=1;', 'members=1;', ['entitlement']],
    ['members=12 kg', { per: 'members', quantity: '12 kg' }, ['entitlement.quantity']],
    ['members=0', { per: 'members', quantity: 0 }, ['entitlement.quantity']],
    ['hands=1', { per: 'hands', quantity: 1 }, ['entitlement.per']],
    ['12000', { per: '12000', quantity: '' }, ['entitlement.per', 'entitlement.quantity']],
  ])('entitlement: `%s` is %o, with faults in %o.', (cell, entitlement, where) => {
    const entry = entryFromCsv('items', row({ ...kurta, entitlement: cell }));
    expect(entry).toMatchObject({ entitlement });
    expect(faults(Item.safeParse(entry), 'entitlement')).toEqual(where);
  });

  it.each<[cell: string, gives: unknown[], faults: string[]]>([
    ['PBT-BAMBOO=5000', [{ item: 'PBT-BAMBOO', quantity: 5_000 }], []],
    [
      'PBT-BAMBOO=5000; PBT-CORK = 300',
      [
        { item: 'PBT-BAMBOO', quantity: 5_000 },
        { item: 'PBT-CORK', quantity: 300 },
      ],
      [],
    ],
    ['PBT-BAMBOO=5 kg', [{ item: 'PBT-BAMBOO', quantity: '5 kg' }], ['gives.0.quantity']],
    ['bamboo=5000', [{ item: 'bamboo', quantity: 5_000 }], ['gives.0.item']],
    ['5000', [{ item: '5000', quantity: '' }], ['gives.0.quantity']],
    [
      'PBT-BAMBOO=5000;',
      [
        { item: 'PBT-BAMBOO', quantity: 5_000 },
        { item: '', quantity: '' },
      ],
      ['gives.1.item', 'gives.1.quantity'],
    ],
  ])('gives: `%s` is %o, with faults in %o.', (cell, gives, where) => {
    const entry = entryFromCsv(
      'depots',
      row({ name: 'Depot', nameHi: 'डिपो', district: 'PBT', sellers: 'PBT1', gives: cell }),
    );
    expect(entry).toMatchObject({ gives });
    expect(faults(Depot.safeParse(entry), 'gives')).toEqual(where);
  });
});

describe('Merging with the stored entry', () => {
  const item = Item.parse(entryFromCsv('items', row(kurta)));
  const dearer = Item.parse(
    entryFromCsv(
      'items',
      row({ ...kurta, from: '2026-12-01', price_rupees: '950', mrp_rupees: '999', name: 'Long kurta' }),
    ),
  );

  it('An item keeps the prices of other days and takes the rest from the file.', () => {
    expect(withStoredPrices(dearer, item)).toEqual({ ...dearer, prices: [...item.prices, ...dearer.prices] });
  });

  it('A price of the same day is replaced.', () => {
    const cheaper = Item.parse(entryFromCsv('items', row({ ...kurta, price_rupees: '800' })));
    expect(withStoredPrices(cheaper, item)).toEqual(cheaper);
  });

  it('A new entry, or one of another kind, is as in the file.', () => {
    const staff = { name: 'Asha', location: 'LKO-01' };
    expect(withStoredPrices(item, undefined)).toEqual(item);
    expect(withStoredPrices(staff, { name: 'Usha', location: 'LKO-02' })).toEqual(staff);
  });
});

describe('Columns that the file has', () => {
  const stored = Item.parse(entryFromCsv('items', row({ ...kurta, keypad: '101', aliases: 'kurta' })));
  const changed = (cells: Record<string, string>) =>
    withStoredPrices(Item.parse(changedByCsv('items', row({ id: 'X', ...cells }), stored, NOW)), stored);

  it('Only they change, and an empty cell clears.', () => {
    expect(changed({ name: 'Long kurta' })).toEqual({ ...stored, name: 'Long kurta' });
    const { keypad: _, ...rest } = stored;
    expect(changed({ keypad: '', aliases: '' })).toEqual({ ...rest, aliases: [] });
  });

  it('A changed price without a day applies from today, with the other columns of the price in force.', () => {
    const from = '2026-11-22';
    expect(changed({ price_rupees: '850.50' }).prices).toEqual([
      ...stored.prices,
      { from, price: 85_050, mrp: 99_900, gstBasisPoints: 500 },
    ]);
    expect(changed({ price_rupees: '899' })).toEqual(stored);
    expect(changed({ from: '1/12/2026', gst_percent: '12' }).prices.at(-1)).toEqual({
      from: '2026-12-01',
      price: 89_900,
      mrp: 99_900,
      gstBasisPoints: 1_200,
    });
  });

  it.each([
    ['2026-04-01', '2026-04-01'],
    ['01-04-2026', '2026-04-01'],
    ['1/4/2026', '2026-04-01'],
    ['31/02/2026', undefined],
    ['04/25/2026', undefined],
  ])('The day `%s` is %s: the day comes first.', (cell, day) => {
    const { data } = Item.safeParse(entryFromCsv('items', row({ ...kurta, from: cell })));
    expect(data?.prices[0]?.from).toBe(day);
  });
});

const kurta = {
  id: 'LKO-KURTA-01',
  name: 'Kurta',
  nameHi: 'कुर्ता',
  product: 'KURTA',
  seller: 'LKO1',
  unit: 'piece',
  hsn: '6211',
  from: '2026-04-01',
  price_rupees: '899',
  mrp_rupees: '999.00',
  gst_percent: '5',
  reorderPoint: '3',
};

it('An amount is read in Latin and Devanagari digits, and the error names the unit of its column.', () => {
  for (const [content, paise] of [
    ['850', 85_000],
    ['८५०.५', 85_050],
    ['₹ 1,250.50', 125_050],
    ['5 %', 500],
  ] as const) {
    expect(readHundredths(content)).toBe(paise);
    expect(amountProblemOf('price_rupees', content)).toBeUndefined();
  }
  for (const content of ['1e3', '-1', '850.005', 'dear'])
    for (const column of ['price_rupees', 'gst_percent'])
      expect(amountProblemOf(column, content)).toBe('an amount has digits and at most two decimals, such as 1250.50');
  expect([amountProblemOf('price_rupees', ''), amountProblemOf('name', 'dear')]).toEqual([undefined, undefined]);
});
