import { sumOf } from '../../shared/kernel/quantity.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import type { VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import type { Allotment } from '../../shared/materials/allocation.ts';
import type { AllocationRunHead, AllocationRunStore } from '../../shared/materials/allocation-run-store.ts';
import type { RequestStore } from '../../shared/materials/request-store.ts';
import { type AllocationShare, shareOfItem } from '../../shared/materials/request-transitions.ts';
import { concurrently } from '../../shared/platform/tasks.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { type GiveShareDeps, giveShare } from './give-share.ts';

export type FinishRunDeps = {
  readonly clock: Clock;
  readonly count: CountMetric;
  readonly runs: AllocationRunStore;
} & SettlePartDeps;

/** Safe to repeat. */
export const finishRun = async (run: AllocationRunHead, deps: FinishRunDeps): Promise<void> => {
  const record: Allotment[] = [];
  for (let part = 0; part < run.parts; part++) record.push(...(await settlePart(run, part, deps)));
  const linesOf = Map.groupBy(record, ({ item }) => item);
  const materials = run.materials.map((material) => ({
    ...material,
    returned: material.taken - sumOf((linesOf.get(material.item) ?? []).map(({ given = 0 }) => given)),
  }));
  await deps.runs.finish(run, { ...run, doneAt: deps.clock.now(), materials });
  deps.count('RunsFinished', 1);
};

/** An index partition takes 1,000 units a second. A request writes about 3. */
const CONCURRENCY = 4;

type SettlePartDeps = {
  readonly registry: RegistryStore;
  readonly requests: RequestStore;
  readonly runs: AllocationRunStore;
} & GiveShareDeps;

const settlePart = async (
  run: AllocationRunHead,
  part: number,
  deps: SettlePartDeps,
): Promise<readonly Allotment[]> => {
  const record = await deps.runs.record(run, part);
  if (record.every(({ given }) => given !== undefined)) return record;
  const byRequest = Map.groupBy(record, ({ request }) => request);
  const requests = await deps.requests.several([...byRequest.keys()]);
  const items = await deps.registry.entries('items', [...new Set(record.map(({ item }) => item))]);
  const entries = new Map([...items].map(([id, { entry }]) => [id, entry]));
  const shares = new Map<VoucherNumber, AllocationShare>();
  await concurrently(CONCURRENCY, byRequest, async ([number, lines]) => {
    shares.set(number, await giveShare({ run, lines, request: requests.get(number), items: entries }, deps));
  });
  const settled = record.map((line) => ({ ...line, given: shareOfItem(shares.get(line.request), line.item) }));
  await deps.runs.settle(run, part, settled);
  return settled;
};
