import { createHash, randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import type { ProducerId, StockLocationId } from '../kernel/ids.ts';
import { isRefusal, type Refusal } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';
import { RETRY, retry } from '../platform/retry.ts';
import { type CardNumber, type Pin, refuseWrongPin, takePinTry } from './pin.ts';
import type { PinHash, PinStore } from './pin-store.ts';

/** Memory-hard: each guess takes 32 MB. */
const SCRYPT = { N: 2 ** 15, r: 8, p: 1 };

type PinAttempt = {
  readonly producer: ProducerId;
  readonly card: CardNumber;
  readonly pin: string;
  readonly now: Instant;
};

/** `alertsAt`: where the PIN alert must be evaluated. */
export type PinCheck = { readonly answer: 'right' | Refusal; readonly alertsAt: readonly StockLocationId[] };

export type PinService = ReturnType<typeof pinService>;

export const pinService = (store: PinStore) => ({
  /**
   * Restores all tries; returns the depots where the old PIN was locked. A check in progress counts
   * for the old one.
   */
  set: async ({
    producer,
    card,
    pin,
    now,
  }: PinAttempt & { readonly pin: Pin }): Promise<readonly StockLocationId[]> => {
    const salt = randomText(16);
    const hash = (await pinHashOf(pin, { salt, scrypt: SCRYPT })).toString('base64url');
    return store.set(producer, { card, hash, salt, scrypt: SCRYPT }, now);
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
      const stored = await store.read(producer);
      if (!stored) {
        await store.setIfNone(producer, unguessablePin());
        return RETRY;
      }
      const guard = takePinTry(stored, now);
      // The locking call may have ended before its alert.
      if (isRefusal(guard)) return { answer: guard, alertsAt: stored.lockedAt } satisfies PinCheck;
      const locked = guard.locks > stored.locks;
      const lockedAt = locked ? [...new Set([...stored.lockedAt, depot])] : stored.lockedAt;
      return (await store.takeTry(producer, stored, { ...guard, lockedAt }))
        ? { ...stored, ...guard, lockedAt, locked }
        : RETRY;
    });
    if ('answer' in attempt && attempt.answer) return attempt;

    const hash = await pinHashOf(pin, attempt);
    const rightPin = isEqualInConstantTime(hash, Buffer.from(attempt.hash, 'base64url'));
    const rightCard = isEqualInConstantTime(card, attempt.card);
    if (!rightPin || !rightCard)
      return { answer: refuseWrongPin(attempt), alertsAt: attempt.locked ? attempt.lockedAt : [] };
    await store.restoreTries(producer, attempt);
    return { answer: 'right', alertsAt: attempt.lockedAt };
  },
});

/** A random PIN, so that guesses at a missing one are counted and answered alike. */
const unguessablePin = (): PinHash => ({ card: '', hash: randomText(32), salt: randomText(16), scrypt: SCRYPT });

const randomText = (bytes: number): string => randomBytes(bytes).toString('base64url');

const pinHashOf = (pin: string, parameters: Pick<PinHash, 'salt' | 'scrypt'>): Promise<Buffer> => {
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
