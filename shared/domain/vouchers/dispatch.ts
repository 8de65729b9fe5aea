import * as z from 'zod';
import { LocationId } from '../ids.ts';
import { LotNumber } from '../materials/lots.ts';
import { Paise } from '../quantity.ts';
import { isRefusal } from '../refusal.ts';
import { LottedOutcome } from './adjustment.ts';
import { mayGoBelowZero } from './admission.ts';
import { cancelled, header, itemAndMeasure, linesOf, Words } from './claim.ts';
import { type Decide, taken } from './decision.ts';
import { refuseUnknownItems } from './known-items.ts';
import { takeFromLots } from './lotted.ts';
import { measured } from './measured.ts';

/** Goods on their way to another location. `unitCost` in paise per base unit, as the delivery challan says it (CGST rule 55). */
export const Dispatch = z.strictObject({
  kind: z.literal('D'),
  ...header,
  to: LocationId,
  document: Words.optional(),
  lines: linesOf(z.strictObject({ ...itemAndMeasure, lot: LotNumber.optional(), unitCost: Paise.optional() })),
});
export type Dispatch = z.infer<typeof Dispatch>;

export const CancelledDispatch = z.strictObject({ kind: z.literal('D'), ...cancelled });

export const DispatchOutcome = LottedOutcome;
export type DispatchOutcome = z.infer<typeof DispatchOutcome>;

export const decideDispatch: Decide<Dispatch, DispatchOutcome> = ({ claim, admission, known, order }) => {
  const unknown = refuseUnknownItems(claim.lines, known);
  if (unknown) return unknown;
  const came = measured(claim.lines, known);
  if (isRefusal(came)) return came;
  if (!known.rows) return { outcome: came.outcome, stock: taken(came.lines, admission) };
  const lotted = takeFromLots(came.lines, known.rows, mayGoBelowZero(admission) ? 'in hand' : 'free', order);
  if (isRefusal(lotted)) return lotted;
  return { outcome: { ...came.outcome, lots: lotted.lots }, stock: lotted.stock };
};
