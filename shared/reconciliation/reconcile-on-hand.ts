import type { OpeningBalance } from '../day-close/balances.ts';
import type { ItemId } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import { dayOf } from '../kernel/time.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import { sequenceOf, timeOfSequence, type VoucherSequence } from '../kernel/voucher-sequence.ts';
import { onHandMovements } from '../ledger/on-hand.ts';
import type { Voucher } from '../ledger/voucher.ts';
import { totalInLots } from '../stock/lots.ts';
import type { StockRow } from '../stock/stock.ts';
import { type Drift, limitVouchers } from './drift.ts';
import type { LedgerReading, ReconciliationBaseline } from './ledger-reading.ts';

type Movement = { readonly number: VoucherNumber; readonly order: VoucherSequence; readonly quantity: number };
type ExpectedStock = {
  readonly opening: number;
  readonly count: Movement | undefined;
  readonly since: readonly Movement[];
};

/** What the vouchers say of each item: its last count by the one order, or else what a close left of it, and what each moved after that. */
const expectedStockOf = (
  vouchers: readonly Voucher[],
  left: readonly OpeningBalance[] = [],
): ReadonlyMap<ItemId, ExpectedStock> => {
  const all = vouchers.flatMap((voucher) => {
    const place = { number: voucher.number, order: sequenceOf(voucher) };
    const counts = countedLinesOf(voucher).map((line) => ({ ...place, ...line, counts: true }));
    return [...counts, ...onHandMovements(voucher).map((line) => ({ ...place, ...line, counts: false }))];
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

const countedLinesOf = ({ claim, outcome }: Voucher): { item: ItemId; quantity: number }[] => {
  if (claim.kind !== 'C' || !('lines' in claim) || !('counted' in outcome)) return [];
  return claim.lines.flatMap(({ item }, at) => {
    const line = outcome.counted[at];
    return line ? [{ item, quantity: line.quantity }] : [];
  });
};

/** On hand of each item: what was counted last, plus what happened after. At a depot, the lots are that much. */
export const reconcileOnHand = ({
  stockRows,
  vouchers,
  faultyVouchers,
  missingVouchers,
  baseline: close,
}: LedgerReading): Drift[] => {
  const told = expectedStockOf(
    close ? vouchers.filter((one) => isAfterBaseline(one, close)) : vouchers,
    close?.openingBalances,
  );
  const byItem = new Map(stockRows.map((row) => [row.item, row]));
  const suspects = [...faultyVouchers.map(({ number }) => number), ...missingVouchers];
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
        vouchers: likelyVouchers(book - says, { count, since }, suspects),
      });
    const anchor = anchorOf(row);
    // A count of before the close is not among these vouchers.
    const isEarlier =
      count === undefined && anchor !== undefined && close && dayOf(timeOfSequence(anchor)) <= close.day;
    if (anchor !== count?.order && !isEarlier)
      drifts.push({
        ...{ kind: 'count', ...about, book: anchorNumberOf(anchor), says: count?.number ?? null },
        vouchers: limitVouchers([anchorNumberOf(anchor), count?.number ?? null].filter((number) => number !== null)),
      });
    const lots = row?.lots && totalInLots(row.lots);
    if (lots !== undefined && lots !== Math.max(0, book))
      drifts.push({
        kind: 'lots',
        ...about,
        book: lots,
        says: Math.max(0, book),
        vouchers: likelyVouchers(0, { count, since }, []),
      });
    return drifts;
  });
};

const isAfterBaseline = (voucher: Voucher, { day }: ReconciliationBaseline): boolean =>
  dayOf(timeOfSequence(sequenceOf(voucher))) > day;

const anchorOf = (row: StockRow | undefined): VoucherSequence | undefined => row?.countedAt;
const anchorNumberOf = (order: VoucherSequence | undefined): VoucherNumber | null =>
  order === undefined ? null : (order.split('#')[1] as VoucherNumber);

/** Those that were tampered with or are gone; then those that by themselves explain the difference; then the latest. */
const likelyVouchers = (
  difference: number,
  { count, since }: Omit<ExpectedStock, 'opening'>,
  suspects: readonly VoucherNumber[],
): VoucherNumber[] => {
  const latest = since.toReversed();
  const fitting = latest.filter(({ quantity }) => difference !== 0 && Math.abs(quantity) === Math.abs(difference));
  return limitVouchers([
    ...suspects,
    ...fitting.map(({ number }) => number),
    ...latest.map(({ number }) => number),
    ...(count ? [count.number] : []),
  ]);
};
