import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

/** Daily sales by cell. A cell is one item at one outlet. */
export type Demand = {
  readonly days: number;
  readonly items: number;
  readonly outlets: number;
  readonly units: Uint8Array;
  /** First day of each item. */
  readonly listed: Int32Array;
};

/** Assumption: the file lacks first days. */
const BEFORE_FIRST_SALE = 7;

export const cellsOf = ({ items, outlets }: Demand): number => items * outlets;

export const onDay = (demand: Demand, day: number): Uint8Array =>
  demand.units.subarray(day * cellsOf(demand), (day + 1) * cellsOf(demand));

/** Exposure is full once listed. */
export const shelvedOn = ({ listed, items, outlets }: Demand, day: number): Float32Array => {
  const shelved = new Float32Array(items * outlets);
  for (const [item, from] of listed.entries()) if (day >= from) shelved.fill(1, item * outlets, (item + 1) * outlets);
  return shelved;
};

const withListed = (demand: Omit<Demand, 'listed'>): Demand => {
  const { days, items, outlets, units } = demand;
  const listed = new Int32Array(items).fill(days);
  for (const [at, sold] of units.entries()) {
    const [day, item] = [Math.floor(at / (items * outlets)), Math.floor(at / outlets) % items];
    if (sold > 0) listed[item] = Math.min(listed[item] ?? 0, Math.max(0, day - BEFORE_FIRST_SALE));
  }
  return { ...demand, listed };
};

export const allListed = (demand: Demand): Demand => ({ ...demand, listed: new Int32Array(demand.items) });

export const backwards = ({ items, outlets, units }: Demand, days: number): Demand => {
  const cells = items * outlets;
  const turned = new Uint8Array(days * cells);
  for (let day = 0; day < days; day++)
    turned.set(units.subarray(day * cells, (day + 1) * cells), (days - 1 - day) * cells);
  return withListed({ days, items, outlets, units: turned });
};

/** Undefined without the file. Rows: `day,outlet,item,units`, numbered from 0. */
export const readDemand = (file: string): Demand | undefined => {
  if (!existsSync(file)) return undefined;
  const rows = parse(gunzipSync(readFileSync(file)), { from_line: 2 }).map((row) => row.map(Number));
  const most = (column: number) => rows.reduce((max, row) => Math.max(max, row[column] ?? 0), 0) + 1;
  const [days, outlets, items] = [most(0), most(1), most(2)];
  const units = new Uint8Array(days * items * outlets);
  for (const [day = 0, outlet = 0, item = 0, sold = 0] of rows) {
    const at = (day * items + item) * outlets + outlet;
    units[at] = (units[at] ?? 0) + sold;
  }
  return withListed({ days, items, outlets, units });
};
