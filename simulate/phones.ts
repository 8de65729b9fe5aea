import type { Client } from '../shared/api/client.ts';
import type { Chance } from './chance.ts';
import { dayAt, MINUTE, type SimulatedClock } from './clock.ts';
import type { Said, Truth, What } from './model.ts';
import type { Place } from './outlets.ts';

/** `unsent`: what it still has to bring. `mine`: all that it ever wrote down and did not withdraw, oldest first. */
export type Phone = {
  readonly place: Place;
  readonly terminal: string;
  readonly client: Client;
  /** Milliseconds by which its clock is behind. */
  readonly behind: number;
  /** What it measured of its clock by the answers that it heard, for one voucher; of some clocks, nobody measures. */
  readonly stamp: () => Said['clock'];
  readonly serials: Map<string, number>;
  /** The last number of each kind. */
  readonly lasts: Map<string, string>;
  unsent: Said[];
  mine: Said[];
  last: string | null;
  /** It is gone for ever, with what it had not sent; or its stall has another holder, and it only brings what it still has. */
  dead: boolean;
  retired: boolean;
};

export type PhoneTools = { readonly chance: Chance; readonly clock: SimulatedClock; readonly truth: Truth };

export const newPhone = (of: Pick<Phone, 'place' | 'terminal' | 'client' | 'behind' | 'stamp'>): Phone => ({
  ...of,
  serials: new Map(),
  lasts: new Map(),
  unsent: [],
  mine: [],
  last: null,
  dead: false,
  retired: false,
});

const shown = ({ behind }: Phone, at: number): string => new Date(at - behind).toISOString();

/** As it writes it down: by its own clock, under its next number of that kind and day. */
export const write = (phone: Phone, what: What, at: number, truth: Truth): Said => {
  const day = dayAt(at - phone.behind)
    .slice(2)
    .replaceAll('-', '');
  const series = `${phone.terminal}${what.kind}${day}`;
  const serial = (phone.serials.get(series) ?? 0) + 1;
  phone.serials.set(series, serial);
  const number = `${series}${String(serial).padStart(4, '0')}`;
  const claim = { ...what, occurredAt: shown(phone, at), by: 'S001', previous: phone.last };
  phone.last = number;
  phone.lasts.set(what.kind, number);
  const said = truth.say({ location: phone.place.id, number, claim, behind: phone.behind, clock: phone.stamp() });
  phone.mine.push(said);
  return said;
};

/** A clock that is off by more than this is not spoken live with. */
export const isFresh = ({ behind }: Phone): boolean => Math.abs(behind) < 4 * MINUTE;

type Booked = Extract<Awaited<ReturnType<Client['recordVoucher']>>, { ok: true }>['body'];

const TRIES = 3;

/** At once, while the customer waits. What is refused for good is withdrawn: its number is spoiled. What nobody answers is brought later. */
export const sayLive = async (phone: Phone, said: Said, tools: PhoneTools): Promise<Booked | undefined> => {
  const { location, number, claim, clock } = said;
  let goodsInHand = tools.chance.often(0.1) && 'SA'.includes(claim.kind) && claim.lines !== undefined;
  for (let tries = 0; tries < TRIES; tries++) {
    const body = { ...claim, ...(clock && { clock }), ...(goodsInHand && { goodsInHand }) };
    const answer = await phone.client
      .recordVoucher({ path: { location, number }, body: body as never })
      .catch(() => undefined);
    if (!answer) continue;
    if (answer.ok) return answer.body;
    const { code } = answer.problem;
    if (code === 'BUSY' || code === 'INTERNAL') continue;
    const isShort = code === 'INSUFFICIENT_STOCK';
    if (isShort && 'SA'.includes(claim.kind) && tools.chance.often(0.4)) goodsInHand = true;
    else if (isShort || code === 'RETURN_EXCEEDED') return withdraw(phone, said, tools);
    else break;
  }
  phone.unsent.push(said);
  return undefined;
};

const withdraw = async (phone: Phone, said: Said, tools: PhoneTools): Promise<undefined> => {
  const { lines, kind, occurredAt, by, previous } = said.claim;
  if (!lines) throw new Error(`${said.number} was refused, and does nothing`);
  phone.mine = phone.mine.filter((one) => one !== said);
  const spoiled = { kind, occurredAt, by, previous, cancelled: 'spoiled' };
  await sayLive(phone, tools.truth.say({ ...said, claim: spoiled }), tools);
  return undefined;
};

const MOST = 20;

/** Brings some of what it has, in any order, and some of what it brought before. What it hears of, it need not bring again. */
export const bring = async (phone: Phone, { chance }: PhoneTools, all = false): Promise<void> => {
  const some = chance.shuffled(phone.unsent).slice(0, all ? MOST : chance.between(1, MOST));
  const again = all ? [] : chance.shuffled(phone.mine.filter((said) => !some.includes(said))).slice(0, chance.below(3));
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
