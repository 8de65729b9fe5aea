import { type GstStateCode, HOME_STATE } from '../kernel/gstin.ts';
import type { Paise } from '../kernel/quantity.ts';
import { Day } from '../kernel/time.ts';
import { partsOf } from '../kernel/voucher-number.ts';
import type { SaleVoucher } from './bill.ts';

type SupplyClass = 'b2b' | 'b2cl' | 'b2cs';

/** `b2cs` has no section for notes: they are subtracted there. */
const NOTE_SECTIONS = { b2b: 'cdnr', b2cl: 'cdnur', b2cs: 'b2cs' } as const satisfies Record<SupplyClass, string>;

/** Notification 12/2024-CT: from 1 August 2024 above 1 lakh, before above 2.5 lakh rupees. */
const LARGE_FROM = Day.parse('2024-08-01');
const largeAmountOn = (day: Day): number => (day < LARGE_FROM ? 25_000_000 : 10_000_000);

/** `value`: of the bill, rounding included, in paise. `gstin`: the buyer's, for `b2b`. */
export type SupplyFacts = {
  readonly supply: SupplyClass;
  readonly notes: (typeof NOTE_SECTIONS)[SupplyClass];
  readonly gstin?: string;
  readonly placeOfSupply: GstStateCode;
  readonly isInterState: boolean;
  readonly value: Paise;
};

/** How GSTR-1 reports a sale and, in the section `notes`, its credit notes. */
export const supplyFactsOf = ({ number, claim, outcome }: SaleVoucher): SupplyFacts => {
  const { placeOfSupply = HOME_STATE, total } = outcome;
  const isInterState = placeOfSupply !== HOME_STATE;
  const gstin = claim.buyer?.gstin;
  const isLarge = isInterState && total > largeAmountOn(partsOf(number).day);
  const supply = gstin !== undefined ? 'b2b' : isLarge ? 'b2cl' : 'b2cs';
  return {
    supply,
    notes: NOTE_SECTIONS[supply],
    ...(gstin !== undefined && { gstin }),
    placeOfSupply,
    isInterState,
    value: total,
  };
};
