import { isProducer, type LocationId, type StockLocationId } from '../kernel/ids.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import type { ledgerStore } from './ledger-store.ts';
import { type LateTax, type PendingReturns, taxOfPendingReturns } from './pending-returns.ts';
import type { returnedQuantityStore } from './returned-quantity-store.ts';
import type { Voucher } from './voucher.ts';

type PendingReturnStores = {
  readonly returnedQuantities: Pick<ReturnType<typeof returnedQuantityStore>, 'find'>;
  readonly ledger: Pick<ReturnType<typeof ledgerStore>, 'several'>;
};

export type LoadPendingReturns = (location: StockLocationId, of: VoucherNumber) => Promise<PendingReturns>;

/** Reads the row first: once the sale is recorded, the row gets no more returns. */
export const loadPendingReturns =
  ({ returnedQuantities, ledger }: PendingReturnStores): LoadPendingReturns =>
  async (location, of) => {
    const { version, pendingReturns, settled } = await returnedQuantities.find(location, of);
    const found = pendingReturns.length > 0 ? await ledger.several(location, [of, ...pendingReturns]) : [];
    return {
      of,
      version,
      settled,
      sale: found.find(({ number }) => number === of),
      returns: found.filter(({ number }) => number !== of),
    };
  };

export type LateTaxDeps = { readonly pendingReturnsOf: LoadPendingReturns };

/** The tax of returns that came before their sale. Reads each such sale once. */
export const readLateTax = async (
  location: LocationId,
  vouchers: readonly Voucher[],
  { pendingReturnsOf }: LateTaxDeps,
): Promise<LateTax> => {
  if (isProducer(location)) return new Map();
  const unmatched = vouchers.flatMap(({ claim, outcome }) => ('of' in claim && 'waits' in outcome ? [claim.of] : []));
  const taxes = [];
  for (const of of new Set(unmatched)) taxes.push(...taxOfPendingReturns(await pendingReturnsOf(location, of)));
  return new Map(taxes);
};
