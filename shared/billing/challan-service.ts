import { type LocationId, locationKind } from '../kernel/ids.ts';
import { isRefusal, type Refusal, refuse } from '../kernel/refusal.ts';
import { partsOf, type VoucherNumber } from '../kernel/voucher-number.ts';
import { sellerFactsOn } from '../ledger/bill-facts.ts';
import { type ChallanFacts, type PlaceFacts, placeFactsOf } from '../ledger/challan-facts.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import type { TransferStore } from '../transfers/transfer-store.ts';
import { type BillStores, findRecorded } from './bill-service.ts';
import { type Challan, challanOf, type DispatchVoucher, dispatchOf } from './challan.ts';

export type FindChallan = ReturnType<typeof challanFinder>;

type ChallanStores = BillStores & { readonly transfers: TransferStore };

/**
 * Finds the challan of a dispatch, at its sender or at its addressee. Reads the registry only for
 * facts that were missing when the dispatch was recorded. Errors: NOT_FOUND, NO_CHALLAN,
 * BILL_INCOMPLETE.
 */
export const challanFinder =
  ({ held, ledger, registry, transfers }: ChallanStores) =>
  async (location: LocationId, number: VoucherNumber): Promise<Challan | Refusal> => {
    const transfer = await transfers.find(number);
    const sender = transfer?.sent?.to === location ? transfer.sent.from : location;
    const voucher = await findRecorded(sender, number, { held, ledger }, () =>
      refuse('NO_CHALLAN', `${number} is held: it has a challan once an officer has admitted it.`),
    );
    if (isRefusal(voucher)) return voucher;
    const dispatch = dispatchOf(voucher);
    if (isRefusal(dispatch)) return dispatch;
    const { challanFacts } = dispatch.outcome;
    if (!challanFacts) return refuse('NO_CHALLAN', `${number} was recorded without the facts of a challan.`);
    const isWhole = isComplete(challanFacts);
    const facts = isWhole ? challanFacts : await addMissingFacts(dispatch, challanFacts, registry);
    return challanOf(dispatch, facts, transfer);
  };

/** An e-way bill needs PIN codes too. */
const isComplete = ({ seller, from, to }: ChallanFacts): boolean =>
  [seller, from, to].every(({ address, pinCode }) => address !== undefined && pinCode !== undefined);

/** Adds addresses and PIN codes that were missing, and nothing else. Sealed ones win. */
const addMissingFacts = async (
  { number, location, claim, seller: id }: DispatchVoucher,
  sealed: ChallanFacts,
  registry: RegistryStore,
): Promise<ChallanFacts> => {
  const [sellers, from, to] = await Promise.all([
    registry.entriesNow('sellers', [id]),
    placeOf(location, registry),
    placeOf(claim.to, registry),
  ]);
  const seller = sellers.get(id)?.entry;
  if (!seller) throw new Error(`${number} is for seller ${id}, who is not there`);
  const now = sellerFactsOn(seller, partsOf(number).day);
  return {
    seller: { ...addressIn(now), ...sealed.seller },
    from: { ...addressIn(from), ...sealed.from },
    to: { ...addressIn(to), ...sealed.to },
    lines: sealed.lines,
  };
};

const addressIn = ({ address, pinCode }: Pick<PlaceFacts, 'address' | 'pinCode'>) => ({
  ...(address && { address }),
  ...(pinCode && { pinCode }),
});

/** Strongly consistent, so that an address that was just entered is found. */
const placeOf = async (location: LocationId, registry: RegistryStore): Promise<PlaceFacts> => {
  const entry = (await registry.entriesNow(locationKind(location), [location])).get(location)?.entry;
  if (!entry) throw new Error(`the registry has no location ${location}`);
  return placeFactsOf(entry);
};
