import { averagesBefore, type Origin } from '../../shared/day-close/average-cost.ts';
import type { LocationDay } from '../../shared/day-close/close-chain.ts';
import type { CloseStore } from '../../shared/day-close/close-store.ts';
import { isProducer, type LocationId } from '../../shared/kernel/ids.ts';
import type { Paise } from '../../shared/kernel/quantity.ts';
import { dayOf } from '../../shared/kernel/time.ts';
import {
  sequenceOf,
  timeOfSequence,
  type VoucherNumber,
  type VoucherSequence,
} from '../../shared/kernel/voucher-number.ts';
import { isDispatch } from '../../shared/ledger/kinds/dispatch.ts';
import { isReversal } from '../../shared/ledger/kinds/reversal.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import { stockDayOf } from '../../shared/ledger/projection.ts';
import { claimReferences, type Voucher } from '../../shared/ledger/voucher.ts';
import { reversalRulesOf } from '../../shared/ledger/voucher-kinds.ts';
import type { Transfer } from '../../shared/transfers/transfer.ts';
import type { TransferStore } from '../../shared/transfers/transfer-store.ts';

type GoodsOrigins = {
  readonly origins: ReadonlyMap<VoucherNumber, Origin>;
  readonly originals: readonly Voucher[];
};

export type GoodsOriginsDeps = {
  readonly closes: CloseStore;
  readonly ledger: LedgerStore;
  readonly transfers: TransferStore;
};

/** `around`: the day books of this day and its neighbours. */
export const goodsOrigins = async (
  reader: LocationDay,
  around: readonly Voucher[],
  deps: GoodsOriginsDeps,
): Promise<GoodsOrigins> => {
  const { location, day } = reader;
  if (isProducer(location)) return { origins: new Map(), originals: [] };
  const vouchersOfDay = around.filter((voucher) => stockDayOf(voucher) === day);
  const books = costBooks(reader, deps);
  const origins = new Map<VoucherNumber, Origin>();
  for (const voucher of vouchersOfDay) {
    const { dispatch } = claimReferences(voucher.claim);
    const transfer = dispatch && (await deps.transfers.find(dispatch));
    if (transfer) origins.set(voucher.number, await originOfTransfer(transfer, sequenceOf(voucher), books));
  }
  const byNumber = new Map(around.map((voucher) => [voucher.number, voucher]));
  const missing = vouchersOfDay
    .flatMap((voucher) => claimReferences(voucher.claim).reverses ?? [])
    .filter((of) => !byNumber.has(of));
  const originals = missing.length > 0 ? await deps.ledger.several(location, [...new Set(missing)]) : [];
  for (const original of originals) byNumber.set(original.number, original);
  for (const voucher of vouchersOfDay) {
    const original = byNumber.get(claimReferences(voucher.claim).reverses ?? voucher.number);
    if (!original || original === voucher || !comesBack(voucher)) continue;
    const leftAt = sequenceOf(original);
    if (leftAt > sequenceOf(voucher)) continue;
    const isSameDay = stockDayOf(original) === day;
    origins.set(voucher.number, isSameDay ? { leftAt } : { averages: await books.before(location, leftAt) });
  }
  return { origins, originals };
};

/** Other reversals mean that nothing happened. */
const comesBack = ({ claim }: Voucher): boolean =>
  isReversal(claim) && (claim.reason === 'return' || reversalRulesOf(claim.of)?.goods === 'come back');

type CostBooks = ReturnType<typeof costBooks>;

/** Registers the reader before it reads, so that a changed cost closes the reader's day again. */
const costBooks = (reader: LocationDay, { closes }: GoodsOriginsDeps) => {
  const read = new Map<string, ReturnType<typeof closes.latest>>();
  const closeOf = async (day: LocationDay) => {
    await closes.registerCostReader(day, reader);
    return closes.latest(day.location, day.day);
  };
  return {
    before: async (location: LocationId, sequence: VoucherSequence) => {
      const day = { location, day: dayOf(timeOfSequence(sequence)) };
      const key = `${day.location}#${day.day}`;
      const close = read.get(key) ?? closeOf(day);
      read.set(key, close);
      return averagesBefore((await close)?.items ?? [], sequence);
    },
  };
};

/**
 * Averages at dispatch, or at receipt if the clocks place it earlier: a cost never depends on a
 * later one.
 */
const originOfTransfer = async (
  { sent, dispatch, lines }: Transfer,
  receivedAt: VoucherSequence,
  books: CostBooks,
): Promise<Origin> => {
  if (!sent) return {};
  const leftAt = `${sent.at}#${dispatch}` as VoucherSequence;
  const stated = new Map(
    lines.flatMap(({ item, unitCost }): [typeof item, Paise][] => (unitCost === undefined ? [] : [[item, unitCost]])),
  );
  if (isProducer(sent.from)) return { stated };
  return { stated, averages: await books.before(sent.from, leftAt < receivedAt ? leftAt : receivedAt) };
};

export type ClosesOfEarlyReceiptsDeps = { readonly transfers: TransferStore };

/** Goods received before their dispatch had no known origin. */
export const closesOfEarlyReceipts = async (
  book: readonly Voucher[],
  { transfers }: ClosesOfEarlyReceiptsDeps,
): Promise<LocationDay[]> => {
  const early = book.filter(({ claim, outcome }) => isDispatch(claim) && 'receipts' in outcome && outcome.receipts);
  const days: LocationDay[] = [];
  for (const { number } of early)
    for (const { by, at } of (await transfers.find(number))?.receipts ?? [])
      days.push({ location: by, day: dayOf(at) });
  return days;
};
