import type { LocationId } from '../kernel/ids.ts';
import type { Day } from '../kernel/time.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { isConditionFailed } from '../platform/dynamodb-errors.ts';
import { CONFLICT } from '../platform/retry.ts';
import { type TransactActions, transact } from '../platform/transact.ts';
import type { DayClose } from './day-close.ts';

/**
 * Rows of a transaction: 25 of at most 100 KB are 2.5 MB. The close and its updates use the rest of
 * 4 MB and 100 actions.
 */
export const MAX_ROWS = 25;

type Row = Record<string, unknown>;
type Action = TransactActions[number];
type DraftedClose = Pick<DayClose, 'location' | 'day' | 'hash'>;

const draftKey = (location: LocationId, day: Day) => ({ daybook: `${location}#draft`, entry: day });

const ownDraftCondition = (TableName: string, { location, day, hash }: DraftedClose) => ({
  TableName,
  Key: draftKey(location, day),
  ConditionExpression: '#hash = :hash',
  ExpressionAttributeNames: { '#hash': 'hash' },
  ExpressionAttributeValues: { ':hash': hash },
});

/**
 * Writes rows before their close, which has no room for them. One draft of a day at a time: another
 * one makes this one's next write fail, so that a day never mixes rows of two closes.
 * `headCheck`: fails once another close is written.
 */
export const writeDraftRows = async (
  { client, name }: Tables,
  close: DraftedClose,
  rows: readonly Row[],
  headCheck: Action,
): Promise<typeof CONFLICT | 'done'> => {
  const TableName = name('Ledger');
  const { location, day, hash } = close;
  for (let at = 0; at < rows.length; at += MAX_ROWS) {
    const own: Action =
      at === 0
        ? { Put: { TableName, Item: { ...draftKey(location, day), hash } } }
        : { ConditionCheck: ownDraftCondition(TableName, close) };
    const puts = rows.slice(at, at + MAX_ROWS).map((Item) => ({ Put: { TableName, Item } }));
    const result = await transact<typeof CONFLICT | 'done'>(client, [headCheck, own, ...puts], 'done', (reasons) =>
      reasons.some(isConditionFailed) ? CONFLICT : undefined,
    );
    if (result === CONFLICT) return CONFLICT;
  }
  return 'done';
};

/** Part of the close's transaction. */
export const draftDelete = (TableName: string, close: DraftedClose): Action => ({
  Delete: ownDraftCondition(TableName, close),
});
