import * as z from 'zod';
import type { LocationId } from '../../kernel/ids.ts';
import { Instant } from '../../kernel/time.ts';
import { VoucherNumber } from '../../kernel/voucher-number.ts';
import { HELD_STATES, HeldId, HeldVoucher } from '../../ledger/held.ts';
import { exceptionSource, type StateOf, usualSeverity } from '../alert-source.ts';

const HeldEvidence = z.strictObject({
  number: VoucherNumber,
  heldAt: Instant,
  problem: HeldVoucher.shape.problem,
  state: z.enum(HELD_STATES),
});

export const held = exceptionSource({
  type: 'held',
  about: HeldId,
  evidence: HeldEvidence,
  severity: usualSeverity('district'),
  smsText: { en: 'voucher held', hi: 'वाउचर रुका है' },
  render: ({ figures: { number, problem } }) => ({
    en: `Voucher ${number} is not in the book yet, because: ${problem.detail.replace(/\.?$/, '')}; an officer has to settle it.`,
    hi: `वाउचर ${number} अभी बही में दर्ज नहीं हो सका (${problem.code}): अधिकारी को फ़ैसला करना है।`,
  }),
});

/** `at`: a location that the voucher concerns. */
export const heldState = (
  { location, held: about, version, number, heldAt, problem, state }: HeldVoucher,
  at: LocationId = location,
): StateOf<typeof held> => ({
  location: at,
  type: 'held',
  about,
  sourceVersion: version,
  figures: { number, heldAt, problem, state },
  isActive: state === 'held',
});
