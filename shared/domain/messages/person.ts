import * as z from 'zod';
import type { StaffId } from '../ids.ts';
import { Staff } from '../registry/staff.ts';
import type { Audience } from './audience.ts';

/** Where and how someone is written to. */
export const Contact = z.strictObject({
  phone: Staff.shape.phone,
  email: Staff.shape.email,
  language: Staff.shape.language.unwrap().default('hi'),
});
export type Contact = z.infer<typeof Contact>;

/** Whoever answers to one phone or address: entries of the staff that share one are told together. */
export type Person = { readonly id: StaffId; readonly looksAfter: ReadonlySet<Audience>; readonly contact: Contact };

type Entry = { readonly id: StaffId; readonly entry: Staff };

/** Who of the staff can be written to, each under the first of their ids. */
export const peopleOf = (staff: readonly Entry[]): readonly Person[] => {
  const people: Person[] = [];
  for (const { id, entry } of [...staff].sort((a, b) => a.id.localeCompare(b.id))) {
    const { phone, email, language } = entry;
    if (phone === undefined && email === undefined) continue;
    const one = {
      id,
      looksAfter: lookedAfterBy(entry),
      contact: Contact.parse({ phone, email, ...(language && { language }) }),
    };
    const same = people.findIndex(({ contact }) => isSame(contact, one.contact));
    const known = people[same];
    if (known) people[same] = together(known, one);
    else people.push(one);
  }
  return people;
};

const isSame = (a: Contact, b: Contact): boolean =>
  (a.phone !== undefined && a.phone === b.phone) || (a.email !== undefined && a.email === b.email);

const together = (known: Person, other: Person): Person => ({
  id: known.id,
  looksAfter: new Set([...known.looksAfter, ...other.looksAfter]),
  contact: {
    ...known.contact,
    phone: known.contact.phone ?? other.contact.phone,
    email: known.contact.email ?? other.contact.email,
  },
});

const lookedAfterBy = ({ location, looksAfter = [] }: Staff): ReadonlySet<Audience> =>
  new Set([...(location ? [location] : []), ...looksAfter]);
