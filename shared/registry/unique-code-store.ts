import type { FieldProblem } from '../kernel/problems.ts';
import { batchGet } from '../platform/batch-get.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { type CancellationReason, conflictingItemOf, isConditionFailed } from '../platform/dynamodb-errors.ts';
import type { EntryOf } from './entry-change.ts';
import type { RegistryKind } from './registry-kinds.ts';
import { changedCodesOf, type UniqueCode } from './unique-codes.ts';

/** One row per code, beside the entries: its kind is no registry kind. */
const CODES = 'codes';

const keyOf = ({ key }: Pick<UniqueCode, 'key'>) => ({ kind: CODES, id: key });

/** Part of the entry's transaction. A code that another entry holds cancels it. */
export const uniqueCodeActions = (
  TableName: string,
  { kind, id, entry }: Pick<EntryOf<RegistryKind>, 'kind' | 'id' | 'entry'>,
  stored: object | undefined,
) => {
  const { taken, released } = changedCodesOf(kind, entry, stored);
  const isOurs = {
    ConditionExpression: 'attribute_not_exists(id) OR heldBy = :id',
    ExpressionAttributeValues: { ':id': id },
  };
  return [
    ...taken.map((code) => ({
      Put: {
        TableName,
        Item: { ...keyOf(code), heldBy: id },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
        ...isOurs,
      },
    })),
    ...released.map((code) => ({ Delete: { TableName, Key: keyOf(code), ...isOurs } })),
  ];
};

/** `reasons`: of `uniqueCodeActions`, whose taken codes come first. */
export const takenCodeProblems = (
  { kind, entry }: Pick<EntryOf<RegistryKind>, 'kind' | 'entry'>,
  stored: object | undefined,
  reasons: readonly CancellationReason[],
): FieldProblem[] =>
  changedCodesOf(kind, entry, stored).taken.flatMap(({ path, value }, at) => {
    const holder = isConditionFailed(reasons[at]) ? conflictingItemOf(reasons[at])?.heldBy : undefined;
    return holder === undefined ? [] : [{ path, problem: `${value} is the ${path} of ${holder} already` }];
  });

/** Ids of entries by key of code, strongly consistent. */
export const readCodeHolders = async (
  tables: Tables,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const found = await batchGet(
    tables,
    'Registry',
    [...new Set(keys)].map((key) => keyOf({ key })),
    true,
  );
  return new Map(found.map(({ id, heldBy }) => [String(id), String(heldBy)]));
};
