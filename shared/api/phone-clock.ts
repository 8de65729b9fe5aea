import {
  betterMeasurement,
  type ClockMeasurement,
  type DeviceClock,
  deviceClockAt,
  measureClock,
  RECEIVED_AT_HEADER,
  SENT_AT_HEADER,
} from '../kernel/device-clock.ts';

/**
 * Measures the phone's clock by every answer, without extra calls. `now`: milliseconds since 1970.
 *
 * @example
 * const clock = phoneClock();
 * const client = createClient(base, token, clock.measuring(fetch));
 * const sale = { ...claim, clock: clock.stamp(Date.parse(claim.occurredAt)) };
 */
export const phoneClock = (now: () => number = Date.now) => {
  let measured: ClockMeasurement | undefined;
  let after: number | undefined;
  return {
    measuring: (fetcher: typeof fetch): typeof fetch =>
      withClockMeasurement(fetcher, now, (newer) => {
        measured = betterMeasurement(measured, newer);
      }),

    /** Call once per voucher, at capture. `undefined`: not measured. */
    stamp: (occurredAt: number): DeviceClock | undefined => {
      const clock = deviceClockAt(measured, occurredAt, after);
      after = occurredAt + (clock?.skew ?? 0);
      return clock;
    },
  };
};

/** A fetch that measures the clock by every answer. */
export const withClockMeasurement =
  (fetcher: typeof fetch, now: () => number, onMeasured: (newer: ClockMeasurement) => void): typeof fetch =>
  async (...request) => {
    const sentAt = now();
    const response = await fetcher(...request);
    const receivedAt = now();
    const [serverReceivedAt, serverSentAt] = [RECEIVED_AT_HEADER, SENT_AT_HEADER].map((name) =>
      response.headers.get(name),
    );
    if (serverReceivedAt && serverSentAt) {
      const times = { serverReceivedAt: Number(serverReceivedAt), serverSentAt: Number(serverSentAt) };
      const measured = measureClock({ sentAt, receivedAt, ...times });
      if (measured) onMeasured(measured);
    }
    return response;
  };
