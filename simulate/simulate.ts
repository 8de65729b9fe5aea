import { findViolations } from './check.ts';
import { DAY, dayAt, MINUTE, startOfDay } from './clock.ts';
import { MANY_LOSSES, NO_LOSSES } from './network.ts';
import { settleHeldVouchers } from './officer.ts';
import { applyChanges, closeAll, createPeople, handOver, type People, runPhone } from './people.ts';
import { type SimulatedPhone, syncPhone } from './phones.ts';
import { MANY_FAULTS, NO_FAULTS, runInProcess } from './processes.ts';
import type { Run } from './report.ts';
import type { SeededRandom } from './seeded-random.ts';
import { type SimulationOptions, START, type World, withWorld } from './world.ts';

type Work = () => Promise<unknown>;

/** From IST midnight. */
const MINUTES_OF_ACTIVITY = [11, 17].map((hour) => hour * 60);

const runDays = async (world: World, days: number): Promise<void> => {
  const { chance, clock, network, log } = world;
  const people = createPeople(world);
  world.setFaultRates(MANY_FAULTS);
  network.become(MANY_LOSSES);
  for (let day = 0; day < days; day++) {
    const dawn = startOfDay(dayAt(START)) + day * DAY;
    if (chance.isChosen(0.4)) await runRandomJob(world, dawn + 40 * MINUTE);
    for (const minutes of MINUTES_OF_ACTIVITY) {
      clock.set(dawn + (minutes + chance.below(60)) * MINUTE + chance.below(60_000));
      await applyChanges(world, people);
      await world.schedule.runTogether(worksOfMoment(world, people));
    }
  }
  world.setFaultRates(NO_FAULTS);
  network.become(NO_LOSSES);
  clock.set(clock.milliseconds() + DAY);
  log.note(clock.milliseconds(), 'all', 'what can still come is brought');
  await syncAndSettleAll(world, people);
};

const worksOfMoment = (world: World, people: People): Work[] => {
  const { chance, phones, network, locations } = world;
  const able = phones.filter(({ dead, retired }) => !dead && !retired);
  const acting = able.filter(({ place }) => chance.isChosen(place.isWorkshop ? 0.2 : place.isDepot ? 0.5 : 0.45));
  const leaving = locations
    .filter(({ isDepot, isWorkshop }) => !isDepot && !isWorkshop && chance.isChosen(0.02))
    .map(({ id }) => goodPhoneAt(world, id));
  const desks = locations.filter(() => chance.isChosen(0.05));
  const bringing = phones.filter(
    ({ dead, retired, unsent }) => !dead && retired && unsent.length > 0 && chance.isChosen(0.2),
  );
  return [
    ...acting.map((phone) => () => runPhone(phone, world, people)),
    ...leaving.map((phone) => () => handOver(phone, world, people)),
    ...bringing.map((phone) => () => syncPhone(phone, world)),
    ...desks.map(
      ({ id }) =>
        () =>
          settleHeldAt(world, people, id),
    ),
    ...(chance.isChosen(0.1) ? [() => runJob(world, 'sweep-alerts')] : []),
    ...network.stragglers(0.3),
  ];
};

const goodPhoneAt = ({ phones }: World, location: string): SimulatedPhone => {
  const good = phones.findLast(({ place, clockError }) => place.id === location && clockError === 0);
  if (!good) throw new Error(`${location} has no phone whose clock is right`);
  return good;
};

const settleHeldAt = async (
  world: World,
  { corrections }: People,
  location: string,
  isFinal = false,
): Promise<void> => {
  const client = world.network.clientOf({ sub: 'officer', role: 'officer', scope: 'state' });
  const attempt = settleHeldVouchers(goodPhoneAt(world, location), { ...world, client, corrections }, isFinal);
  // Lost answers and conflicts wait for another day.
  await (isFinal ? attempt : attempt.catch((error: unknown) => ignoreLostAnswer(error)));
};

const ignoreLostAnswer = (error: unknown): void => {
  if (!(error instanceof Error) || !/lost on the way|BUSY|INTERNAL/.test(error.message)) throw error;
};

type Job = Parameters<World['bahi']['runJob']>[0];
type JobCounts = Awaited<ReturnType<World['bahi']['runJob']>>['counts'];

/** A dead job runs again, as its queue would. */
const runJob = async ({ bahi, chance, clock, log }: World, job: Job, isMortal = true): Promise<JobCounts> => {
  const death = isMortal && chance.isChosen(0.5) ? { write: chance.between(1, 6), when: pickDeath(chance) } : undefined;
  for (const dies of death ? [death, undefined] : [undefined]) {
    const { said, died } = await runInProcess(dies, () => bahi.runJob(job).catch(() => undefined));
    log.note(clock.milliseconds(), job, died ? 'died' : 'ran');
    if (isMortal && said?.counts.DriftsFound)
      throw new Error(`${job} found ${said.counts.DriftsFound} drifts while nothing was wrong`);
    if (!died) return said?.counts ?? {};
  }
  return {};
};

const pickDeath = (chance: SeededRandom) => chance.pick(['unsent', 'unheard'] as const);

const runRandomJob = async (world: World, at: number): Promise<void> => {
  world.clock.set(at);
  const job = world.chance.pick([
    'sweep-alerts',
    'sweep-alerts',
    'close-day',
    'close-day',
    'reconcile-ledger',
  ] as const);
  await world.schedule.runTogether([() => runJob(world, job), ...world.network.stragglers(0.3)]);
};

const MAX_ROUNDS = 40;

/** A changed cost reopens the days of other locations, which the next night closes again. */
const closeAllDays = async (world: World): Promise<void> => {
  for (let night = 0; night < MAX_ROUNDS; night++) {
    let closed = 0;
    await world.schedule.runTogether([
      async () => {
        const { DaysClosed = 0, DaysUnchanged = 0 } = await runJob(world, 'close-day', false);
        closed = DaysClosed + DaysUnchanged;
      },
    ]);
    if (closed === 0) return;
  }
  throw new Error('days are reopened without end');
};

/** Dead phones send nothing. */
const syncAndSettleAll = async (world: World, people: People): Promise<void> => {
  const { schedule, phones, network, locations, clock } = world;
  await schedule.runTogether(network.stragglers(1));
  for (let round = 0; ; round++) {
    const unsent = phones.filter((phone) => !phone.dead && phone.unsent.length > 0);
    await schedule.runTogether(unsent.map((phone) => () => syncPhone(phone, world, true)));
    const isQuiet = unsent.length === 0;
    if (isQuiet && round > 0) break;
    if (round > MAX_ROUNDS) throw new Error('what is brought is never all there');
  }
  for (const { id } of locations) await schedule.runTogether([() => settleHeldAt(world, people, id, true)]);
  await schedule.runTogether([() => closeAll(world, people)]);
  clock.set(clock.milliseconds() + DAY);
  await closeAllDays(world);
  for (const job of ['sweep-alerts', 'reconcile-ledger'] as const)
    await schedule.runTogether([() => runJob(world, job, false)]);
};

/** A crash is a violation. */
export const simulate = (options: SimulationOptions): Promise<Run> =>
  withWorld(options, async (world) => {
    const { log, truth } = world;
    const figures = () => ({ seed: options.seed, story: log.all, statements: truth.all().length, hash: log.hash() });
    try {
      await runDays(world, options.days);
      const checked = await findViolations(world);
      return { ...figures(), ...checked };
    } catch (error) {
      const violations = [{ check: 'it lives', says: String((error as Error).stack ?? error) }];
      return { ...figures(), violations, vouchers: 0, held: 0 };
    }
  });

export const SHORT_RUN = { outlets: 3, depots: 2, workshops: 1, days: 7 };
