import { better, clockFor, type DeviceClock, type Measurement, measure } from './device-clock.ts';

/** On every answer of Bahi: when the request arrived and when the answer left, in milliseconds since 1970. */
export const RECEIVED_AT = 'bahi-received-at';
export const SENT_AT = 'bahi-sent-at';

/**
 * A phone's clock, measured by every answer that comes: no call of its own is needed. `now` is what the
 * phone shows, in milliseconds since 1970.
 *
 * @example
 * const clock = phoneClock();
 * const client = clientOf(base, token, clock.measuring(fetch));
 * const sale = { ...claim, clock: clock.stamp(Date.parse(claim.occurredAt)) };
 */
export const phoneClock = (now: () => number = Date.now) => {
  let measured: Measurement | undefined;
  let after: number | undefined;
  return {
    measuring: (fetcher: typeof fetch): typeof fetch =>
      measuring(fetcher, now, (newer) => {
        measured = better(measured, newer);
      }),

    /** Once for each voucher, as it is captured; it then stays with the voucher. Nobody measured: `undefined`. */
    stamp: (occurredAt: number): DeviceClock | undefined => {
      const clock = clockFor(measured, occurredAt, after);
      after = occurredAt + (clock?.skew ?? 0);
      return clock;
    },
  };
};

/** A `fetch` that tells what each answer says of the clock `now`. */
export const measuring =
  (fetcher: typeof fetch, now: () => number, onMeasured: (newer: Measurement) => void): typeof fetch =>
  async (...request) => {
    const sentAt = now();
    const response = await fetcher(...request);
    const receivedAt = now();
    const [serverReceivedAt, serverSentAt] = [RECEIVED_AT, SENT_AT].map((name) => response.headers.get(name));
    if (serverReceivedAt && serverSentAt) {
      const times = { serverReceivedAt: Number(serverReceivedAt), serverSentAt: Number(serverSentAt) };
      const measured = measure({ sentAt, receivedAt, ...times });
      if (measured) onMeasured(measured);
    }
    return response;
  };
