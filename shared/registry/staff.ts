import * as z from 'zod';
import { AreaId, LocationId, type StaffId, StockLocationId } from '../kernel/ids.ts';
import { Language } from '../kernel/units.ts';
import { Name } from './entries.ts';
import { statusFields } from './entry-status.ts';

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
    ...statusFields('left'),
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

export const Contact = z.strictObject({
  phone: Staff.shape.phone,
  email: Staff.shape.email,
  language: Staff.shape.language.unwrap().default('hi'),
});
export type Contact = z.infer<typeof Contact>;

/**
 * One recipient. Entries with the same phone are one person; the same e-mail too, unless their
 * phones differ.
 */
export type ContactPerson = {
  readonly id: StaffId;
  readonly audiences: ReadonlySet<Audience>;
  readonly contact: Contact;
};

type StaffWithId = { readonly id: StaffId; readonly entry: Staff };

/** Recipients, each under the lowest of their ids. */
export const contactPersonsOf = (staff: readonly StaffWithId[]): readonly ContactPerson[] => {
  let people: ContactPerson[] = [];
  for (const { id, entry } of [...staff].sort((a, b) => a.id.localeCompare(b.id))) {
    const { phone, email, language } = entry;
    if (phone === undefined && email === undefined) continue;
    let person: ContactPerson = {
      id,
      audiences: audiencesOf(entry),
      contact: Contact.parse({ phone, email, ...(language && { language }) }),
    };
    const others: ContactPerson[] = [];
    // This entry may join two earlier persons.
    for (const existing of people)
      if (!isSameContact(existing.contact, person.contact)) others.push(existing);
      else person = person.id === id ? mergePersons(existing, person) : mergePersons(person, existing);
    people = [...others, person];
  }
  return people.sort((a, b) => a.id.localeCompare(b.id));
};

const isSameContact = (a: Contact, b: Contact): boolean => {
  if (a.phone !== undefined && b.phone !== undefined) return a.phone === b.phone;
  return a.email !== undefined && a.email === b.email;
};

const mergePersons = (first: ContactPerson, second: ContactPerson): ContactPerson => ({
  id: first.id,
  audiences: new Set([...first.audiences, ...second.audiences]),
  contact: {
    ...first.contact,
    phone: first.contact.phone ?? second.contact.phone,
    email: first.contact.email ?? second.contact.email,
  },
});

const audiencesOf = (staff: Staff): ReadonlySet<Audience> => new Set(assignmentsOf(staff));

/** The place of work, and the districts or state that the person looks after. */
export const assignmentsOf = ({ location, looksAfter = [] }: Staff) => [...(location ? [location] : []), ...looksAfter];

/** The people at a location, or the officers of a district or the state. */
export const Audience = z.union([LocationId, AreaId]);

export type Audience = z.infer<typeof Audience>;

export const isArea = (audience: Audience): audience is AreaId => AreaId.safeParse(audience).success;
