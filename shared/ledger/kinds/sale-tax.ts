import type { ItemId } from '../../kernel/ids.ts';
import type { FieldProblem } from '../../kernel/problems.ts';
import type { Paise } from '../../kernel/quantity.ts';
import { lineProblems } from '../../kernel/refusal.ts';
import type { GstBasisPoints } from '../../kernel/tax.ts';
import type { Day } from '../../kernel/time.ts';
import { rateInTiers, rateProblemOf, rateTiersOf } from '../../registry/gst-rate.ts';
import type { DecisionContext } from '../decision.ts';
import type { Sale } from './sale-claim.ts';
import type { PricedLine } from './sale-prices.ts';

/** `unrated`: neither the price nor the schedule states a rate. */
type LineRate = {
  readonly item: ItemId;
  readonly unitPrice: Paise;
  readonly rate: GstBasisPoints;
  readonly problem?: string;
  readonly unrated?: string;
};

/** By the value after discount. Where no rate fits, the listed or highest one stands. */
export const gstRateOf = (
  { item, prices, amount, quantity, unitPrice }: PricedLine,
  day: Day,
  { registration, items, rates = [] }: Pick<DecisionContext, 'registration' | 'items' | 'rates'>,
): LineRate => {
  const line = { item, unitPrice };
  const found = items.get(item);
  const price = prices.at(-1);
  if (registration !== 'regular' || !found || !price) return { ...line, rate: 0 };
  const tiers = rateTiersOf(found, day, rates);
  const own = price.gstBasisPoints;
  if (own !== undefined && (!tiers || tiers.length === 1)) return { ...line, rate: own };
  if (!tiers) return { ...line, rate: 0, unrated: `${item} has no GST rate on ${day}` };
  const rate = rateInTiers(tiers, amount, quantity);
  if (rate !== undefined) return { ...line, rate };
  const listed = own ?? tiers.at(-1)?.gstBasisPoints ?? 0;
  return { ...line, rate: listed, problem: rateProblemOf(tiers, amount / quantity) };
};

/** Rule 46A: only an unregistered buyer gets taxed and exempt goods on one bill. */
export const buyerProblems = (
  { buyer }: Sale,
  rates: readonly LineRate[],
  isInterState: boolean,
  { registration }: Pick<DecisionContext, 'registration'>,
): FieldProblem[] => {
  if (isInterState && registration === 'composition') {
    const problem = 'a composition seller sells within the State only (CGST section 10(2)): leave out this buyer';
    return [{ path: buyer?.gstin ? 'buyer.gstin' : 'buyer.state', problem }];
  }
  if (!buyer?.gstin || registration !== 'regular' || rates.every(({ rate }) => rate === 0)) return [];
  return lineProblems(rates, 'item', ({ rate }) =>
    rate === 0 ? 'exempt goods: record them as another sale, because this buyer has a GSTIN' : undefined,
  );
};
