import { directionOf, inOrder, isReversalOfReturn, type RecordedEvent, type SimulatedClaim } from './model.ts';

export type ItemDay = {
  onHand: number;
  sold: number;
  amount: number;
  returned: number;
  received: number;
  dispatched: number;
  writtenOff: number;
  variance: number;
  exposure: number;
};

const NOTHING = { sold: 0, amount: 0, returned: 0, received: 0, dispatched: 0, writtenOff: 0, variance: 0 };

/** `mistakenQuantity`: pieces on the shelf beyond the book. */
export type Shelf = { onHand: number; mistakenQuantity: number };

type RunningItem = ItemDay & Shelf & { least: number };

/** `from` and `to` in milliseconds. */
export const expectedItemDays = (all: readonly RecordedEvent[], from: number, to: number): Map<string, ItemDay> => {
  const items = new Map<string, RunningItem>();
  const mistakes = mistakesIn(all);
  let isBefore = true;
  const begin = () => {
    isBefore = false;
    for (const [item, { onHand, mistakenQuantity }] of items) {
      const shelf = onHand + mistakenQuantity;
      items.set(item, { ...NOTHING, onHand, mistakenQuantity, least: shelf, exposure: shelf > 0 ? 1 : 0 });
    }
  };
  for (const event of inOrder(all)) {
    const { at, claim } = event;
    if (at >= to) break;
    if (isBefore && at >= from) begin();
    for (const [index, { item, quantity, unitPrice = 0 }] of (claim.lines ?? []).entries()) {
      const found = items.get(item) ?? { ...NOTHING, onHand: 0, mistakenQuantity: 0, least: 0, exposure: 0 };
      items.set(item, found);
      const moves = moveShelf(found, event, index, mistakes);
      found.least = Math.min(found.least, found.onHand + found.mistakenQuantity);
      if (claim.kind === 'S') {
        found.sold += quantity;
        found.amount += quantity * unitPrice;
      } else if (claim.kind === 'C') found.variance += moves;
      else if (claim.kind === 'R') found.received += moves;
      else if (claim.kind === 'D') found.dispatched -= moves;
      else if (claim.kind === 'A') found.writtenOff -= moves;
      else applyReversal(found, String(claim.of)[5] ?? '', quantity, moves);
      if (found.exposure === 1 && found.least <= 0) found.exposure = 0.5;
    }
  }
  if (isBefore) begin();
  return new Map([...items].map(([item, { least: _least, mistakenQuantity: _owed, ...figures }]) => [item, figures]));
};

export type ReversedMistakes = {
  readonly claims: ReadonlyMap<string, SimulatedClaim>;
  /** By `number/line`. */
  readonly quantities: ReadonlyMap<string, number>;
};

/** Returns by how much the line at `index` moves the book. */
export const moveShelf = (
  shelf: Shelf,
  { number, claim }: RecordedEvent,
  index: number,
  { claims, quantities }: ReversedMistakes,
): number => {
  const { quantity = 0 } = claim.lines?.[index] ?? {};
  const moves = claim.kind === 'C' ? quantity - shelf.onHand : directionOf(claim) * quantity;
  const never = quantities.get(`${number}/${index + 1}`) ?? 0;
  shelf.onHand += moves;
  if (claim.kind === 'C') shelf.mistakenQuantity = 0;
  else if (isReversalOfMistake(claim))
    shelf.mistakenQuantity -= 'RA'.includes(String(claim.of)[5] ?? '') ? moves : quantity;
  else if (isReversalOfMistake(claims.get(String(claim.of)))) shelf.mistakenQuantity += quantity;
  else if (isReversalOfReturn(claim)) shelf.mistakenQuantity -= moves;
  else
    shelf.mistakenQuantity -= claim.kind === 'S' ? -Math.max(0, never) : directionOf(claim) * Math.min(quantity, never);
  return moves;
};

/** The shelf never changed. */
export const isReversalOfMistake = (claim: SimulatedClaim | undefined): boolean =>
  claim?.kind === 'V' && claim.reason === 'mistake' && 'SRA'.includes(String(claim.of)[5] ?? '');

export const mistakesIn = (all: readonly RecordedEvent[]): ReversedMistakes => {
  const claims = new Map(all.map(({ number, claim }) => [number, claim]));
  const quantities = new Map<string, number>();
  const add = (key: string, quantity: number) => quantities.set(key, (quantities.get(key) ?? 0) + quantity);
  for (const { claim } of all) {
    const undone = isReversalOfReturn(claim) ? claims.get(String(claim.of)) : undefined;
    for (const { line = 0, quantity } of claim.lines ?? []) {
      if (isReversalOfMistake(claim)) add(`${String(claim.of)}/${line}`, quantity);
      if (undone && !isReversalOfMistake(undone)) add(`${String(claim.of)}/${line}`, quantity);
      if (undone && isReversalOfMistake(undone))
        add(`${String(undone.of)}/${undone.lines?.[line - 1]?.line}`, -quantity);
    }
  }
  return { claims, quantities };
};

const applyReversal = (found: ItemDay, kind: string, quantity: number, moves: number): void => {
  if (kind === 'S') {
    found.returned += quantity;
    found.writtenOff += quantity - moves;
  } else if (kind === 'V') {
    found.returned -= quantity;
    found.writtenOff -= quantity + moves;
  } else if (kind === 'R') found.received += moves;
  else if (kind === 'D') found.dispatched -= moves;
  else found.writtenOff -= moves;
};

/** In paise. */
export const expectedTenders = (documents: readonly RecordedEvent[]): Map<string, { taken: number; given: number }> => {
  const tenders = new Map<string, { taken: number; given: number }>();
  const add = (way: 'taken' | 'given', payments: unknown, times = 1) => {
    for (const { tender, amount } of (payments ?? []) as { tender: string; amount: number }[]) {
      const found = tenders.get(tender) ?? { taken: 0, given: 0 };
      tenders.set(tender, { ...found, [way]: found[way] + times * amount });
    }
  };
  for (const { claim } of documents) {
    if (claim.kind === 'S') add('taken', claim.payments);
    if (claim.kind === 'V') add('given', claim.refund, isReversalOfReturn(claim) ? -1 : 1);
  }
  return tenders;
};

/** Counted less float and takings since the last shift close. */
export const expectedCashOver = (shift: RecordedEvent, all: readonly RecordedEvent[]): number => {
  const { float = 0, counted = [] } = shift.claim as { float?: number; counted?: { tender: string; amount: number }[] };
  const ours = inOrder(all.filter(({ number }) => number.slice(0, 5) === shift.number.slice(0, 5)));
  const earlier = ours.slice(
    0,
    ours.findIndex(({ number }) => number === shift.number),
  );
  const since = earlier.slice(earlier.findLastIndex(({ claim }) => claim.float !== undefined) + 1);
  const { taken = 0, given = 0 } = expectedTenders(since).get('cash') ?? {};
  const inTill = counted.find(({ tender }) => tender === 'cash')?.amount ?? 0;
  return inTill - (float as number) - taken + given;
};

/** `named`: by others. */
export type NumberSeries = {
  readonly used: readonly string[];
  readonly came: ReadonlySet<string>;
  readonly named: ReadonlySet<string>;
};

/** A named or later number proves use. */
export const expectedMissingNumbers = ({ used, came, named }: NumberSeries): string[] => {
  const known = [...came, ...named];
  const isSkipped = (number: string) =>
    known.some((other) => other.slice(0, 12) === number.slice(0, 12) && other > number);
  return used.filter((number) => !came.has(number) && (named.has(number) || isSkipped(number))).toSorted();
};
