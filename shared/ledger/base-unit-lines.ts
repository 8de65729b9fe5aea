import * as z from 'zod';
import type { ItemId } from '../kernel/ids.ts';
import type { FieldProblem } from '../kernel/problems.ts';
import { Quantity } from '../kernel/quantity.ts';
import { lineProblems, type Refusal, refuse } from '../kernel/refusal.ts';
import { type Measure, toBaseUnits } from '../kernel/units.ts';
import type { DecisionContext } from './decision.ts';

/** `quantities`: in base units, present if any line names another unit. */
export const MeasuredOutcome = z.strictObject({ quantities: z.array(z.union([Quantity, z.literal(0)])).optional() });
export type MeasuredOutcome = z.infer<typeof MeasuredOutcome>;

/** 0: a receipt or a count found nothing. */
type MeasuredLine = { readonly item: ItemId; readonly quantity: Measure | 0 };
type BaseUnitLine<Line extends MeasuredLine> = Omit<Line, 'quantity'> & {
  readonly quantity: Line['quantity'] extends Measure ? Quantity : Quantity | 0;
};

/** Items must be known. Refuses with `QUANTITY_NOT_WHOLE`. */
export const toBaseUnitLines = <Line extends MeasuredLine>(
  lines: readonly Line[],
  { items }: Pick<DecisionContext, 'items'>,
): { readonly lines: BaseUnitLine<Line>[]; readonly outcome: MeasuredOutcome } | Refusal => {
  const fields: FieldProblem[] = [];
  const inBase = lines.flatMap((line, at) => {
    const item = items.get(line.item);
    if (!item) return [];
    const converted =
      line.quantity === 0 ? ZERO : toBaseUnits(line.quantity, { unit: item.unit, units: item.units ?? [] });
    if ('quantity' in converted) return [{ ...line, quantity: converted.quantity as BaseUnitLine<Line>['quantity'] }];
    fields.push({ path: `lines.${at}.quantity`, problem: converted.problem });
    return [];
  });
  if (fields.length > 0) return refuse('QUANTITY_NOT_WHOLE', 'A quantity must come to whole base units.', { fields });
  const saidSo = lines.some(({ quantity }) => typeof quantity !== 'number');
  return { lines: inBase, outcome: saidSo ? { quantities: inBase.map(({ quantity }): Quantity | 0 => quantity) } : {} };
};

const ZERO = { quantity: 0 as const };

export const refuseUnknownItems = (
  lines: readonly { readonly item: ItemId }[],
  { items, seller }: Pick<DecisionContext, 'items' | 'seller'>,
): Refusal | undefined => {
  const unknown = lineProblems(lines, 'item', ({ item }) => (items.has(item) ? undefined : `no item ${item}`));
  if (unknown.length > 0) return refuse('ITEM_UNKNOWN', 'The registry has no such item.', { fields: unknown });

  const others = lineProblems(lines, 'item', ({ item }) => {
    const owner = items.get(item)?.seller;
    return owner === seller ? undefined : `${item} is sold by ${owner}, this terminal is ${seller}'s`;
  });
  if (others.length === 0) return undefined;
  return refuse('ITEM_OF_ANOTHER_SELLER', `One voucher has one seller; this terminal is ${seller}'s.`, {
    fields: others,
  });
};
