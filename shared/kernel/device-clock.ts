import * as z from 'zod';
import { type Day, dayOf, type Instant, instantOf, millisecondsOf } from './time.ts';
import { Skew } from './voucher-number.ts';

/** Milliseconds: a time has a year of at most four digits. */
const MAX_SKEW_MILLISECONDS = 10_000 * 366 * 86_400_000;

/**
 * A phone measures its clock before it captures a voucher, so that every attempt sends the same
 * bytes. Milliseconds. `skew`: how far the phone's clock is behind the server's (negative: ahead).
 * `within`: its largest error.
 */
export const DeviceClock = z.strictObject({
  skew: z.int().min(-MAX_SKEW_MILLISECONDS).max(MAX_SKEW_MILLISECONDS).pipe(Skew),
  within: z.int().min(0).max(MAX_SKEW_MILLISECONDS),
});
export type DeviceClock = z.infer<typeof DeviceClock>;

/** Without a measurement, the clock counts as correct. */
export const clockAdmissionFields = (clock: DeviceClock | undefined) => ({
  ...(clock && clock.skew !== 0 && { skew: clock.skew }),
  ...(clock && { within: clock.within }),
});

/** Milliseconds since 1970. */
export type TimeExchange = {
  readonly sentAt: number;
  readonly serverReceivedAt: number;
  readonly serverSentAt: number;
  readonly receivedAt: number;
};

/** `at`: the phone's own time of the measurement. */
export type ClockMeasurement = DeviceClock & { readonly at: number };

const CLOCK_RESOLUTION_MILLISECONDS = 1;

/**
 * The method of NTP (RFC 5905, section 8). The error is at most half the time on the way.
 * `undefined`: a clock was set during the exchange.
 */
export const measureClock = (exchange: TimeExchange): ClockMeasurement | undefined => {
  const { sentAt, serverReceivedAt, serverSentAt, receivedAt } = exchange;
  const onTheWay = receivedAt - sentAt - (serverSentAt - serverReceivedAt);
  if (![sentAt, serverReceivedAt, serverSentAt, receivedAt].every(Number.isFinite)) return undefined;
  if (receivedAt < sentAt || serverSentAt < serverReceivedAt || onTheWay < -CLOCK_RESOLUTION_MILLISECONDS)
    return undefined;
  const skew = Math.round((serverReceivedAt - sentAt + serverSentAt - receivedAt) / 2) as Skew;
  if (Math.abs(skew) > MAX_SKEW_MILLISECONDS) return undefined;
  return { skew, within: Math.ceil(Math.max(0, onTheWay) / 2) + CLOCK_RESOLUTION_MILLISECONDS, at: receivedAt };
};

/** 8.64 seconds a day. Quartz drifts by up to 20 parts per million; heat and age add to it. */
const MAX_DRIFT_RATE = 100 / 1_000_000;

const uncertaintyAt = ({ within, at }: ClockMeasurement, time: number): number =>
  within + Math.ceil(Math.abs(time - at) * MAX_DRIFT_RATE);

/**
 * Keeps the narrower measurement. If they contradict, the phone's clock was set, and the newer one
 * counts.
 */
export const betterMeasurement = (known: ClockMeasurement | undefined, newer: ClockMeasurement): ClockMeasurement => {
  if (!known) return newer;
  const within = uncertaintyAt(known, newer.at);
  const isContradicted = Math.abs(known.skew - newer.skew) > within + newer.within;
  return isContradicted || newer.within <= within ? newer : known;
};

/**
 * The clock fields of a voucher captured at `occurredAt` (phone time). `after` is the corrected
 * time of the phone's previous voucher: it keeps vouchers in order when a new measurement moves
 * times back.
 */
export const deviceClockAt = (
  measured: ClockMeasurement | undefined,
  occurredAt: number,
  after = Number.NEGATIVE_INFINITY,
): DeviceClock | undefined => {
  if (!measured) return undefined;
  const within = uncertaintyAt(measured, occurredAt);
  const behind = after + 1 - (occurredAt + measured.skew);
  // A larger step back means that the clock itself was set back.
  const raise = behind > 0 && behind <= 2 * within ? behind : 0;
  return { skew: (measured.skew + raise) as Skew, within: within + raise };
};

const MAX_STEP_BACK_MILLISECONDS = 1_000;

/**
 * The time of a phone's next voucher: `now`, or after its `latest`, so that two never share a
 * millisecond. A larger step back means that the clock was set.
 */
export const nextVoucherTime = (now: number, latest = Number.NEGATIVE_INFINITY): number =>
  now <= latest && latest - now < MAX_STEP_BACK_MILLISECONDS ? latest + 1 : now;

/** Milliseconds since 1970, on every response. */
export const RECEIVED_AT_HEADER = 'bahi-received-at';

export const SENT_AT_HEADER = 'bahi-sent-at';

/** The last millisecond of an IST day: midnight IST is 18:30 UTC. */
export const endOfDay = (day: Day): Instant => instantOf(millisecondsOf(`${day}T18:30:00.000Z` as Instant) - 1);

/** This time stands for a day without a time. */
export const isEndOfDay = (occurredAt: Instant): boolean => occurredAt === endOfDay(dayOf(occurredAt));

/**
 * Paper needs no clock correction. A day without a time counts at its end, or at `now` if the day
 * is not over.
 */
export const paperSkew = (occurredAt: Instant, now: Instant): Skew => {
  const isDayAlone = isEndOfDay(occurredAt);
  const isToday = dayOf(occurredAt) === dayOf(now);
  return (isDayAlone && isToday ? millisecondsOf(now) - millisecondsOf(occurredAt) : 0) as Skew;
};
