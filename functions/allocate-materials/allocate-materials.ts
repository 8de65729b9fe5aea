import { allPages } from '../../shared/kernel/pages.ts';
import type { AllocationRunStore } from '../../shared/materials/allocation-run-store.ts';
import type { StockLocationMessage } from '../../shared/platform/jobs.ts';
import { type BeginRunDeps, beginRun } from './begin-run.ts';
import { type FinishRunDeps, finishRun } from './finish-run.ts';

type AllocateMaterialsDeps = { readonly runs: AllocationRunStore } & BeginRunDeps & FinishRunDeps;

/** Finishes old runs first, so that nobody gets the same share twice. */
export const allocateMaterials = async (
  { location: depot, day }: StockLocationMessage,
  deps: AllocateMaterialsDeps,
): Promise<void> => {
  for (const run of await allPages((after) => deps.runs.unfinished(depot, after))) await finishRun(run, deps);
  const run = (await deps.runs.find(depot, day)) ?? (await beginRun(depot, day, deps));
  if (run?.state === 'running') await finishRun(run, deps);
};
