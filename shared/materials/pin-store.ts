import * as z from 'zod';
import { type ProducerId, StockLocationId } from '../kernel/ids.ts';
import { Instant } from '../kernel/time.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { GetCommand, PutCommand, UpdateCommand } from '../platform/dynamodb-commands.ts';
import { isConditionalCheckFailed } from '../platform/dynamodb-errors.ts';
import { updateIf } from '../platform/transact.ts';
import { INITIAL_PIN_GUARD, type PinGuard } from './pin.ts';

/** In the registry's table, under a kind that no operation reads. */
const PIN_KIND = 'pins';

const StoredPin = z.object({
  card: z.string(),
  hash: z.string(),
  salt: z.string(),
  scrypt: z.object({ N: z.int(), r: z.int(), p: z.int() }),
  triesLeft: z.int().min(0),
  lockedUntil: Instant,
  locks: z.int().min(0),
  /** Since the last right or new PIN. */
  lockedAt: z.array(StockLocationId).default([]),
  /** Rises with every change that an alert may depend on. */
  changes: z.int().min(1),
});

export type StoredPin = z.infer<typeof StoredPin>;

/** `scrypt`: the parameters of the hash, so that new hashes may differ. */
export type PinHash = Pick<StoredPin, 'card' | 'hash' | 'salt' | 'scrypt'>;

type PinTry = PinGuard & Pick<StoredPin, 'lockedAt'>;

export type PinStore = ReturnType<typeof pinStore>;

export const pinStore = ({ client, name }: Tables) => {
  const keyOf = (producer: ProducerId) => ({ kind: PIN_KIND, id: producer });

  const guardUpdate = (
    producer: ProducerId,
    guard: PinTry,
    ConditionExpression: string,
    values: Record<string, unknown>,
  ) => ({
    TableName: name('Registry'),
    Key: keyOf(producer),
    UpdateExpression:
      'SET triesLeft = :triesLeft, lockedUntil = :lockedUntil, #locks = :locks, lockedAt = :lockedAt ADD changes :one',
    ConditionExpression,
    // LOCKS is one of DynamoDB's reserved words.
    ExpressionAttributeNames: { '#locks': 'locks' },
    ExpressionAttributeValues: {
      ':triesLeft': guard.triesLeft,
      ':lockedUntil': guard.lockedUntil,
      ':locks': guard.locks,
      ':lockedAt': guard.lockedAt,
      ':one': 1,
      ...values,
    },
  });

  return {
    /** `undefined`: nobody ever tried or set a PIN. Strongly consistent. */
    read: async (producer: ProducerId): Promise<StoredPin | undefined> => {
      const get = new GetCommand({ TableName: name('Registry'), Key: keyOf(producer), ConsistentRead: true });
      const { Item } = await client.send(get);
      return Item && StoredPin.parse(Item);
    },

    /** Restores all tries. Returns the depots where the old PIN was locked. */
    set: async (producer: ProducerId, pin: PinHash, setAt: Instant): Promise<readonly StockLocationId[]> => {
      const set = { ...pin, setAt, ...INITIAL_PIN_GUARD };
      const update = new UpdateCommand({
        TableName: name('Registry'),
        Key: keyOf(producer),
        UpdateExpression: `SET ${Object.keys(set)
          .map((field) => `#${field} = :${field}`)
          .join(', ')} REMOVE lockedAt ADD changes :one`,
        ExpressionAttributeNames: Object.fromEntries(Object.keys(set).map((field) => [`#${field}`, field])),
        ExpressionAttributeValues: {
          ...Object.fromEntries(Object.entries(set).map(([field, value]) => [`:${field}`, value])),
          ':one': 1,
        },
        ReturnValues: 'ALL_OLD',
      });
      const { Attributes } = await client.send(update);
      return StoredPin.pick({ lockedAt: true }).parse(Attributes ?? {}).lockedAt;
    },

    /** Nothing if the producer has a PIN. */
    setIfNone: async (producer: ProducerId, pin: PinHash): Promise<void> => {
      const Item = { ...keyOf(producer), ...pin, changes: 1, ...INITIAL_PIN_GUARD };
      const put = { TableName: name('Registry'), Item, ConditionExpression: 'attribute_not_exists(id)' };
      await isConditionMet(client.send(new PutCommand(put)));
    },

    /** `false`: a concurrent try, reset or new PIN. Not retried: a lost answer costs the try. */
    takeTry: (producer: ProducerId, { salt, triesLeft, lockedUntil }: StoredPin, taken: PinTry): Promise<boolean> => {
      const condition = 'salt = :salt AND triesLeft = :wasLeft AND lockedUntil = :wasUntil';
      const values = { ':salt': salt, ':wasLeft': triesLeft, ':wasUntil': lockedUntil };
      return isConditionMet(client.send(new UpdateCommand(guardUpdate(producer, taken, condition, values))));
    },

    /** Unless a new PIN was set. Retried: a lost answer must not lock out the owner. */
    restoreTries: async (producer: ProducerId, { salt }: Pick<StoredPin, 'salt'>): Promise<void> => {
      const all = { ...INITIAL_PIN_GUARD, lockedAt: [] };
      await updateIf({ client }, guardUpdate(producer, all, 'salt = :salt', { ':salt': salt }));
    },
  };
};

const isConditionMet = async (write: Promise<unknown>): Promise<boolean> => {
  try {
    await write;
    return true;
  } catch (error) {
    if (isConditionalCheckFailed(error)) return false;
    throw error;
  }
};
