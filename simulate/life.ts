import type { Chance } from './chance.ts';
import { DAY, dawnOf, MINUTE } from './clock.ts';
import { happening, type Memory, received } from './happenings.ts';
import { MANY_LOST, NONE_LOST } from './network.ts';
import { type Desk, settleAt } from './officer.ts';
import { bring, isFresh, type Phone, sayLive, write } from './phones.ts';
import { FAIR, FOUL, inProcess } from './processes.ts';
import { START, type World } from './world.ts';

type Work = () => Promise<void>;

/** Moments of a day, in minutes from midnight in India, give or take an hour. */
const MOMENTS = [11, 17].map((hour) => hour * 60);

type Place = { readonly memory: { said: Memory['said']; readonly back: Memory['back'] }; linkFrom: number };

/** So many days of a world: in every moment some act, all at once. Then all that can still come is brought, and all that is held is settled. */
export const live = async (world: World, days: number): Promise<void> => {
  const { chance, clock, network, log } = world;
  const known = new Map(
    world.places.map(({ id }) => [id, { memory: { said: [], back: new Map() }, linkFrom: 0 } as Place]),
  );
  const again: Desk['again'] = new Map();
  world.become(FOUL);
  network.become(MANY_LOST);
  for (let day = 0; day < days; day++) {
    const dawn = dawnOf(START) + day * DAY;
    if (chance.often(0.5)) await jobsAt(world, dawn + 40 * MINUTE);
    for (const minutes of MOMENTS) {
      clock.set(dawn + (minutes + chance.below(60)) * MINUTE + chance.below(60_000));
      await changes(world, known);
      await world.schedule.together(worksNow(world, known, again));
    }
  }
  world.become(FAIR);
  network.become(NONE_LOST);
  clock.set(clock.at() + DAY);
  log.note(clock.at(), 'all', 'what can still come is brought');
  await settleDown(world, again);
};

/** Phones die and others take their places; links go and come back; functions start anew. */
const changes = async ({ chance, clock, phones, places, enrol, bahi, log }: World, known: Map<string, Place>) => {
  for (const { id } of places) {
    const place = known.get(id);
    if (place && chance.often(0.06)) place.linkFrom = clock.at() + chance.between(1, 4 * 24 * 60) * MINUTE;
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

const worksNow = (world: World, known: ReadonlyMap<string, Place>, again: Desk['again']): Work[] => {
  const { chance, phones, network, places } = world;
  const acting = phones.filter((phone) => !phone.dead && chance.often(phone.place.isDepot ? 0.4 : 0.3));
  const works = acting.map((phone) => () => act(phone, world, known));
  const desks = places
    .filter(() => chance.often(0.05))
    .map(
      ({ id }) =>
        () =>
          sit(world, again, id),
    );
  const jobs = chance.often(0.1) ? [() => runJob(world, 'raise-alerts')] : [];
  return [...works, ...desks, ...jobs, ...network.stragglers(0.3)];
};

/** A phone's holder does something, or two; what has a link, and the patience, says it live; the rest is for later. */
const act = async (phone: Phone, world: World, known: ReadonlyMap<string, Place>): Promise<void> => {
  const { chance, clock, truth } = world;
  const place = known.get(phone.place.id);
  if (!place) return;
  const isLinked = clock.at() >= place.linkFrom;
  for (let more = chance.between(1, 2); more > 0; more--) {
    const isFirst = phone.mine.length === 0 && phone.behind === 0;
    const what = isFirst ? received(phone.place, chance) : happening(phone.place, chance, place.memory);
    const isLive = isLinked && isFresh(phone) && chance.often(0.6);
    const ago = isLive ? chance.below(2 * MINUTE) : chance.below(10) * MINUTE;
    const said = write(phone, what, clock.at() - (chance.often(0.5) ? 0 : ago), truth);
    if (isLive) await sayLive(phone, said, world);
    else phone.unsent.push(said);
    if (phone.mine.includes(said)) place.memory.said = [...place.memory.said, said];
  }
  if (isLinked && chance.often(0.5)) await bring(phone, world);
};

const goodPhoneAt = ({ phones }: World, location: string): Phone => {
  const good = phones.find(({ place, behind }) => place.id === location && behind === 0);
  if (!good) throw new Error(`${location} has no phone whose clock is right`);
  return good;
};

const sit = async (world: World, again: Desk['again'], location: string, isFinal = false): Promise<void> => {
  const client = world.network.clientOf({ sub: 'officer', role: 'officer', scope: 'state' });
  const attempt = settleAt(goodPhoneAt(world, location), { ...world, client, again }, isFinal);
  // An answer that is lost, a book that is busy: another day.
  await (isFinal ? attempt : attempt.catch((error: unknown) => expected(error)));
};

const expected = (error: unknown): void => {
  if (!(error instanceof Error) || !/lost on the way|BUSY|INTERNAL/.test(error.message)) throw error;
};

type Job = Parameters<World['bahi']['runJob']>[0];

/** A job may die half way; then it is run again, as its queue would. */
export const runJob = async ({ bahi, chance, clock, log }: World, job: Job, isMortal = true): Promise<void> => {
  const death = isMortal && chance.often(0.5) ? { write: chance.between(1, 6), when: pickWhen(chance) } : undefined;
  const { died } = await inProcess(death, () => bahi.runJob(job).catch(() => 'it failed'));
  log.note(clock.at(), job, died ? 'died' : 'ran');
  if (died) await inProcess(undefined, () => bahi.runJob(job).catch(() => 'it failed'));
};

const pickWhen = (chance: Chance) => chance.pick(['unsent', 'unheard'] as const);

const jobsAt = async (world: World, at: number): Promise<void> => {
  world.clock.set(at);
  await world.schedule.together([() => runJob(world, 'raise-alerts'), ...world.network.stragglers(0.3)]);
};

const ROUNDS = 40;

/** Until nothing is left to bring or to settle. Who is dead brings nothing. */
const settleDown = async (world: World, again: Desk['again']): Promise<void> => {
  const { schedule, phones, network, places } = world;
  await schedule.together(network.stragglers(1));
  for (let round = 0; ; round++) {
    const unsent = phones.filter((phone) => !phone.dead && phone.unsent.length > 0);
    await schedule.together(unsent.map((phone) => () => bring(phone, world, true)));
    const isQuiet = unsent.length === 0;
    if (isQuiet && round > 0) break;
    if (round > ROUNDS) throw new Error('what is brought is never all there');
  }
  for (const { id } of places) await schedule.together([() => sit(world, again, id, true)]);
  await schedule.together([() => runJob(world, 'raise-alerts', false)]);
};
