import * as z from 'zod';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import { Instant, instantOf, millisecondsOf } from '../kernel/time.ts';
import { CONFIRMATION_DAYS } from './reservation.ts';

/** What a producer shows, or types, to say that the material came. */
export const ConfirmationCode = z.string().regex(/^\d{6}$/, 'a code is 6 digits');

/** One guess in a million, five times. */
export const MAX_CODE_TRIES = 5;

/** The code of the last issue of a request: only its producer sees it. */
export const PendingConfirmation = z.strictObject({ code: ConfirmationCode, triesLeft: z.int(), until: Instant });
export type PendingConfirmation = z.infer<typeof PendingConfirmation>;

/** A code to be drawn for an issue, and until when it is good. */
export type NewConfirmationCode = { readonly until: Instant };

/** Until when the code of an issue made now is good: as long as the producer should take to confirm. */
export const codeExpiryOf = (now: Instant): Instant =>
  instantOf(millisecondsOf(now) + CONFIRMATION_DAYS * 24 * 3_600_000);

/** A code that is no good any more, whatever is said. */
export const refuseVoidCode = (standing: PendingConfirmation | undefined, now: Instant): Refusal | undefined => {
  if (!standing) return refuse('CODE_VOID', 'No code is open for this request.');
  if (standing.until <= now) return refuse('CODE_VOID', `The code was good until ${standing.until}.`);
  if (standing.triesLeft <= 0) return refuse('CODE_VOID', 'Too many wrong codes were given.');
  return undefined;
};

/** What is said against what stands, after this try was taken off it: many guesses at once are no more than as many in a row. */
export const refuseWrongCode = ({ code, triesLeft }: PendingConfirmation, said: string): Refusal | undefined =>
  code === said
    ? undefined
    : refuse('CODE_WRONG', `This is not the code of the last issue; ${triesLeft} more may be tried.`, { triesLeft });
