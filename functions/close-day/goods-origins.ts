import { averagesBefore } from '../../shared/day-close/average-cost.ts';
import type { CloseStore, DayOfPlace } from '../../shared/day-close/close-store.ts';
import type { Origin } from '../../shared/day-close/goods-origin.ts';
import { isProducer, type LocationId } from '../../shared/kernel/ids.ts';
import type { Paise } from '../../shared/kernel/quantity.ts';
import { type Day, dayOf } from '../../shared/kernel/time.ts';
import { partsOf, type VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import { sequenceOf, timeOfSequence, type VoucherSequence } from '../../shared/kernel/voucher-sequence.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import type { Voucher } from '../../shared/ledger/voucher.ts';
import type { Transfer } from '../../shared/transfers/transfer.ts';
import type { TransferStore } from '../../shared/transfers/transfer-store.ts';

type Found = {
  readonly origins: ReadonlyMap<VoucherNumber, Origin>;
  /** What this day's reversals take back, of days that are not around it. */
  readonly originals: readonly Voucher[];
};

export type GoodsOriginsDeps = {
  readonly closes: CloseStore;
  readonly ledger: LedgerStore;
  readonly transfers: TransferStore;
};

/** Where the goods left that came, or came back, on this day; and their averages there. `around`: the books of the day and of those beside it. */
export const goodsOrigins = async (
  reader: DayOfPlace,
  around: readonly Voucher[],
  deps: GoodsOriginsDeps,
): Promise<Found> => {
  const { location, day } = reader;
  if (isProducer(location)) return { origins: new Map(), originals: [] };
  const happened = around.filter((voucher) => dayHappened(voucher) === day);
  const books = costBooks(reader, deps);
  const origins = new Map<VoucherNumber, Origin>();
  for (const voucher of happened) {
    const dispatch = dispatchOf(voucher);
    const transfer = dispatch && (await deps.transfers.find(dispatch));
    if (transfer) origins.set(voucher.number, await originOfTransfer(transfer, sequenceOf(voucher), books));
  }
  const known = new Map(around.map((voucher) => [voucher.number, voucher]));
  const missing = happened.flatMap((voucher) => takenBackBy(voucher) ?? []).filter((of) => !known.has(of));
  const originals = missing.length > 0 ? await deps.ledger.among(location, [...new Set(missing)]) : [];
  for (const original of originals) known.set(original.number, original);
  for (const voucher of happened) {
    const original = known.get(takenBackBy(voucher) ?? voucher.number);
    if (!original || original === voucher || !comesBack(voucher)) continue;
    const leftAt = sequenceOf(original);
    if (leftAt > sequenceOf(voucher)) continue;
    const isSameDay = dayHappened(original) === day;
    origins.set(voucher.number, isSameDay ? { leftAt } : { averages: await books.before(location, leftAt) });
  }
  return { origins, originals };
};

const dayHappened = (voucher: Voucher): Day => dayOf(timeOfSequence(sequenceOf(voucher)));

const dispatchOf = ({ claim }: Voucher): VoucherNumber | undefined =>
  claim.kind === 'R' && 'from' in claim && 'dispatch' in claim.from ? claim.from.dispatch : undefined;

const takenBackBy = ({ claim }: Voucher): VoucherNumber | undefined => ('of' in claim ? claim.of : undefined);

/** A customer's return, and what comes back of a dispatch or an issue. Other reversals say that nothing had happened. */
const comesBack = ({ claim }: Voucher): boolean =>
  claim.kind === 'V' && 'of' in claim && (claim.reason === 'return' || ['D', 'I'].includes(partsOf(claim.of).kind));

type CostBooks = ReturnType<typeof costBooks>;

/** Averages of other closes. A close that reads one is registered there first, so that it is closed again when they change. */
const costBooks = (reader: DayOfPlace, { closes }: GoodsOriginsDeps) => {
  const read = new Map<string, ReturnType<typeof closes.latest>>();
  const closeOf = async (of: DayOfPlace) => {
    await closes.readCosts(of, reader);
    return closes.latest(of.location, of.day);
  };
  return {
    before: async (location: LocationId, order: VoucherSequence) => {
      const of = { location, day: dayOf(timeOfSequence(order)) };
      const key = `${of.location}#${of.day}`;
      const close = read.get(key) ?? closeOf(of);
      read.set(key, close);
      return averagesBefore((await close)?.items ?? [], order);
    },
  };
};

/**
 * Of a receipt: the sender's averages when the dispatch left. By clocks that differ it may have come before it left: then those when
 * it came, so that no cost ever hangs on a later one, and on itself.
 */
const originOfTransfer = async (
  { sent, dispatch, lines }: Transfer,
  cameAt: VoucherSequence,
  books: CostBooks,
): Promise<Origin> => {
  if (!sent) return {};
  const left = `${sent.at}#${dispatch}` as VoucherSequence;
  const stated = new Map(
    lines.flatMap(({ item, unitCost }): [typeof item, Paise][] => (unitCost === undefined ? [] : [[item, unitCost]])),
  );
  if (isProducer(sent.from)) return { stated };
  return { stated, averages: await books.before(sent.from, left < cameAt ? left : cameAt) };
};

export type ClosesOfEarlyReceiptsDeps = { readonly transfers: TransferStore };

/** Closes of receipts that came before these dispatches were in the book: they did not know where the goods came from. */
export const closesOfEarlyReceipts = async (
  book: readonly Voucher[],
  { transfers }: ClosesOfEarlyReceiptsDeps,
): Promise<DayOfPlace[]> => {
  const early = book.filter(({ claim, outcome }) => claim.kind === 'D' && 'receipts' in outcome && outcome.receipts);
  const found: DayOfPlace[] = [];
  for (const { number } of early)
    for (const { by, at } of (await transfers.find(number))?.receipts ?? [])
      found.push({ location: by, day: dayOf(at) });
  return found;
};
