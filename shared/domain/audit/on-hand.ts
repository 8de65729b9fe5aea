import type { ItemId } from '../ids.ts';
import { inLots } from '../materials/lots.ts';
import { sumOf } from '../quantity.ts';
import type { StockRow } from '../stock.ts';
import type { VoucherNumber } from '../vouchers/number.ts';
import { onHandBy } from '../vouchers/on-hand.ts';
import { type Order, orderOf } from '../vouchers/order.ts';
import type { Voucher } from '../vouchers/voucher.ts';
import { type Drift, named } from './drift.ts';
import type { Reading } from './reading.ts';

type Moved = { readonly number: VoucherNumber; readonly order: Order; readonly quantity: number };
type Told = { readonly count: Moved | undefined; readonly since: readonly Moved[] };

/** What the vouchers say of each item: its last count by the one order, and what each moved after it. */
const toldOf = (vouchers: readonly Voucher[]): ReadonlyMap<ItemId, Told> => {
  const all = vouchers.flatMap((voucher) => {
    const place = { number: voucher.number, order: orderOf(voucher) };
    const counts = countedBy(voucher).map((line) => ({ ...place, ...line, counts: true }));
    return [...counts, ...onHandBy(voucher).map((line) => ({ ...place, ...line, counts: false }))];
  });
  return new Map(
    [...Map.groupBy(all, ({ item }) => item)].map(([item, same]) => {
      const inOrder = same.toSorted((one, other) => (one.order < other.order ? -1 : 1));
      const at = inOrder.findLastIndex(({ counts }) => counts);
      return [item, { count: inOrder[at], since: inOrder.slice(at + 1) }];
    }),
  );
};

const countedBy = ({ claim, outcome }: Voucher): { item: ItemId; quantity: number }[] => {
  if (claim.kind !== 'C' || !('lines' in claim) || !('counted' in outcome)) return [];
  return claim.lines.flatMap(({ item }, at) => {
    const line = outcome.counted[at];
    return line ? [{ item, quantity: line.quantity }] : [];
  });
};

/** On hand of each item: what was counted last, plus what happened after. At a depot, the lots are that much. */
export const auditOnHand = ({ rows, vouchers, faulty, gone }: Reading): Drift[] => {
  const told = toldOf(vouchers);
  const byItem = new Map(rows.map((row) => [row.item, row]));
  const suspects = [...faulty.map(({ number }) => number), ...gone];
  return [...new Set([...byItem.keys(), ...told.keys()])].toSorted().flatMap((item): Drift[] => {
    const row = byItem.get(item);
    const { count, since = [] } = told.get(item) ?? {};
    const says = (count?.quantity ?? 0) + sumOf(since.map(({ quantity }) => quantity));
    const [book, version] = [row?.onHand ?? 0, row?.version ?? 0];
    const about = { item, version };
    const drifts: Drift[] = [];
    if (book !== says)
      drifts.push({
        kind: 'on-hand',
        ...about,
        book,
        says,
        vouchers: concerned(book - says, { count, since }, suspects),
      });
    const anchor = anchorOf(row);
    if (anchor !== count?.order)
      drifts.push({
        ...{ kind: 'count', ...about, book: numberIn(anchor), says: count?.number ?? null },
        vouchers: named([numberIn(anchor), count?.number ?? null].filter((number) => number !== null)),
      });
    const lots = row?.lots && inLots(row.lots);
    if (lots !== undefined && lots !== Math.max(0, book))
      drifts.push({
        kind: 'lots',
        ...about,
        book: lots,
        says: Math.max(0, book),
        vouchers: concerned(0, { count, since }, []),
      });
    return drifts;
  });
};

const anchorOf = (row: StockRow | undefined): Order | undefined => row?.countedAt;
const numberIn = (order: Order | undefined): VoucherNumber | null =>
  order === undefined ? null : (order.split('#')[1] as VoucherNumber);

/** Those that were tampered with or are gone; then those that by themselves explain the difference; then the latest. */
const concerned = (difference: number, { count, since }: Told, suspects: readonly VoucherNumber[]): VoucherNumber[] => {
  const latest = since.toReversed();
  const fitting = latest.filter(({ quantity }) => difference !== 0 && Math.abs(quantity) === Math.abs(difference));
  return named([
    ...suspects,
    ...fitting.map(({ number }) => number),
    ...latest.map(({ number }) => number),
    ...(count ? [count.number] : []),
  ]);
};
