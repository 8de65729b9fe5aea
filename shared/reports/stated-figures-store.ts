import * as z from 'zod';
import { fromExactJson, toExactJson } from '../kernel/json.ts';
import { type Instant, millisecondsOf } from '../kernel/time.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { GetCommand } from '../platform/dynamodb-commands.ts';
import { putIf } from '../platform/transact.ts';
import { StatedFigures, type StatementCode } from './maker-statement-contract.ts';

/** A bank keeps a loan's papers longer, but decides within months. */
const RETENTION_SECONDS = 3 * 366 * 24 * 3_600;

const keyOf = (code: StatementCode) => ({ code, part: 'figures' });

const Stored = z.object({ figures: z.string() });

export type StatedFiguresStore = ReturnType<typeof statedFiguresStore>;

export const statedFiguresStore = (tables: Tables) => {
  const { client, name } = tables;
  return {
    /** A code stands for one content, so a repeat changes nothing. */
    record: async (figures: StatedFigures, now: Instant): Promise<void> => {
      const lapsesAt = Math.floor(millisecondsOf(now) / 1_000) + RETENTION_SECONDS;
      await putIf(tables, {
        TableName: name('Statements'),
        Item: { ...keyOf(figures.code), figures: toExactJson(figures), lapsesAt },
        ConditionExpression: 'attribute_not_exists(code)',
      });
    },

    /** Strongly consistent. */
    find: async (code: StatementCode): Promise<StatedFigures | undefined> => {
      const get = new GetCommand({ TableName: name('Statements'), Key: keyOf(code), ConsistentRead: true });
      const { Item } = await client.send(get);
      return Item && StatedFigures.parse(fromExactJson(Stored.parse(Item).figures));
    },
  };
};
