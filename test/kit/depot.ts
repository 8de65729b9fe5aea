import { type Book, done, enrol, numberAt } from './book.ts';
import { receipt } from './claims.ts';

export const DEPOT = 'PBE-D1';
export const BAMBOO = 'PBT-BAMBOO';

/** Pilibhit's depot: bamboo in kg and bundles, 120 kg a season for each member, a counter's terminal. */
export const openDepot = async (book: Book) => {
  const { admin, clock } = book;
  const item = { kind: 'items' as const, id: BAMBOO };
  const { version, entry } = done(await admin.getEntry({ path: item }));
  const units = [
    { unit: 'kg', base: 1_000 },
    { unit: 'bundle', base: 20_000 },
  ];
  const entitlement = { per: 'members' as const, quantity: 120_000 };
  done(await admin.putEntry({ path: item, body: { ...entry, units, entitlement } as never, ifMatch: version }));
  const terminal = await enrol(book, DEPOT, 'PBT1');
  let serial = 0;
  const number = (kind: string) => numberAt(clock, terminal, kind, ++serial);

  return {
    terminal,
    number,
    /** A producer of so many members. */
    producer: async (id: string, members: number | undefined = 1) => {
      const means = members === 0 ? {} : { means: { members } };
      const body = { name: `Maker ${id}`, nameHi: 'कारीगर', district: 'PBT', craft: 'Flute', ...means };
      done(await admin.putEntry({ path: { kind: 'producers', id }, body }));
    },
    receive: async (lot: string, quantity: number | string) =>
      done(
        await admin.recordVoucher({
          path: { location: DEPOT, number: number('R') },
          body: receipt(clock, [{ item: BAMBOO, quantity, lot }]) as never,
        }),
      ),
    asking: (quantity: number | string, more: object = {}) => ({
      ...{
        kind: 'Q' as const,
        occurredAt: clock.now(),
        by: 'S001',
        previous: null,
        depot: DEPOT,
        neededBy: '2026-12-01',
      },
      lines: [{ item: BAMBOO, quantity }],
      ...more,
    }),
    issuing: (request: string, quantity: number | string, more: object = {}) => ({
      ...{ kind: 'I' as const, occurredAt: clock.now(), by: 'S001', previous: null, request },
      lines: [{ item: BAMBOO, quantity }],
      ...more,
    }),
    row: async () => {
      const { stock } = done(await admin.getLocationStock({ path: { location: DEPOT } }));
      return stock.find((row) => row.item === BAMBOO);
    },
    account: async (producer: string) => done(await admin.getPassbook({ path: { producer } })).accounts[0],
  };
};
export type Depot = Awaited<ReturnType<typeof openDepot>>;
