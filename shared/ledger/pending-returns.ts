import * as z from 'zod';
import { Words } from '../kernel/claim-fields.ts';
import { ItemId } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import { addUp, type Sum, SumFrom0, subtract } from '../kernel/sum.ts';
import type { LineTax } from '../kernel/tax.ts';
import { Instant } from '../kernel/time.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import { orderOf } from '../kernel/voucher-sequence.ts';
import { backWith, type Due, dueFor, isAllBack } from './kinds/refund.ts';
import type { Reversal } from './kinds/reversal.ts';
import type { Reversible } from './reversed.ts';
import { reversibleOf } from './reversible.ts';
import type { Voucher } from './voucher.ts';

/** An officer has looked at it: who, when and why; and whether the sale was there by then. */
export const SettledReturns = z.strictObject({ at: Instant, by: z.string(), why: Words, sold: z.boolean() });
export type SettledReturns = z.infer<typeof SettledReturns>;

/** Returns that were recorded before their sale came in, and the sale once it is there. `version`: of the row beside it. */
export type EarlyReturns = {
  readonly of: VoucherNumber;
  readonly version: number;
  readonly settled: SettledReturns | undefined;
  readonly sale: Voucher | undefined;
  readonly returns: readonly Voucher[];
};

/** A line of which more came back than was sold; of what was not on the bill, nothing was. */
export const Exceeded = z.strictObject({
  line: z.int().min(1),
  item: ItemId,
  sold: z.int().min(0),
  back: z.int().min(1),
});
export type Exceeded = z.infer<typeof Exceeded>;

/** What was `given` back for them beside what was `due`, in paise. */
export const Misfit = z.strictObject({ exceeded: z.array(Exceeded), due: SumFrom0, given: SumFrom0 });
export type Misfit = z.infer<typeof Misfit>;

type Return = Voucher & { readonly claim: Reversal };
const isReturn = (voucher: Voucher): voucher is Return => voucher.claim.kind === 'V' && 'of' in voucher.claim;

/** Line by line, what is due for each of them, in the one order: arrival plays no part. What was not on the bill is due nothing. */
const dueIn = ({ sale, returns }: Pick<EarlyReturns, 'sale' | 'returns'>) => {
  const original: Reversible = sale ? reversibleOf(sale) : { lines: [] };
  const inOrder = returns.filter(isReturn).toSorted((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1));
  let back: ReadonlyMap<number, number> = new Map();
  return inOrder.flatMap(({ number, claim }) =>
    claim.lines.flatMap((line) => {
      const was = original.lines[line.line - 1];
      const sold = was?.item === line.item ? Math.abs(was.moved) : 0;
      const due = sold > 0 ? dueFor([line], original, back) : [];
      if (sold > 0) back = backWith(back, [line]);
      return { ...line, number, sold, due };
    }),
  );
};

/** By line, what came back that was not on the bill. */
export const strangeIn = (early: Pick<EarlyReturns, 'sale' | 'returns'>): ReadonlyMap<number, number> =>
  backWith(
    new Map(),
    dueIn(early).filter(({ sold }) => sold === 0),
  );

/** The tax that goes back with each, together never more than was charged. */
export const taxOfEarly = (early: EarlyReturns): ReadonlyMap<VoucherNumber, readonly LineTax[]> => {
  const each = Map.groupBy(dueIn(early), ({ number }) => number);
  const taxIn = (due: readonly Due[]) => due.flatMap(({ amount, tax }) => (amount > 0 ? tax : []));
  return new Map([...each].map(([number, lines]) => [number, lines.flatMap(({ due }) => taxIn(due))]));
};

/** What does not agree with the sale, in goods or in money. Who saw nothing of another's part may be a paisa off on each line. */
export const misfitOf = (early: Pick<EarlyReturns, 'sale' | 'returns'>): Misfit | undefined => {
  if (!early.sale) return undefined;
  const lines = dueIn(early);
  const exceeded = [...Map.groupBy(lines, ({ line, item }) => `${line} ${item}`).values()].flatMap((same) =>
    same.slice(0, 1).flatMap(({ line, item, sold }): Exceeded[] => {
      const back = sumOf(same.map(({ quantity }) => quantity));
      return back > sold ? [{ line, item, sold, back }] : [];
    }),
  );
  const [given, rounded] = [givenIn(early), statedIn(early)];
  const back = backWith(
    new Map(),
    lines.filter(({ sold }) => sold > 0),
  );
  const original = reversibleOf(early.sale);
  const parts = Math.max(0, exactIn(lines) + rounded);
  // Who gave the last part may have known that it was, or not.
  const whole = isAllBack(original, back) ? original.total : undefined;
  const isRight = [parts, whole ?? parts].some((due) => {
    const more = subtract(given, due);
    return more >= -lines.length && more <= lines.length;
  });
  return exceeded.length > 0 || !isRight ? { exceeded, due: whole ?? parts, given } : undefined;
};

const exactIn = (lines: ReturnType<typeof dueIn>): number =>
  sumOf(lines.flatMap(({ due }) => due.map(({ amount }) => amount)));

const givenIn = ({ returns }: Pick<EarlyReturns, 'returns'>): Sum =>
  addUp(returns.filter(isReturn).flatMap(({ claim: { refund = [] } }) => refund.map(({ amount }) => amount)));

const statedIn = ({ returns }: Pick<EarlyReturns, 'returns'>): number =>
  sumOf(returns.filter(isReturn).map(({ claim: { roundOff = 0 } }) => roundOff));

/** Paise that they gave back beyond their lines' parts: by what was given, unless that does not agree with the sale. */
export const roundedIn = (early: Pick<EarlyReturns, 'sale' | 'returns'>): number =>
  misfitOf(early) ? statedIn(early) : Number(subtract(givenIn(early), exactIn(dueIn(early))));

/** Of returns that were recorded before their sale: the first of them and since when; whether it came, and how they do not agree with it. */
export const UnmatchedFigures = z.strictObject({
  returns: z.array(VoucherNumber),
  many: z.int().min(0),
  since: Instant.optional(),
  sold: z.boolean(),
  misfit: Misfit.optional(),
  settled: SettledReturns.optional(),
});
