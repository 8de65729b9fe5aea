import { PRICE, type SimulatedLocation } from './locations.ts';
import type { Statement, VoucherContent } from './model.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Reversed quantities by `number/line`. */
export type KnownVouchers = {
  readonly statements: readonly Statement[];
  readonly returnedQuantities: Map<string, number>;
};

export const randomVoucher = (
  place: SimulatedLocation,
  chance: SeededRandom,
  memory: KnownVouchers,
): VoucherContent => {
  if (chance.isChosen(0.03))
    return { kind: chance.pick(place.isDepot ? ['R', 'A', 'C'] : ['S', 'R', 'A', 'C', 'V']), cancelled: 'torn' };
  const drawn = chance.next();
  if (drawn > 0.985) return reversalOfReturn(chance, memory) ?? receiptOfSupply(place, chance);
  if (drawn < (place.isDepot ? 0.2 : 0.14)) return reversalVoucher(chance, memory) ?? receiptOfSupply(place, chance);
  if (drawn < (place.isDepot ? 0.5 : 0.3)) return receiptOfSupply(place, chance);
  if (drawn < (place.isDepot ? 0.8 : 0.37)) return adjustmentVoucher(place, chance);
  if (drawn < (place.isDepot ? 1 : 0.45)) return countVoucher(place, chance);
  return saleVoucher(place, chance, memory);
};

const randomLines = (place: SimulatedLocation, chance: SeededRandom, most: number) =>
  chance
    .shuffled(place.items)
    .slice(0, chance.between(1, 3))
    .map((item) => ({ item, quantity: chance.between(1, most) }));

export const receiptOfSupply = (place: SimulatedLocation, chance: SeededRandom): VoucherContent => ({
  kind: 'R',
  from: { supplier: 'Chikan Samiti' },
  lines: randomLines(place, chance, 12).map((line) => ({
    ...line,
    ...statedCostOf(line.quantity, place, chance),
    ...(place.isDepot && { lot: `L${String(chance.below(1_000_000)).padStart(6, '0')}` }),
  })),
});

/** Paise per piece; a depot sometimes knows only the cost of the lot. */
const statedCostOf = (quantity: number, { isDepot }: SimulatedLocation, chance: SeededRandom) => {
  if (chance.isChosen(0.2)) return {};
  const unitCost = randomUnitCost(chance);
  return isDepot && chance.isChosen(0.4) ? { cost: quantity * unitCost + chance.below(100) } : { unitCost };
};

export const randomUnitCost = (chance: SeededRandom): number => chance.between(1_000, 9_000);

const adjustmentVoucher = (place: SimulatedLocation, chance: SeededRandom): VoucherContent => ({
  kind: 'A',
  reason: chance.pick(['damaged', 'lost', 'sample', 'found']),
  lines: randomLines(place, chance, 3),
});

const countVoucher = (place: SimulatedLocation, chance: SeededRandom): VoucherContent => ({
  kind: 'C',
  // Few counts, so that sheets of one share items.
  count: `November ${chance.below(6)}`,
  ...(chance.isChosen(0.5) && { blind: true }),
  lines: randomLines(place, chance, 20).map((line) => ({
    ...line,
    quantity: chance.isChosen(0.1) ? 0 : line.quantity,
  })),
});

/** Sometimes rounded, or paid from an exchange basket. */
const saleVoucher = (place: SimulatedLocation, chance: SeededRandom, { statements }: KnownVouchers): VoucherContent => {
  const lines = randomLines(place, chance, 3).map((line) => ({ ...line, unitPrice: PRICE }));
  const baskets = statements.map(({ claim }) => claim.basket).filter((basket) => basket !== undefined);
  if (baskets.length > 0 && chance.isChosen(0.35)) {
    const payments = [{ tender: 'exchange', amount: costOf(lines) }];
    return { kind: 'S', lines, payments, basket: chance.pick(baskets.slice(-5)) };
  }
  const roundOff = chance.isChosen(0.1) ? chance.pick([-60, 40]) : 0;
  const payments = [{ tender: chance.pick(['cash', 'upi']), amount: costOf(lines) + roundOff }];
  return { kind: 'S', lines, payments, ...(roundOff !== 0 && { roundOff }) };
};

/** An officer decides. */
const reversalOfReturn = (chance: SeededRandom, { statements }: KnownVouchers): VoucherContent | undefined => {
  const returns = statements.filter(
    ({ claim }) => String(claim.of)[5] === 'S' && claim.goods === 'to shelf' && claim.lines,
  );
  if (returns.length === 0) return undefined;
  const { number, claim } = chance.pick(returns.slice(-10));
  const { refund, basket } = claim;
  const lines = (claim.lines ?? []).map(({ item, quantity }, at) => ({ line: at + 1, item, quantity }));
  return {
    kind: 'V',
    of: number,
    reason: 'mistake',
    goods: 'to shelf',
    lines,
    refund,
    ...(basket !== undefined && { basket }),
  };
};

const costOf = (lines: readonly { quantity: number }[]): number =>
  lines.reduce((sum, { quantity }) => sum + quantity * PRICE, 0);

/** Sometimes too much. */
export const reversalVoucher = (
  chance: SeededRandom,
  { statements, returnedQuantities }: KnownVouchers,
): VoucherContent | undefined => {
  const some = statements.filter(
    ({ claim }) => claim.lines && ('SRD'.includes(claim.kind) || (claim.kind === 'A' && claim.reason !== 'found')),
  );
  if (some.length === 0) return undefined;
  const of = chance.pick(some.slice(-30));
  const isTooMuch = of.result === 'recorded' && chance.isChosen(0.15);
  const nothing = reversalOfEmptyReceipt(of, returnedQuantities);
  if (nothing) return nothing;
  const lines = (of.claim.lines ?? []).flatMap(({ item, quantity }, at) => {
    const key = `${of.number}/${at + 1}`;
    const left = isTooMuch ? quantity : quantity - (returnedQuantities.get(key) ?? 0);
    // A rounded sale is returned whole.
    const isWhole = of.claim.roundOff !== undefined;
    const some = left > 0 ? (isWhole ? left : chance.between(1, left)) : 0;
    if (some === 0 || (!isWhole && chance.isChosen(0.3))) return [];
    returnedQuantities.set(key, (returnedQuantities.get(key) ?? 0) + some);
    return [{ line: at + 1, item, quantity: some }];
  });
  if (lines.length === 0) return undefined;
  const isSale = of.claim.kind === 'S';
  return {
    kind: 'V',
    of: of.number,
    reason: isSale ? chance.pick(['return', 'mistake']) : 'mistake',
    goods: isSale && chance.isChosen(0.2) ? 'written off' : 'to shelf',
    lines,
    ...(isSale && refundFor(costOf(lines) + Number(of.claim.roundOff ?? 0), chance)),
  };
};

const refundFor = (amount: number, chance: SeededRandom) => {
  const tender = chance.isChosen(0.4) ? 'exchange' : 'cash';
  return {
    refund: [{ tender, amount }],
    ...(tender === 'exchange' && { basket: `Basket ${chance.below(1_000_000)}` }),
  };
};

const reversalOfEmptyReceipt = (
  { number, claim: { kind, lines = [] } }: Statement,
  back: KnownVouchers['returnedQuantities'],
): VoucherContent | undefined => {
  const [line] = lines;
  const key = `${number}/1`;
  if (kind !== 'R' || !line || lines.some(({ quantity }) => quantity > 0) || back.has(key)) return undefined;
  back.set(key, 0);
  return {
    kind: 'V',
    of: number,
    reason: 'mistake',
    goods: 'to shelf',
    lines: [{ line: 1, item: line.item, quantity: 0 }],
  };
};
