import * as z from 'zod';
import { Language } from '../kernel/bilingual-text.ts';
import { AreaId, StockLocationId } from '../kernel/ids.ts';
import { Name } from './entries.ts';

const Phone = z.string().regex(/^\+91[6-9]\d{9}$/, 'a phone is an Indian mobile number such as +919876543210');
const Email = z.email('an e-mail is such as asha@example.in').max(254, 'an e-mail is at most 254 characters');
const LookedAfter = z.union(
  [StockLocationId, AreaId],
  'is a location such as LKO-01, a district such as PBT, or state',
);

/** `looksAfter`: beside the place of work. The default language is Hindi. */
export const Staff = z
  .strictObject({
    name: Name,
    location: StockLocationId.optional(),
    looksAfter: z.array(LookedAfter).min(1).max(80).optional(),
    phone: Phone.optional(),
    email: Email.optional(),
    language: Language.optional(),
  })
  .refine(({ location, looksAfter }) => location !== undefined || looksAfter !== undefined, {
    path: ['location'],
    error: 'location or looksAfter is required',
  });
export type Staff = z.infer<typeof Staff>;

/** For readers who do not edit the registry. */
export const withoutContact = (staff: Staff): Staff => {
  const { phone: _phone, email: _email, ...rest } = staff;
  return rest;
};
