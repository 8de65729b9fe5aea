import { type Client, createClient } from '../../shared/api/client.ts';
import { phoneClock } from '../../shared/api/phone-clock.ts';
import { generatePhoneKey } from '../../shared/api/phone-key.ts';
import { expectOk, type FlakyLink, flakyLink, listAllPages, randomFrom } from '../demo-client.ts';
import { findDifferences, readOnHand } from './compare.ts';
import { type DemoPhone, openPhone } from './phone.ts';

export type DemoDay = {
  readonly phones: readonly DemoPhone[];
  readonly lost: number;
  readonly differences: readonly string[];
  readonly alerts: number;
  readonly seconds: number;
};

type DemoSize = { readonly outlets: number; readonly customers: number };
const DEFAULT_SIZE: DemoSize = { outlets: 60, customers: 16 };

export const playDay = async (url: string, token: string, admin: Client, size = DEFAULT_SIZE): Promise<DemoDay> => {
  const random = randomFrom(20261122);
  const link = flakyLink(random);
  const outlets = await spreadOutlets(admin, size.outlets);
  const before = new Map(await Promise.all(outlets.map(async (at) => [at, await readOnHand(admin, at)] as const)));
  const phoneOn = async ({ fetch }: FlakyLink) => {
    const phone = await generatePhoneKey();
    const clock = phoneClock();
    return { clock, key: phone.key, client: createClient(url, token, clock.measuring(fetch), phone) };
  };
  const begun = performance.now();
  const phones: DemoPhone[] = [];
  for (const location of outlets) phones.push(await openPhone(location, { admin, random, ...(await phoneOn(link)) }));
  await Promise.all(
    phones.map(async (phone) => {
      for (let customer = 0; customer < size.customers; customer++) await phone.serve();
    }),
  );
  const seconds = (performance.now() - begun) / 1000;
  const differences = await Promise.all(
    phones.map((phone) => findDifferences(admin, phone, before.get(phone.location) ?? new Map())),
  );
  return {
    phones,
    lost: link.lost(),
    differences: differences.flat(),
    alerts: await countOpenAlerts(admin, outlets),
    seconds,
  };
};

const spreadOutlets = async (admin: Client, many: number): Promise<string[]> => {
  const path = { kind: 'outlets' as const };
  const entries = await listAllPages(
    (query) => admin.listEntries({ path, query }),
    (page) => page.entries,
  );
  const all = entries.map(({ id }) => id);
  const step = Math.max(1, Math.floor(all.length / many));
  return all.filter((_id, at) => at % step === 0).slice(0, many);
};

const countOpenAlerts = async (admin: Client, outlets: readonly string[]): Promise<number> => {
  let open = 0;
  for (const location of outlets) open += expectOk(await admin.listAlerts({ query: { location } })).alerts.length;
  return open;
};
