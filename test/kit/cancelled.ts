import type { FixedClock } from './clock.ts';

/** The claim of a number that was spoiled, of any kind. */
export const cancelled = <Kind extends 'S' | 'R' | 'A' | 'C'>(clock: FixedClock, kind: Kind, reason: string) => {
  const said = { occurredAt: clock.now(), by: 'S001', previous: null, cancelled: reason };
  return { ...said, kind } as typeof said & ({ kind: 'S' } | { kind: 'R' } | { kind: 'A' } | { kind: 'C' });
};
