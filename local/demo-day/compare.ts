import type { Client } from '../../shared/api/client.ts';
import { sumOf } from '../../shared/kernel/quantity.ts';
import type { Voucher } from '../../shared/ledger/voucher.ts';
import { listAllPages } from '../demo-client.ts';
import type { DemoPhone } from './phone.ts';

export type OnHandByItem = ReadonlyMap<string, number>;

export const readOnHand = async (admin: Client, location: string): Promise<OnHandByItem> => {
  const rows = await listAllPages(
    (query) => admin.getLocationStock({ path: { location }, query }),
    (page) => page.stock,
  );
  return new Map(rows.map(({ item, onHand }) => [item, onHand]));
};

type PhoneRecord = Pick<DemoPhone, 'location' | 'terminal' | 'day' | 'sold' | 'spoiled'>;

/** Nobody else sells there meanwhile. */
export const findDifferences = async (admin: Client, phone: PhoneRecord, before: OnHandByItem): Promise<string[]> => {
  const path = { location: phone.location, day: phone.day };
  const book = await listAllPages(
    (query) => admin.getDay({ path, query }),
    (page) => page.vouchers,
  );
  const ours = book.filter(({ number }) => number.startsWith(phone.terminal));
  const bySaid = differingKeys(
    amountsByNumber(phone),
    new Map(ours.map((voucher) => [voucher.number, amountInBook(voucher)])),
  );
  return [...bySaid, ...differingKeys(expectedOnHand(phone, before), await readOnHand(admin, phone.location))];
};

const CANCELLED = 'cancelled';

const amountsByNumber = ({ sold, spoiled }: PhoneRecord): Map<string, unknown> =>
  new Map<string, unknown>([
    ...[...sold].map(([number, { amount }]) => [number, amount] as const),
    ...[...spoiled].map((number) => [number, CANCELLED] as const),
  ]);

const amountInBook = ({ claim, outcome }: Voucher): unknown =>
  'cancelled' in claim ? CANCELLED : 'total' in outcome && outcome.total;

const expectedOnHand = ({ sold }: PhoneRecord, before: OnHandByItem): Map<string, number> => {
  const lines = Map.groupBy(
    [...sold.values()].flatMap((sale) => sale.lines),
    ({ item }) => item,
  );
  const soldOf = (item: string) => sumOf((lines.get(item) ?? []).map(({ quantity }) => quantity));
  return new Map(
    [...new Set([...before.keys(), ...lines.keys()])].map((item) => [item, (before.get(item) ?? 0) - soldOf(item)]),
  );
};

const differingKeys = (one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): string[] =>
  [...new Set([...one.keys(), ...other.keys()])].filter((key) => one.get(key) !== other.get(key));
