import { isReversalOfMistake, mistakesIn, moveShelf, type ReversedMistakes, type Shelf } from './day-model.ts';
import { inOrder, isReversalOfReturn, type RecordedEvent, type SimulatedClaim } from './model.ts';

/** Follows docs/adr/0024 alone. */
export type LocatedEvent = RecordedEvent & { readonly location: string; readonly isWorkshop: boolean };

/** `average` in paise per 1,000 pieces; `value` and `varianceValue` in paise. */
type ExpectedCost = { readonly average: number; readonly value: number; readonly varianceValue: number };

type CostedShelf = Shelf & { average: number };
type CostStep = { readonly at: number } & ExpectedCost;
/** By item. */
type Averages = ReadonlyMap<string, number>;

const NO_COST: ExpectedCost = { average: 0, value: 0, varianceValue: 0 };

/** A half is rounded up, below 0 too. */
const divideRounded = (over: number, under: number): number => Math.floor((2 * over + under) / (2 * under));

const valueAt = (average: number, quantity: number): number => divideRounded(average * quantity, 1_000);

export type CostModel = {
  /** `from` and `to` in milliseconds. */
  readonly day: (location: string, item: string, from: number, to: number) => ExpectedCost;
};

/** One walk over all locations, because a transfer's receipt has the sender's cost. */
export const createCostModel = (all: readonly LocatedEvent[]): CostModel => {
  const shelves = new Map<string, Map<string, CostedShelf>>();
  const steps = new Map<string, CostStep[]>();
  const senders = new Map(all.map((event) => [event.number, event]));
  /** Just before the voucher with this number. */
  const departures = new Map<string, Averages>();
  const mistakes = mistakesIn(all);

  const shelvesAt = (location: string): Map<string, CostedShelf> => {
    const found = shelves.get(location) ?? new Map<string, CostedShelf>();
    shelves.set(location, found);
    return found;
  };
  const averagesAt = (location: string): Averages =>
    new Map([...shelvesAt(location)].map(([item, { average }]) => [item, average]));

  const averageOnArrival = ({ claim }: LocatedEvent, index: number): Fraction | undefined => {
    const line = (claim.lines ?? [])[index] as StatedLine;
    if (claim.kind !== 'R') return known(departures.get(String(claim.of))?.get(line.item));
    const dispatch = (claim.from as { dispatch?: string } | undefined)?.dispatch;
    const sender = dispatch === undefined ? undefined : senders.get(dispatch);
    if (!sender) return statedCost(line);
    const sent = sender.claim.lines?.find(({ item }) => item === line.item) as StatedLine | undefined;
    const averages = sender.isWorkshop ? undefined : (departures.get(sender.number) ?? averagesAt(sender.location));
    return known(averages?.get(line.item)) ?? statedCost(line) ?? statedUnitCost(sent);
  };

  for (const event of inOrder(all) as LocatedEvent[]) {
    const { at, number, claim, location, isWorkshop } = event;
    if (isWorkshop) continue;
    departures.set(number, averagesAt(location));
    for (const [index, { item }] of (claim.lines ?? []).entries()) {
      const shelf = shelvesAt(location).get(item) ?? { onHand: 0, mistakenQuantity: 0, average: 0 };
      shelvesAt(location).set(item, shelf);
      const before = Math.max(0, shelf.onHand + shelf.mistakenQuantity);
      const moves = moveShelf(shelf, event, index, mistakes);
      const lasting = moves - Math.min(moves, mistakes.quantities.get(`${number}/${index + 1}`) ?? 0);
      const cost = bringsGoods(claim, mistakes) && lasting > 0 ? averageOnArrival(event, index) : undefined;
      if (cost)
        shelf.average = divideRounded(
          before * shelf.average * cost.under + lasting * cost.over,
          (before + lasting) * cost.under,
        );
      const key = `${location} ${item}`;
      const value = valueAt(shelf.average, Math.max(0, shelf.onHand + shelf.mistakenQuantity));
      const varianceValue = claim.kind === 'C' ? valueAt(shelf.average, moves) : 0;
      steps.set(key, [...(steps.get(key) ?? []), { at, average: shelf.average, value, varianceValue }]);
    }
  }

  return {
    day: (location, item, from, to) => {
      const before = (steps.get(`${location} ${item}`) ?? []).filter(({ at }) => at < to);
      const { average, value } = before.at(-1) ?? NO_COST;
      const ofDay = before.filter(({ at }) => at >= from);
      return { average, value, varianceValue: ofDay.reduce((sum, step) => sum + step.varianceValue, 0) };
    },
  };
};

/** Paise per 1,000 pieces, exact. */
type Fraction = { readonly over: number; readonly under: number };
type StatedLine = {
  readonly item: string;
  readonly quantity: number;
  readonly unitCost?: number | undefined;
  readonly cost?: number | undefined;
};

const known = (average: number | undefined): Fraction | undefined =>
  average ? { over: average, under: 1 } : undefined;

const statedCost = ({ cost, quantity, unitCost }: StatedLine): Fraction | undefined => {
  return cost === undefined ? statedUnitCost({ unitCost }) : { over: 1_000 * cost, under: quantity };
};

const statedUnitCost = ({ unitCost }: Partial<StatedLine> = {}): Fraction | undefined =>
  unitCost === undefined ? undefined : { over: 1_000 * unitCost, under: 1 };

/** A receipt, a customer's return, or a dispatch that is taken back. */
const bringsGoods = (claim: SimulatedClaim, { claims }: ReversedMistakes): boolean => {
  if (claim.kind === 'R') return true;
  return (
    claim.kind === 'V' && claims.has(String(claim.of)) && !isReversalOfMistake(claim) && !isReversalOfReturn(claim)
  );
};
