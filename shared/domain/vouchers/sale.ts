import * as z from 'zod';
import { MAX_PAISE, Paise, sumOf } from '../quantity.ts';
import { refuse } from '../refusal.ts';
import { byStart, startOf } from '../registry/effective.ts';
import { floorOf, type PriceFrom, priceAt } from '../registry/item.ts';
import { LineTax, taxInside } from '../tax.ts';
import { dayOf, type Instant, startOfDay } from '../time.ts';
import type { Admission } from './admission.ts';
import { exchangedIn, refuseNoBasket } from './basket.ts';
import { cancelled, header, itemAndQuantity, linesOf, Words } from './claim.ts';
import { type Decide, type Known, problemsIn, taken } from './decision.ts';
import { refuseUnknownItems } from './known-items.ts';
import { timeIn } from './order.ts';
import { isLastMoment } from './paper.ts';
import { MOST_ROUNDING } from './refund.ts';

/** `unitPrice` in paise per base unit, tax included; `discount` in paise off the whole line. `reason`: why it is sold below its floor price. */
export const SaleLine = z
  .strictObject({ ...itemAndQuantity, unitPrice: Paise, discount: Paise.optional(), reason: Words.optional() })
  .refine(({ quantity, unitPrice }) => quantity * unitPrice <= MAX_PAISE, 'a line is at most 1,000 crore rupees')
  .refine(({ quantity, unitPrice, discount }) => discount === undefined || discount <= quantity * unitPrice, {
    path: ['discount'],
    error: 'a discount is at most the amount of its line',
  });
export type SaleLine = z.infer<typeof SaleLine>;

export const Tender = z.enum(['cash', 'upi', 'card']);
export type Tender = z.infer<typeof Tender>;

export const Payment = z.strictObject({
  tender: Tender,
  amount: Paise,
  reference: Words.optional(),
});
export type Payment = z.infer<typeof Payment>;

/** `exchange`: what is given back for goods of a basket is spent on others of it, and is in no till. */
export const PaymentOrExchange = Payment.extend({ tender: z.enum([...Tender.options, 'exchange']) });

/** Paise added to (or, below 0, taken off) a sum, so that coins are not needed. */
export const RoundOff = z
  .int()
  .min(-MOST_ROUNDING, 'rounding is below a rupee')
  .max(MOST_ROUNDING, 'rounding is below a rupee');

/** `roundOff`: paise added to (or, below 0, taken off) the sum of the lines, so that coins are not needed. */
export const Sale = z.strictObject({
  kind: z.literal('S'),
  ...header,
  lines: linesOf(SaleLine),
  payments: z
    .array(PaymentOrExchange)
    .min(1, 'at least one payment is needed')
    .max(10)
    .refine(
      (payments) => sumOf(payments.map(({ amount }) => amount)) <= MAX_PAISE,
      'a sale is at most 1,000 crore rupees',
    ),
  roundOff: RoundOff.optional(),
  basket: Words.optional(),
});
export type Sale = z.infer<typeof Sale>;

export const CancelledSale = z.strictObject({ kind: z.literal('S'), ...cancelled });

/** Tax line by line, in the order of the claim; `total` is what was due. `belowFloor`: lines, counted from 1, that were sold offline below their floor price without a reason. */
export const SaleOutcome = z.strictObject({
  ...{ total: Paise, tax: z.array(LineTax) },
  belowFloor: z.array(z.int().min(1)).min(1).optional(),
});
export type SaleOutcome = z.infer<typeof SaleOutcome>;

export const amountOf = ({ quantity, unitPrice, discount = 0 as Paise }: SaleLine): Paise =>
  (quantity * unitPrice - discount) as Paise;

/**
 * A sale takes its goods off the shelf against payments that add up, at no more than the MRP. Prices and rates are those of its own corrected time. An officer who admits
 * it has seen its prices.
 */
export const decideSale: Decide<Sale, SaleOutcome> = ({ claim, admission, known, order, byOfficer }) => {
  const wrong = refuseUnknownItems(claim.lines, known) ?? refuseNoBasket(claim.payments, claim.basket, 'payments');
  if (wrong) return wrong;

  const at = timeIn(order);
  const priced = claim.lines.map((line) => ({ ...line, prices: pricesFor(line, claim, at, known) }));
  const unpriced = problemsIn(priced, 'item', ({ item, prices }) =>
    prices.at(-1) ? undefined : `${item} has no price at ${at}`,
  );
  if (unpriced.length > 0)
    return refuse('ITEM_NOT_PRICED', 'An item had no price at the time of the sale.', { fields: unpriced });

  const dear = problemsIn(priced, 'unitPrice', ({ prices, unitPrice }) => {
    const mrp = Math.max(...prices.map((price) => price.mrp));
    return unitPrice > mrp ? `above the MRP of that time, ${mrp} paise` : undefined;
  });
  if (dear.length > 0 && !byOfficer)
    return refuse('PRICE_ABOVE_MRP', 'Nothing may be sold above its MRP.', { fields: dear });

  const cheap = problemsIn(priced, 'unitPrice', (line) => (line.reason ? undefined : belowFloorBy(line)));
  if (cheap.length > 0 && admission.way === 'live')
    return refuse('PRICE_BELOW_FLOOR', 'A price is below the floor price of its item.', { fields: cheap });

  const due = sumOf(claim.lines.map(amountOf)) + (claim.roundOff ?? 0);
  const paid = sumOf(claim.payments.map(({ amount }) => amount));
  if (due !== paid) return refuse('PAYMENT_MISMATCH', `${due} paise are due, ${paid} were paid.`, { due, paid });

  return {
    outcome: {
      ...{ total: due as Paise, tax: priced.map((line) => taxOf(line, known)) },
      ...(cheap.length > 0 &&
        !byOfficer && {
          belowFloor: priced.flatMap((line, at) => (!line.reason && belowFloorBy(line) ? [at + 1] : [])),
        }),
    },
    stock: taken(claim.lines, admission),
    ...spendingOf(claim, admission),
  };
};

/** Live, a basket is spent from only what came back into it. */
const spendingOf = ({ payments, basket }: Sale, { way }: Admission) => {
  const exchanged = exchangedIn(payments);
  if (basket === undefined || exchanged === 0) return {};
  return { basket: { basket, amount: -exchanged, requires: way === 'live' ? 'covered' : 'nothing' } as const };
};

/**
 * The prices that may have been in force, the latest last: one, at the time of the sale; of paper that says the day alone, all of its day.
 */
const pricesFor = ({ item }: SaleLine, { occurredAt }: Sale, at: Instant, { items }: Known): readonly PriceFrom[] => {
  const found = items.get(item);
  if (!found) return [];
  const last = priceAt(found, at);
  if (!isLastMoment(occurredAt)) return last ? [last] : [];
  const first = startOfDay(dayOf(at));
  const began = priceAt(found, first);
  const later = found.prices.filter(({ from }) => startOf(from) > first && startOf(from) <= at);
  return [...(began ? [began] : []), ...later.toSorted(byStart)];
};

/** What is wrong, if less is paid for the line than its floor price, discount included. */
const belowFloorBy = (line: SaleLine & { prices: readonly PriceFrom[] }): string | undefined => {
  const floor = Math.min(...line.prices.map(floorOf));
  const amount = amountOf(line);
  if (amount >= floor * line.quantity) return undefined;
  return `${Math.floor(amount / line.quantity)} paise each after discount, below the floor price of ${floor} paise`;
};

const taxOf = (line: SaleLine & { prices: readonly PriceFrom[] }, { registration }: Known): LineTax =>
  taxInside(amountOf(line), (registration === 'regular' && line.prices.at(-1)?.gstBasisPoints) || 0);
