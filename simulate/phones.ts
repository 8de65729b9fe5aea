import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import type { Client } from '../shared/api/client.ts';
import { dayAt, MINUTE, type SimulatedClock } from './clock.ts';
import type { SimulatedLocation } from './locations.ts';
import type { Statement, Truth, VoucherContent } from './model.ts';
import type { SeededRandom } from './seeded-random.ts';

/** `unsent`: to sync. `statements`: oldest first, without withdrawn ones. */
export type SimulatedPhone = {
  readonly place: SimulatedLocation;
  readonly terminal: string;
  readonly client: Client;
  /** Milliseconds that its clock is behind. */
  readonly clockError: number;
  /** Not all devices measure. */
  readonly stamp: () => Statement['clock'];
  readonly serials: Map<string, number>;
  readonly lastNumbers: Map<string, string>;
  /** Corrected times. */
  readonly times: Set<number>;
  unsent: Statement[];
  statements: Statement[];
  lastNumber: string | null;
  /** `dead`: lost. `retired`: only syncs. */
  dead: boolean;
  retired: boolean;
};

export type PhoneDependencies = {
  readonly chance: SeededRandom;
  readonly clock: SimulatedClock;
  readonly truth: Truth;
};

export const createPhone = (
  of: Pick<SimulatedPhone, 'place' | 'terminal' | 'client' | 'clockError' | 'stamp'>,
): SimulatedPhone => ({
  ...of,
  serials: new Map(),
  lastNumbers: new Map(),
  times: new Set(),
  unsent: [],
  statements: [],
  lastNumber: null,
  dead: false,
  retired: false,
});

const timeShown = ({ clockError }: SimulatedPhone, at: number): string => new Date(at - clockError).toISOString();

/** Draws no corrected time twice. `correction`: milliseconds from true to corrected. */
const unusedTime = ({ times }: SimulatedPhone, at: number, correction: number): number => {
  let time = at;
  while (times.has(time + correction)) time -= 1;
  times.add(time + correction);
  return time;
};

export const writeVoucher = (phone: SimulatedPhone, what: VoucherContent, at: number, truth: Truth): Statement => {
  const clock = phone.stamp();
  const time = unusedTime(phone, at, (clock?.skew ?? 0) - phone.clockError);
  const day = dayAt(time - phone.clockError)
    .slice(2)
    .replaceAll('-', '');
  const series = `${phone.terminal}${what.kind}${day}`;
  const serial = (phone.serials.get(series) ?? 0) + 1;
  phone.serials.set(series, serial);
  const number = `${series}${String(serial).padStart(4, '0')}`;
  const claim = { ...what, occurredAt: timeShown(phone, time), by: 'S001', previous: phone.lastNumber };
  phone.lastNumber = number;
  phone.lastNumbers.set(what.kind, number);
  const said = truth.say({
    location: phone.place.id,
    number,
    claim,
    clockError: phone.clockError,
    clock,
  });
  phone.statements.push(said);
  return said;
};

/** Larger errors prevent live recording. */
export const hasUsableClock = ({ clockError }: SimulatedPhone): boolean => Math.abs(clockError) < 4 * MINUTE;

type RecordedVoucher = Extract<Awaited<ReturnType<Client['recordVoucher']>>, { ok: true }>['body'];

const MAX_ATTEMPTS = 3;

/** A refusal spoils the number. Without an answer it syncs later. */
export const recordLive = async (
  phone: SimulatedPhone,
  said: Statement,
  tools: PhoneDependencies,
): Promise<RecordedVoucher | undefined> => {
  const { location, number, claim, clock } = said;
  let goodsInHand = tools.chance.isChosen(0.1) && 'SA'.includes(claim.kind) && claim.lines !== undefined;
  for (let tries = 0; tries < MAX_ATTEMPTS; tries++) {
    const body = { ...claim, ...(clock && { clock }), ...(goodsInHand && { goodsInHand }) };
    const answer = await phone.client
      .recordVoucher({ path: { location, number }, body: body as never })
      .catch(() => undefined);
    if (!answer) continue;
    if (answer.ok) return answer.body;
    const { code } = answer.problem;
    if (code === 'BUSY' || code === 'INTERNAL') continue;
    const isShort = code === 'INSUFFICIENT_STOCK';
    if (isShort && 'SA'.includes(claim.kind) && tools.chance.isChosen(0.4)) goodsInHand = true;
    else if (isShort || code === 'RETURN_EXCEEDED') return cancelNumber(phone, said, tools);
    else break;
  }
  phone.unsent.push(said);
  return undefined;
};

const cancelNumber = async (phone: SimulatedPhone, said: Statement, tools: PhoneDependencies): Promise<undefined> => {
  const { lines, kind, occurredAt, by, previous } = said.claim;
  if (!lines) throw new Error(`${said.number} was refused, and does nothing`);
  phone.statements = phone.statements.filter((one) => one !== said);
  const spoiled = { kind, occurredAt, by, previous, cancelled: 'spoiled' };
  await recordLive(phone, tools.truth.say({ ...said, claim: spoiled }), tools);
  return undefined;
};

const MAX_VOUCHERS = 20;

/** In any order, with repeats. */
export const syncPhone = async (phone: SimulatedPhone, { chance }: PhoneDependencies, all = false): Promise<void> => {
  const some = chance.shuffled(phone.unsent).slice(0, all ? MAX_VOUCHERS : chance.between(1, MAX_VOUCHERS));
  const again = all
    ? []
    : chance.shuffled(phone.statements.filter((said) => !some.includes(said))).slice(0, chance.below(3));
  const vouchers = chance
    .shuffled([...some, ...again])
    .map(({ number, claim, clock }) => ({ number, claim, ...(clock && { clock }) }));
  if (vouchers.length === 0) return;
  const path = { location: phone.place.id };
  const answer = await phone.client.syncVouchers({ path, body: { vouchers } }).catch(() => undefined);
  if (!answer?.ok) return;
  const heard = new Set(answer.body.outcomes.filter(({ outcome }) => outcome !== 'later').map(({ number }) => number));
  phone.unsent = phone.unsent.filter((said) => !some.includes(said) || !heard.has(said.number));
};

const FIELDS_OUTSIDE_CLAIM = ['clock', 'customer', 'goodsInHand', 'card', 'proof'];

const sortKeys = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(fields.map(([name, one]) => [name, sortKeys(one)]));
};

/** Follows docs/adr/0025 alone. Signs synchronously, so that the order stays the seed's. */
export const simulatedPhoneKey = () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  return {
    key: { kty: 'EC' as const, crv: 'P-256' as const, x, y },
    prove: (place: string, number: string, body: unknown): string => {
      const claim = Object.entries(body as object).filter(([field]) => !FIELDS_OUTSIDE_CLAIM.includes(field));
      const hash = createHash('sha256')
        .update(JSON.stringify(sortKeys(Object.fromEntries(claim))))
        .digest('base64url');
      const text = `bahi-voucher-1\n${place}\n${number}\n${hash}`;
      return sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');
    },
  };
};
