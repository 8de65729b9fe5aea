import * as z from 'zod';
import { Quantity, sumOf } from '../kernel/quantity.ts';
import { Instant } from '../kernel/time.ts';

/** From the delivery's challan or sack. */
export const LotNumber = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z0-9][A-Z0-9/.-]{0,19}$/, 'a lot is 1 to 20 letters, digits, slashes, dots or hyphens')
  .brand('LotNumber');
export type LotNumber = z.infer<typeof LotNumber>;

/** Base units; several receipts may add to one lot, so it may exceed one `Quantity`. */
const LotQuantity = z.int().min(1).brand('InLot');
type LotQuantity = z.infer<typeof LotQuantity>;

/** A lot that is used up is removed. */
export const Lot = z.strictObject({ lot: LotNumber, left: LotQuantity, since: Instant });
export type Lot = z.infer<typeof Lot>;

/** `since` restores the lot's age if the goods are returned. */
export const LotWithdrawal = z.strictObject({ lot: LotNumber, quantity: Quantity, since: Instant.optional() });
export type LotWithdrawal = z.infer<typeof LotWithdrawal>;

export type WithdrawalResult = {
  readonly taken: readonly LotWithdrawal[];
  readonly lots: readonly Lot[];
  readonly missing: number;
};

/** From the named lot, or from the oldest. `missing`: what the lots lacked. */
export const withdrawFromLots = (lots: readonly Lot[], quantity: number, named?: LotNumber): WithdrawalResult => {
  let remaining = quantity;
  const taken: LotWithdrawal[] = [];
  const left = lots.map((lot) => {
    const takeable = named === undefined || lot.lot === named ? Math.min(lot.left, remaining) : 0;
    if (takeable > 0) taken.push({ lot: lot.lot, quantity: takeable as Quantity, since: lot.since });
    remaining -= takeable;
    return { ...lot, left: (lot.left - takeable) as LotQuantity };
  });
  return { taken, lots: left.filter((lot) => lot.left > 0), missing: remaining };
};

/** Adds to an open lot, or opens one, sorted by age. */
export const addToLot = (
  lots: readonly Lot[],
  { lot, left, since }: Omit<Lot, 'left'> & { readonly left: number },
): readonly Lot[] => {
  const openLot = lots.find((one) => one.lot === lot);
  const others = lots.filter((one) => one.lot !== lot);
  const added = openLot
    ? { ...openLot, left: (openLot.left + left) as LotQuantity }
    : { lot, left: left as LotQuantity, since };
  return [...others, added].sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : a.lot < b.lot ? -1 : 1));
};

export const totalInLots = (lots: readonly Lot[]): number => sumOf(lots.map(({ left }) => left));
