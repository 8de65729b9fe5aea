import * as z from 'zod';
import { AreaId, LocationId, type StaffId } from '../kernel/ids.ts';
import { Staff } from './staff.ts';

/** Where and how someone is written to. */
export const Contact = z.strictObject({
  phone: Staff.shape.phone,
  email: Staff.shape.email,
  language: Staff.shape.language.unwrap().default('hi'),
});
export type Contact = z.infer<typeof Contact>;

/** Whoever answers to one phone, or to one address and no other phone: entries of the staff that share one are told together. */
export type ContactPerson = {
  readonly id: StaffId;
  readonly looksAfter: ReadonlySet<Audience>;
  readonly contact: Contact;
};

type StaffWithId = { readonly id: StaffId; readonly entry: Staff };

/** Who of the staff can be written to, each under the first of their ids. */
export const contactPersonsOf = (staff: readonly StaffWithId[]): readonly ContactPerson[] => {
  let people: ContactPerson[] = [];
  for (const { id, entry } of [...staff].sort((a, b) => a.id.localeCompare(b.id))) {
    const { phone, email, language } = entry;
    if (phone === undefined && email === undefined) continue;
    let one: ContactPerson = {
      id,
      looksAfter: audiencesOf(entry),
      contact: Contact.parse({ phone, email, ...(language && { language }) }),
    };
    const others: ContactPerson[] = [];
    // It may show two of before to be one.
    for (const known of people)
      if (!isSameContact(known.contact, one.contact)) others.push(known);
      else one = one.id === id ? mergePersons(known, one) : mergePersons(one, known);
    people = [...others, one];
  }
  return people.sort((a, b) => a.id.localeCompare(b.id));
};

/** Two who share the address of an office, and have each a phone of their own, are two: what is urgent rings in both pockets. */
const isSameContact = (a: Contact, b: Contact): boolean => {
  if (a.phone !== undefined && b.phone !== undefined) return a.phone === b.phone;
  return a.email !== undefined && a.email === b.email;
};

const mergePersons = (known: ContactPerson, other: ContactPerson): ContactPerson => ({
  id: known.id,
  looksAfter: new Set([...known.looksAfter, ...other.looksAfter]),
  contact: {
    ...known.contact,
    phone: known.contact.phone ?? other.contact.phone,
    email: known.contact.email ?? other.contact.email,
  },
});

const audiencesOf = ({ location, looksAfter = [] }: Staff): ReadonlySet<Audience> =>
  new Set([...(location ? [location] : []), ...looksAfter]);

/** Whose an alert is to look at: those at a place, the officers of a district, or those of the state. */
export const Audience = z.union([LocationId, AreaId]);

export type Audience = z.infer<typeof Audience>;
