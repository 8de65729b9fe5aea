import { randomUUID } from 'node:crypto';
import { type Bahi, openBahi } from '../local/bahi.ts';
import { expectOk } from '../local/demo-client.ts';
import type { Client } from '../shared/api/client.ts';
import { phoneClock } from '../shared/api/phone-clock.ts';
import type { DynamoDbClient } from '../shared/platform/dynamodb-client.ts';
import { MINUTE, type SimulatedClock, simulatedClock } from './clock.ts';
import { createLocations, registryEntriesOf, type SimulatedLocation, type WorldSize } from './locations.ts';
import { openTruth, type Truth } from './model.ts';
import { type Network, openNetwork } from './network.ts';
import { createPhone, type SimulatedPhone, simulatedPhoneKey } from './phones.ts';
import { type FaultRates, simulatedClient } from './processes.ts';
import { type Log, openLog } from './report.ts';
import { createSchedule, type Schedule } from './schedule.ts';
import { type SeededRandom, seededRandom, withSeededRuntime } from './seeded-random.ts';
import { createTrafficObserver } from './traffic-observer.ts';

export type SimulationOptions = WorldSize & {
  readonly seed: number;
  readonly endpoint: string;
  readonly days: number;
  readonly changeClient?: ((client: DynamoDbClient) => void) | undefined;
};

export type World = {
  readonly chance: SeededRandom;
  readonly clock: SimulatedClock;
  readonly log: Log;
  readonly truth: Truth;
  readonly schedule: Schedule;
  readonly network: Network;
  readonly bahi: Bahi;
  readonly locations: readonly SimulatedLocation[];
  readonly phones: SimulatedPhone[];
  readonly admin: Client;
  readonly setFaultRates: (weather: FaultRates) => void;
  readonly enrol: (
    place: SimulatedLocation,
    how?: { readonly isGood: true; readonly code?: string | undefined },
  ) => Promise<SimulatedPhone>;
};

/** Sunday, 9:00 IST. */
export const START = Date.parse('2026-11-22T03:30:00Z');

export const withWorld = async <T>(asked: SimulationOptions, live: (world: World) => Promise<T>): Promise<T> => {
  const chance = seededRandom(asked.seed);
  const clock = simulatedClock(START);
  const log = openLog();
  const truth = openTruth();
  const schedule = createSchedule(chance.fork('turns'));
  const { client, become } = simulatedClient(asked.endpoint, chance.fork('weather'), schedule);
  asked.changeClient?.(client);
  const book = `simulated-${randomUUID()}`;
  const pause = (milliseconds: number) => schedule.runAlone(async () => clock.wait(milliseconds));
  return withSeededRuntime({ chance, monotonic: clock.monotonic, pause }, async () => {
    const bahi = await openBahi({ endpoint: asked.endpoint, port: 0, book, clock, client, streams: false });
    try {
      const network = openNetwork(chance.fork('network'), schedule, createTrafficObserver(truth, clock, log));
      const places = createLocations(asked);
      const admin = network.clientOf(ADMIN);
      for (const [kind, id, body] of registryEntriesOf(places))
        expectOk(await admin.putEntry({ path: { kind, id } as never, body: body as never }));
      const phones: SimulatedPhone[] = [];
      const enrol = createEnrol({ admin, network, phones, clock, chance: chance.fork('phones') });
      for (const place of places) {
        await enrol(place, { isGood: true });
        const more = place.isDepot ? 0 : place.isWorkshop ? 1 : chance.between(1, 2);
        for (let left = more; left > 0; left--) await enrol(place);
      }
      return await live({
        chance,
        clock,
        log,
        truth,
        schedule,
        network,
        bahi,
        locations: places,
        phones,
        admin,
        setFaultRates: become,
        enrol,
      });
    } finally {
      await bahi.stop();
    }
  });
};

const ADMIN = { sub: 'admin', role: 'admin', scope: 'state' };

type EnrolDependencies = Pick<World, 'admin' | 'network' | 'phones' | 'chance' | 'clock'>;

const createEnrol = ({ admin, network, phones, chance, clock }: EnrolDependencies): World['enrol'] => {
  return async (place, how) => {
    const path = { location: place.id };
    const code = how?.code ?? expectOk(await admin.issueEnrolmentCode({ path, body: { seller: place.seller } })).code;
    const behind = how?.isGood ? 0 : drawClockError(chance);
    // Some right clocks are not measured.
    const tellsTime = behind !== 0 || chance.isChosen(0.5);
    const shown = () => clock.milliseconds() - behind;
    const ownClock = phoneClock(shown);
    const device = { phone: simulatedPhoneKey(), measuring: ownClock.measuring };
    const installing = network.clientOf(ADMIN, device);
    const { terminal } = expectOk(
      await installing.enrolTerminal({ path, body: { code, installation: drawInstallation(chance) } }),
    );
    const who = {
      sub: `${place.id}-${terminal}`,
      role: place.isWorkshop ? 'producer' : place.isDepot ? 'depot' : 'outlet',
      scope: place.isWorkshop ? `producer:${place.id}` : `location:${place.id}`,
    };
    const client = network.clientOf(who, device);
    const stamp = () => (tellsTime ? ownClock.stamp(shown()) : undefined);
    const phone = createPhone({ place, terminal, client, clockError: behind, stamp });
    phones.push(phone);
    return phone;
  };
};

const drawInstallation = (chance: SeededRandom): string =>
  `00000000-0000-4000-8000-${String(chance.below(1e12)).padStart(12, '0')}`;

const HOUR = 60 * MINUTE;
const YEAR = 365 * 24 * HOUR;

/** Most clocks are right or off by minutes; some by a year. */
const drawClockError = (chance: SeededRandom): number => {
  const drawn = chance.next();
  const way = chance.pick([1, -1]);
  if (drawn < 0.4) return 0;
  if (drawn < 0.75) return way * chance.between(1, 20 * 60) * 1_000;
  if (drawn < 0.85) return way * chance.between(1, 11 * 60) * MINUTE;
  return drawn < 0.92 ? way * chance.between(13, 20) * HOUR : way * YEAR;
};
