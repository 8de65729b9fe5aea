import type { ErrorCode } from '../kernel/problems.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import { addDays, dayOf, type Instant, millisecondsOf } from '../kernel/time.ts';
import { correctedTime, partsOf } from '../kernel/voucher-number.ts';
import {
  CLOCK_TOLERANCE_SECONDS,
  refuseAboveLastNumbers,
  refuseNumberMismatch,
  refuseRevoked,
  refuseTerminal,
  refuseUnproven,
  type SubmissionWithProof,
  type SubmissionWithTerminal,
} from './admit-live.ts';

/** Beyond this clock correction, the days are wrong too. */
const MAX_SKEW_HOURS = 12;

/** Checks that need only the terminal. `roleRefusal`: the caller's refusal for this kind. */
export const refuseOffline = (
  submission: SubmissionWithProof,
  roleRefusal: Refusal | undefined,
): Refusal | undefined => {
  const { number, location, claim, terminal, isProven } = submission;
  return (
    refuseTerminal(number, location, terminal && { location: terminal.location }) ??
    refuseIfRevoked(submission) ??
    refuseUnproven(number, isProven) ??
    roleRefusal ??
    refuseAboveLastNumbers(number, terminal) ??
    refuseNumberMismatch(number, claim) ??
    refuseSkew(submission) ??
    refuseFutureTime(submission) ??
    refuseBeforeEnrolment(submission)
  );
};

/**
 * Checks for settling. `isTimeStated`: the officer stated the time. A voucher of another day or
 * kind needs another number, because the number selects the day book.
 */
export const refuseHeld = (submission: SubmissionWithTerminal, isTimeStated: boolean): Refusal | undefined => {
  const { number, location, claim, terminal } = submission;
  const { kind, day } = partsOf(number);
  const occurredDay = dayOf(correctedTimeOf(submission));
  const isNumberMismatch = occurredDay < addDays(day, -1) || occurredDay > addDays(day, 1) || claim.kind !== kind;
  // A terminal revoked later may have sent it: a new stall holder revokes old phones.
  const sentBy = terminal && { location: terminal.location };
  return (
    refuseTerminal(number, location, sentBy) ??
    (isNumberMismatch
      ? refuse('NUMBER_MISMATCH', `The number says a ${kind} of ${day}.`, { fields: [] })
      : undefined) ??
    refuseFutureTime(submission) ??
    (isTimeStated ? undefined : (refuseSkew(submission) ?? refuseBeforeEnrolment(submission)))
  );
};

const FOREIGN_TERMINAL_CODES: readonly ErrorCode[] = ['TERMINAL_UNKNOWN', 'TERMINAL_ELSEWHERE'];

/**
 * True if an officer can settle it. Unknown and foreign terminals are refused. A revoked terminal
 * needs its key's proof that the claim is older than the revocation.
 */
export const isHoldable = ({ refused, facts }: Refusal): boolean =>
  refused === 'TERMINAL_REVOKED'
    ? facts !== undefined && 'earlier' in facts && facts.earlier
    : !FOREIGN_TERMINAL_CODES.includes(refused);

const refuseIfRevoked = (submission: SubmissionWithProof): Refusal | undefined => {
  const at = submission.terminal?.revoked?.at;
  return at && refuseRevoked(submission.number, at, submission.isProven && correctedTimeOf(submission) < at);
};

const correctedTimeOf = ({ claim, admission }: SubmissionWithTerminal): Instant =>
  correctedTime(claim.occurredAt, admission.skew ?? 0);

const millisecondsAhead = (submission: SubmissionWithTerminal): number =>
  millisecondsOf(correctedTimeOf(submission)) - millisecondsOf(submission.now);

const toHours = (milliseconds: number): number => Math.round(milliseconds / 3_600_000);

/** A paper book has no clock: its skew is the time until it was typed in. */
const refuseSkew = ({ admission, terminal, now }: SubmissionWithTerminal): Refusal | undefined => {
  const { skew = 0, within = 0 } = admission;
  if (terminal?.paper || Math.abs(skew) + within <= MAX_SKEW_HOURS * 3_600_000) return undefined;
  const bound = within >= 3_600_000 ? `, give or take ${toHours(within)}` : '';
  return clockRefusal(now, -skew, `The clock of its device is off by ${toHours(Math.abs(skew))} hours${bound}.`);
};

const refuseFutureTime = (submission: SubmissionWithTerminal): Refusal | undefined => {
  const ahead = millisecondsAhead(submission);
  if (ahead <= CLOCK_TOLERANCE_SECONDS * 1_000) return undefined;
  return clockRefusal(submission.now, ahead, `It happened at ${correctedTimeOf(submission)}, and that is not yet.`);
};

const refuseBeforeEnrolment = (submission: SubmissionWithTerminal): Refusal | undefined => {
  const at = correctedTimeOf(submission);
  const enrolledAt = submission.terminal?.enrolledAt;
  if (enrolledAt === undefined || dayOf(at) >= dayOf(enrolledAt)) return undefined;
  return clockRefusal(
    submission.now,
    millisecondsAhead(submission),
    `It happened at ${at}, and its terminal was enrolled at ${enrolledAt}.`,
  );
};

const clockRefusal = (serverTime: Instant, milliseconds: number, detail: string): Refusal =>
  refuse('CLOCK_OFF', detail, { serverTime, offBySeconds: Math.round(milliseconds / 1_000) });
