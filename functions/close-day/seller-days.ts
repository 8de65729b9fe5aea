import { returnedSalesIn } from '../../shared/billing/supply-entry.ts';
import type { DayTotals } from '../../shared/day-close/day-close.ts';
import { type NewSellerDay, sellerDaysOf } from '../../shared/day-close/seller-day.ts';
import { isProducer, type LocationId } from '../../shared/kernel/ids.ts';
import { partsOf } from '../../shared/kernel/voucher-number.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import type { LateTax } from '../../shared/ledger/pending-returns.ts';
import type { Voucher } from '../../shared/ledger/voucher.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';

export type SellerDaysDeps = { readonly ledger: LedgerStore; readonly registry: RegistryStore };

type ClosingBook = {
  readonly location: LocationId;
  readonly book: readonly Voucher[];
  /** Vouchers that the close has read. */
  readonly known: readonly Voucher[];
  readonly lateTax: LateTax;
  readonly totals: DayTotals;
};

/** Reads the returned sales of other days, and the sellers of terminals whose numbers all lack. */
export const readSellerDays = async (
  { location, book, known, lateTax, totals }: ClosingBook,
  { ledger, registry }: SellerDaysDeps,
): Promise<NewSellerDay[]> => {
  if (isProducer(location)) return [];
  const sales = new Map(known.map((voucher) => [voucher.number, voucher]));
  const others = returnedSalesIn(book).filter((number) => !sales.has(number));
  if (others.length > 0) for (const sale of await ledger.several(location, others)) sales.set(sale.number, sale);
  const present = new Set(book.map(({ number }) => partsOf(number).terminal));
  const silent = totals.terminals.map(({ terminal }) => terminal).filter((terminal) => !present.has(terminal));
  const terminals = await registry.entries('terminals', silent);
  const sellersOfTerminals = new Map([...terminals].map(([terminal, { entry }]) => [terminal, entry.seller]));
  return sellerDaysOf({ location, book, totals, sellersOfTerminals, sales, lateTax });
};
