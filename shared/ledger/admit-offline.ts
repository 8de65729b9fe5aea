import { type ErrorCode, type Refusal, refuse } from '../kernel/refusal.ts';
import { addDays, dayOf, type Instant, millisecondsOf } from '../kernel/time.ts';
import { partsOf } from '../kernel/voucher-number.ts';
import { corrected } from '../kernel/voucher-sequence.ts';
import {
  type Asking,
  CLOCK_TOLERANCE_SECONDS,
  type Claimed,
  refuseNumber,
  refuseRevoked,
  refuseTerminal,
  refuseUnproven,
} from './admit-live.ts';
import { refuseAbove } from './handed-over.ts';

/** Hours by which a device's clock may be off and still be put right: beyond, its days are wrong too. */
const MOST_SKEW_HOURS = 12;

/** It has happened, so it is admitted as it stands if it can be; `mayNot`: the caller may not send this kind. */
export const refuseCaptured = (asked: Claimed, mayNot: Refusal | undefined): Refusal | undefined => {
  const { number, location, claim, terminal, isProven } = asked;
  return (
    refuseTerminal(number, location, terminal && { location: terminal.location }) ??
    refuseIfRevoked(asked) ??
    refuseUnproven(number, isProven) ??
    mayNot ??
    refuseAbove(number, terminal) ??
    refuseNumber(number, claim) ??
    refuseSkew(asked) ??
    refuseAhead(asked) ??
    refuseBefore(asked)
  );
};

/**
 * An officer has looked at it, and may have told when it happened: then it stands in that place, whatever its device's clock was. A day book is
 * found by the day of its numbers, so that what happened on another day, or is of another kind than its number says, needs a voucher of its own.
 */
export const refuseHeld = (asked: Asking, isTold: boolean): Refusal | undefined => {
  const { number, location, claim, terminal } = asked;
  const { kind, day } = partsOf(number);
  const happened = dayOf(happenedAt(asked));
  const isElsewhere = happened < addDays(day, -1) || happened > addDays(day, 1) || claim.kind !== kind;
  // Its terminal was good when it was sent: a stall's phones are revoked as its holder changes.
  const sentBy = terminal && { location: terminal.location };
  return (
    refuseTerminal(number, location, sentBy) ??
    (isElsewhere ? refuse('NUMBER_MISMATCH', `The number says a ${kind} of ${day}.`, { fields: [] }) : undefined) ??
    refuseAhead(asked) ??
    (isTold ? undefined : (refuseSkew(asked) ?? refuseBefore(asked)))
  );
};

const NOT_OURS: readonly ErrorCode[] = ['TERMINAL_UNKNOWN', 'TERMINAL_ELSEWHERE'];

/**
 * What a terminal of this place sent is never lost: whatever else stands against it, it is held for an officer. Of a revoked terminal, only what its own key
 * signed and what happened before it was revoked.
 */
export const isHeld = ({ refused, facts }: Refusal): boolean =>
  refused === 'TERMINAL_REVOKED'
    ? facts !== undefined && 'earlier' in facts && facts.earlier
    : !NOT_OURS.includes(refused);

const refuseIfRevoked = (asked: Claimed): Refusal | undefined => {
  const at = asked.terminal?.revoked?.at;
  return at && refuseRevoked(asked.number, at, asked.isProven && happenedAt(asked) < at);
};

const happenedAt = ({ claim, admission }: Asking): Instant => corrected(claim.occurredAt, admission.skew ?? 0);

const aheadIn = (asked: Asking): number => millisecondsOf(happenedAt(asked)) - millisecondsOf(asked.now);

const hours = (milliseconds: number): number => Math.round(milliseconds / 3_600_000);

/** Paper has no clock that could be off: what stands in its place is when it was brought. */
const refuseSkew = ({ admission, terminal, now }: Asking): Refusal | undefined => {
  const { skew = 0, within = 0 } = admission;
  if (terminal?.paper || Math.abs(skew) + within <= MOST_SKEW_HOURS * 3_600_000) return undefined;
  const bound = within >= 3_600_000 ? `, give or take ${hours(within)}` : '';
  return off(now, -skew, `The clock of its device is off by ${hours(Math.abs(skew))} hours${bound}.`);
};

const refuseAhead = (asked: Asking): Refusal | undefined => {
  const ahead = aheadIn(asked);
  if (ahead <= CLOCK_TOLERANCE_SECONDS * 1_000) return undefined;
  return off(asked.now, ahead, `It happened at ${happenedAt(asked)}, and that is not yet.`);
};

const refuseBefore = (asked: Asking): Refusal | undefined => {
  const at = happenedAt(asked);
  const enrolledAt = asked.terminal?.enrolledAt;
  if (enrolledAt === undefined || dayOf(at) >= dayOf(enrolledAt)) return undefined;
  return off(asked.now, aheadIn(asked), `It happened at ${at}, and its terminal was enrolled at ${enrolledAt}.`);
};

const off = (serverTime: Instant, milliseconds: number, detail: string): Refusal =>
  refuse('CLOCK_OFF', detail, { serverTime, offBySeconds: Math.round(milliseconds / 1_000) });
