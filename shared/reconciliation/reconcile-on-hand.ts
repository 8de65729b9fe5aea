import type { OpeningBalance } from '../day-close/balances.ts';
import type { ItemId } from '../kernel/ids.ts';
import { dayOf } from '../kernel/time.ts';
import {
  numberOfSequence,
  timeOfSequence,
  type VoucherNumber,
  type VoucherSequence,
} from '../kernel/voucher-number.ts';
import { onHandAfter, type StockMovement, stockDayOf, stockMovementsByItem } from '../ledger/projection.ts';
import type { Voucher } from '../ledger/voucher.ts';
import { totalInLots } from '../stock/lots.ts';
import { type Drift, limitVouchers } from './drift.ts';
import type { LedgerReading, ReconciliationBaseline } from './ledger-reading.ts';

type ExpectedStock = {
  readonly opening: number;
  readonly count: StockMovement | undefined;
  readonly since: readonly StockMovement[];
};

const expectedStockOf = (
  vouchers: readonly Voucher[],
  openingBalances: readonly OpeningBalance[] = [],
): ReadonlyMap<ItemId, ExpectedStock> => {
  const opening = new Map(openingBalances.map(({ item, onHand }) => [item, onHand]));
  const movements = stockMovementsByItem(vouchers);
  return new Map(
    [...new Set([...opening.keys(), ...movements.keys()])].map((item) => {
      const ofItem = movements.get(item) ?? [];
      const last = ofItem.findLastIndex(({ counted }) => counted !== undefined);
      return [item, { opening: opening.get(item) ?? 0, count: ofItem[last], since: ofItem.slice(last + 1) }];
    }),
  );
};

/**
 * On hand must equal the last count plus later movements. A depot's lots must add up to on hand.
 */
export const reconcileOnHand = ({
  stockRows,
  vouchers,
  faultyVouchers,
  missingVouchers,
  baseline: close,
}: LedgerReading): Drift[] => {
  const expectedByItem = expectedStockOf(
    close ? vouchers.filter((one) => isAfterBaseline(one, close)) : vouchers,
    close?.openingBalances,
  );
  const byItem = new Map(stockRows.map((row) => [row.item, row]));
  const suspects = [...faultyVouchers.map(({ number }) => number), ...missingVouchers];
  return [...new Set([...byItem.keys(), ...expectedByItem.keys()])].toSorted().flatMap((item): Drift[] => {
    const row = byItem.get(item);
    const { opening = 0, count, since = [] } = expectedByItem.get(item) ?? {};
    const says = [...(count ? [count] : []), ...since].reduce(onHandAfter, opening);
    const book = row?.onHand ?? 0;
    const version = row?.version ?? 0;
    const context = { item, version };
    const drifts: Drift[] = [];
    if (book !== says)
      drifts.push({
        kind: 'on-hand',
        ...context,
        book,
        says,
        vouchers: likelyVouchers(book - says, { count, since }, suspects),
      });
    const anchor = row?.countedAt;
    // These vouchers lack the counts before the close.
    const isCountedBeforeBaseline =
      count === undefined && anchor !== undefined && close && dayOf(timeOfSequence(anchor)) <= close.day;
    if (anchor !== count?.sequence && !isCountedBeforeBaseline)
      drifts.push({
        kind: 'count',
        ...context,
        book: anchorNumberOf(anchor),
        says: count?.number ?? null,
        vouchers: limitVouchers([anchorNumberOf(anchor), count?.number ?? null].filter((number) => number !== null)),
      });
    const lots = row?.lots && totalInLots(row.lots);
    if (lots !== undefined && lots !== Math.max(0, book))
      drifts.push({
        kind: 'lots',
        ...context,
        book: lots,
        says: Math.max(0, book),
        vouchers: likelyVouchers(0, { count, since }, []),
      });
    return drifts;
  });
};

const isAfterBaseline = (voucher: Voucher, { day }: ReconciliationBaseline): boolean => stockDayOf(voucher) > day;

const anchorNumberOf = (anchor: VoucherSequence | undefined): VoucherNumber | null =>
  anchor === undefined ? null : numberOfSequence(anchor);

/** Faulty and missing vouchers first, then full explanations of the difference, then the latest. */
const likelyVouchers = (
  difference: number,
  { count, since }: Omit<ExpectedStock, 'opening'>,
  suspects: readonly VoucherNumber[],
): VoucherNumber[] => {
  const latest = since.toReversed();
  const matching = latest.filter(({ change }) => difference !== 0 && Math.abs(change) === Math.abs(difference));
  return limitVouchers([
    ...suspects,
    ...matching.map(({ number }) => number),
    ...latest.map(({ number }) => number),
    ...(count ? [count.number] : []),
  ]);
};
