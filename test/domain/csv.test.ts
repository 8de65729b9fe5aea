import { describe, expect, it } from 'vitest';
import { besideStored, type CsvKind, entryIn } from '../../shared/domain/registry/csv.ts';
import { Outlet, Product } from '../../shared/domain/registry/entries.ts';
import { Item } from '../../shared/domain/registry/item.ts';

const row = (cells: Record<string, string>) => ({ line: 2, cells });
const kurta = {
  ...{
    id: 'LKO-KURTA-01',
    name: 'Kurta',
    nameHi: 'कुर्ता',
    product: 'KURTA',
    seller: 'LKO1',
    unit: 'piece',
    hsn: '6211',
  },
  ...{ from: '2026-04-01', price: '89900', mrp: '99900', gstBasisPoints: '500', reorderPoint: '3' },
};

describe('a line of a file', () => {
  it('of items is an item with one price', () => {
    const entry = entryIn('items', row({ ...kurta, aliases: 'kurta; कुरता ;top', keypad: '101', barcode: '' }));
    expect(Item.parse(entry)).toEqual({
      ...{ name: 'Kurta', nameHi: 'कुर्ता', product: 'KURTA', seller: 'LKO1', unit: 'piece', hsn: '6211' },
      prices: [{ from: '2026-04-01', price: 89_900, mrp: 99_900, gstBasisPoints: 500 }],
      ...{ reorderPoint: 3, aliases: ['kurta', 'कुरता', 'top'], keypad: '101' },
    });
  });

  it('of items without aliases has none', () => {
    expect(entryIn('items', row(kurta))).toMatchObject({ aliases: [] });
  });

  it('of outlets has its sellers as a list, and is without its id', () => {
    const entry = entryIn(
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
    const entry = entryIn('products', row({ name: 'Kurta', nameHi: 'कुर्ता', district: 'LKO', material: cell }));
    expect(entry).toMatchObject({ material: read });
    expect(Product.safeParse(entry).success).toBe(typeof read === 'boolean');
  });

  it.each(['89,900', '899.00', ' 89900', '1e5', '0x10', '९०', '12345678901234567'])(
    'with a price of `%s` stays text, and is refused',
    (price) => {
      const entry = entryIn('items', row({ ...kurta, price }));
      expect(entry).toMatchObject({ prices: [{ price }] });
      expect(Item.safeParse(entry).success).toBe(false);
    },
  );

  it.each<CsvKind>(['districts', 'sellers', 'products', 'outlets', 'depots', 'producers', 'staff'])(
    'of %s that is empty is an entry of no fields: an empty cell is a field left out',
    (kind) => {
      expect(entryIn(kind, row({ id: 'X', name: '' }))).toEqual({});
    },
  );

  it('takes no column that its kind does not have', () => {
    expect(entryIn('staff', row({ name: 'Asha', location: 'LKO-01', __proto__: 'x', salary: '1' }))).toEqual({
      name: 'Asha',
      location: 'LKO-01',
    });
  });
});

describe('beside what is stored', () => {
  const item = Item.parse(entryIn('items', row(kurta)));
  const dearer = Item.parse(
    entryIn('items', row({ ...kurta, from: '2026-12-01', price: '95000', name: 'Long kurta' })),
  );

  it('an item keeps the prices of other days, and takes the rest from the file', () => {
    expect(besideStored(dearer, item)).toEqual({ ...dearer, prices: [...item.prices, ...dearer.prices] });
  });

  it('a price of the same day is replaced', () => {
    const cheaper = Item.parse(entryIn('items', row({ ...kurta, price: '80000' })));
    expect(besideStored(cheaper, item)).toEqual(cheaper);
  });

  it('what is new, or of any other kind, is as the file says', () => {
    const staff = { name: 'Asha', location: 'LKO-01' };
    expect(besideStored(item, undefined)).toEqual(item);
    expect(besideStored(staff, { name: 'Usha', location: 'LKO-02' })).toEqual(staff);
  });
});
