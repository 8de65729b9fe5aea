import { isEndOfDay } from '../../kernel/device-clock.ts';
import type { Paise, Quantity } from '../../kernel/quantity.ts';
import { dayOf, type Instant, startOfDay } from '../../kernel/time.ts';
import { compareByStart, effectiveStartOf } from '../../registry/dated-field.ts';
import {
  amountFor,
  type DatedPrice,
  floorPriceOf,
  isHigherPrice,
  type PriceUnit,
  priceAt,
  priceUnitOf,
} from '../../registry/item.ts';
import type { DecisionContext } from '../decision.ts';
import type { Sale, SaleLine } from './sale-claim.ts';

type BaseUnitLine = Omit<SaleLine, 'quantity'> & { readonly quantity: Quantity };
type PriceInForce = DatedPrice & { readonly unit: PriceUnit };
export type PricedLine = BaseUnitLine & {
  readonly prices: readonly PriceInForce[];
  readonly gross: number;
  readonly amount: Paise;
};

/** In paise, computed exactly and rounded once. */
export const priceLine = (line: BaseUnitLine, prices: readonly PriceInForce[]): PricedLine => {
  const gross = amountFor(line.quantity, line.unitPrice, prices.at(-1)?.unit ?? { base: 1, per: 1 });
  return { ...line, prices, gross, amount: (gross - (line.discount ?? 0)) as Paise };
};

/** Paper allows any price of its day, so the highest MRP counts. */
export const mrpProblemOf = ({ unitPrice, prices }: PricedLine): string | undefined => {
  const last = prices.at(-1);
  if (!last || prices.some(({ mrp, unit }) => !isHigherPrice(unitPrice, last.unit, mrp, unit))) return undefined;
  const dearest = prices.reduce((one, other) =>
    isHigherPrice(other.mrp, other.unit, one.mrp, one.unit) ? other : one,
  );
  return `above the MRP of that time, ${dearest.mrp} paise${dearest.per ? ` per ${dearest.per}` : ''}`;
};

/** Latest last. Paper with only a day allows all prices of that day. */
export const pricesInForce = (
  { item }: BaseUnitLine,
  { occurredAt }: Sale,
  at: Instant,
  { items }: Pick<DecisionContext, 'items'>,
): readonly PriceInForce[] => {
  const found = items.get(item);
  if (!found) return [];
  const dayStart = startOfDay(dayOf(at));
  const priceAtStart = priceAt(found, isEndOfDay(occurredAt) ? dayStart : at);
  const laterPrices = isEndOfDay(occurredAt)
    ? found.prices.filter(({ from }) => effectiveStartOf(from) > dayStart && effectiveStartOf(from) <= at)
    : [];
  const prices = [...(priceAtStart ? [priceAtStart] : []), ...laterPrices.toSorted(compareByStart)];
  return prices.map((price) => ({ ...price, unit: priceUnitOf(found, price) }));
};

/** The lowest floor price counts. */
export const floorPriceProblemOf = ({
  prices,
  quantity,
  amount,
  unitPrice,
  discount,
}: PricedLine): string | undefined => {
  const floorAmount = Math.min(...prices.map((price) => amountFor(quantity, floorPriceOf(price), price.unit)));
  if (amount >= floorAmount) return undefined;
  const last = prices.at(-1);
  const floor = Math.min(...prices.map(floorPriceOf));
  const each = last?.per ? `per ${last.per}` : 'each';
  const paid = discount ? `${amount} paise for the line after discount` : `${unitPrice} paise ${each}`;
  return `${paid}, below the floor price of ${floor} paise ${each}`;
};
