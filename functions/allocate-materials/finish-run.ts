import type { Composition, RunHead } from '../../shared/api/composition.ts';
import { sumOf } from '../../shared/kernel/quantity.ts';
import type { Allotment } from '../../shared/materials/allocation.ts';
import { settlePart } from './settle-part.ts';

/** Gives everyone their share, part by part; then ends the run, and what nobody was given is free again. Stopped anywhere, it goes on. */
export const finishRun = async (run: RunHead, tools: Composition): Promise<void> => {
  const record: Allotment[] = [];
  for (let part = 0; part < run.parts; part++) record.push(...(await settlePart(run, part, tools)));
  const givenOf = Map.groupBy(record, ({ item }) => item);
  const materials = run.materials.map((material) => ({
    ...material,
    returned: material.taken - sumOf((givenOf.get(material.item) ?? []).map(({ given = 0 }) => given)),
  }));
  await tools.runs.finish(run, { ...run, doneAt: tools.clock.now(), materials });
  tools.count('RunsFinished', 1);
};
