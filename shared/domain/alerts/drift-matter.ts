import type { Checkpoint } from '../audit/checkpoint.ts';
import { saysDrift } from '../audit/says-drift.ts';
import type { Place } from '../ids.ts';
import { millisecondsOf } from '../time.ts';
import type { Seen } from './matter.ts';

type Audited = Pick<Checkpoint, 'auditedAt' | 'drifts' | 'many'>;

/** What the last audit of a location found: it stands until one finds nothing, and of two audits the one that began later tells. */
export const driftMatter = (location: Place, { auditedAt, many, drifts: [first, ...more] }: Audited): Seen => ({
  ...{ location, type: 'drift', about: location, sourceVersion: millisecondsOf(auditedAt) },
  figures: first
    ? { many: many ?? 1 + more.length, first: saysDrift(first), vouchers: first.vouchers }
    : { many: 0, vouchers: [] },
  cause: first !== undefined,
});
