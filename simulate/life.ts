import { act, changes, closeAll, handOver, type People, peopleOf } from './acts.ts';
import type { Chance } from './chance.ts';
import { DAY, dawnOf, MINUTE } from './clock.ts';
import { MANY_LOST, NONE_LOST } from './network.ts';
import { settleAt } from './officer.ts';
import { bring, type Phone } from './phones.ts';
import { FAIR, FOUL, inProcess } from './processes.ts';
import { START, type World } from './world.ts';

type Work = () => Promise<void>;

/** Moments of a day, in minutes from midnight in India, give or take an hour. */
const MOMENTS = [11, 17].map((hour) => hour * 60);

/** So many days of a world: in every moment some act, all at once. Then all that can still come is brought, and all that is held is settled. */
export const live = async (world: World, days: number): Promise<void> => {
  const { chance, clock, network, log } = world;
  const people = peopleOf(world);
  world.become(FOUL);
  network.become(MANY_LOST);
  for (let day = 0; day < days; day++) {
    const dawn = dawnOf(START) + day * DAY;
    if (chance.often(0.4)) await jobsAt(world, dawn + 40 * MINUTE);
    for (const minutes of MOMENTS) {
      clock.set(dawn + (minutes + chance.below(60)) * MINUTE + chance.below(60_000));
      await changes(world, people);
      await world.schedule.together(worksNow(world, people));
    }
  }
  world.become(FAIR);
  network.become(NONE_LOST);
  clock.set(clock.at() + DAY);
  log.note(clock.at(), 'all', 'what can still come is brought');
  await settleDown(world, people);
};

const worksNow = (world: World, people: People): Work[] => {
  const { chance, phones, network, places } = world;
  const able = phones.filter(({ dead, retired }) => !dead && !retired);
  const acting = able.filter(({ place }) => chance.often(place.isWorkshop ? 0.2 : place.isDepot ? 0.5 : 0.45));
  const leaving = places
    .filter(({ isDepot, isWorkshop }) => !isDepot && !isWorkshop && chance.often(0.02))
    .map(({ id }) => goodPhoneAt(world, id));
  const desks = places.filter(() => chance.often(0.05));
  const bringing = phones.filter(
    ({ dead, retired, unsent }) => !dead && retired && unsent.length > 0 && chance.often(0.2),
  );
  return [
    ...acting.map((phone) => () => act(phone, world, people)),
    ...leaving.map((phone) => () => handOver(phone, world, people)),
    ...bringing.map((phone) => () => bring(phone, world)),
    ...desks.map(
      ({ id }) =>
        () =>
          sit(world, people, id),
    ),
    ...(chance.often(0.1) ? [() => runJob(world, 'sweep-alerts')] : []),
    ...network.stragglers(0.3),
  ];
};

const goodPhoneAt = ({ phones }: World, location: string): Phone => {
  const good = phones.findLast(({ place, behind }) => place.id === location && behind === 0);
  if (!good) throw new Error(`${location} has no phone whose clock is right`);
  return good;
};

const sit = async (world: World, { again }: People, location: string, isFinal = false): Promise<void> => {
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
  for (const dies of death ? [death, undefined] : [undefined]) {
    const { said, died } = await inProcess(dies, () => bahi.runJob(job).catch(() => undefined));
    log.note(clock.at(), job, died ? 'died' : 'ran');
    if (isMortal && said?.did.DriftsFound)
      throw new Error(`${job} found ${said.did.DriftsFound} drifts while nothing was wrong`);
    if (!died) return;
  }
};

const pickWhen = (chance: Chance) => chance.pick(['unsent', 'unheard'] as const);

const jobsAt = async (world: World, at: number): Promise<void> => {
  world.clock.set(at);
  const job = world.chance.pick([
    'sweep-alerts',
    'sweep-alerts',
    'close-day',
    'close-day',
    'reconcile-ledger',
  ] as const);
  await world.schedule.together([() => runJob(world, job), ...world.network.stragglers(0.3)]);
};

const ROUNDS = 40;

/** Until nothing is left to bring or to settle. Who is dead brings nothing. */
const settleDown = async (world: World, people: People): Promise<void> => {
  const { schedule, phones, network, places, clock } = world;
  await schedule.together(network.stragglers(1));
  for (let round = 0; ; round++) {
    const unsent = phones.filter((phone) => !phone.dead && phone.unsent.length > 0);
    await schedule.together(unsent.map((phone) => () => bring(phone, world, true)));
    const isQuiet = unsent.length === 0;
    if (isQuiet && round > 0) break;
    if (round > ROUNDS) throw new Error('what is brought is never all there');
  }
  for (const { id } of places) await schedule.together([() => sit(world, people, id, true)]);
  await schedule.together([() => closeAll(world, people)]);
  clock.set(clock.at() + DAY);
  for (const job of ['close-day', 'sweep-alerts', 'reconcile-ledger'] as const)
    await schedule.together([() => runJob(world, job, false)]);
};
