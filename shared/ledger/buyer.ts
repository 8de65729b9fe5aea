import * as z from 'zod';
import { BuyerGstin, GstStateCode, HOME_STATE, stateOfGstin } from '../kernel/gstin.ts';
import type { Paise } from '../kernel/quantity.ts';
import { Name, PostalAddress } from '../registry/entries.ts';

/** From this total, the bill names even an unregistered buyer (rule 46(e)). */
export const NAMED_BUYER_AMOUNT = 5_000_000 as Paise;

/**
 * A registered buyer has a GSTIN, name and address; another has a State. `address`: of delivery.
 */
export const Buyer = z
  .strictObject({
    gstin: BuyerGstin.optional(),
    state: GstStateCode.optional(),
    name: Name.optional(),
    address: PostalAddress.optional(),
  })
  .superRefine(({ gstin, state, name, address }, { addIssue }) => {
    const need = (path: string, message: string) => addIssue({ code: 'custom', path: [path], message });
    if (gstin === undefined && state === undefined) need('state', 'a buyer has a GSTIN or a State');
    if (gstin !== undefined && state !== undefined) need('state', 'leave it out: the GSTIN begins with the State');
    if (gstin !== undefined && name === undefined) need('name', 'the bill of a registered buyer shows their name');
    if (gstin !== undefined && address === undefined)
      need('address', 'the bill of a registered buyer shows their address');
  });
export type Buyer = z.infer<typeof Buyer>;

export const placeOfSupplyOf = (buyer: Buyer | undefined, strangersState: boolean): GstStateCode => {
  if (buyer?.gstin !== undefined) return stateOfGstin(buyer.gstin) ?? HOME_STATE;
  return (strangersState ? buyer?.state : undefined) ?? HOME_STATE;
};
