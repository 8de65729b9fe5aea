// A stall of bench/sale-rate: local server and engine of the build in the named folder.
import '../../local/quiet.ts';
import { randomUUID } from 'node:crypto';
import { addProof, type PhoneKey } from '../../shared/api/phone-key.ts';
import { kurtas, receipt, sale } from '../../test/kit/claims.ts';
import { fixedClock } from '../../test/kit/clock.ts';
import type { PhoneRequest } from './phone.ts';

export type StallOrder = { readonly lines: number; readonly count: number };
export type StallAnswer = readonly PhoneRequest[];

/** The parts that both builds export. The earlier build has no keys of phones. */
type Engine = { readonly endpoint: string };
type LocalBahi = {
  readonly url: string;
  readonly issuer: { token(claims: { role: string; scope: readonly string[] }): Promise<string> };
  readonly phone?: PhoneKey;
};

const [root = '.'] = process.argv.slice(2);
const load = (file: string): Promise<unknown> => import(`${root}/${file}`);
const { openBahi } = (await load('local/bahi.ts')) as { openBahi: (parts: object) => Promise<LocalBahi> };
const { startTemporaryEngine } = (await load('local/engine/engine.ts')) as {
  startTemporaryEngine: () => Promise<Engine>;
};
const { REGISTRY_SEED } = (await load('test/kit/registry-seed.ts')) as {
  REGISTRY_SEED: readonly (readonly [string, Record<string, object>])[];
};

const clock = fixedClock();
const { endpoint } = await startTemporaryEngine();
const { url, issuer, phone } = await openBahi({ endpoint, port: 0, streams: false, clock });
const token = await issuer.token({ role: 'admin', scope: ['state'] });
const location = 'LKO-01';

const ask = async (method: string, path: string, body: object): Promise<Record<string, string>> => {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(url + path, { method, headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
  return (await response.json()) as Record<string, string>;
};

const enrol = async (): Promise<string> => {
  const { code } = await ask('POST', `/locations/${location}/enrolment-codes`, { seller: 'LKO1' });
  const key = phone && { key: phone.key };
  const enrolled = await ask('POST', `/locations/${location}/terminals`, { code, installation: randomUUID(), ...key });
  return enrolled.terminal ?? '';
};

const requestOf = async (number: string, claim: object): Promise<PhoneRequest> => {
  const request = { path: { location, number }, body: claim };
  const body = JSON.stringify(phone ? await addProof('recordVoucher', request, phone) : claim);
  return { url: `${url}/locations/${location}/vouchers/${number}`, token, body };
};

for (const [kind, entries] of REGISTRY_SEED)
  for (const [id, body] of Object.entries(entries)) await ask('PUT', `/registry/${kind}/${id}`, body);
const stock = kurtas(40).map((item) => ({ item, quantity: 10_000_000 }));
const confirmed = phone ? { confirmed: true } : {};
const received = await requestOf(`${await enrol()}R2611220001`, receipt(clock, stock, confirmed));
await ask('PUT', new URL(received.url).pathname, JSON.parse(received.body));

process.on('message', async ({ lines, count }: StallOrder) => {
  const terminal = await enrol();
  const claim = sale(
    clock,
    kurtas(lines).map((item) => ({ item, quantity: 1 })),
  );
  const numbers = Array.from({ length: count }, (_, at) => `${terminal}S261122${String(at + 1).padStart(4, '0')}`);
  process.send?.(await Promise.all(numbers.map((number) => requestOf(number, claim))));
});
process.send?.([]);
