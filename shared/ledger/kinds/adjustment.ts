import * as z from 'zod';
import { claimHeaderFields, FreeText, itemAndMeasure, linesSchema } from '../../kernel/claim-fields.ts';
import { isRefusal } from '../../kernel/refusal.ts';
import { LotNumber, LotWithdrawal } from '../../stock/lots.ts';
import { mayGoBelowZero } from '../admission.ts';
import { MeasuredOutcome, refuseUnknownItems, toBaseUnitLines } from '../base-unit-lines.ts';
import { type Decide, stockIn, stockOut } from '../decision.ts';
import { addFoundLines, withdrawLines } from '../lot-changes.ts';
import { exampleHeader, goodsInHandFields, itemsOf, lineMovements, type VoucherKind } from '../voucher-kind.ts';

export const ADJUSTMENT_REASONS = ['damaged', 'lost', 'sample', 'display', 'found'] as const;

/** `found` adds goods; every other reason removes them. `lot`: at depots only. */
export const Adjustment = z.strictObject({
  kind: z.literal('A'),
  ...claimHeaderFields,
  reason: z.enum(ADJUSTMENT_REASONS),
  note: FreeText.optional(),
  lines: linesSchema(z.strictObject({ ...itemAndMeasure, lot: LotNumber.optional() })),
});
export type Adjustment = z.infer<typeof Adjustment>;

export const LotOutcome = MeasuredOutcome.extend({ lots: z.array(z.array(LotWithdrawal)).optional() });
export type LotOutcome = z.infer<typeof LotOutcome>;

const decideAdjustment: Decide<Adjustment, LotOutcome, 'items' | 'depotRows' | 'seller'> = ({
  claim,
  admission,
  context,
  sequence,
}) => {
  const unknown = refuseUnknownItems(claim.lines, context);
  if (unknown) return unknown;
  const measured = toBaseUnitLines(claim.lines, context);
  if (isRefusal(measured)) return measured;
  const { lines, outcome } = measured;
  const adds = claim.reason === 'found';
  if (!context.depotRows) return { outcome, stock: adds ? stockIn(lines) : stockOut(lines, admission) };
  const lotted = adds
    ? addFoundLines(lines, context.depotRows, sequence)
    : withdrawLines(lines, context.depotRows, mayGoBelowZero(admission) ? 'in hand' : 'free', sequence);
  if (isRefusal(lotted)) return lotted;
  return { outcome: { ...outcome, ...(!adds && { lots: lotted.lots }) }, stock: lotted.stock };
};

export const adjustment = {
  code: 'A',
  name: 'adjustment',
  method: 'adjustStock',
  roles: ['outlet', 'depot', 'admin'],
  claim: Adjustment,
  outcome: LotOutcome,
  body: Adjustment.extend(goodsInHandFields),
  errors: ['APPROVAL_NEEDED', 'INSUFFICIENT_STOCK', 'UNIT_NEEDED', 'QUANTITY_NOT_WHOLE', 'LOT_WRONG'],
  example: {
    kind: 'A',
    ...exampleHeader,
    reason: 'damaged',
    note: 'wet in the rain',
    lines: [{ item: 'LKO-KURTA-M', quantity: 1 }],
  },
  references: ({ lines }) => ({ items: itemsOf(lines), producers: [] }),
  lineRules: { plausible: { outlets: 5, depots: 100, producers: 5 }, measured: 'every item' },
  statedLines: ({ lines }) => lines,
  adjustedLines: ({ lines }) => lines,
  mayFollowEndOf: () => ['location', 'seller', 'items'],
  decide: decideAdjustment,
  stockMovement: ({ lines, reason }, { quantities }) => lineMovements(lines, quantities, reason === 'found' ? 1 : -1),
  reversibleLine: ({ lines, reason }, _outcome, at) => ({ lot: reason === 'found' ? lines[at]?.lot : undefined }),
  figures: (onHand) => ({ writtenOff: -onHand }),
  reversalRules: { goods: 'never moved', needsApproval: true, figures: (_, onHand) => ({ writtenOff: -onHand }) },
  lineColumns: ['item', 'quantity', 'lot'],
} as const satisfies VoucherKind<Adjustment, LotOutcome>;
