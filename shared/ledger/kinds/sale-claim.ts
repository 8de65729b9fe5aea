import * as z from 'zod';
import { claimHeaderFields, FreeText, itemAndMeasure, linesSchema } from '../../kernel/claim-fields.ts';
import { MAX_PAISE, Paise, sumOf } from '../../kernel/quantity.ts';
import { Buyer, NAMED_BUYER_AMOUNT } from '../buyer.ts';
import { MAX_ROUNDING } from './refund.ts';

/**
 * `quantity`: base units or a measure. `unitPrice`: paise with tax, per priced unit. `discount`:
 * paise off the line. `reason`: for a price below the floor.
 */
export const SaleLine = z
  .strictObject({ ...itemAndMeasure, unitPrice: Paise, discount: Paise.optional(), reason: FreeText.optional() })
  .refine(
    ({ quantity, unitPrice }) => typeof quantity === 'string' || quantity * unitPrice <= MAX_PAISE,
    'a line is at most 1,000 crore rupees',
  )
  .refine(
    ({ quantity, unitPrice, discount }) =>
      discount === undefined || typeof quantity === 'string' || discount <= quantity * unitPrice,
    {
      path: ['discount'],
      error: 'a discount is at most the amount of its line',
    },
  );
export type SaleLine = z.infer<typeof SaleLine>;

export const TENDERS = ['cash', 'upi', 'card'] as const;
export const Tender = z.enum(TENDERS);
export type Tender = z.infer<typeof Tender>;

const Payment = z.strictObject({
  tender: Tender,
  amount: Paise,
  reference: FreeText.optional(),
});

/** `exchange` spends money returned into a basket; it enters no till. */
export const PaymentOrExchange = Payment.extend({ tender: z.enum([...Tender.options, 'exchange']) });

/** Paise added to a sum, or subtracted if negative, to avoid coins. */
export const RoundOff = z
  .int()
  .min(-MAX_ROUNDING, 'rounding is below a rupee')
  .max(MAX_ROUNDING, 'rounding is below a rupee');

export const Sale = z
  .strictObject({
    kind: z.literal('S'),
    ...claimHeaderFields,
    lines: linesSchema(SaleLine),
    payments: z
      .array(PaymentOrExchange)
      .min(1, 'at least one payment is needed')
      .max(10)
      .refine(
        (payments) => sumOf(payments.map(({ amount }) => amount)) <= MAX_PAISE,
        'a sale is at most 1,000 crore rupees',
      ),
    roundOff: RoundOff.optional(),
    basket: FreeText.optional(),
    buyer: Buyer.optional(),
  })
  .refine(
    ({ buyer, payments }) =>
      !buyer ||
      buyer.gstin !== undefined ||
      (buyer.name ?? buyer.address) === undefined ||
      sumOf(payments.map(({ amount }) => amount)) >= NAMED_BUYER_AMOUNT,
    {
      path: ['buyer', 'name'],
      error: 'below 50,000 rupees, state only the State of a buyer without a GSTIN: leave out name and address',
    },
  );
export type Sale = z.infer<typeof Sale>;
