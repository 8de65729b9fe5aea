import * as z from 'zod';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import { Instant, instantOf, millisecondsOf } from '../kernel/time.ts';
import { CONFIRMATION_DAYS } from './reservation.ts';

export const ConfirmationCode = z.string().regex(/^\d{6}$/, 'a code is 6 digits');

/** A guess succeeds 5 times in a million. */
export const MAX_CODE_TRIES = 5;

/** Only its producer sees it. */
export const PendingConfirmation = z.strictObject({ code: ConfirmationCode, triesLeft: z.int(), until: Instant });
export type PendingConfirmation = z.infer<typeof PendingConfirmation>;

export type NewConfirmationCode = { readonly until: Instant };

export const codeExpiryOf = (now: Instant): Instant =>
  instantOf(millisecondsOf(now) + CONFIRMATION_DAYS * 24 * 3_600_000);

export const refuseVoidCode = (pending: PendingConfirmation | undefined, now: Instant): Refusal | undefined => {
  if (!pending) return refuse('CODE_VOID', 'No code is open for this request.');
  if (pending.until <= now) return refuse('CODE_VOID', `The code expired at ${pending.until}.`);
  if (pending.triesLeft <= 0) return refuse('CODE_VOID', `The code is void after ${MAX_CODE_TRIES} wrong tries.`);
  return undefined;
};

/** After the try was taken, so that parallel guesses count too. */
export const refuseWrongCode = ({ code, triesLeft }: PendingConfirmation, entered: string): Refusal | undefined =>
  code === entered
    ? undefined
    : refuse('CODE_WRONG', `This is not the code of the last issue (tries left: ${triesLeft}).`, { triesLeft });
