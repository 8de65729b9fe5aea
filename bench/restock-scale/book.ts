import { randomUUID } from 'node:crypto';
import { openBahi } from '../../local/bahi.ts';
import { lastEndedDay } from '../../shared/day-close/day-totals.ts';
import { Version } from '../../shared/kernel/quantity.ts';
import { addDays } from '../../shared/kernel/time.ts';
import { dynamoDbClient } from '../../shared/platform/dynamodb-client.ts';
import { toRegistryItem } from '../../shared/registry/entry-change.ts';
import { fill } from '../../test/kit/bulk-items.ts';
import { observedClient } from '../../test/kit/capacity.ts';
import { fixedClock } from '../../test/kit/clock.ts';
import { registryOf, stateOf } from './state.ts';
import { closesOn, learned, rowsOf } from './trade.ts';
import { counter } from './used.ts';

const DAY_SECONDS = 24 * 3_600;
const FIRST_VERSION = Version.parse(1);
/** Days in the demand model at the start. */
const LEARNED = 11;

export type Size = {
  readonly outlets: number;
  readonly items: number;
  readonly at: number;
};

export type ScaleBook = Awaited<ReturnType<typeof openScaleBook>>;

/** Fills the tables directly. */
export const openScaleBook = async (endpoint: string, size: Size) => {
  const state = stateOf(size.outlets, size.items);
  const each = Math.max(1, Math.floor(size.outlets / size.at));
  const places = state.outlets.filter((_, n) => n % each === 0).slice(0, size.at);
  const clock = fixedClock();
  const used = counter();
  const client = observedClient(endpoint, used);
  const plain = dynamoDbClient(endpoint);
  const bahi = await openBahi({ endpoint, port: 0, streams: false, clock, client, book: `scale-${randomUUID()}` });
  const last = () => lastEndedDay(clock.now());
  let nth = LEARNED;
  const first = addDays(last(), -nth);
  const updatedAt = clock.now();
  const entries = registryOf(state).map((entry) => toRegistryItem({ ...entry, version: FIRST_VERSION, updatedAt }));
  const close = () => fill(plain, bahi.tables.Ledger, closesOn(state, { day: last(), nth: ++nth }, first));

  await fill(plain, bahi.tables.Registry, entries);
  await fill(plain, bahi.tables.Stock, rowsOf(places, state.items));
  const { paces } = bahi.startFunctions();
  const known = Object.fromEntries(state.outlets.map((outlet) => [outlet, nth]));
  const folded = learned(state, first, LEARNED);
  await paces.keep(undefined, folded, { closedTo: folded.day, known });
  await close();

  return {
    used,
    places: new Set<string>(places),
    startFunctions: bahi.startFunctions,
    nextDay: async () => {
      clock.forward(DAY_SECONDS);
      await close();
    },
    /** Closes a day again that the model includes. */
    comesLate: () => {
      const written = { day: addDays(last(), -2), nth: ++nth, edition: 2 };
      return fill(plain, bahi.tables.Ledger, closesOn(state, written, first, last(), [0]));
    },
    close: async () => {
      await bahi.stop();
      plain.destroy();
    },
  };
};
