import type { LateTax } from '../../shared/day-close/sales.ts';
import { isProducer, type Place } from '../../shared/kernel/ids.ts';
import type { ReadEarly } from '../../shared/ledger/pending-return-service.ts';
import { taxOfEarly } from '../../shared/ledger/pending-returns.ts';
import type { Voucher } from '../../shared/ledger/voucher.ts';

export type LateTaxDeps = { readonly readEarly: ReadEarly };

/** Of a book's returns that were recorded before their sale, the tax that goes back, as far as the sales have come in: what is theirs hangs on all that waited for it. */
export const lateTax = async (
  location: Place,
  book: readonly Voucher[],
  { readEarly }: LateTaxDeps,
): Promise<LateTax> => {
  if (isProducer(location)) return new Map();
  const early = book.flatMap(({ claim, outcome }) => ('of' in claim && 'waits' in outcome ? [claim.of] : []));
  const taxes = [];
  for (const of of new Set(early)) taxes.push(...taxOfEarly(await readEarly(location, of)));
  return new Map(taxes);
};
