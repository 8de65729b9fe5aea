import type { LocationId, SellerId, StockLocationId } from '../kernel/ids.ts';
import { allPages } from '../kernel/pages.ts';
import { isRefusal, type Refusal, refuse } from '../kernel/refusal.ts';
import { dayOf } from '../kernel/time.ts';
import { partsOf, sequenceOf, timeOfSequence, type VoucherNumber } from '../kernel/voucher-number.ts';
import { type BillFacts, lineFactsOn, sellerFactsOn } from '../ledger/bill-facts.ts';
import type { HeldStore } from '../ledger/held-store.ts';
import type { LedgerStore } from '../ledger/ledger-store.ts';
import type { LateTaxDeps } from '../ledger/pending-return-service.ts';
import { returnMismatchOf, taxOfPendingReturns } from '../ledger/pending-returns.ts';
import type { ReturnedQuantityStore } from '../ledger/returned-quantity-store.ts';
import type { Voucher } from '../ledger/voucher.ts';
import { priceAt } from '../registry/item.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import {
  type Bill,
  creditNoteOf,
  isSale,
  isSaleReturn,
  refuseBill,
  type SaleVoucher,
  saleBillOf,
  unprovenUpiOf,
} from './bill.ts';
import { upiLinkOf } from './upi-link.ts';

export type BillStores = { readonly held: HeldStore; readonly ledger: LedgerStore; readonly registry: RegistryStore };

type BillFinderDeps = BillStores & LateTaxDeps & { readonly returnedQuantities: Pick<ReturnedQuantityStore, 'find'> };
export type FindBill = ReturnType<typeof billFinder>;

/**
 * The bill of a sale or the credit note of a return. Reads the registry only for facts that were
 * missing when the sale was recorded. Errors: NOT_FOUND, NO_BILL, BILL_INCOMPLETE.
 */
export const billFinder =
  ({ held, ledger, registry, pendingReturnsOf, returnedQuantities }: BillFinderDeps) =>
  async (location: StockLocationId, number: VoucherNumber): Promise<Bill | Refusal> => {
    const voucher = await findRecorded(location, number, { held, ledger }, () =>
      refuse('NO_BILL', `${number} is held: it has a bill once an officer has admitted it.`),
    );
    if (isRefusal(voucher)) return voucher;
    const refused = refuseBill(voucher);
    if (refused) return refused;
    if (isSaleReturn(voucher) && (await returnedQuantities.find(location, number)).version > 0)
      return refuse('NO_BILL', `${number} was reversed, so its credit note no longer holds.`);
    const sale = isSaleReturn(voucher) ? await ledger.find(location, voucher.claim.of) : voucher;
    if (!sale || !isSale(sale)) return refuse('NO_BILL', `${number} returns a sale that has not come in.`);
    const early = 'waits' in voucher.outcome ? await pendingReturnsOf(location, sale.number) : undefined;
    if (early && returnMismatchOf(early))
      return refuse('NO_BILL', `What came back of ${sale.number} does not agree with it.`);
    const late = early && (taxOfPendingReturns(early).get(number) ?? []);
    const make = (facts: BillFacts) =>
      isSaleReturn(voucher) ? creditNoteOf(voucher, sale, facts, late) : saleBillOf(sale, facts);
    const { billFacts } = sale.outcome;
    const bill = billFacts && make(billFacts);
    const made = bill && !isRefusal(bill) ? bill : make(await addMissingFacts(sale, registry));
    return isRefusal(made) ? made : withUpiLink(made, sale.seller, registry);
  };

/** Money goes to the address of today. */
const withUpiLink = async (bill: Bill, seller: SellerId, registry: RegistryStore): Promise<Bill> => {
  const amount = unprovenUpiOf(bill);
  const payee = amount > 0 ? (await registry.entry('sellers', seller))?.entry : undefined;
  if (!payee?.vpa) return bill;
  const { name, vpa, merchantCategory } = payee;
  return {
    ...bill,
    upi: upiLinkOf({ payee: { name, vpa, merchantCategory }, number: bill.number, amount, mode: 'qr' }),
  };
};

/** The voucher, or a refusal: it is held, or `NOT_FOUND`. */
export const findRecorded = async (
  location: LocationId,
  number: VoucherNumber,
  { held, ledger }: Pick<BillStores, 'held' | 'ledger'>,
  refuseHeld: () => Refusal,
): Promise<Voucher | Refusal> => {
  const voucher = await ledger.find(location, number);
  if (voucher) return voucher;
  const ofTerminal = await allPages((after) => held.ofTerminal(location, partsOf(number).terminal, after));
  return ofTerminal.some((one) => one.number === number && one.state === 'held')
    ? refuseHeld()
    : refuse('NOT_FOUND', `${location} has no voucher ${number}.`);
};

/** Sealed facts win. The rest is what the registry holds now for the day of the sale. */
const addMissingFacts = async (sale: SaleVoucher, registry: RegistryStore): Promise<BillFacts> => {
  const at = timeOfSequence(sequenceOf(sale));
  const sealed = sale.outcome.billFacts;
  const [seller] = (await registry.entriesNow('sellers', [sale.seller])).values();
  if (!seller) throw new Error(`${sale.number} is for seller ${sale.seller}, who is not there`);
  const facts = { ...sellerFactsOn(seller.entry, dayOf(at)), ...sealed?.seller };
  if (sealed) return { seller: facts, lines: sealed.lines };
  const items = await registry.entries(
    'items',
    sale.claim.lines.map(({ item }) => item),
  );
  const lines = sale.claim.lines.map(({ item }) => {
    const found = items.get(item)?.entry;
    if (!found) throw new Error(`${sale.number} sold ${item}, which is not there`);
    return lineFactsOn(found, dayOf(at), priceAt(found, at)?.per);
  });
  return { seller: facts, lines };
};
