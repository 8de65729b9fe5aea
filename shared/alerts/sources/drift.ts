import type { Place } from '../../kernel/ids.ts';
import { millisecondsOf } from '../../kernel/time.ts';
import type { Checkpoint } from '../../reconciliation/checkpoint.ts';
import { saysDrift } from '../drift-sentences.ts';
import type { Seen } from '../exception-alert.ts';

type Audited = Pick<Checkpoint, 'auditedAt' | 'drifts' | 'many'>;

/** What the last audit of a location found: it stands until one finds nothing, and of two audits the one that began later tells. */
export const driftMatter = (location: Place, { auditedAt, many, drifts: [first, ...more] }: Audited): Seen => ({
  ...{ location, type: 'drift', about: location, sourceVersion: millisecondsOf(auditedAt) },
  figures: first
    ? { many: many ?? 1 + more.length, first: saysDrift(first), vouchers: first.vouchers }
    : { many: 0, vouchers: [] },
  cause: first !== undefined,
});
