import type { LateTax } from '../../shared/day-close/sales.ts';
import { isProducer, type LocationId } from '../../shared/kernel/ids.ts';
import type { LoadPendingReturns } from '../../shared/ledger/pending-return-service.ts';
import { taxOfPendingReturns } from '../../shared/ledger/pending-returns.ts';
import type { Voucher } from '../../shared/ledger/voucher.ts';

export type LateTaxDeps = { readonly readEarly: LoadPendingReturns };

/** Of a book's returns that were recorded before their sale, the tax that goes back, as far as the sales have come in: what is theirs hangs on all that waited for it. */
export const readLateTax = async (
  location: LocationId,
  book: readonly Voucher[],
  { readEarly }: LateTaxDeps,
): Promise<LateTax> => {
  if (isProducer(location)) return new Map();
  const early = book.flatMap(({ claim, outcome }) => ('of' in claim && 'waits' in outcome ? [claim.of] : []));
  const taxes = [];
  for (const of of new Set(early)) taxes.push(...taxOfPendingReturns(await readEarly(location, of)));
  return new Map(taxes);
};
