import * as z from 'zod';
import { plainText } from '../kernel/claim-fields.ts';
import { hasPanOfGstin, PAN_NOT_IN_GSTIN, Pan, SellerGstin } from '../kernel/gstin.ts';
import { Day } from '../kernel/time.ts';
import { GeographicalIndication } from './item.ts';

const cardNumber = plainText().min(1, 'a card has a number').max(40, 'a card number is at most 40 characters');

/**
 * The numbers of a producer's papers. It has no Aadhaar number, and of the bank account only the
 * IFSC and the last four digits: nobody here needs more.
 */
export const Registrations = z
  .strictObject({
    udyam: z
      .string()
      .regex(/^UDYAM-UP-\d{2}-\d{7}$/, 'an Udyam number is such as UDYAM-UP-50-0012345')
      .optional(),
    pan: Pan.optional(),
    gstin: SellerGstin.optional(),
    /** GST enrolment of an unregistered online seller (Notification 34/2023-CT). */
    enrolment: z
      .string()
      .regex(/^09[A-Z0-9]{13}$/, 'an enrolment id of GST is 15 characters and starts with 09')
      .optional(),
    /** Artisan card of DC (Handicrafts). */
    pehchan: cardNumber.optional(),
    pehchanUntil: Day.optional(),
    weaverCard: cardNumber.optional(),
    weaverCardUntil: Day.optional(),
    bankIfsc: z
      .string()
      .regex(/^[A-Z]{4}0[A-Z0-9]{6}$/, 'an IFSC is four letters, 0 and six more, such as SBIN0001234')
      .optional(),
    bankLast4: z
      .string()
      .regex(/^\d{4}$/, 'only the last four digits of an account are kept')
      .optional(),
    gi: GeographicalIndication.optional(),
  })
  .refine(hasPanOfGstin, PAN_NOT_IN_GSTIN)
  .refine(({ bankIfsc, bankLast4 }) => (bankIfsc === undefined) === (bankLast4 === undefined), {
    path: ['bankLast4'],
    error: 'a bank account is an IFSC and the last four digits, both or none',
  });
export type Registrations = z.infer<typeof Registrations>;
