import { createHash } from 'node:crypto';
import type { LocationId, TerminalCode } from '../kernel/ids.ts';
import type { Version } from '../kernel/quantity.ts';
import { millisecondsOf } from '../kernel/time.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { GetCommand, TransactWriteCommand } from '../platform/dynamodb-commands.ts';
import { cancellationReasonsOf, isConditionFailed, isTransient } from '../platform/dynamodb-errors.ts';
import { UnavailableError } from '../platform/retry.ts';
import { putIf } from '../platform/transact.ts';
import { type CodeGrant, GrantedCode } from './enrolment.ts';
import type { Terminal } from './entries.ts';
import { toRegistryItem } from './entry-change.ts';
import { openWorkshopActions } from './registry-store.ts';

/** Stored hashed, under the location. DynamoDB deletes a code a week after it expires. */
const ENROLMENT_CODES = 'enrolment-codes';
const WEEK_SECONDS = 7 * 24 * 3600;

export const enrolmentCodePut = (TableName: string, code: string, grant: CodeGrant) => ({
  TableName,
  Item: {
    ...codeKey(grant.location, code),
    ...grant,
    lapsesAt: Math.ceil(millisecondsOf(grant.expiresAt) / 1000) + WEEK_SECONDS,
  },
  ConditionExpression: 'attribute_not_exists(id)',
});

const codeKey = (location: LocationId, code: string) => ({
  kind: ENROLMENT_CODES,
  id: createHash('sha256').update(`${location}/${code}`).digest('base64url'),
});

export type EnrolmentStore = ReturnType<typeof enrolmentStore>;

export const enrolmentStore = ({ client, name }: Tables) => ({
  /** `false`: the code is taken. */
  put: (code: string, grant: CodeGrant): Promise<boolean> =>
    putIf({ client }, enrolmentCodePut(name('Registry'), code, grant)),

  /** Strongly consistent. */
  find: async (location: LocationId, code: string): Promise<GrantedCode | undefined> => {
    const get = new GetCommand({ TableName: name('Registry'), Key: codeKey(location, code), ConsistentRead: true });
    return GrantedCode.safeParse((await client.send(get)).Item).data;
  },

  /**
   * Uses the code up and creates the terminal, in one transaction. `false`: used code, taken
   * terminal code or lost answer, so read the code again.
   */
  enrol: async (code: string, terminalCode: TerminalCode, terminal: Terminal): Promise<boolean> => {
    const { location, installation, enrolledAt } = terminal;
    const registered = {
      kind: 'terminals' as const,
      id: terminalCode,
      version: 1 as Version,
      updatedAt: enrolledAt,
      entry: terminal,
    };
    const TransactItems = [
      {
        Update: {
          TableName: name('Registry'),
          Key: codeKey(location, code),
          UpdateExpression: 'SET installation = :installation, terminal = :terminal',
          ConditionExpression: 'attribute_exists(id) AND attribute_not_exists(terminal)',
          ExpressionAttributeValues: { ':installation': installation, ':terminal': terminalCode },
        },
      },
      {
        Put: {
          TableName: name('Registry'),
          Item: toRegistryItem(registered),
          ConditionExpression: 'attribute_not_exists(id)',
        },
      },
      ...openWorkshopActions(name('Registry'), location, enrolledAt),
    ];
    try {
      await client.send(new TransactWriteCommand({ TransactItems }));
      return true;
    } catch (error) {
      const reasons = cancellationReasonsOf(error);
      if (reasons?.some((reason) => isConditionFailed(reason) || isTransient(reason))) return false;
      if (error instanceof UnavailableError) return false;
      throw error;
    }
  },
});
