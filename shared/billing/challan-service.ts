import { type LocationId, locationKind } from '../kernel/ids.ts';
import { isRefusal, type Refusal, refuse } from '../kernel/refusal.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import { chaptersOf } from '../registry/item.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import { type BillStores, findRecorded } from './bill-service.ts';
import { type Challan, type ChallanPlace, challanOf, dispatchOf } from './challan.ts';

export type FindChallan = ReturnType<typeof challanFinder>;

/**
 * Finds the challan of a dispatch, with the facts of its day. Errors: NOT_FOUND, NO_CHALLAN,
 * BILL_INCOMPLETE.
 */
export const challanFinder =
  ({ held, ledger, registry }: BillStores) =>
  async (location: LocationId, number: VoucherNumber): Promise<Challan | Refusal> => {
    const voucher = await findRecorded(location, number, { held, ledger }, () =>
      refuse('NO_CHALLAN', `${number} is held: it has a challan once an officer has admitted it.`),
    );
    if (isRefusal(voucher)) return voucher;
    const dispatch = dispatchOf(voucher);
    if (isRefusal(dispatch)) return dispatch;
    const { claim, seller } = dispatch;
    const [sellers, found, from, to] = await Promise.all([
      registry.entriesNow('sellers', [seller]),
      registry.entries(
        'items',
        claim.lines.map(({ item }) => item),
      ),
      placeOf(location, registry),
      placeOf(claim.to, registry),
    ]);
    const entry = sellers.get(seller)?.entry;
    if (!entry) throw new Error(`${number} is for seller ${seller}, who is not there`);
    const items = new Map([...found].map(([id, { entry: item }]) => [id, item]));
    const rates = await registry.rates([...items.values()].flatMap(chaptersOf));
    return challanOf(dispatch, { seller: entry, from, to, items, rates });
  };

/** Strongly consistent, so that an address that was just entered is found. */
const placeOf = async (location: LocationId, registry: RegistryStore): Promise<Omit<ChallanPlace, 'location'>> => {
  const kind = locationKind(location);
  const entry = (await registry.entriesNow(kind, [location])).get(location)?.entry;
  if (!entry) throw new Error(`the registry has no location ${location}`);
  const { name, address, pinCode } = entry;
  return {
    name,
    ...('nameHi' in entry && { nameHi: entry.nameHi }),
    ...(address && { address }),
    ...(pinCode && { pinCode }),
  };
};
