import { MINUTE } from './clock.ts';
import { dispatchTo, fromWorkshop, handOverOf, type Road, receiptAt, shiftOf } from './errands.ts';
import { happening, type Memory, received } from './happenings.ts';
import type { What } from './model.ts';
import type { Desk } from './officer.ts';
import { bring, isFresh, type Phone, sayLive, write } from './phones.ts';
import type { World } from './world.ts';

export type Known = {
  readonly memory: { said: Memory['said']; readonly back: Memory['back'] };
  /** When its link comes back. */
  linkFrom: number;
  /** The stall was handed over, and waits for a phone of its new holder; the code for it, if anyone heard of it. */
  awaits?: { readonly code: string | undefined };
};

/** What people know, who see only their own place and the roads to it. */
export type People = {
  readonly at: ReadonlyMap<string, Known>;
  readonly roads: Road[];
  /** Roads that somebody wants closed short. */
  readonly closing: Map<string, Road>;
  readonly again: Desk['again'];
};

export const peopleOf = ({ places }: World): People => ({
  at: new Map(places.map(({ id }) => [id, { memory: { said: [], back: new Map() }, linkFrom: 0 }])),
  roads: [],
  closing: new Map(),
  again: new Map(),
});

/** Phones die and others take their places; new holders enrol theirs; links go and come back; functions start anew. */
export const changes = async (world: World, people: People): Promise<void> => {
  const { chance, clock, phones, places, enrol, bahi, log } = world;
  for (const place of places) {
    const known = people.at.get(place.id);
    if (!known) continue;
    if (chance.often(0.06)) known.linkFrom = clock.at() + chance.between(1, 4 * 24 * 60) * MINUTE;
    if (known.awaits) await enrol(place, { isGood: true, code: known.awaits.code });
    delete known.awaits;
  }
  if (chance.often(0.2)) bahi.startFunctions();
  if (!chance.often(0.06)) return;
  const mortal = phones.filter((phone) => !phone.dead && phone.behind !== 0);
  if (mortal.length === 0) return;
  const phone = chance.pick(mortal);
  phone.dead = true;
  log.note(clock.at(), phone.terminal, `dies with ${phone.unsent.length} unsent`);
  await enrol(phone.place);
};

/** A phone's holder does something, or two; what has a link, and the patience, says it live; the rest is for later. */
export const act = async (phone: Phone, world: World, people: People): Promise<void> => {
  const { chance, clock } = world;
  const known = people.at.get(phone.place.id);
  if (!known) return;
  const isLinked = clock.at() >= known.linkFrom;
  for (let more = chance.between(1, 2); more > 0; more--) {
    const isLive = isLinked && isFresh(phone) && chance.often(0.6);
    const ago = isLive ? chance.below(2 * MINUTE) : chance.below(10) * MINUTE;
    await say(
      phone,
      whatNow(phone, world, people, known),
      { isLive, ago: chance.often(0.5) ? 0 : ago },
      { world, people },
    );
  }
  if (isLinked && chance.often(0.06)) await closeShort(phone, world, people);
  if (isLinked && chance.often(0.5)) await bring(phone, world);
};

/** Who sent, or who waits for the rest, gives it up: of what came in part, mostly. */
const closeShort = async ({ client, place }: Phone, { chance }: World, { roads, closing }: People): Promise<void> => {
  const mine = roads.filter(({ from, to, deliveries }) => (from === place || to === place.id) && deliveries > 0);
  if (mine.length === 0) return;
  const road = chance.pick(mine);
  closing.set(road.dispatch.number, road);
  const path = { location: place.id, dispatch: road.dispatch.number };
  await client.closeTransfer({ path, body: { why: 'the rest is lost' } } as never).catch(() => undefined);
};

/** Whoever gave a road up says so until it is heard. The book may not have its dispatch. */
export const closeAll = async ({ admin, truth }: World, { closing }: People): Promise<void> => {
  for (const { dispatch, from } of closing.values()) {
    const path = { location: from.id, dispatch: dispatch.number };
    const answer = await admin.closeTransfer({ path, body: { why: 'the rest is lost' } } as never);
    if (answer.ok) truth.closed.add(dispatch.number);
    else if (answer.problem.code !== 'NOT_FOUND') throw new Error(`${dispatch.number}: ${answer.problem.code}`);
  }
};

type How = { readonly isLive: boolean; readonly ago: number };

const say = async (
  phone: Phone,
  what: What,
  { isLive, ago }: How,
  { world, people }: { world: World; people: People },
) => {
  const known = people.at.get(phone.place.id);
  const said = write(phone, what, world.clock.at() - ago, world.truth);
  const answer = isLive ? await sayLive(phone, said, world) : undefined;
  if (!isLive) phone.unsent.push(said);
  if (known && phone.mine.includes(said)) {
    known.memory.said = [...known.memory.said, said];
    if (what.kind === 'D' && what.lines)
      people.roads.push({ dispatch: said, from: phone.place, to: String(what.to), deliveries: 0 });
  }
  return answer;
};

const whatNow = (phone: Phone, { chance, places }: World, { roads }: People, { memory }: Known): What => {
  if (phone.place.isWorkshop) return fromWorkshop(places, phone.place, chance, memory);
  if (phone.mine.length === 0 && phone.behind === 0) return received(phone.place, chance);
  const drawn = chance.next();
  const errand =
    drawn < 0.05
      ? shiftOf(phone, chance)
      : drawn < 0.12
        ? dispatchTo(places, phone.place, chance)
        : drawn < 0.22
          ? receiptAt(phone.place, roads, chance)
          : undefined;
  return errand ?? happening(phone.place, chance, memory);
};

/** The phones of a stall end, those of its holder that are known there; the one that says so is one of them. */
export const handOver = async (phone: Phone, world: World, people: People): Promise<void> => {
  const known = people.at.get(phone.place.id);
  const theirs = world.phones.filter(({ place, dead, retired }) => place === phone.place && !dead && !retired);
  if (!known || theirs.length === 0) return;
  const what = handOverOf(theirs, world.chance);
  const isLive = world.clock.at() >= known.linkFrom;
  for (const one of theirs) one.retired = true;
  const answer = await say(phone, what, { isLive, ago: 0 }, { world, people });
  const outcome = answer?.outcome;
  known.awaits = { code: outcome && 'codes' in outcome ? outcome.codes[0]?.code : undefined };
};
