/**
 * Milliseconds. All deadlines use this clock. Tests stop it, so that a busy machine causes no
 * timeout.
 */
export const monotonicClock = { now: (): number => performance.now() };
