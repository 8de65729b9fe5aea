import * as z from 'zod';
import type { Day } from '../kernel/time.ts';
import { Name } from '../registry/entries.ts';
import { hsnOn, Item, Uqc, uqcOf } from '../registry/item.ts';
import { registrationOn, Seller } from '../registry/seller.ts';

/** On the sale's day. The address may be missing: a sale is never refused for it. */
export const SellerFacts = z.strictObject({
  name: Name,
  nameHi: Seller.shape.nameHi,
  registration: Seller.shape.registration,
  gstin: Seller.shape.gstin,
  address: Seller.shape.address,
  pinCode: Seller.shape.pinCode,
  fssai: Seller.shape.fssai,
});
export type SellerFacts = z.infer<typeof SellerFacts>;

/** `per`: the unit of the price, if it is not the base unit. */
export const LineFacts = z.strictObject({
  name: Name,
  nameHi: Name,
  hsn: Item.shape.hsn,
  uqc: Uqc,
  per: z.string().optional(),
});
export type LineFacts = z.infer<typeof LineFacts>;

/** Stored in the line of the sale. */
export const FACT_COLUMNS = ['name', 'nameHi', 'hsn', 'uqc', 'per'] as const satisfies (keyof LineFacts)[];

/**
 * The registry's facts on a bill, sealed into the sale: the registry changes, and a reprint must
 * not.
 */
export const BillFacts = z.strictObject({ seller: SellerFacts, lines: z.array(LineFacts) });
export type BillFacts = z.infer<typeof BillFacts>;

export const sellerFactsOn = (seller: Seller, day: Day): SellerFacts => {
  const { name, nameHi, address, pinCode, fssai } = seller;
  return {
    name,
    ...(nameHi && { nameHi }),
    ...registrationOn(seller, day),
    ...(address && { address }),
    ...(pinCode && { pinCode }),
    ...(fssai && { fssai }),
  };
};

export const lineFactsOn = (item: Item, day: Day, per: string | undefined): LineFacts => ({
  name: item.name,
  nameHi: item.nameHi,
  hsn: hsnOn(item, day),
  uqc: uqcOf(item),
  ...(per && { per }),
});
