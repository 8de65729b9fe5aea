import type { Client } from '../../shared/api/client.ts';
import { sumOf } from '../../shared/kernel/quantity.ts';
import { type MaterialRequest, reservedQuantitiesOf } from '../../shared/materials/material-request.ts';
import { expectOk } from '../expect-ok.ts';
import type { CollectedRequest } from './counter.ts';

export const findDifferencesAtDepot = async (
  admin: Client,
  depot: string,
  collected: readonly CollectedRequest[],
  queue: readonly MaterialRequest[],
): Promise<string[]> => {
  const differences: string[] = [];
  for (const { item, reserved } of expectOk(await admin.getDepotShelf({ path: { depot } })).materials)
    if (reserved !== sumOf(queue.map((request) => reservedQuantitiesOf(request).get(item) ?? 0)))
      differences.push(item);
  for (const { request } of collected) {
    const { accounts, issues } = expectOk(await admin.getPassbook({ path: { producer: request.producer } }));
    const drawn = sumOf(accounts.map((account) => account.drawn));
    const issued = issues.flatMap(({ outcome }) => ('lots' in outcome ? (outcome.lots ?? []).flat() : []));
    if (drawn !== sumOf(issued.map(({ quantity }) => quantity))) differences.push(request.producer);
  }
  return differences;
};
