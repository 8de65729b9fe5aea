/**
 * What is kept of a sum from one day to the next: half after so many days. Literals, and only multiplied, so that every machine and
 * every later version comes to the same bits.
 */
export const DECAY_HALF_LIFE_7_DAYS = 0.9057236642639067;
export const DECAY_HALF_LIFE_60_DAYS = 0.9885140203528962;
export const DECAY_HALF_LIFE_90_DAYS = 0.9923279462629435;
