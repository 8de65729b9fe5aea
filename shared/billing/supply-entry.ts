import { HOME_STATE } from '../kernel/gstin.ts';
import type { ItemId } from '../kernel/ids.ts';
import type { Paise } from '../kernel/quantity.ts';
import { negate, type Sum } from '../kernel/sum.ts';
import type { LineTax } from '../kernel/tax.ts';
import { partsOf, type VoucherNumber } from '../kernel/voucher-number.ts';
import type { LineFacts, SellerFacts } from '../ledger/bill-facts.ts';
import type { LateTax } from '../ledger/pending-returns.ts';
import { isCancelled, type Voucher } from '../ledger/voucher.ts';
import { isSale, isSaleReturn, type SaleVoucher } from './bill.ts';
import { adjustsTax } from './document-kind.ts';
import type { SupplyFigures, SupplyKey, SupplyLine } from './supply-line.ts';

/** `sales`: all that the vouchers return. */
export type SupplySources = {
  readonly sales: ReadonlyMap<VoucherNumber, Voucher>;
  readonly lateTax: LateTax;
};

/** One line of a bill or credit note, as GSTR-1 counts it. */
export type SupplyEntry = {
  readonly seller: SellerFacts;
  readonly line: SupplyKey;
  /** The name of the item on the bill. */
  readonly name: LineFacts['name'];
  readonly sale: SaleVoucher;
  /** The bill, the credit note, or the reversal of one. */
  readonly voucher: Voucher;
  readonly side: 'sold' | 'returned';
  readonly figures: SupplyFigures;
};

type FoundEntry = SupplyEntry | { readonly incomplete: VoucherNumber };

export const registrationKeyOf = ({
  registration,
  gstin = '',
}: {
  readonly registration: string;
  readonly gstin?: string | undefined;
}): string => `${registration} ${gstin}`;

/**
 * The lines of a sale, a return or a reversed return. Other vouchers have none. A return whose sale
 * has not come in is incomplete.
 */
export const supplyEntriesOf = (voucher: Voucher, sources: SupplySources): FoundEntry[] => {
  if (isSale(voucher)) return entriesOfSale(voucher);
  const lines = returnedLinesOf(voucher, sources);
  if (lines.length === 0 && sources.lateTax.has(voucher.number)) return [{ incomplete: voucher.number }];
  return lines.map(({ sale, line, quantity, tax, sign }): FoundEntry => {
    const found = sources.sales.get(sale);
    const facts = found && isSale(found) ? found.outcome.billFacts : undefined;
    const fact = facts?.lines[line - 1];
    const sold = found && isSale(found) ? found.claim.lines[line - 1] : undefined;
    if (!found || !isSale(found) || !facts || !fact || !sold) return { incomplete: voucher.number };
    const table = adjustsTax(partsOf(sale).day, noteDayOf(voucher)) ? tableOf(found) : 'none';
    return {
      seller: facts.seller,
      line: keyOf(sold.item, fact, tax, { place: placeOf(found), table }),
      name: fact.name,
      sale: found,
      voucher,
      side: 'returned',
      figures: figuresOf(quantity, tax, sign),
    };
  });
};

const entriesOfSale = (sale: SaleVoucher): FoundEntry[] => {
  const { claim, outcome } = sale;
  return claim.lines.map(({ item, quantity }, at): FoundEntry => {
    const fact = outcome.billFacts?.lines[at];
    const tax = outcome.tax[at];
    if (!outcome.billFacts || !fact || !tax) return { incomplete: sale.number };
    return {
      seller: outcome.billFacts.seller,
      line: keyOf(item, fact, tax, { place: placeOf(sale), table: tableOf(sale) }),
      name: fact.name,
      sale,
      voucher: sale,
      side: 'sold',
      figures: figuresOf(outcome.quantities?.[at] ?? Number(quantity), tax, 1),
    };
  });
};

const placeOf = ({ outcome }: SaleVoucher): SupplyLine['place'] => outcome.placeOfSupply ?? HOME_STATE;

/** Paise: above it an inter-State bill to an unregistered buyer is listed (from 1 August 2024). */
const LARGE_BILL = 10_000_000;

const tableOf = (sale: SaleVoucher): Exclude<SupplyLine['table'], 'none'> => {
  if (sale.claim.buyer?.gstin !== undefined) return 'b2b';
  return placeOf(sale) !== HOME_STATE && sale.outcome.total > LARGE_BILL ? 'b2cl' : 'b2cs';
};

const keyOf = (
  item: ItemId,
  { hsn, uqc }: LineFacts,
  { gstBasisPoints }: LineTax,
  { place, table }: Pick<SupplyKey, 'place' | 'table'>,
): SupplyKey => ({ item, hsn, uqc, gstBasisPoints, place, table });

const figuresOf = (quantity: number, { taxable, cgst, igst = NO_IGST }: LineTax, sign: 1 | -1): SupplyFigures => {
  const signed = (sum: Sum) => (sign < 0 ? negate(sum) : sum);
  return { quantity: signed(quantity), taxable: signed(taxable), cgst: signed(cgst), igst: signed(igst) };
};

const NO_IGST = 0 as Paise;

type ReturnedLine = {
  readonly sale: VoucherNumber;
  readonly line: number;
  readonly quantity: number;
  readonly tax: LineTax;
  readonly sign: 1 | -1;
};

/** The reversal of a return counts negatively. */
const returnedLinesOf = (voucher: Voucher, { lateTax }: SupplySources): ReturnedLine[] => {
  const { claim, outcome } = voucher;
  if (isCancelled(claim) || claim.kind !== 'V' || !('moved' in outcome)) return [];
  const { sale } = outcome;
  if (!sale && !isSaleReturn(voucher)) return [];
  const late = lateTax.get(voucher.number);
  return claim.lines.flatMap(({ line, quantity }, at): ReturnedLine[] => {
    const ofSale = sale ? sale.lines[at] : line;
    const tax = late ? late.find((one) => one.line === line) : outcome.tax?.[at];
    if (ofSale === undefined || !tax) return [];
    return [{ sale: sale?.of ?? claim.of, line: ofSale, quantity, tax, sign: sale ? -1 : 1 }];
  });
};

/** A reversed return adjusts as its own credit note did. */
const noteDayOf = ({ number, claim, outcome }: Voucher) =>
  'of' in claim && 'sale' in outcome && outcome.sale ? partsOf(claim.of).day : partsOf(number).day;

/** The sales whose facts the returns among these vouchers need. */
export const returnedSalesIn = (vouchers: readonly Voucher[]): VoucherNumber[] => [
  ...new Set(
    vouchers.flatMap((voucher) => {
      if (isSaleReturn(voucher)) return [voucher.claim.of];
      const { outcome } = voucher;
      return 'sale' in outcome && outcome.sale ? [outcome.sale.of] : [];
    }),
  ),
];
