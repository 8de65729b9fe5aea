import { type Bill, creditNoteOf, type SaleVoucher, saleBillOf } from '../../shared/billing/bill.ts';
import type { SellerId } from '../../shared/kernel/ids.ts';
import { isRefusal, type Refusal } from '../../shared/kernel/refusal.ts';
import { dayOf } from '../../shared/kernel/time.ts';
import { partsOf } from '../../shared/kernel/voucher-number.ts';
import { type BillFacts, lineFactsOn, sellerFactsOn } from '../../shared/ledger/bill-facts.ts';
import { calculateRefund } from '../../shared/ledger/kinds/refund.ts';
import type { Reversal, ReversalOutcome } from '../../shared/ledger/kinds/reversal.ts';
import type { SaleOutcome } from '../../shared/ledger/kinds/sale.ts';
import type { Sale } from '../../shared/ledger/kinds/sale-claim.ts';
import { priceAt } from '../../shared/registry/item.ts';
import { database, type PhoneVoucher } from '../outbox/database.ts';
import { decideOwnSale } from './bill.ts';
import { catalogueItem, itemsById, rates, sellers } from './catalogue.ts';
import { readSale, readVoucher } from './returns.ts';

export type OwnBill = { readonly bill: Bill; readonly voucher: PhoneVoucher };

/**
 * The bill of a sale or the credit note of a return, by the code of the server. What the server
 * sealed comes first; without a link it is what this phone knows. `undefined`: there is none.
 */
export const readBill = async (number: string): Promise<OwnBill | Refusal | undefined> => {
  const voucher = await readVoucher(number);
  if (voucher?.claim.kind === 'S') return withVoucher(voucher, await saleBill(voucher));
  if (voucher?.claim.kind === 'V') return withVoucher(voucher, await creditNote(voucher));
  return undefined;
};

const withVoucher = (voucher: PhoneVoucher, bill: Bill | Refusal | undefined): OwnBill | Refusal | undefined =>
  bill === undefined || isRefusal(bill) ? bill : { bill, voucher };

const saleBill = async (voucher: PhoneVoucher): Promise<Bill | Refusal> => {
  const sale = await decidedSale(voucher);
  return isRefusal(sale) ? sale : saleBillOf(sale, factsOf(sale));
};

const creditNote = async (voucher: PhoneVoucher): Promise<Bill | Refusal | undefined> => {
  const claim = voucher.claim as unknown as Reversal;
  const sold = await readSale(claim.of, itemsById.value, voucher);
  if (!sold) return undefined;
  const sale = await decidedSale(sold.sale);
  if (isRefusal(sale)) return sale;
  const { tax } = calculateRefund(claim, sold.original, sold);
  const refunded = (claim.refund ?? []).reduce((sum, { amount }) => sum + amount, 0);
  const known = voucher.outcome as ReversalOutcome | undefined;
  const outcome = known?.tax ? known : { moved: [], refunded, tax: [...tax] };
  return creditNoteOf({ ...sale, number: voucher.number, claim, outcome }, sale, factsOf(sale));
};

/** As the server has it, or as this phone decides it. */
const decidedSale = async (voucher: PhoneVoucher): Promise<SaleVoucher | Refusal> => {
  const { number, claim, clock } = voucher;
  const seller = await sellerOf(voucher);
  const sale = claim as unknown as Sale;
  const known = voucher.outcome as SaleOutcome | undefined;
  const basis = { items: itemsById.value, sellers: sellers.value, rates: rates.value };
  const outcome = known ?? decideOwnSale(sale, { number, seller, skew: clock?.skew ?? 0 }, basis);
  if (isRefusal(outcome)) return outcome;
  return { ...voucher, seller, claim: sale, outcome } as unknown as SaleVoucher;
};

/** Sealed into the sale; else what the phone's registry says of that day. */
const factsOf = ({ outcome, claim, seller, number }: SaleVoucher): BillFacts => {
  const day = dayOf(claim.occurredAt);
  const entry = sellers.value[seller];
  const own = entry ? sellerFactsOn(entry, day) : { name: seller, registration: 'unregistered' as const };
  const lines = claim.lines.flatMap(({ item }) => {
    const found = itemsById.value.get(item);
    return found ? [lineFactsOn(found, partsOf(number).day, priceAt(found, claim.occurredAt)?.per)] : [];
  });
  return { seller: { ...own, ...outcome.billFacts?.seller }, lines: outcome.billFacts?.lines ?? lines };
};

const sellerOf = async ({ number, claim, seller }: PhoneVoucher): Promise<SellerId> => {
  if (seller) return seller;
  const own = await (await database()).get('terminals', partsOf(number).terminal);
  const [line] = (claim.lines ?? []) as Sale['lines'];
  return own?.seller ?? (line && catalogueItem(line.item))?.seller ?? ('' as SellerId);
};
