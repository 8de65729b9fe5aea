import { expectOk } from '../local/demo-client.ts';
import type { Client } from '../shared/api/client.ts';
import { DAY, type SimulatedClock } from './clock.ts';
import type { Statement, Truth, VoucherContent } from './model.ts';
import { type SimulatedPhone, syncPhone, writeVoucher } from './phones.ts';
import type { SeededRandom } from './seeded-random.ts';

export type OfficerDesk = {
  readonly client: Client;
  readonly chance: SeededRandom;
  readonly clock: SimulatedClock;
  readonly truth: Truth;
  /** Keyed by held voucher. */
  readonly corrections: Map<string, Statement>;
};

export const listHeldVouchers = async (client: Client, location: string, settled?: 'true') => {
  const all = [];
  for (let cursor: string | undefined; ; ) {
    const page = expectOk(await client.listHeld({ path: { location }, query: { settled, cursor } }));
    all.push(...page.held);
    cursor = page.cursor;
    if (cursor === undefined) return all;
  }
};

const trueTimeOf = ({ claim, clockError }: Statement): number => Date.parse(claim.occurredAt) + clockError;

/** Admits if the day is about right, else replaces or rejects. `isFinal`: nothing may remain. */
export const settleHeldVouchers = async (phone: SimulatedPhone, desk: OfficerDesk, isFinal = false): Promise<void> => {
  const { client, chance, truth } = desk;
  const location = phone.place.id;
  for (const kept of await listHeldVouchers(client, location)) {
    if (!isFinal && chance.isChosen(0.3)) continue;
    const said = truth.find(kept.number, kept.claim);
    if (!said) throw new Error(`${kept.held} was never said`);
    const settle = (body: object) =>
      client.settleHeld({ path: { location, held: kept.held }, body: body as never, ifMatch: kept.version });
    const at = trueTimeOf(said);
    const isNear = Math.abs(said.clockError) < DAY;
    if (isNear && kept.problem.code === 'CLOCK_OFF' && chance.isChosen(0.6)) {
      said.skews.add(at - Date.parse(said.claim.occurredAt));
      const admitted = await settle({ do: 'admit', occurredAt: new Date(at).toISOString(), why: 'they say when' });
      if (admitted.ok || !isFinal) continue;
    } else if (kept.problem.code === 'COUNTED_TWICE' && chance.isChosen(0.4)) {
      const stands = await recordCorrection(phone, kept.held, totalOf(said, truth), desk.clock.milliseconds(), desk);
      if (stands) await settle({ do: 'correct', voucher: stands, why: 'the total of all sheets' });
      if (stands || !isFinal) continue;
    } else if (
      kept.problem.code === 'CLOCK_OFF' &&
      said.claim.lines &&
      said.claim.kind !== 'C' &&
      chance.isChosen(0.7)
    ) {
      const stands = await recordCorrection(phone, kept.held, said.claim, at, desk);
      if (stands) await settle({ do: 'correct', voucher: stands, why: 'said again by another phone' });
      if (stands || !isFinal) continue;
    } else if (chance.isChosen(0.3)) {
      const admitted = await settle({ do: 'admit', why: 'it is right now' });
      if (admitted.ok) continue;
    }
    if (isFinal || chance.isChosen(0.3)) await settle({ do: 'reject', why: 'nobody knows of it' });
  }
};

const totalOf = ({ location, number, claim }: Statement, truth: Truth): VoucherContent => {
  const sheets = truth
    .all()
    .filter((one) => one.location === location && one.claim.count === claim.count && one.result === 'recorded');
  const elsewhere = (item: string) =>
    sheets.flatMap((sheet) => sheet.claim.lines ?? []).filter((line) => line.item === item);
  return {
    kind: 'C',
    count: `${claim.count}, total for ${number}`,
    lines: (claim.lines ?? []).map(({ item, quantity }) => ({
      item,
      quantity: quantity + elsewhere(item).reduce((sum, line) => sum + line.quantity, 0),
    })),
  };
};

/** Returns its number once recorded. */
const recordCorrection = async (
  phone: SimulatedPhone,
  held: string,
  claim: VoucherContent,
  at: number,
  desk: OfficerDesk,
): Promise<string | undefined> => {
  const { clock, truth, corrections } = desk;
  const { occurredAt: _at, previous: _previous, by: _by, ...what } = claim;
  if (!['S', 'R', 'A', 'C'].includes(what.kind)) return undefined;
  const said = corrections.get(held) ?? writeVoucher(phone, what, Math.min(at, clock.milliseconds()), truth);
  corrections.set(held, said);
  if (!phone.unsent.includes(said)) phone.unsent.push(said);
  await syncPhone(phone, desk, true);
  // It may be held too.
  return phone.unsent.includes(said) || said.result !== 'recorded' ? undefined : said.number;
};
