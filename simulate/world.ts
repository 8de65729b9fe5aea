import { randomUUID } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Bahi, openBahi } from '../local/bahi.ts';
import { done } from '../local/done.ts';
import type { Client } from '../shared/api/client.ts';
import { phoneClock } from '../shared/kernel/time-exchange.ts';
import { type Chance, chanceOf } from './chance.ts';
import { MINUTE, type SimulatedClock, simulatedClock } from './clock.ts';
import { governed } from './governed.ts';
import { type Log, openLog } from './log.ts';
import { openTruth, type Truth } from './model.ts';
import { type Network, openNetwork } from './network.ts';
import { type Place, placesOf, registryOf, type Size } from './outlets.ts';
import { simulatedPhoneKey } from './phone-key.ts';
import { newPhone, type Phone } from './phones.ts';
import { simulatedClient, type Weather } from './processes.ts';
import { type Schedule, scheduleOf } from './schedule.ts';
import { witnessOf } from './witness.ts';
import './silent.ts';

export type Asked = Size & {
  readonly seed: number;
  readonly endpoint: string;
  readonly days: number;
  /** Something is done to the client that the functions use: a planted fault. */
  readonly meddle?: ((client: DynamoDBClient) => void) | undefined;
};

export type World = {
  readonly chance: Chance;
  readonly clock: SimulatedClock;
  readonly log: Log;
  readonly truth: Truth;
  readonly schedule: Schedule;
  readonly network: Network;
  readonly bahi: Bahi;
  readonly places: readonly Place[];
  readonly phones: Phone[];
  readonly admin: Client;
  readonly become: (weather: Weather) => void;
  /** Another phone for a place, enrolled online. */
  readonly enrol: (place: Place, how?: { readonly isGood: true; readonly code?: string | undefined }) => Promise<Phone>;
};

/** Sunday 22 November 2026, 9:00 in India. */
export const START = Date.parse('2026-11-22T03:30:00Z');

/** A world of its own on the engine at `endpoint`, with a small registry and phones; gone when `live` has lived in it. */
export const inWorld = async <T>(asked: Asked, live: (world: World) => Promise<T>): Promise<T> => {
  const chance = chanceOf(asked.seed);
  const [clock, log, truth] = [simulatedClock(START), openLog(), openTruth()];
  const schedule = scheduleOf(chance.apart('turns'));
  const { client, become } = simulatedClient(asked.endpoint, chance.apart('weather'), schedule);
  asked.meddle?.(client);
  const book = `simulated-${randomUUID()}`;
  const pause = (milliseconds: number) => schedule.take(async () => clock.wait(milliseconds));
  return governed({ chance, monotonic: clock.monotonic, pause }, async () => {
    const bahi = await openBahi({ endpoint: asked.endpoint, port: 0, book, clock, client, streams: false });
    try {
      const network = openNetwork(chance.apart('network'), schedule, witnessOf(truth, clock, log));
      const places = placesOf(asked);
      const admin = network.clientOf(ADMIN);
      for (const [kind, id, body] of registryOf(places))
        done(await admin.putEntry({ path: { kind, id } as never, body: body as never }));
      const phones: Phone[] = [];
      const enrol = enrolling({ admin, network, phones, clock, chance: chance.apart('phones') });
      for (const place of places) {
        await enrol(place, { isGood: true });
        const more = place.isDepot ? 0 : place.isWorkshop ? 1 : chance.between(1, 2);
        for (let left = more; left > 0; left--) await enrol(place);
      }
      return await live({ chance, clock, log, truth, schedule, network, bahi, places, phones, admin, become, enrol });
    } finally {
      await bahi.stop();
    }
  });
};

const ADMIN = { sub: 'admin', role: 'admin', scope: 'state' };

type Enrolling = Pick<World, 'admin' | 'network' | 'phones' | 'chance' | 'clock'>;

const enrolling = ({ admin, network, phones, chance, clock }: Enrolling): World['enrol'] => {
  return async (place, how) => {
    const path = { location: place.id };
    const code = how?.code ?? done(await admin.issueEnrolmentCode({ path, body: { seller: place.seller } })).code;
    const behind = how?.isGood ? 0 : behindOf(chance);
    // Nobody measures some of the clocks that are right.
    const tellsTime = behind !== 0 || chance.often(0.5);
    const shown = () => clock.at() - behind;
    const ownClock = phoneClock(shown);
    const device = { phone: simulatedPhoneKey(), measuring: ownClock.measuring };
    const installing = network.clientOf(ADMIN, device);
    const { terminal } = done(
      await installing.enrolTerminal({ path, body: { code, installation: installationOf(chance) } }),
    );
    const who = {
      sub: `${place.id}-${terminal}`,
      role: place.isWorkshop ? 'producer' : place.isDepot ? 'depot' : 'outlet',
      scope: place.isWorkshop ? `producer:${place.id}` : `location:${place.id}`,
    };
    const client = network.clientOf(who, device);
    const stamp = () => (tellsTime ? ownClock.stamp(shown()) : undefined);
    const phone = newPhone({ place, terminal, client, behind, stamp });
    phones.push(phone);
    return phone;
  };
};

const installationOf = (chance: Chance): string =>
  `00000000-0000-4000-8000-${String(chance.below(1e12)).padStart(12, '0')}`;

const HOUR = 60 * MINUTE;
const YEAR = 365 * 24 * HOUR;

/** Most clocks are right, or off by some minutes; some by hours or most of a day; and some by a year. */
const behindOf = (chance: Chance): number => {
  const drawn = chance.next();
  const way = chance.pick([1, -1]);
  if (drawn < 0.4) return 0;
  if (drawn < 0.75) return way * chance.between(1, 20 * 60) * 1_000;
  if (drawn < 0.85) return way * chance.between(1, 11 * 60) * MINUTE;
  return drawn < 0.92 ? way * chance.between(13, 20) * HOUR : way * YEAR;
};
