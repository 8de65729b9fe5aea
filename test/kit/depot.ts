import { dayOf } from '../../shared/kernel/time.ts';
import { StockRow } from '../../shared/stock/stock.ts';
import { type Book, enrol, expectOk, numberAt } from './book.ts';
import { adjustment, receipt } from './claims.ts';

export const DEPOT = 'PBE-D1';
export const BAMBOO = 'PBT-BAMBOO';

/** A live voucher says its unit where an item is measured in kg too. */
export const measured = (quantity: number | string): number | string =>
  typeof quantity === 'number' && quantity > 0 ? `${quantity} gram` : quantity;

/** A depot of bamboo in kg and bundles, 120 kg a season for each member, with a terminal. */
export const openDepot = async (book: Book, location = DEPOT) => {
  const { admin, clock } = book;
  const item = { kind: 'items' as const, id: BAMBOO };
  const { version, entry } = expectOk(await admin.getEntry({ path: item }));
  const units = [
    { unit: 'kg', base: 1_000 },
    { unit: 'bundle', base: 20_000 },
  ];
  const entitlement = { per: 'members' as const, quantity: 120_000 };
  expectOk(await admin.putEntry({ path: item, body: { ...entry, units, entitlement }, ifMatch: version }));
  const terminal = await enrol(book, location, 'PBT1');
  let serial = 0;
  const number = (kind: string) => numberAt(clock, terminal, kind, ++serial);
  const row = async () => {
    const { stock } = expectOk(await admin.getLocationStock({ path: { location } }));
    return stock.find((one) => one.item === BAMBOO);
  };

  return {
    location,
    terminal,
    number,
    /** A producer of so many members. */
    producer: async (id: string, members: number | undefined = 1) => {
      const means = members === 0 ? {} : { means: { members } };
      const body = { name: `Maker ${id}`, nameHi: 'कारीगर', district: 'PBT', craft: 'Flute', ...means };
      expectOk(await admin.putEntry({ path: { kind: 'producers', id }, body }));
    },
    receive: async (lot: string, quantity: number | string) =>
      expectOk(
        await admin.recordVoucher({
          path: { location, number: number('R') },
          body: receipt(clock, [{ item: BAMBOO, quantity: measured(quantity), lot }]),
        }),
      ),
    /** Adjusts stock until free is this far below zero. Returns the row as its stream shows it. */
    shortBy: async (below: number): Promise<StockRow> => {
      const free = (await row())?.free ?? 0;
      const body = adjustment(clock, [{ item: BAMBOO, quantity: measured(free + below) }], { goodsInHand: true });
      expectOk(await admin.recordVoucher({ path: { location, number: number('A') }, body }));
      const { lots: _lots, ...left } = StockRow.strip().parse(await row());
      return left;
    },
    asking: (quantity: number | string, more: object = {}) => ({
      kind: 'Q' as const,
      occurredAt: clock.now(),
      by: 'S001',
      previous: null,
      depot: location,
      neededBy: dayOf(clock.now()) > '2026-12-01' ? dayOf(clock.now()) : '2026-12-01',
      lines: [{ item: BAMBOO, quantity: measured(quantity) }],
      ...more,
    }),
    issuing: (request: string, quantity: number | string, more: object = {}) => ({
      kind: 'I' as const,
      occurredAt: clock.now(),
      by: 'S001',
      previous: null,
      request,
      lines: [{ item: BAMBOO, quantity: measured(quantity) }],
      ...more,
    }),
    row,
    account: async (producer: string) => expectOk(await admin.getPassbook({ path: { producer } })).accounts[0],
  };
};
export type Depot = Awaited<ReturnType<typeof openDepot>>;
