import type { LocationId } from '../../kernel/ids.ts';
import { millisecondsOf } from '../../kernel/time.ts';
import type { ReconciliationCheckpoint } from '../../reconciliation/checkpoint.ts';
import { renderDrift } from '../drift-sentences.ts';
import type { AlertSource } from '../exception-alert.ts';

type LastReconciliation = Pick<ReconciliationCheckpoint, 'auditedAt' | 'drifts' | 'many'>;

/** What the last audit of a location found: it stands until one finds nothing, and of two audits the one that began later tells. */
export const driftSource = (
  location: LocationId,
  { auditedAt, many, drifts: [first, ...more] }: LastReconciliation,
): AlertSource => ({
  ...{ location, type: 'drift', about: location, sourceVersion: millisecondsOf(auditedAt) },
  figures: first
    ? { many: many ?? 1 + more.length, first: renderDrift(first), vouchers: first.vouchers }
    : { many: 0, vouchers: [] },
  cause: first !== undefined,
});
