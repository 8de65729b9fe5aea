/**
 * Milliseconds by a clock that only goes forward. Patience, deadlines and memory end by it, and by nothing
 * else: tests let it stand, so that a busy machine ends none of them.
 */
export const monotonicClock = { now: (): number => performance.now() };
