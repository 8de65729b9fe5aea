import * as z from 'zod';
import { cancelled, header, itemAndMeasure, linesOf, Words } from '../../kernel/claim-fields.ts';
import { isRefusal } from '../../kernel/refusal.ts';
import { LotNumber, TakenLot } from '../../stock/lots.ts';
import { mayGoBelowZero } from '../admission.ts';
import { added, type Decide, taken } from '../decision.ts';
import { putIntoLots, takeFromLots } from '../lot-changes.ts';
import { MeasuredOutcome, measured } from '../measured.ts';
import { refuseUnknownItems } from '../unknown-items.ts';

export const ADJUSTMENT_REASONS = ['damaged', 'lost', 'sample', 'display', 'found'] as const;

/** Goods that left or came back without a sale. The reason says which way: `found` adds, every other takes. At a depot, `lot` says of which. */
export const Adjustment = z.strictObject({
  kind: z.literal('A'),
  ...header,
  reason: z.enum(ADJUSTMENT_REASONS),
  note: Words.optional(),
  lines: linesOf(z.strictObject({ ...itemAndMeasure, lot: LotNumber.optional() })),
});
export type Adjustment = z.infer<typeof Adjustment>;

export const CancelledAdjustment = z.strictObject({ kind: z.literal('A'), ...cancelled });

/** `lots`: line by line, which lots it took from. */
export const LottedOutcome = MeasuredOutcome.extend({ lots: z.array(z.array(TakenLot)).optional() });
export type LottedOutcome = z.infer<typeof LottedOutcome>;

export const decideAdjustment: Decide<Adjustment, LottedOutcome> = ({ claim, admission, known, order }) => {
  const unknown = refuseUnknownItems(claim.lines, known);
  if (unknown) return unknown;
  const came = measured(claim.lines, known);
  if (isRefusal(came)) return came;
  const { lines, outcome } = came;
  const adds = claim.reason === 'found';
  if (!known.rows) return { outcome, stock: adds ? added(lines) : taken(lines, admission) };
  const lotted = adds
    ? putIntoLots(lines, known.rows, order)
    : takeFromLots(lines, known.rows, mayGoBelowZero(admission) ? 'in hand' : 'free', order);
  if (isRefusal(lotted)) return lotted;
  return { outcome: { ...outcome, ...(!adds && { lots: lotted.lots }) }, stock: lotted.stock };
};
