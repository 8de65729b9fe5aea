import type { Composition } from '../../shared/api/composition.ts';
import { everything } from '../../shared/kernel/pages.ts';
import type { LocationMessage } from '../../shared/platform/jobs.ts';
import { beginRun } from './begin-run.ts';
import { finishRun } from './finish-run.ts';

/**
 * One run a depot and day. What an earlier one left undone is done first, so that nobody is given the same twice; a day on which nobody asks
 * has no run yet.
 */
export const allocateMaterials = async (
  { location: depot, day }: LocationMessage,
  tools: Composition,
): Promise<void> => {
  for (const run of await everything((after) => tools.runs.unfinished(depot, after))) await finishRun(run, tools);
  const run = (await tools.runs.find(depot, day)) ?? (await beginRun(depot, day, tools));
  if (run?.state === 'running') await finishRun(run, tools);
};
