import { expect } from 'vitest';
import type { Client } from '../../shared/api/client.ts';
import { sumOf } from '../../shared/kernel/quantity.ts';
import { type AllocationRun, type Allotment, isReproducible } from '../../shared/materials/allocation.ts';
import type { MaterialRequest } from '../../shared/materials/material-request.ts';
import { expectOk } from './book.ts';
import type { SubmittedRequest } from './competing-depots.ts';

/** A depot's run of one day, over HTTP, all its pages. */
export const readAllocation = async (client: Client, depot: string, day: string) => {
  const path = { depot, day };
  let page = expectOk(await client.getAllocation({ path }));
  const { allotments: record, cursor: _cursor, ...run } = page;
  let pages = 1;
  for (; page.cursor; pages++, record.push(...page.allotments))
    page = expectOk(await client.getAllocation({ path, query: { cursor: page.cursor } }));
  return { run: run as AllocationRun, record: record as Allotment[], pages };
};

const sumOfLines = (requests: readonly MaterialRequest[], item: string, of: (line: Line) => number): number =>
  sumOf(requests.flatMap(({ lines }) => lines.filter((line) => line.item === item).map(of)));
type Line = MaterialRequest['lines'][number];

/** Checks that requests, passbooks, stock and runs of a depot agree, as read over HTTP. */
export const expectConsistentAllocation = async (
  admin: Client,
  depot: string,
  asks: readonly SubmittedRequest[],
  ...days: readonly string[]
) => {
  const requests = await Promise.all(
    asks.map(async ({ number, producer }) => expectOk(await admin.getRequest({ path: { producer, number } }))),
  );
  const reserved = ({ approved, issued }: Line) => approved - issued;

  for (const [producer, mine] of Map.groupBy(requests, (request) => request.producer)) {
    const here = new Set<string>(mine.flatMap(({ lines }) => lines.map(({ item }) => item)));
    const { accounts } = expectOk(await admin.getPassbook({ path: { producer } }));
    for (const account of accounts.filter(({ item }) => here.has(item))) {
      const drawn = sumOfLines(mine, account.item, ({ issued }) => issued);
      const expected = { reserved: sumOfLines(mine, account.item, reserved), drawn };
      expect(account).toMatchObject({ producer, ...expected });
      expect(account.left).toBe(account.entitled - account.reserved - account.drawn);
      expect(account.left).toBeGreaterThanOrEqual(0);
    }
  }
  const { stock } = expectOk(await admin.getLocationStock({ path: { location: depot } }));
  for (const { item, onHand, free } of stock)
    expect({ item, reserved: onHand - free }).toEqual({ item, reserved: sumOfLines(requests, item, reserved) });

  const runs = [];
  for (const day of days) runs.push(await readAllocation(admin, depot, day));
  for (const { run, record } of runs) {
    expect(run.state).toBe('done');
    expect(isReproducible(run, record)).toBe(true);
    expect(new Set(record.map(({ request }) => request)).size).toBe(run.requests);
    for (const { item, taken, free, returned = 0 } of run.materials) {
      const lines = record.filter((line) => line.item === item);
      expect(taken).toBeLessThanOrEqual(Math.max(0, free));
      expect(taken).toBe(sumOf(lines.map(({ share }) => share)));
      expect(taken).toBe(sumOf(lines.map(({ given = Number.NaN }) => given)) + returned);
    }
    for (const { share, given = 0, asked } of record)
      expect([share - given, asked - share].every((n) => n >= 0)).toBe(true);
  }
  return { requests, stock, runs };
};
