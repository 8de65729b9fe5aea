import { JOBS, type Job } from '../../shared/platform/jobs.ts';
import type { InputValues } from './inputs.ts';

/** A month's runs, each with a row of docs/capacity.md. `more…`: units that its small day lacks. */
export type Runs = {
  readonly row: string;
  readonly times: number;
  readonly fn: string;
  readonly moreReads?: number;
  readonly moreWrites?: number;
};

/** `rate(1 hour)` runs 24 times a day, `cron(30,45 0 * * ? *)` twice. */
export const timesADay = (schedule: string): number => {
  if (schedule === 'rate(1 hour)') return 24;
  const fields = /^cron\(([\d,]+) ([\d,]+) \* \* \? \*\)$/.exec(schedule);
  if (!fields) throw new Error(`The schedule ${schedule} is unknown to infra/cost/workload.ts. Say how often it runs.`);
  const [, minutes = '', hours = ''] = fields;
  return minutes.split(',').length * hours.split(',').length;
};

const LARGE_PAGE = 4_096;

/** Units of a strong read of a day's sales. */
const dayReads = ({ sales, saleBytes }: InputValues): number => (sales * saleBytes) / LARGE_PAGE;

export const requestsOf = (given: InputValues): readonly Runs[] => {
  const { outlets, days, sales, depots, districts } = given;
  const sold = outlets * sales * days;
  const live = sold * (1 - given.offline);
  const short = live * (1 - given.threeLines);
  const outletDays = outlets * days;
  const wanted = depots * given.requests * days;
  const looks = (outletDays * given.looks) / 3;
  const ask = (row: string, times: number, fn: string, rest: Partial<Runs> = {}): Runs =>
    Object.assign({ row, times, fn }, rest);
  return [
    ask('record a sale of 1 line', short * (1 - given.withPhone), 'vouchers'),
    ask("record a sale of 1 line, with its customer's phone", short * given.withPhone, 'vouchers'),
    ask('record a sale of 3 lines', live * given.threeLines, 'vouchers'),
    ask('bring 50 captured sales of 1 line', (sold * given.offline) / 50, 'vouchers'),
    ask('take back a sale of 1 line', sold * given.returned, 'vouchers'),
    ask('read the bill of a sale of 40 lines', sold * given.billsRead, 'bills'),
    ask('close a shift of 20 sales, a day after the one before it', outletDays, 'vouchers', {
      moreReads: dayReads(given),
    }),
    ask('record a receipt of a dispatch of 3 lines', outletDays * given.receipts, 'vouchers'),
    ask('record a dispatch of 3 lines', outletDays * given.receipts, 'vouchers'),
    ask('count a sheet of 40 lines, 20 vouchers after it', outletDays * given.counts, 'vouchers', {
      moreReads: dayReads(given),
    }),
    ask("read a location's stock, 40 rows", looks, 'stock'),
    ask('read a catalogue of 45 items', looks, 'stock'),
    ask('list alerts of a location', looks, 'alerts'),
    ask('ask for 1 material', wanted, 'requests'),
    ask('approve a request of 1 line', wanted, 'requests'),
    ask('issue 1 line of a request', wanted, 'vouchers'),
    ask('confirm by code', wanted, 'requests'),
    ask('report a week of a district, 2 stalls, 40 items: sales by day', districts * given.reports * days, 'reports', {
      moreReads: outlets / districts,
    }),
  ];
};

export const streamsOf = (given: InputValues): readonly Runs[] => {
  const rows = given.outlets * given.days * given.sales * (1 + 2 * given.threeLines);
  const opened = given.outlets * given.days * given.alerts;
  return [
    { row: 'evaluate-stock: a row that is not in want', times: rows / given.batch, fn: 'evaluate-stock' },
    { row: 'evaluate-stock: a row that falls short, its alert opens', times: opened, fn: 'evaluate-stock' },
    { row: 'notify-alerts: an urgent alert opens, and is told', times: opened * given.urgent, fn: 'notify-alerts' },
    { row: 'notify-alerts: figures of an alert moved', times: opened, fn: 'notify-alerts' },
  ];
};

/** A job runs at each location or area as often as its schedule says. */
export const jobsOf = (given: InputValues): readonly Runs[] => {
  const { outlets, depots, districts, days } = given;
  const shelves = outlets + depots;
  const run = (
    fn: Job,
    row: string,
    at: number,
    rest: Partial<Runs> = {},
    times = timesADay(JOBS[fn].schedule),
  ): Runs => Object.assign({ row: `${fn}: ${row}`, times: at * times * days, fn }, rest);
  return [
    run('sweep-alerts', 'a location of 40 rows, nothing to do', shelves),
    run('sweep-alerts', 'a district, nothing to do', districts + 1),
    run('expire-reservations', 'of 20 requests reserved, none is late', depots),
    run('allocate-materials', '10 requests, all served', depots),
    run('close-day', 'a day of 20 sales of 1 of 40 items', shelves, { moreReads: dayReads(given) }, 1),
    run('close-day', 'nothing to close', shelves, {}, timesADay(JOBS['close-day'].schedule) - 1),
    run('reconcile-ledger', 'what changed since the night before, 40 items', shelves, { moreReads: dayReads(given) }),
    run('sum-days', '3 days of a district, each of 40 items', districts, { moreReads: shelves / districts }),
    run('sum-days', '3 days of the state, for 1 district', 1, { moreReads: districts }),
    run('update-demand-model', 'a day of 4 stalls again, one of 40 items', outlets / 4),
    run('plan-replenishment', 'a stall of 40 items, no plan changes', shelves, { moreWrites: given.plans }),
    run('build-showcase', 'a district of 46 items', districts),
    run('build-showcase', 'the state, 2 districts', 1, { moreReads: districts / 2 }),
    run('send-digest', 'a district of 2 stalls, all was told', districts + 1, { moreReads: shelves / districts }),
  ];
};
