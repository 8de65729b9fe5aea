import { dispatchTerminalsIn, makerSharesOf, type NewMakerDay } from '../../shared/day-close/maker-day.ts';
import type { MakerDayStore } from '../../shared/day-close/maker-day-store.ts';
import type { NewSellerDay } from '../../shared/day-close/seller-day.ts';
import {
  type ItemId,
  isProducer,
  type LocationId,
  type ProducerId,
  type TerminalCode,
} from '../../shared/kernel/ids.ts';
import type { Day } from '../../shared/kernel/time.ts';
import { isReversalNumber, type VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import { isReceiptNumber } from '../../shared/ledger/kinds/receipt.ts';
import { isReversal } from '../../shared/ledger/kinds/reversal.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import type { Voucher } from '../../shared/ledger/voucher.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';

export type MakerDayDeps = {
  readonly ledger: LedgerStore;
  readonly makerDays: MakerDayStore;
  readonly registry: RegistryStore;
};

type ClosingBook = {
  readonly location: LocationId;
  readonly day: Day;
  readonly book: readonly Voucher[];
  /** Vouchers that the close has read. */
  readonly known: readonly Voucher[];
  readonly sellerDays: readonly NewSellerDay[];
  readonly isClosedAgain: boolean;
};

/** The makers' figures of the day; `undefined` if there are none, or if the seller days stand. */
export const readMakerDay = async (
  { location, day, book, known, sellerDays, isClosedAgain }: ClosingBook,
  { ledger, makerDays, registry }: MakerDayDeps,
): Promise<NewMakerDay | undefined> => {
  if (isProducer(location) || sellerDays.length === 0) return undefined;
  const earlier = isClosedAgain ? await makerDays.at(location, day) : undefined;
  const items = new Set(
    sellerDays.flatMap(({ supplies }) => supplies.flatMap(({ lines }) => lines.map(({ item }) => item))),
  );
  const unknown = [...items].filter((item) => !earlier?.makersOf.has(item));
  const makersOf = new Map<ItemId, readonly ProducerId[]>(earlier?.makersOf);
  for (const [item, { entry }] of await registry.entries('items', unknown))
    if (entry.makers) makersOf.set(item, entry.makers);
  const originals = await readOriginals(location, book, known, ledger);
  const terminals = await registry.entries('terminals', dispatchTerminalsIn([...book, ...originals.values()]));
  const workshops = new Map<TerminalCode, ProducerId>();
  for (const [terminal, { entry }] of terminals)
    if (isProducer(entry.location)) workshops.set(terminal, entry.location);
  const shares = makerSharesOf({ book, sellerDays, makersOf, workshops, originals });
  return shares.length > 0 || earlier ? { location, day, makersOf, shares } : undefined;
};

/** The receipts that this book reverses, and the reversals that it reverses. */
const readOriginals = async (
  location: LocationId,
  book: readonly Voucher[],
  known: readonly Voucher[],
  ledger: LedgerStore,
): Promise<Map<VoucherNumber, Voucher>> => {
  const read = new Map(known.map((voucher) => [voucher.number, voucher]));
  const originals = new Map<VoucherNumber, Voucher>();
  let reversals = book;
  while (reversals.length > 0) {
    const numbers = new Set(reversals.flatMap(({ claim }) => (isReversal(claim) ? [claim.of] : [])));
    const wanted = [...numbers].filter((number) => isReceiptNumber(number) || isReversalNumber(number));
    const missing = wanted.filter((number) => !read.has(number));
    if (missing.length > 0)
      for (const voucher of await ledger.several(location, missing)) read.set(voucher.number, voucher);
    reversals = wanted.flatMap((number) => read.get(number) ?? []);
    for (const voucher of reversals) originals.set(voucher.number, voucher);
  }
  return originals;
};
