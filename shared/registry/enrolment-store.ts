import { createHash } from 'node:crypto';
import { GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { InstallationId, LocationId, SellerId, TerminalCode } from '../kernel/ids.ts';
import { allPages } from '../kernel/pages.ts';
import type { Version } from '../kernel/quantity.ts';
import { randomCode, randomTerminalCode } from '../kernel/random-code.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import { type Clock, type Day, dayOf, Instant, millisecondsOf } from '../kernel/time.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { cancellationReasonsOf, isConditionFailed, isTransient } from '../platform/dynamodb-errors.ts';
import { RETRY, retry, UnavailableError } from '../platform/retry.ts';
import { putIf } from '../platform/transact.ts';
import type { Terminal } from './entries.ts';
import { toRegistryItem } from './entry-change.ts';
import { openWorkshopActions, type RegistryStore } from './registry-store.ts';
import type { TerminalKey } from './terminal-key.ts';

/** Stored hashed, under the location. DynamoDB deletes a code a week after it expires. */
const ENROLMENT_CODES = 'enrolment-codes';
const WEEK_SECONDS = 7 * 24 * 3600;

type CodeGrant = Pick<Terminal, 'location' | 'seller' | 'paper'> & { readonly expiresAt: Instant };

export const enrolmentCodePut = (TableName: string, code: string, grant: CodeGrant) => ({
  TableName,
  Item: {
    ...codeKey(grant.location, code),
    ...grant,
    lapsesAt: Math.ceil(millisecondsOf(grant.expiresAt) / 1000) + WEEK_SECONDS,
  },
  ConditionExpression: 'attribute_not_exists(id)',
});

const drawCode = (): string => randomCode(8);

const codeKey = (location: LocationId, code: string) => ({
  kind: ENROLMENT_CODES,
  id: createHash('sha256').update(`${location}/${code}`).digest('base64url'),
});

const StoredCode = z.object({
  location: LocationId,
  seller: SellerId,
  expiresAt: Instant,
  paper: z.literal(true).optional(),
  installation: InstallationId.optional(),
  terminal: TerminalCode.optional(),
});

export type EnrolmentResult = {
  readonly did: 'enrolled' | 'repeated';
  readonly code: TerminalCode;
  readonly terminal: Terminal;
};

export type EnrolmentStore = ReturnType<typeof enrolmentStore>;

export const enrolmentStore = ({ client, name }: Tables, registry: Pick<RegistryStore, 'read' | 'forget'>) => {
  return {
    issue: async (grant: CodeGrant): Promise<string> => {
      for (;;) {
        const code = drawCode();
        if (await putIf({ client }, enrolmentCodePut(name('Registry'), code, grant))) return code;
      }
    },

    /** Unstored codes: a hand-over stores them in its own transaction. */
    draw: (count: number): string[] => Array.from({ length: count }, drawCode),

    /**
     * Uses the code up and creates the terminal, in one transaction. The same installation, code
     * and key get the same terminal.
     */
    enrol: async (request: {
      location: LocationId;
      code: string;
      installation: InstallationId;
      key: TerminalKey;
      now: Instant;
    }): Promise<EnrolmentResult | Refusal> => {
      const { location, code, installation, key: publicKey, now } = request;
      const key = codeKey(location, code);
      const codesOfThisCall = new Set<TerminalCode>();
      const unknown = refuse('ENROLMENT_CODE_UNKNOWN', `No open enrolment code at ${location} matches this one.`);

      return retry(async () => {
        const get = new GetCommand({ TableName: name('Registry'), Key: key, ConsistentRead: true });
        const { Item } = await client.send(get);
        const stored = StoredCode.safeParse(Item).data;
        if (!stored) return unknown;
        if (stored.terminal) {
          if (stored.installation !== installation)
            return refuse('ENROLMENT_CODE_USED', 'Another phone used this code.');
          const registered = await registry.read('terminals', stored.terminal);
          if (!registered) throw new Error(`a used code names terminal ${stored.terminal}, which does not exist`);
          const { x, y } = registered.entry.key;
          if (x !== publicKey.x || y !== publicKey.y)
            return refuse(
              'ENROLMENT_CODE_USED',
              'This phone enrolled with this code and another key. Only that key can sign for the terminal.',
            );
          // Drawn by this call, whose answer was lost: it is new.
          const did = codesOfThisCall.has(stored.terminal) ? 'enrolled' : 'repeated';
          return { did, code: stored.terminal, terminal: registered.entry };
        }
        if (stored.expiresAt <= now) return unknown;

        const { seller, paper } = stored;
        const terminal: Terminal = {
          location,
          seller,
          installation,
          key: publicKey,
          enrolledAt: now,
          ...(paper && { paper }),
        };
        const terminalCode = randomTerminalCode();
        codesOfThisCall.add(terminalCode);
        try {
          await client.send(new TransactWriteCommand({ TransactItems: enrolment(terminalCode, terminal) }));
          return { did: 'enrolled', code: terminalCode, terminal };
        } catch (error) {
          // Used code, taken terminal code or lost answer: read the code again.
          const reasons = cancellationReasonsOf(error);
          if (
            reasons?.some((reason) => isConditionFailed(reason) || isTransient(reason)) ||
            error instanceof UnavailableError
          )
            return RETRY;
          throw error;
        }
      });

      function enrolment(terminalCode: TerminalCode, terminal: Terminal) {
        const registered = {
          kind: 'terminals' as const,
          id: terminalCode,
          version: 1 as Version,
          updatedAt: now,
          entry: terminal,
        };
        return [
          {
            Update: {
              TableName: name('Registry'),
              Key: key,
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
          ...openWorkshopActions(name('Registry'), location, now),
        ];
      }
    },
  };
};

export type FirstDay = ReturnType<typeof findFirstDay>;

/** The day of the first enrolment. Late vouchers mark their own day. */
export const findFirstDay =
  ({ registry, clock }: { readonly registry: RegistryStore; readonly clock: Clock }) =>
  async (location: LocationId): Promise<Day> => {
    const terminals = await allPages((after) => registry.list('terminals', after));
    const enrolments = terminals
      .filter(({ entry }) => entry.location === location)
      .map(({ entry }) => entry.enrolledAt);
    return dayOf(enrolments.toSorted()[0] ?? clock.now());
  };
