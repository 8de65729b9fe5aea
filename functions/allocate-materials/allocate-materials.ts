import { allPages } from '../../shared/kernel/pages.ts';
import type { AllocationRunStore } from '../../shared/materials/allocation-run-store.ts';
import type { StockLocationMessage } from '../../shared/platform/jobs.ts';
import { type BeginRunDeps, beginRun } from './begin-run.ts';
import { type FinishRunDeps, finishRun } from './finish-run.ts';

type AllocateMaterialsDeps = { readonly runs: AllocationRunStore } & BeginRunDeps & FinishRunDeps;

/**
 * One run a depot and day. What an earlier one left undone is done first, so that nobody is given the same twice; a day on which nobody asks
 * has no run yet.
 */
export const allocateMaterials = async (
  { location: depot, day }: StockLocationMessage,
  deps: AllocateMaterialsDeps,
): Promise<void> => {
  for (const run of await allPages((after) => deps.runs.unfinished(depot, after))) await finishRun(run, deps);
  const run = (await deps.runs.find(depot, day)) ?? (await beginRun(depot, day, deps));
  if (run?.state === 'running') await finishRun(run, deps);
};
