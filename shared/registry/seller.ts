import * as z from 'zod';
import { hasPanOfGstin, PAN_NOT_IN_GSTIN, Pan, SellerGstin } from '../kernel/gstin.ts';
import { DistrictId } from '../kernel/ids.ts';
import type { FieldProblem } from '../kernel/problems.ts';
import { Day, dayOf, type Instant } from '../kernel/time.ts';
import { changeField, type DatedField, earlierByDay, isStartUnclear, unclearStart, valueOn } from './dated-field.ts';
import { HindiName, Name, PostalAddress } from './entries.ts';
import { statusFields } from './entry-status.ts';

const Registration = z.strictObject({
  registration: z.enum(['regular', 'composition', 'unregistered']),
  gstin: SellerGstin.optional(),
});
export type Registration = z.infer<typeof Registration>;

const hasRequiredGstin = ({ registration, gstin }: Registration): boolean =>
  (registration === 'unregistered') === (gstin === undefined);

/**
 * For bills and UPI codes. `vpa`: a merchant's UPI address; apps refuse links to a person.
 * `merchantCategory`: as the bank gave it. `fssai`: for food.
 */
const billingFields = {
  nameHi: HindiName.optional(),
  pan: Pan.optional(),
  address: PostalAddress.optional(),
  pinCode: z
    .string()
    .regex(/^[1-9]\d{5}$/, 'a PIN code is six digits and does not start with 0')
    .optional(),
  vpa: z
    .string()
    .regex(/^[\w.-]{2,256}@[A-Za-z]{2,64}$/, 'a UPI address is a name, @ and a bank, such as samiti@sbi')
    .optional(),
  merchantCategory: z
    .string()
    .regex(/^\d{4}$/, 'a merchant category is the four digits that the bank gave')
    .optional(),
  fssai: z
    .string()
    .regex(/^\d{14}$/, 'an FSSAI number is 14 digits')
    .optional(),
};

/**
 * Only a regular seller charges GST (CGST sections 10 and 22). The registration of the sale's day
 * counts.
 */
export const Seller = z
  .strictObject({
    name: Name,
    ...Registration.shape,
    registeredFrom: Day.optional(),
    earlierRegistrations: earlierByDay(Registration.extend({ from: Day.optional() })),
    district: DistrictId,
    ...billingFields,
    ...statusFields('closed'),
  })
  .refine((seller) => [seller, ...(seller.earlierRegistrations ?? [])].every(hasRequiredGstin), {
    path: ['gstin'],
    error: 'a regular or composition seller has a GSTIN, an unregistered one has none',
  })
  .refine(hasPanOfGstin, PAN_NOT_IN_GSTIN);
export type Seller = z.infer<typeof Seller>;

type RegistrationFields = Pick<Seller, 'registration' | 'gstin' | 'registeredFrom' | 'earlierRegistrations'>;

export const registrationOn = (seller: RegistrationFields, day: Day): Registration =>
  valueOn(registrationHistoryOf(seller), day);

const registrationHistoryOf = ({
  registration,
  gstin,
  registeredFrom,
  earlierRegistrations = [],
}: RegistrationFields): DatedField<Registration> => ({
  value: { registration, ...(gstin && { gstin }) },
  from: registeredFrom,
  earlier: earlierRegistrations.map(({ from, ...value }) => ({ ...(from && { from }), value })),
});

const editedRegistrationOf = (seller: Seller) => {
  const { value, from, earlier } = registrationHistoryOf(seller);
  return { value, from, earlier, isHistory: seller.earlierRegistrations !== undefined };
};

const isSameRegistration = (one: Registration, other: Registration): boolean =>
  one.registration === other.registration && one.gstin === other.gstin;

export const registrationStartProblems = (seller: Seller, stored: Seller, now: Instant): FieldProblem[] =>
  isStartUnclear(editedRegistrationOf(seller), registrationHistoryOf(stored), dayOf(now), isSameRegistration)
    ? [unclearStart('registeredFrom', seller.registeredFrom)]
    : [];

/** The edited seller with the stored history. */
export const withRegistrationHistory = (seller: Seller, stored: Seller, now: Instant): Seller => {
  const edited = editedRegistrationOf(seller);
  const { value, from, earlier } = changeField(edited, registrationHistoryOf(stored), dayOf(now), isSameRegistration);
  const { gstin: _gstin, registeredFrom: _from, earlierRegistrations: _earlier, ...rest } = seller;
  return {
    ...rest,
    ...value,
    ...(from && { registeredFrom: from }),
    ...(earlier.length > 0 && {
      earlierRegistrations: earlier.map(({ from: since, value: oldRegistration }) => ({
        ...oldRegistration,
        ...(since && { from: since }),
      })),
    }),
  };
};
