import { InvalidCursorError } from '../../shared/kernel/pages.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import type { AllocationRunStore } from '../../shared/materials/allocation-run-store.ts';
import * as contract from '../../shared/materials/depot-material-contract.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { cursorField } from '../../shared/platform/operation-contract.ts';

type GetAllocationDeps = { readonly runs: AllocationRunStore };

export const getAllocation = operation(contract.getAllocation, async ({ path, query }, { runs }: GetAllocationDeps) => {
  const found = await runs.find(path.depot, path.day);
  if (!found) return refuse('NOT_FOUND', `${path.depot} has no allocation on ${path.day}.`);
  const { attempt: _attempt, parts, ...run } = found;
  const part = partNumberIn(query.cursor, parts);
  const next = part + 1 < parts ? [String(part + 1)] : undefined;
  return ok({ ...run, allotments: await runs.record(found, part), ...cursorField(next) });
});

const partNumberIn = (cursor: readonly string[] | undefined, parts: number): number => {
  const part = Number(cursor?.[0] ?? 0);
  if (!Number.isInteger(part) || part < 0 || part >= parts || (cursor && cursor.length !== 1))
    throw new InvalidCursorError();
  return part;
};
