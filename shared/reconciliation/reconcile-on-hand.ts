import type { Opening } from '../day-close/balances.ts';
import type { ItemId } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import { dayOf } from '../kernel/time.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import { type Order, orderOf, timeIn } from '../kernel/voucher-sequence.ts';
import { onHandBy } from '../ledger/on-hand.ts';
import type { Voucher } from '../ledger/voucher.ts';
import { inLots } from '../stock/lots.ts';
import type { StockRow } from '../stock/stock.ts';
import { type Drift, named } from './drift.ts';
import type { Reading, Since } from './ledger-reading.ts';

type Moved = { readonly number: VoucherNumber; readonly order: Order; readonly quantity: number };
type Told = { readonly opening: number; readonly count: Moved | undefined; readonly since: readonly Moved[] };

/** What the vouchers say of each item: its last count by the one order, or else what a close left of it, and what each moved after that. */
const toldOf = (vouchers: readonly Voucher[], left: readonly Opening[] = []): ReadonlyMap<ItemId, Told> => {
  const all = vouchers.flatMap((voucher) => {
    const place = { number: voucher.number, order: orderOf(voucher) };
    const counts = countedBy(voucher).map((line) => ({ ...place, ...line, counts: true }));
    return [...counts, ...onHandBy(voucher).map((line) => ({ ...place, ...line, counts: false }))];
  });
  const opening = new Map(left.map(({ item, onHand }) => [item, onHand]));
  const byItem = Map.groupBy(all, ({ item }) => item);
  return new Map(
    [...new Set([...opening.keys(), ...byItem.keys()])].map((item) => {
      const same = byItem.get(item) ?? [];
      const inOrder = same.toSorted((one, other) => (one.order < other.order ? -1 : 1));
      const at = inOrder.findLastIndex(({ counts }) => counts);
      const from = at < 0 ? (opening.get(item) ?? 0) : 0;
      return [item, { opening: from, count: inOrder[at], since: inOrder.slice(at + 1) }];
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
export const auditOnHand = ({ rows, vouchers, faulty, gone, since: close }: Reading): Drift[] => {
  const told = toldOf(close ? vouchers.filter((one) => isAfter(one, close)) : vouchers, close?.left);
  const byItem = new Map(rows.map((row) => [row.item, row]));
  const suspects = [...faulty.map(({ number }) => number), ...gone];
  return [...new Set([...byItem.keys(), ...told.keys()])].toSorted().flatMap((item): Drift[] => {
    const row = byItem.get(item);
    const { opening = 0, count, since = [] } = told.get(item) ?? {};
    const says = opening + (count?.quantity ?? 0) + sumOf(since.map(({ quantity }) => quantity));
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
    // A count of before the close is not among these vouchers.
    const isEarlier = count === undefined && anchor !== undefined && close && dayOf(timeIn(anchor)) <= close.day;
    if (anchor !== count?.order && !isEarlier)
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

const isAfter = (voucher: Voucher, { day }: Since): boolean => dayOf(timeIn(orderOf(voucher))) > day;

const anchorOf = (row: StockRow | undefined): Order | undefined => row?.countedAt;
const numberIn = (order: Order | undefined): VoucherNumber | null =>
  order === undefined ? null : (order.split('#')[1] as VoucherNumber);

/** Those that were tampered with or are gone; then those that by themselves explain the difference; then the latest. */
const concerned = (
  difference: number,
  { count, since }: Omit<Told, 'opening'>,
  suspects: readonly VoucherNumber[],
): VoucherNumber[] => {
  const latest = since.toReversed();
  const fitting = latest.filter(({ quantity }) => difference !== 0 && Math.abs(quantity) === Math.abs(difference));
  return named([
    ...suspects,
    ...fitting.map(({ number }) => number),
    ...latest.map(({ number }) => number),
    ...(count ? [count.number] : []),
  ]);
};
