import { MINUTE } from './clock.ts';
import type { VoucherContent } from './model.ts';
import type { OfficerDesk } from './officer.ts';
import { hasUsableClock, recordLive, type SimulatedPhone, syncPhone, writeVoucher } from './phones.ts';
import { type KnownVouchers, randomVoucher, receiptOfSupply } from './random-vouchers.ts';
import {
  dispatchVoucher,
  type GoodsInTransit,
  handOverVoucher,
  receiptVoucher,
  shiftVoucher,
  workshopVoucher,
} from './transfer-vouchers.ts';
import type { World } from './world.ts';

type LocationMemory = {
  readonly memory: {
    statements: KnownVouchers['statements'];
    readonly returnedQuantities: KnownVouchers['returnedQuantities'];
  };
  /** When it is online again. */
  linkFrom: number;
  /** After a hand-over, with its code if received. */
  awaitsNewPhone?: { readonly code: string | undefined };
};

export type People = {
  readonly byLocation: ReadonlyMap<string, LocationMemory>;
  readonly transfers: GoodsInTransit[];
  /** To close short. */
  readonly closing: Map<string, GoodsInTransit>;
  readonly corrections: OfficerDesk['corrections'];
};

export const createPeople = ({ locations }: World): People => ({
  byLocation: new Map(
    locations.map(({ id }) => [id, { memory: { statements: [], returnedQuantities: new Map() }, linkFrom: 0 }]),
  ),
  transfers: [],
  closing: new Map(),
  corrections: new Map(),
});

export const applyChanges = async (world: World, people: People): Promise<void> => {
  const { chance, clock, phones, locations, enrol, bahi, log } = world;
  for (const place of locations) {
    const known = people.byLocation.get(place.id);
    if (!known) continue;
    if (chance.isChosen(0.06)) known.linkFrom = clock.milliseconds() + chance.between(1, 4 * 24 * 60) * MINUTE;
    if (known.awaitsNewPhone) await enrol(place, { isGood: true, code: known.awaitsNewPhone.code });
    delete known.awaitsNewPhone;
  }
  if (chance.isChosen(0.2)) bahi.startFunctions();
  if (!chance.isChosen(0.06)) return;
  const mortal = phones.filter((phone) => !phone.dead && phone.clockError !== 0);
  if (mortal.length === 0) return;
  const phone = chance.pick(mortal);
  phone.dead = true;
  log.note(clock.milliseconds(), phone.terminal, `dies with ${phone.unsent.length} unsent`);
  await enrol(phone.place);
};

/** Live if online, else later. */
export const runPhone = async (phone: SimulatedPhone, world: World, people: People): Promise<void> => {
  const { chance, clock } = world;
  const known = people.byLocation.get(phone.place.id);
  if (!known) return;
  const isLinked = clock.milliseconds() >= known.linkFrom;
  for (let more = chance.between(1, 2); more > 0; more--) {
    const isLive = isLinked && hasUsableClock(phone) && chance.isChosen(0.6);
    const ago = isLive ? chance.below(2 * MINUTE) : chance.below(10) * MINUTE;
    await captureVoucher(
      phone,
      nextVoucher(phone, world, people, known),
      { isLive, ago: chance.isChosen(0.5) ? 0 : ago },
      { world, people },
    );
  }
  if (isLinked && chance.isChosen(0.06)) await closeShort(phone, world, people);
  if (isLinked && chance.isChosen(0.5)) await syncPhone(phone, world);
};

/** Mostly after partial delivery. */
const closeShort = async (
  { client, place }: SimulatedPhone,
  { chance }: World,
  { transfers, closing }: People,
): Promise<void> => {
  const mine = transfers.filter(({ from, to, deliveries }) => (from === place || to === place.id) && deliveries > 0);
  if (mine.length === 0) return;
  const road = chance.pick(mine);
  closing.set(road.dispatch.number, road);
  const path = { location: place.id, dispatch: road.dispatch.number };
  await client.closeTransfer({ path, body: { why: 'the rest is lost' } }).catch(() => undefined);
};

/** NOT_FOUND is accepted: the dispatch may never have reached Bahi. */
export const closeAll = async ({ admin, truth }: World, { closing }: People): Promise<void> => {
  for (const { dispatch, from } of closing.values()) {
    const path = { location: from.id, dispatch: dispatch.number };
    const answer = await admin.closeTransfer({ path, body: { why: 'the rest is lost' } });
    if (answer.ok) truth.closed.add(dispatch.number);
    else if (answer.problem.code !== 'NOT_FOUND') throw new Error(`${dispatch.number}: ${answer.problem.code}`);
  }
};

type CaptureMode = { readonly isLive: boolean; readonly ago: number };

const captureVoucher = async (
  phone: SimulatedPhone,
  what: VoucherContent,
  { isLive, ago }: CaptureMode,
  { world, people }: { world: World; people: People },
) => {
  const known = people.byLocation.get(phone.place.id);
  const said = writeVoucher(phone, what, world.clock.milliseconds() - ago, world.truth);
  const answer = isLive ? await recordLive(phone, said, world) : undefined;
  if (!isLive) phone.unsent.push(said);
  if (known && phone.statements.includes(said)) {
    known.memory.statements = [...known.memory.statements, said];
    if (what.kind === 'D' && what.lines)
      people.transfers.push({ dispatch: said, from: phone.place, to: String(what.to), deliveries: 0 });
  }
  return answer;
};

const nextVoucher = (
  phone: SimulatedPhone,
  { chance, locations }: World,
  { transfers }: People,
  { memory }: LocationMemory,
): VoucherContent => {
  if (phone.place.isWorkshop) return workshopVoucher(locations, phone.place, chance, memory);
  if (phone.statements.length === 0 && phone.clockError === 0) return receiptOfSupply(phone.place, chance);
  const drawn = chance.next();
  const errand =
    drawn < 0.05
      ? shiftVoucher(phone, chance)
      : drawn < 0.12
        ? dispatchVoucher(locations, phone.place, chance)
        : drawn < 0.22
          ? receiptVoucher(phone.place, transfers, chance)
          : undefined;
  return errand ?? randomVoucher(phone.place, chance, memory);
};

/** Ends its known phones, including this one. */
export const handOver = async (phone: SimulatedPhone, world: World, people: People): Promise<void> => {
  const known = people.byLocation.get(phone.place.id);
  const theirs = world.phones.filter(({ place, dead, retired }) => place === phone.place && !dead && !retired);
  if (!known || theirs.length === 0) return;
  const what = handOverVoucher(theirs, world.chance);
  const isLive = world.clock.milliseconds() >= known.linkFrom;
  for (const one of theirs) one.retired = true;
  const answer = await captureVoucher(phone, what, { isLive, ago: 0 }, { world, people });
  const outcome = answer?.outcome;
  known.awaitsNewPhone = { code: outcome && 'codes' in outcome ? outcome.codes[0]?.code : undefined };
};
