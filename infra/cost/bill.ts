import { type CapacityRow, rowOf } from './capacity-table.ts';
import type { InputValues } from './inputs.ts';
import type { PriceName } from './prices.ts';
import { memoryOf, type TemplateFacts } from './template-facts.ts';
import { jobsOf, type Runs, requestsOf, streamsOf } from './workload.ts';

/** Units a month. */
export type Usage = Readonly<Record<PriceName, number>>;
export type DollarPrices = Readonly<Record<PriceName, { readonly dollars: number; readonly per: number }>>;

const GB = 1_000_000_000;
const MINUTES_A_DAY = 1_440;
const ITEM_OVERHEAD_BYTES = 100;
/** A message is sent, received and deleted. */
const REQUESTS_A_MESSAGE = 3;
/** infra/safekeeping.ts: one here, two in the second region. */
const BACKUPS_KEPT = 3;
const DAYS_OF_A_WEEK = 7;

type Measured = {
  readonly table: ReadonlyMap<string, CapacityRow>;
  readonly facts: TemplateFacts;
  readonly metrics: number;
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

type RunCost = {
  readonly writes: number;
  readonly reads: number;
  readonly writeCalls: number;
  readonly gbSeconds: number;
};

const costOfRuns = (
  { row, times, fn, moreReads = 0, moreWrites = 0 }: Runs,
  given: InputValues,
  { table, facts }: Measured,
): RunCost => {
  const { calls, writeCalls, reads, writes, coldReads } = rowOf(table, row);
  const milliseconds =
    given.runMilliseconds + given.callMilliseconds * (calls + moreWrites) + given.cold * given.coldMilliseconds;
  return {
    writes: times * (writes + moreWrites),
    reads: times * (reads + given.cold * (coldReads - reads) + moreReads),
    writeCalls: times * (writeCalls + moreWrites),
    gbSeconds: (times * milliseconds * memoryOf(facts, fn)) / (1_000 * 1_024),
  };
};

export const usageOf = (given: InputValues, measured: Measured): Usage => {
  const [requests, streams, jobs] = [requestsOf(given), streamsOf(given), jobsOf(given)];
  const all = [...requests, ...streams, ...jobs];
  const costs = all.map((runs) => costOfRuns(runs, given, measured));
  const of = (pick: (cost: RunCost) => number): number => sum(costs.map(pick));
  const timesOf = (some: readonly Runs[]): number => sum(some.map(({ times }) => times));
  const { outlets, depots, days } = given;
  const { facts } = measured;
  const opened = outlets * days * given.alerts;
  const storedGb = (given.months * outlets * given.sales * days * (given.saleBytes + ITEM_OVERHEAD_BYTES)) / GB;
  const loggedGb = (timesOf(all) * given.logBytes + timesOf(requests) * given.accessBytes) / GB;
  const writeCalls = of((cost) => cost.writeCalls);
  return {
    write: of((cost) => cost.writes),
    read: of((cost) => cost.reads),
    stored: storedGb,
    recovery: storedGb,
    backup: BACKUPS_KEPT * storedGb,
    copied: (storedGb * days) / DAYS_OF_A_WEEK,
    compute: of((cost) => cost.gbSeconds),
    run: timesOf(all),
    request: timesOf(requests),
    queue: REQUESTS_A_MESSAGE * timesOf(jobs) + facts.queues * given.polls * MINUTES_A_DAY * days,
    event: opened,
    logged: loggedGb,
    logKept: given.logMonths * loggedGb,
    metric: measured.metrics,
    alarm: facts.alarms,
    dashboard: facts.dashboards,
    trace: given.traced * timesOf(all),
    trail: writeCalls,
    user: given.users,
    sms: 2 * opened * given.urgent,
    mail: (outlets + depots) * days,
    out: (timesOf(requests) * given.answerBytes) / GB,
    key: facts.keys,
    seal: (outlets + depots) * days,
  };
};

export type CostLine = { readonly price: PriceName; readonly units: number; readonly dollars: number };

/** Dollars a month by part, the dearest first. */
export const billOf = (usage: Usage, prices: DollarPrices): readonly CostLine[] =>
  (Object.keys(usage) as PriceName[])
    .map((price) => ({
      price,
      units: usage[price],
      dollars: (usage[price] * prices[price].dollars) / prices[price].per,
    }))
    .toSorted((a, b) => b.dollars - a.dollars);

export const totalOf = (bill: readonly CostLine[]): number => sum(bill.map(({ dollars }) => dollars));

/** Dollars more a month if one value grows by a tenth. */
export type Effect = { readonly name: string; readonly dollars: number };

const TENTH_MORE = 1.1;

/** The strongest first. */
export const effectsOf = (given: InputValues, prices: DollarPrices, measured: Measured): readonly Effect[] => {
  const usage = usageOf(given, measured);
  const total = totalOf(billOf(usage, prices));
  const inputs = (Object.keys(given) as (keyof InputValues)[]).map((name) => {
    const grown = { ...given, [name]: given[name] * TENTH_MORE };
    return { name, dollars: totalOf(billOf(usageOf(grown, measured), prices)) - total };
  });
  const byPrice = billOf(usage, prices).map(({ price, dollars }) => ({
    name: `price: ${price}`,
    dollars: dollars / 10,
  }));
  return [...inputs, ...byPrice].toSorted((a, b) => Math.abs(b.dollars) - Math.abs(a.dollars));
};
