import { type Clock, instantOf } from '../domain/time.ts';

export const systemClock: Clock = { now: () => instantOf(Date.now()) };
