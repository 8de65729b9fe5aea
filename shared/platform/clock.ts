import { type Clock, instantOf } from '../kernel/time.ts';

export const systemClock: Clock = { now: () => instantOf(Date.now()) };
