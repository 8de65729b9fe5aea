import { createHash, randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { type ProducerId, StockLocationId } from '../kernel/ids.ts';
import { isRefusal, type Refusal } from '../kernel/refusal.ts';
import { Instant } from '../kernel/time.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { RETRY, retry, UnavailableError } from '../platform/retry.ts';
import { type CardNumber, INITIAL_PIN_GUARD, type Pin, type PinGuard, refuseWrongPin, takePinTry } from './pin.ts';

/** In the registry's table, under a kind that no operation reads. */
const PIN_KIND = 'pins';
/** Memory-hard: each guess takes 32 MB. Stored with each hash, so that new hashes may differ. */
const SCRYPT = { N: 2 ** 15, r: 8, p: 1 };

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

type StoredPin = z.infer<typeof StoredPin>;

export type PinLocks = Pick<StoredPin, 'locks' | 'lockedUntil' | 'lockedAt' | 'changes'>;

type PinAttempt = {
  readonly producer: ProducerId;
  readonly card: CardNumber;
  readonly pin: string;
  readonly now: Instant;
};

/** `alertsAt`: where the PIN alert must be evaluated. */
export type PinCheck = { readonly answer: 'right' | Refusal; readonly alertsAt: readonly StockLocationId[] };

export type PinStore = ReturnType<typeof pinStore>;

export const pinStore = ({ client, name }: Tables) => {
  const keyOf = (producer: ProducerId) => ({ kind: PIN_KIND, id: producer });

  return {
    /**
     * Restores all tries; returns the depots where the old PIN was locked. A check in progress
     * counts for the old one.
     */
    set: async ({
      producer,
      card,
      pin,
      now,
    }: PinAttempt & { readonly pin: Pin }): Promise<readonly StockLocationId[]> => {
      const salt = randomText(16);
      const hash = (await pinHashOf(pin, { salt, scrypt: SCRYPT })).toString('base64url');
      const set = { card, hash, salt, scrypt: SCRYPT, setAt: now, ...INITIAL_PIN_GUARD };
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

    /** Takes a try, then compares. A lost answer costs the try; the right PIN restores all. */
    check: async ({
      producer,
      card,
      pin,
      now,
      depot,
    }: PinAttempt & { readonly depot: StockLocationId }): Promise<PinCheck> => {
      const attempt = await retry(async () => {
        const stored = await read(producer);
        if (!stored) {
          await begin(producer);
          return RETRY;
        }
        const guard = takePinTry(stored, now);
        // The locking call may have ended before its alert.
        if (isRefusal(guard)) return { answer: guard, alertsAt: stored.lockedAt } satisfies PinCheck;
        const locked = guard.locks > stored.locks;
        const lockedAt = locked ? [...new Set([...stored.lockedAt, depot])] : stored.lockedAt;
        return (await take(producer, stored, { ...guard, lockedAt }))
          ? { ...stored, ...guard, lockedAt, locked }
          : RETRY;
      });
      if ('answer' in attempt && attempt.answer) return attempt;

      const hash = await pinHashOf(pin, attempt);
      const rightPin = isEqualInConstantTime(hash, Buffer.from(attempt.hash, 'base64url'));
      const rightCard = isEqualInConstantTime(card, attempt.card);
      if (!rightPin || !rightCard)
        return { answer: refuseWrongPin(attempt), alertsAt: attempt.locked ? attempt.lockedAt : [] };
      await giveBack(producer, attempt);
      return { answer: 'right', alertsAt: attempt.lockedAt };
    },

    /** `undefined`: nobody ever tried or set a PIN. */
    locks: (producer: ProducerId): Promise<PinLocks | undefined> => read(producer),
  };

  async function read(producer: ProducerId): Promise<StoredPin | undefined> {
    const get = new GetCommand({ TableName: name('Registry'), Key: keyOf(producer), ConsistentRead: true });
    const { Item } = await client.send(get);
    return Item && StoredPin.parse(Item);
  }

  /** A random PIN, so that guesses at a missing one are counted and answered alike. */
  async function begin(producer: ProducerId): Promise<void> {
    const unknown = { card: '', hash: randomText(32), salt: randomText(16), scrypt: SCRYPT, changes: 1 };
    const Item = { ...keyOf(producer), ...unknown, ...INITIAL_PIN_GUARD };
    const put = { TableName: name('Registry'), Item, ConditionExpression: 'attribute_not_exists(id)' };
    await isConditionMet(client.send(new PutCommand(put)));
  }

  /** `false`: a concurrent try, reset or new PIN. */
  function take(
    producer: ProducerId,
    { salt, triesLeft, lockedUntil }: StoredPin,
    guard: PinGuard & Pick<StoredPin, 'lockedAt'>,
  ): Promise<boolean> {
    const conditionValues = { ':salt': salt, ':wasLeft': triesLeft, ':wasUntil': lockedUntil };
    return change(
      producer,
      guard,
      'salt = :salt AND triesLeft = :wasLeft AND lockedUntil = :wasUntil',
      conditionValues,
    );
  }

  /** Unless a new PIN was set. Retried: a lost answer must not lock out the owner. */
  function giveBack(producer: ProducerId, { salt }: StoredPin): Promise<boolean> {
    return retry(async () => {
      try {
        return await change(producer, { ...INITIAL_PIN_GUARD, lockedAt: [] }, 'salt = :salt', { ':salt': salt });
      } catch (error) {
        if (error instanceof UnavailableError) return RETRY;
        throw error;
      }
    });
  }

  function change(
    producer: ProducerId,
    guard: PinGuard & Pick<StoredPin, 'lockedAt'>,
    condition: string,
    values: Record<string, unknown>,
  ) {
    const update = new UpdateCommand({
      TableName: name('Registry'),
      Key: keyOf(producer),
      UpdateExpression:
        'SET triesLeft = :triesLeft, lockedUntil = :lockedUntil, #locks = :locks, lockedAt = :lockedAt ADD changes :one',
      ConditionExpression: condition,
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
    return isConditionMet(client.send(update));
  }
};

const isConditionMet = async (write: Promise<unknown>): Promise<boolean> => {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};

const randomText = (bytes: number): string => randomBytes(bytes).toString('base64url');

const pinHashOf = (pin: string, parameters: Pick<StoredPin, 'salt' | 'scrypt'>): Promise<Buffer> => {
  const options: ScryptOptions = { ...parameters.scrypt, maxmem: 256 * parameters.scrypt.N * parameters.scrypt.r };
  return new Promise((resolve, reject) =>
    scrypt(pin, Buffer.from(parameters.salt, 'base64url'), 32, options, (error, key) =>
      error ? reject(error) : resolve(key),
    ),
  );
};

const isEqualInConstantTime = (a: string | Buffer, b: string | Buffer): boolean => {
  const [left, right] = [a, b].map((one) => createHash('sha256').update(one).digest()) as [Buffer, Buffer];
  return timingSafeEqual(left, right);
};
