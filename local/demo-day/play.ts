import { type Client, clientOf } from '../../shared/api/client.ts';
import { drawPhoneKey } from '../../shared/api/phone-key.ts';
import { phoneClock } from '../../shared/kernel/time-exchange.ts';
import { allPages } from '../all-pages.ts';
import { done } from '../done.ts';
import { differencesAt, shelfAt } from './compare.ts';
import { badLink, type Link } from './link.ts';
import { openPhone, type Phone } from './phone.ts';
import { randomFrom } from './random.ts';

export type Day = {
  readonly phones: readonly Phone[];
  readonly lost: number;
  /** Numbers and items that phones and book do not agree on. */
  readonly differences: readonly string[];
  readonly alerts: number;
  readonly seconds: number;
};

type Size = { readonly outlets: number; readonly customers: number };
const USUAL: Size = { outlets: 60, customers: 16 };

/** Stalls spread over the state, some customers at each, over links that drop. */
export const playDay = async (url: string, token: string, admin: Client, size = USUAL): Promise<Day> => {
  const random = randomFrom(20261122);
  const link = badLink(random);
  const outlets = await outletsOver(admin, size.outlets);
  const before = new Map(await Promise.all(outlets.map(async (at) => [at, await shelfAt(admin, at)] as const)));
  const phoneOn = async ({ fetch }: Link) => {
    const [phone, clock] = [await drawPhoneKey(), phoneClock()];
    return { clock, key: phone.key, client: clientOf(url, token, clock.measuring(fetch), phone) };
  };
  const begun = performance.now();
  const phones: Phone[] = [];
  for (const location of outlets) phones.push(await openPhone(location, { admin, random, ...(await phoneOn(link)) }));
  await Promise.all(
    phones.map(async (phone) => {
      for (let customer = 0; customer < size.customers; customer++) await phone.serve();
    }),
  );
  const seconds = (performance.now() - begun) / 1000;
  const differences = await Promise.all(
    phones.map((phone) => differencesAt(admin, phone, before.get(phone.location) ?? new Map())),
  );
  return {
    phones,
    lost: link.lost(),
    differences: differences.flat(),
    alerts: await openAlerts(admin, outlets),
    seconds,
  };
};

/** Every so many-th outlet of the list, so that all parts of the state trade. */
const outletsOver = async (admin: Client, many: number): Promise<string[]> => {
  const path = { kind: 'outlets' as const };
  const entries = await allPages(
    (query) => admin.listEntries({ path, query }),
    (page) => page.entries,
  );
  const all = entries.map(({ id }) => id);
  const step = Math.max(1, Math.floor(all.length / many));
  return all.filter((_id, at) => at % step === 0).slice(0, many);
};

const openAlerts = async (admin: Client, outlets: readonly string[]): Promise<number> => {
  let open = 0;
  for (const location of outlets) open += done(await admin.listAlerts({ query: { location } })).alerts.length;
  return open;
};
