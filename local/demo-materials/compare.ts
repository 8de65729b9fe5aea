import type { Client } from '../../shared/api/client.ts';
import { sumOf } from '../../shared/kernel/quantity.ts';
import { type MaterialRequest, reservedBy } from '../../shared/materials/material-request.ts';
import { done } from '../done.ts';
import type { Collected } from './counter.ts';

/** Where shelf and requests, or passbooks and issues, do not say the same. */
export const differencesIn = async (
  admin: Client,
  depot: string,
  collected: readonly Collected[],
  queue: readonly MaterialRequest[],
): Promise<string[]> => {
  const differences: string[] = [];
  for (const { item, reserved } of done(await admin.getDepotShelf({ path: { depot } })).materials)
    if (reserved !== sumOf(queue.map((request) => reservedBy(request).get(item) ?? 0))) differences.push(item);
  for (const { request } of collected) {
    const { accounts, issues } = done(await admin.getPassbook({ path: { producer: request.producer } }));
    const drawn = sumOf(accounts.map((account) => account.drawn));
    const issued = issues.flatMap(({ outcome }) => ('lots' in outcome ? (outcome.lots ?? []).flat() : []));
    if (drawn !== sumOf(issued.map(({ quantity }) => quantity))) differences.push(request.producer);
  }
  return differences;
};
