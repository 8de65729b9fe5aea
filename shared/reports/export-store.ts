import type { LocationId } from '../kernel/ids.ts';
import { allPages } from '../kernel/pages.ts';
import { type Instant, instantOf, millisecondsOf } from '../kernel/time.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { GetCommand, PutCommand, UpdateCommand } from '../platform/dynamodb-commands.ts';
import { isConditionalCheckFailed } from '../platform/dynamodb-errors.ts';
import { queryPage } from '../platform/query-page.ts';
import { EXPORT_DAYS, ExportHead, type ExportId, ExportPart } from './export-request.ts';

const HEAD = 'request';
const partKey = (id: ExportId, location: LocationId) => ({ export: id, part: `location#${location}` });

export type ExportStore = ReturnType<typeof exportStore>;

/** Requested exports. One that expired is as one that never was. */
export const exportStore = (tables: Tables) => {
  const { client, name } = tables;
  const TableName = name('Exports');

  const find = async (id: ExportId, now: Instant): Promise<ExportHead | undefined> => {
    const get = { TableName, Key: { export: id, part: HEAD }, ConsistentRead: true };
    const { Item } = await client.send(new GetCommand(get));
    const head = Item && ExportHead.parse(Item);
    return head && head.expiresAt > now ? head : undefined;
  };

  return {
    find,

    /** Undefined: it exists. */
    create: async (id: ExportId, requestedBy: string, now: Instant): Promise<ExportHead | undefined> => {
      const expiresAt = instantOf(millisecondsOf(now) + EXPORT_DAYS * 86_400_000);
      const head: ExportHead = { export: id, requestedAt: now, requestedBy, queuedAt: now, expiresAt };
      const put = {
        TableName,
        Item: { ...head, part: HEAD, lapsesAt: epochSecondsOf(expiresAt) },
        ConditionExpression: 'attribute_not_exists(#export) OR expiresAt <= :now',
        ExpressionAttributeNames: { '#export': 'export' },
        ExpressionAttributeValues: { ':now': now },
      };
      try {
        await client.send(new PutCommand(put));
        return head;
      } catch (error) {
        if (isConditionalCheckFailed(error)) return undefined;
        throw error;
      }
    },

    /** The head of this request only. */
    update: async (
      { export: id, requestedAt }: Pick<ExportHead, 'export' | 'requestedAt'>,
      [field, value]: readonly ['queuedAt', Instant] | readonly ['locations', number],
    ): Promise<void> => {
      const update = {
        TableName,
        Key: { export: id, part: HEAD },
        UpdateExpression: 'SET #field = :value',
        ConditionExpression: 'requestedAt = :requestedAt',
        ExpressionAttributeNames: { '#field': field },
        ExpressionAttributeValues: { ':value': value, ':requestedAt': requestedAt },
      };
      await client.send(new UpdateCommand(update));
    },

    /** By location. */
    parts: async (id: ExportId): Promise<ExportPart[]> => {
      const query = {
        ConsistentRead: true,
        KeyConditionExpression: '#export = :export AND begins_with(part, :prefix)',
        ExpressionAttributeNames: { '#export': 'export' },
        ExpressionAttributeValues: { ':export': id, ':prefix': 'location#' },
      };
      const keys = { fixedKeys: { export: id }, positionKeys: ['part'] };
      return allPages((after) =>
        queryPage(tables, 'Exports', { ...keys, after }, query, (row) => ExportPart.parse(row)),
      );
    },

    isWritten: async (
      { export: id, requestedAt }: Pick<ExportHead, 'export' | 'requestedAt'>,
      location: LocationId,
    ): Promise<boolean> => {
      const get = { TableName, Key: partKey(id, location), ConsistentRead: true };
      const { Item } = await client.send(new GetCommand(get));
      const part = Item && ExportPart.parse(Item);
      return part?.requestedAt === requestedAt && part.written !== undefined;
    },

    /** A failure does not replace the written file of the same request. */
    putPart: async ({ export: id, expiresAt }: ExportHead, part: ExportPart): Promise<void> => {
      const put = {
        TableName,
        Item: { ...part, ...partKey(id, part.location), lapsesAt: epochSecondsOf(expiresAt) },
        ...(part.written === undefined && {
          ConditionExpression: 'attribute_not_exists(written) OR requestedAt <> :requestedAt',
          ExpressionAttributeValues: { ':requestedAt': part.requestedAt },
        }),
      };
      await client.send(new PutCommand(put)).catch((error: unknown) => {
        if (!isConditionalCheckFailed(error)) throw error;
      });
    },
  };
};

const epochSecondsOf = (instant: Instant): number => Math.ceil(millisecondsOf(instant) / 1_000);
