import * as z from 'zod';
import { Language } from '../kernel/bilingual-text.ts';
import { AreaId, StockLocationId } from '../kernel/ids.ts';
import { Name } from './entries.ts';

/** As the network dials it: an SMS goes to nobody else's number in India. */
const Phone = z.string().regex(/^\+91[6-9]\d{9}$/, 'a phone is an Indian mobile number such as +919876543210');
const Email = z.email('an e-mail is such as asha@example.in').max(254, 'an e-mail is at most 254 characters');
const LookedAfter = z.union([StockLocationId, AreaId], 'is a place such as LKO-01, a district such as PBT, or state');

/** Where someone works, what they look after beside, and where they are written to. Who says no language is told in Hindi. */
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
    error: 'where they work, or what they look after, is needed',
  });
export type Staff = z.infer<typeof Staff>;

/** What only those who keep the registry read of it: to serve beside someone one need not have their number. */
export const withoutContact = (staff: Staff): Staff => {
  const { phone: _phone, email: _email, ...rest } = staff;
  return rest;
};
