import * as z from 'zod';
import { Skew } from './voucher-sequence.ts';

/** No clock is off by more than all the years that a time can name, 10,000. Milliseconds. */
const MAX_SKEW_MILLISECONDS = 10_000 * 366 * 86_400_000;

/**
 * What a phone measured of its own clock before it captured a voucher. It stays with the voucher, so that
 * every attempt sends the same bytes. `skew`: milliseconds that the phone's clock is behind the server's
 * (below zero: ahead). `within`: the most by which `skew` may be wrong, in milliseconds.
 */
export const DeviceClock = z.strictObject({
  skew: z.int().min(-MAX_SKEW_MILLISECONDS).max(MAX_SKEW_MILLISECONDS).pipe(Skew),
  within: z.int().min(0).max(MAX_SKEW_MILLISECONDS),
});
export type DeviceClock = z.infer<typeof DeviceClock>;

/** The part of an admission that a measured clock fills. A clock that nobody measured is believed. */
export const clockAdmissionFields = (clock: DeviceClock | undefined) => ({
  ...(clock && clock.skew !== 0 && { skew: clock.skew }),
  ...(clock && { within: clock.within }),
});

/** One request and its answer, as the two clocks showed them. Milliseconds since 1970. */
export type TimeExchange = {
  readonly sentAt: number;
  readonly serverReceivedAt: number;
  readonly serverSentAt: number;
  readonly receivedAt: number;
};

/** A measurement, and the phone's own time at which it was made. */
export type ClockMeasurement = DeviceClock & { readonly at: number };

/** Both clocks show whole milliseconds. */
const CLOCK_RESOLUTION_MILLISECONDS = 1;

/**
 * As NTP does (RFC 5905, section 8): the offset is taken in the middle of the round trip, and is wrong by
 * half the time on the way at most, however slow the link or the server is. `undefined`: one of the clocks
 * was set meanwhile, so the exchange says nothing.
 */
export const measureClock = (exchange: TimeExchange): ClockMeasurement | undefined => {
  const { sentAt, serverReceivedAt, serverSentAt, receivedAt } = exchange;
  const onTheWay = receivedAt - sentAt - (serverSentAt - serverReceivedAt);
  if (![sentAt, serverReceivedAt, serverSentAt, receivedAt].every(Number.isFinite)) return undefined;
  if (receivedAt < sentAt || serverSentAt < serverReceivedAt || onTheWay < -CLOCK_RESOLUTION_MILLISECONDS)
    return undefined;
  const skew = Math.round((serverReceivedAt - sentAt + serverSentAt - receivedAt) / 2);
  return {
    ...DeviceClock.parse({ skew, within: Math.ceil(Math.max(0, onTheWay) / 2) + CLOCK_RESOLUTION_MILLISECONDS }),
    at: receivedAt,
  };
};

/** A phone's quartz drifts by up to 20 parts in a million; heat and age add to it. 8.64 seconds a day. */
const MAX_DRIFT_RATE = 100 / 1_000_000;

/** How far off a measurement may be by a later time of the phone's clock. */
const uncertaintyAt = ({ within, at }: ClockMeasurement, time: number): number =>
  within + Math.ceil(Math.abs(time - at) * MAX_DRIFT_RATE);

/**
 * The measurement to go on with: the narrower one. Where both cannot be true, the phone's clock was set
 * between them, and only the newer one counts.
 */
export const betterMeasurement = (known: ClockMeasurement | undefined, newer: ClockMeasurement): ClockMeasurement => {
  if (!known) return newer;
  const within = uncertaintyAt(known, newer.at);
  const isContradicted = Math.abs(known.skew - newer.skew) > within + newer.within;
  return isContradicted || newer.within <= within ? newer : known;
};

/**
 * What a phone writes beside a voucher that it captures at `occurredAt` of its own clock. A narrower
 * measurement may move the phone's times back by less than they were uncertain; `after`, the corrected time
 * of the phone's voucher before this one, keeps its own vouchers in the order in which they happened.
 */
export const deviceClockAt = (
  measured: ClockMeasurement | undefined,
  occurredAt: number,
  after = Number.NEGATIVE_INFINITY,
): DeviceClock | undefined => {
  if (!measured) return undefined;
  const within = uncertaintyAt(measured, occurredAt);
  const behind = after + 1 - (occurredAt + measured.skew);
  // Further back than the measurements allow, the clock itself was set back.
  const raise = behind > 0 && behind <= 2 * within ? behind : 0;
  return DeviceClock.parse({ skew: measured.skew + raise, within: within + raise });
};

/** On every answer of Bahi: when the request arrived and when the answer left, in milliseconds since 1970. */
export const RECEIVED_AT_HEADER = 'bahi-received-at';

export const SENT_AT_HEADER = 'bahi-sent-at';
