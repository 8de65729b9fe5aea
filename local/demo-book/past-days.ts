import { type Client, createClient } from '../../shared/api/client.ts';
import { lastEndedDay } from '../../shared/day-close/day-totals.ts';
import { AreaId, LocationId } from '../../shared/kernel/ids.ts';
import {
  addDays,
  type Clock,
  type Day,
  dayOf,
  type Instant,
  instantOf,
  millisecondsOf,
  startOfDay,
} from '../../shared/kernel/time.ts';
import { systemClock } from '../../shared/platform/runtime.ts';
import { concurrently } from '../../shared/platform/tasks.ts';
import type { Bahi } from '../bahi.ts';
import { expectOk } from '../demo-client.ts';
import { processMessages } from '../jobs.ts';
import { playDepotDay } from './past-materials.ts';
import { openTill, type PastTill } from './past-till.ts';
import { CONCURRENCY, type OpeningStock, recordOneReceipt, rowsIn } from './record-opening-stock.ts';

/** These locations open three days before the others, so that reports have figures at once. */
const FIRST_OPENED = ['LKO-01', 'LKO-02', 'LKO-03', 'CNB-01', 'CNB-02', 'PBE-01', 'BSB-01', 'PBE-D1'];
const PAST_DAYS = 3;

export type MovableClock = Clock & { moveTo(at: Instant | undefined): void };

/** The given time, unless it is moved. */
export const movableClock = ({ now }: Clock = systemClock): MovableClock => {
  let movedTo: Instant | undefined;
  return {
    now: () => movedTo ?? now(),
    moveTo: (at) => {
      movedTo = at;
    },
  };
};

export const isFirstOpened = ({ location }: Pick<OpeningStock, 'location'>): boolean => FIRST_OPENED.includes(location);

/** Ended days, oldest first. */
const pastDays = (now: Instant): Day[] => {
  const last = lastEndedDay(now);
  return Array.from({ length: PAST_DAYS }, (_, at) => addDays(last, at + 1 - PAST_DAYS));
};

/** Outlets or depots: all but the first open on this day. */
export const withOpeningDay = (entries: string, from: Day): string => {
  const [header = '', ...rows] = entries.trim().split('\n');
  const dated = rows.map((row) =>
    isFirstOpened({ location: row.split(',')[0] ?? '' }) ? `${row},,` : `${row},open,${from}`,
  );
  return [`${header},status,statusFrom`, ...dated].join('\n');
};

type PastDaysOptions = {
  readonly bahi: Pick<Bahi, 'url' | 'fetch' | 'issuer' | 'phone'>;
  readonly clock: MovableClock;
  readonly shelves: readonly OpeningStock[];
  readonly items: string;
  readonly staff: string;
  readonly outlets: string;
  readonly depots: string;
};

/** IST hours. */
const [OPENS, FIRST_SALE, LAST_SALE, EVENING, CLOSES] = [9, 11, 18, 19, 20];

/** Plays, closes and sums the past days, then gives the clock its own time again. */
export const playPastDays = async (options: PastDaysOptions): Promise<void> => {
  const { clock, bahi } = options;
  const days = pastDays(clock.now());
  const at = (day: Day, hour: number) => clock.moveTo(instantOf(millisecondsOf(startOfDay(day)) + hour * 3_600_000));
  const signIn = async (role: 'admin' | 'depot' | 'officer' | 'producer', scope: string) =>
    createClient(
      bahi.url,
      await bahi.issuer.token({ role, scope: [scope], sub: `demo-${role}` }),
      bahi.fetch,
      bahi.phone,
    );
  let tills: readonly PastTill[] = [];
  for (const [nth, day] of days.entries()) {
    at(day, OPENS);
    const admin = await signIn('admin', 'state');
    if (nth === 0) tills = await openTills(admin, options);
    if (nth === PAST_DAYS - 1) await raisePrice(await signIn('officer', 'state'), addDays(day, 1));
    const stalls = tills.filter(({ location }) => location !== 'PBE-D1');
    for (let hour = FIRST_SALE; hour <= CLOSES; hour++) {
      at(day, hour);
      await concurrently(CONCURRENCY, [...stalls.entries()], ([stall, till]) =>
        playHour(admin, till, { stall, nth, hour }),
      );
    }
    const depot = tills.find(({ location }) => location === 'PBE-D1');
    if (depot && nth === 1) {
      const manager = await signIn('depot', 'location:PBE-D1');
      const producer = (id: string) => signIn('producer', `producer:${id}`);
      await playDepotDay({ admin, till: depot, clock, manager, signIn: producer });
    }
  }
  clock.moveTo(undefined);
  await closeDays(options);
};

const openTills = async (
  admin: Client,
  { shelves, staff, items, clock }: PastDaysOptions,
): Promise<readonly PastTill[]> => {
  const people = rowsIn(staff);
  const prices = new Map(
    rowsIn(items).map(({ id = '', price_rupees: rupees }) => [id, Math.round(Number(rupees) * 100)]),
  );
  const opened = await Promise.all(
    shelves.map(async (shelf) => {
      const receipt = await recordOneReceipt(admin, shelf, clock);
      const { location, lines } = shelf;
      const by = people.find((person) => person.location === location)?.id ?? '';
      const onHand = new Map(lines.map(({ item, quantity }) => [item, Number(quantity)]));
      return openTill({ ...receipt, location, by, onHand, prices }, clock);
    }),
  );
  // The first seller's till of each location trades.
  return [...Map.groupBy(opened, ({ location }) => location).values()].flatMap(([till]) => till ?? []);
};

const DEARER = { kind: 'items', id: 'LKO-KURTA-XL' } as const;
const RISE_PAISE = 2_000;

const raisePrice = async (officer: Client, from: Day): Promise<void> => {
  const found = await officer.getEntry({ path: DEARER });
  const last = found.ok ? found.body.entry.prices.at(-1) : undefined;
  if (!found.ok || !last) return;
  const { entry, version } = found.body;
  const dearer = { ...last, from, price: last.price + RISE_PAISE, mrp: last.mrp + RISE_PAISE };
  const body = { ...entry, prices: [...entry.prices, dearer] };
  expectOk(await officer.putEntry({ path: DEARER, body, ifMatch: version }));
};

type DemoHour = { readonly stall: number; readonly nth: number; readonly hour: number };

const playHour = async (admin: Client, till: PastTill, { stall, nth, hour }: DemoHour): Promise<void> => {
  const isSilent = till.location === 'BSB-01' && nth > 0;
  if (isSilent) return;
  if (hour === CLOSES) {
    await till.closeShift(admin);
    return;
  }
  if (hour === EVENING) return playEvening(admin, till, nth);
  if ((hour + stall + nth) % 3 === 0 || hour > LAST_SALE) return;
  const goods = [...till.shelf].filter(([, onHand]) => onHand > 1);
  const [item] = goods[(hour * 7 + stall * 3 + nth * 5) % goods.length] ?? [];
  if (item !== undefined)
    await till.sell(admin, [{ item, quantity: 1 + ((hour + nth) % 2) }], hour % 4 === 0 ? 'cash' : 'upi');
};

/** Gives reports rows: a return, damage, a count, a stock-out, goods that the ledger lacks. */
const playEvening = async (admin: Client, till: PastTill, nth: number): Promise<void> => {
  const [[item, onHand] = ['', 0]] = [...till.shelf].toSorted(([, one], [, other]) => one - other);
  const lines = [{ item, quantity: 1 }];
  if (till.location === 'LKO-01' && nth === 1) {
    const of = await till.sell(admin, lines, 'cash');
    await till.takeBack(admin, of, { item, quantity: 1 });
  }
  if (till.location === 'LKO-02' && nth === 1) await till.record(admin, 'A', { reason: 'damaged', lines });
  if (till.location === 'CNB-01' && nth === 1)
    await till.record(admin, 'C', { count: 'Evening shelf', lines: [{ item, quantity: onHand - 1 }] });
  if (till.location === 'PBE-01' && nth === 0) await till.sell(admin, [{ item, quantity: onHand }], 'upi');
  if (till.location === 'CNB-02' && nth === 2)
    await till.sell(admin, [{ item, quantity: onHand + 1 }], 'upi', { goodsInHand: true });
};

const closeDays = async ({ clock, shelves, outlets, depots }: PastDaysOptions): Promise<void> => {
  const day = dayOf(clock.now());
  const locations = [...new Set(shelves.map(({ location }) => location))];
  const districts = [...rowsIn(outlets), ...rowsIn(depots)]
    .filter(({ id = '' }) => locations.includes(id))
    .map(({ district = '' }) => district);
  const sumDays = (areas: readonly string[]) =>
    processMessages(
      'sum-days',
      areas.map((area) => ({ job: 'sum-days', area: AreaId.parse(area), day })),
    );
  const closing = locations.map((location) => ({
    job: 'close-day' as const,
    location: LocationId.parse(location),
    day,
  }));
  const failed =
    (await processMessages('close-day', closing)) +
    (await sumDays([...new Set(districts)])) +
    (await sumDays(['state']));
  if (failed > 0) throw new Error(`${failed} jobs of the demo's past days failed`);
};
