import { sumOf } from '../../shared/kernel/quantity.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import type { Allotment } from '../../shared/materials/allocation.ts';
import type { AllocationRunHead, AllocationRunStore } from '../../shared/materials/allocation-run-store.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';
import { type SettlePartDeps, settlePart } from './settle-part.ts';

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
