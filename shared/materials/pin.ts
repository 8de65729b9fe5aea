import * as z from 'zod';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import { type Instant, instantOf, millisecondsOf } from '../kernel/time.ts';

export const CardNumber = z
  .string()
  .regex(/^[A-Z0-9][A-Z0-9-]{3,19}$/, 'a card number is 4 to 20 capitals, digits or hyphens')
  .brand('CardNumber');
export type CardNumber = z.infer<typeof CardNumber>;

/** Modulo 10. */
const isDigitRun = (step: number) => (pin: string) =>
  [...pin].every((digit, at) => at === 0 || Number(digit) === (Number(pin[at - 1]) + step + 10) % 10);

/** Easy guesses are refused. */
export const Pin = z
  .string()
  .regex(/^\d{4,6}$/, { error: 'a PIN is 4 to 6 digits', abort: true })
  .refine((pin) => !isDigitRun(0)(pin), 'a PIN must not repeat one digit')
  .refine(
    (pin) => !isDigitRun(1)(pin) && !isDigitRun(-1)(pin),
    'a PIN must not be a run of digits, such as 1234 or 9876',
  )
  .brand('Pin');
export type Pin = z.infer<typeof Pin>;

export const MAX_PIN_TRIES = 5;
/**
 * Minutes of the first, second, … lock in a row; the last repeats. 25 guesses on the first day,
 * then 5 a day.
 */
const LOCK_MINUTES = [15, 60, 240, 1_440] as const;

/** `locks`: since the last right PIN. */
export type PinGuard = { readonly triesLeft: number; readonly lockedUntil: Instant; readonly locks: number };

/** Far in the past, so that a slow clock does not see a lock. */
export const INITIAL_PIN_GUARD: PinGuard = { triesLeft: MAX_PIN_TRIES, lockedUntil: instantOf(0), locks: 0 };

/** Before the comparison, so that parallel guesses count. The last try locks. */
export const takePinTry = ({ triesLeft, lockedUntil, locks }: PinGuard, now: Instant): PinGuard | Refusal => {
  if (now < lockedUntil) return refuse('PIN_LOCKED', `The PIN is locked until ${lockedUntil}.`, { until: lockedUntil });
  const left = (triesLeft > 0 ? triesLeft : MAX_PIN_TRIES) - 1;
  if (left > 0) return { triesLeft: left, lockedUntil, locks };
  const minutes = LOCK_MINUTES[locks] ?? LOCK_MINUTES[LOCK_MINUTES.length - 1] ?? 0;
  return { triesLeft: left, lockedUntil: instantOf(millisecondsOf(now) + minutes * 60_000), locks: locks + 1 };
};

/** The same for a wrong card, PIN or producer. */
export const refuseWrongPin = ({ triesLeft, lockedUntil }: Pick<PinGuard, 'triesLeft' | 'lockedUntil'>): Refusal => {
  const next = triesLeft > 0 ? `${triesLeft} ${triesLeft > 1 ? 'tries' : 'try'} left` : `locked until ${lockedUntil}`;
  return refuse('PIN_WRONG', `Card and PIN do not match: ${next}.`, { triesLeft });
};
