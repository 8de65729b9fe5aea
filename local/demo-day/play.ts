import { type Client, clientOf } from '../../shared/contract/client.ts';
import { sumOf } from '../../shared/domain/quantity.ts';
import { dayOf } from '../../shared/domain/time.ts';
import { systemClock } from '../../shared/runtime/clock.ts';
import { allPages } from '../all-pages.ts';
import { done } from '../done.ts';
import { badLink } from './link.ts';
import { openPhone, type Phone } from './phone.ts';
import { randomFrom } from './random.ts';

const OUTLETS = 60;
const CUSTOMERS = 16;

export type Day = {
  readonly phones: readonly Phone[];
  readonly lost: number;
  /** Numbers that phone and day book do not agree on. */
  readonly differences: number;
  readonly alerts: number;
  readonly seconds: number;
};

/** Sixty stalls spread over the state, sixteen customers each, over links that drop. */
export const playDay = async (url: string, token: string, admin: Client): Promise<Day> => {
  const random = randomFrom(20261122);
  const link = badLink(random);
  const outlets = await outletsOver(admin);
  const begun = performance.now();
  const phones: Phone[] = [];
  for (const location of outlets)
    phones.push(await openPhone(location, admin, clientOf(url, token, link.fetch), random));
  await Promise.all(
    phones.map(async (phone) => {
      for (let customer = 0; customer < CUSTOMERS; customer++) await phone.serve();
    }),
  );
  const seconds = (performance.now() - begun) / 1000;
  const differences = sumOf(await Promise.all(phones.map((phone) => differencesAt(admin, phone))));
  return { phones, lost: link.lost(), differences, alerts: await openAlerts(admin, outlets), seconds };
};

/** Every so many-th outlet of the list, so that all parts of the state trade. */
const outletsOver = async (admin: Client): Promise<string[]> => {
  const path = { kind: 'outlets' as const };
  const entries = await allPages(
    (query) => admin.listEntries({ path, query }),
    (page) => page.entries,
  );
  const all = entries.map(({ id }) => id);
  const step = Math.max(1, Math.floor(all.length / OUTLETS));
  return all.filter((_id, at) => at % step === 0).slice(0, OUTLETS);
};

/** What the phone believes it sold, beside what the day book says. */
const differencesAt = async (admin: Client, { location, terminal, sold, spoiled }: Phone): Promise<number> => {
  const day = dayOf(systemClock.now());
  const path = { location, day };
  const book = await allPages(
    (query) => admin.getDay({ path, query }),
    (page) => page.vouchers,
  );
  const ours = book.filter(({ number }) => number.startsWith(terminal));
  const agreed = ours.filter(({ number, claim }) => ('cancelled' in claim ? spoiled.has(number) : sold.has(number)));
  return ours.length - agreed.length + (sold.size + spoiled.size - agreed.length);
};

const openAlerts = async (admin: Client, outlets: readonly string[]): Promise<number> => {
  let open = 0;
  for (const location of outlets) open += done(await admin.listAlerts({ query: { location } })).alerts.length;
  return open;
};
