import type { Client } from '../../shared/api/client.ts';
import { sumOf } from '../../shared/kernel/quantity.ts';
import type { Voucher } from '../../shared/ledger/voucher.ts';
import { allPages } from '../all-pages.ts';
import type { Phone } from './phone.ts';

/** What is on hand of each item. */
export type Shelf = ReadonlyMap<string, number>;

export const shelfAt = async (admin: Client, location: string): Promise<Shelf> => {
  const rows = await allPages(
    (query) => admin.getLocationStock({ path: { location }, query }),
    (page) => page.stock,
  );
  return new Map(rows.map(({ item, onHand }) => [item, onHand]));
};

type Told = Pick<Phone, 'location' | 'terminal' | 'day' | 'sold' | 'spoiled'>;

/** Numbers of which phone and day book do not say the same, and items of which the shelf lost other than was sold. Nobody else sells there meanwhile. */
export const differencesAt = async (admin: Client, phone: Told, before: Shelf): Promise<string[]> => {
  const path = { location: phone.location, day: phone.day };
  const book = await allPages(
    (query) => admin.getDay({ path, query }),
    (page) => page.vouchers,
  );
  const ours = book.filter(({ number }) => number.startsWith(phone.terminal));
  const bySaid = differing(saidBy(phone), new Map(ours.map((voucher) => [voucher.number, inBook(voucher)])));
  return [...bySaid, ...differing(leftBy(phone, before), await shelfAt(admin, phone.location))];
};

const CANCELLED = 'cancelled';

const saidBy = ({ sold, spoiled }: Told): Map<string, unknown> =>
  new Map<string, unknown>([
    ...[...sold].map(([number, { amount }]) => [number, amount] as const),
    ...[...spoiled].map((number) => [number, CANCELLED] as const),
  ]);

const inBook = ({ claim, outcome }: Voucher): unknown =>
  'cancelled' in claim ? CANCELLED : 'total' in outcome && outcome.total;

const leftBy = ({ sold }: Told, before: Shelf): Map<string, number> => {
  const lines = Map.groupBy(
    [...sold.values()].flatMap((sale) => sale.lines),
    ({ item }) => item,
  );
  const soldOf = (item: string) => sumOf((lines.get(item) ?? []).map(({ quantity }) => quantity));
  return new Map(
    [...new Set([...before.keys(), ...lines.keys()])].map((item) => [item, (before.get(item) ?? 0) - soldOf(item)]),
  );
};

const differing = (one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): string[] =>
  [...new Set([...one.keys(), ...other.keys()])].filter((key) => one.get(key) !== other.get(key));
