import * as z from 'zod';
import {
  cancelledClaimFields,
  claimHeaderFields,
  FreeText,
  itemAndMeasure,
  linesSchema,
} from '../../kernel/claim-fields.ts';
import { isRefusal } from '../../kernel/refusal.ts';
import { LotNumber, LotWithdrawal } from '../../stock/lots.ts';
import { mayGoBelowZero } from '../admission.ts';
import { MeasuredOutcome, toBaseUnitLines } from '../base-unit-lines.ts';
import { type Decide, stockIn, stockOut } from '../decision.ts';
import { addFoundLines, withdrawLines } from '../lot-changes.ts';
import { refuseUnknownItems } from '../unknown-items.ts';

export const ADJUSTMENT_REASONS = ['damaged', 'lost', 'sample', 'display', 'found'] as const;

/** Goods that left or came back without a sale. The reason says which way: `found` adds, every other takes. At a depot, `lot` says of which. */
export const Adjustment = z.strictObject({
  kind: z.literal('A'),
  ...claimHeaderFields,
  reason: z.enum(ADJUSTMENT_REASONS),
  note: FreeText.optional(),
  lines: linesSchema(z.strictObject({ ...itemAndMeasure, lot: LotNumber.optional() })),
});
export type Adjustment = z.infer<typeof Adjustment>;

export const CancelledAdjustment = z.strictObject({ kind: z.literal('A'), ...cancelledClaimFields });

/** `lots`: line by line, which lots it took from. */
export const LotOutcome = MeasuredOutcome.extend({ lots: z.array(z.array(LotWithdrawal)).optional() });
export type LotOutcome = z.infer<typeof LotOutcome>;

export const decideAdjustment: Decide<Adjustment, LotOutcome> = ({ claim, admission, known, order }) => {
  const unknown = refuseUnknownItems(claim.lines, known);
  if (unknown) return unknown;
  const came = toBaseUnitLines(claim.lines, known);
  if (isRefusal(came)) return came;
  const { lines, outcome } = came;
  const adds = claim.reason === 'found';
  if (!known.rows) return { outcome, stock: adds ? stockIn(lines) : stockOut(lines, admission) };
  const lotted = adds
    ? addFoundLines(lines, known.rows, order)
    : withdrawLines(lines, known.rows, mayGoBelowZero(admission) ? 'in hand' : 'free', order);
  if (isRefusal(lotted)) return lotted;
  return { outcome: { ...outcome, ...(!adds && { lots: lotted.lots }) }, stock: lotted.stock };
};
