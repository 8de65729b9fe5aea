import * as z from 'zod';
import { LocationId } from '../../kernel/ids.ts';
import { millisecondsOf } from '../../kernel/time.ts';
import { BilingualText } from '../../kernel/units.ts';
import { VoucherNumber } from '../../kernel/voucher-number.ts';
import type { ReconciliationCheckpoint } from '../../reconciliation/drift.ts';
import { exceptionSource, type StateOf, usualSeverity } from '../alert-source.ts';
import { renderDrift } from '../drift-sentences.ts';

/** `many`: number of drifts. `vouchers`: likeliest causes of the first drift. */
const DriftEvidence = z.strictObject({
  many: z.int().min(0),
  first: BilingualText.optional(),
  vouchers: z.array(VoucherNumber),
});

/** The next reconciliation without drift resolves the alert. */
export const drift = exceptionSource({
  type: 'drift',
  about: LocationId,
  evidence: DriftEvidence,
  severity: usualSeverity('district'),
  smsText: { en: 'the book is off', hi: 'बही में अंतर' },
  render: ({ location, figures: { many, first } }) => {
    if (!first)
      return {
        en: `The book of ${location} and its vouchers agree again.`,
        hi: `${location} की बही और उसके वाउचर फिर मिल गए।`,
      };
    const more = many - 1;
    return {
      en: `The book of ${location} and its vouchers do not agree: ${first.en}${more > 0 ? `; and ${more} more` : ''}.`,
      hi: `${location} की बही और उसके वाउचर नहीं मिलते: ${first.hi}${more > 0 ? `; और ${more} ${more === 1 ? 'बात' : 'बातें'}` : ''}।`,
    };
  },
});

type LastReconciliation = Pick<ReconciliationCheckpoint, 'auditedAt' | 'drifts' | 'many'>;

/** The later reconciliation wins. */
export const driftState = (
  location: LocationId,
  { auditedAt, many, drifts: [first, ...more] }: LastReconciliation,
): StateOf<typeof drift> => ({
  location,
  type: 'drift',
  about: location,
  sourceVersion: millisecondsOf(auditedAt),
  figures: first
    ? { many: many ?? 1 + more.length, first: renderDrift(first), vouchers: [...first.vouchers] }
    : { many: 0, vouchers: [] },
  isActive: first !== undefined,
});
