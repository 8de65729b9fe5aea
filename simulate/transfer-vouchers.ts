import type { SimulatedLocation } from './locations.ts';
import type { SimulatedLine, Statement, VoucherContent } from './model.ts';
import type { SimulatedPhone } from './phones.ts';
import { type KnownVouchers, randomUnitCost, reversalVoucher } from './random-vouchers.ts';
import type { SeededRandom } from './seeded-random.ts';

/** The book may not know. */
export type GoodsInTransit = {
  readonly dispatch: Statement;
  readonly from: SimulatedLocation;
  readonly to: string;
  deliveries: number;
};

export const workshopVoucher = (
  places: readonly SimulatedLocation[],
  from: SimulatedLocation,
  chance: SeededRandom,
  memory: KnownVouchers,
): VoucherContent => {
  const back = chance.isChosen(0.25) ? reversalVoucher(chance, memory) : undefined;
  const what = back ?? dispatchVoucher(places, from, chance);
  if (what && !chance.isChosen(0.03)) return what;
  return { kind: chance.pick(['D', 'V']), cancelled: 'torn' };
};

export const shiftVoucher = ({ lastNumbers }: SimulatedPhone, chance: SeededRandom): VoucherContent => ({
  kind: 'K',
  float: 50_000,
  counted: [{ tender: 'cash', amount: chance.below(100) * 1_000 }],
  last: [...lastNumbers.values()],
});

/** Not all last numbers are known. */
export const handOverVoucher = (phones: readonly SimulatedPhone[], chance: SeededRandom): VoucherContent => ({
  kind: 'H',
  outgoing: 'S001',
  incoming: 'S002',
  signed: { outgoing: 'Asha', incoming: 'Ravi' },
  sheets: [],
  cash: 0,
  terminals: phones.map(({ terminal, lastNumbers }) => ({
    terminal,
    last: [...lastNumbers.values()].filter(() => !chance.isChosen(0.1)),
  })),
});

export const dispatchVoucher = (
  places: readonly SimulatedLocation[],
  from: SimulatedLocation,
  chance: SeededRandom,
): VoucherContent | undefined => {
  const others = places.filter(({ id, seller, isWorkshop }) => id !== from.id && seller === from.seller && !isWorkshop);
  if (others.length === 0) return undefined;
  const lines = chance
    .shuffled(from.items)
    .slice(0, chance.between(1, 2))
    .map((item) => ({
      item,
      quantity: chance.between(1, 4),
      ...(chance.isChosen(0.4) && { unitCost: randomUnitCost(chance) }),
    }));
  return { kind: 'D', to: chance.pick(others).id, lines };
};

/** Sometimes twice, or at a wrong location. */
export const receiptVoucher = (
  place: SimulatedLocation,
  roads: readonly GoodsInTransit[],
  chance: SeededRandom,
): VoucherContent | undefined => {
  const mayCome = ({ from, to }: GoodsInTransit) =>
    to === place.id || (from.id !== place.id && from.seller === place.seller && chance.isChosen(0.3));
  const due = roads.filter(
    (road) => mayCome(road) && chance.isChosen(road.deliveries === 0 ? 1 : road.deliveries === 1 ? 0.4 : 0.1),
  );
  if (due.length === 0) return undefined;
  const road = chance.pick(due);
  road.deliveries++;
  const isPart = chance.isChosen(0.4);
  return {
    kind: 'R',
    from: { dispatch: road.dispatch.number },
    ...(chance.isChosen(isPart ? 0.1 : 0.5) && { final: true }),
    lines: (road.dispatch.claim.lines ?? []).map((line) => receiptLineOf(line, place, isPart, chance)),
  };
};

const receiptLineOf = (
  { item, quantity: sent }: SimulatedLine,
  { isDepot }: SimulatedLocation,
  isPart: boolean,
  chance: SeededRandom,
) => {
  const quantity = chance.isChosen(isPart ? 0.1 : 0.7) ? sent : chance.between(isDepot ? 1 : 0, sent);
  const rejected = chance.below(sent - quantity + 1);
  return {
    item,
    quantity,
    ...(rejected > 0 && { rejected, why: 'torn' }),
    ...(chance.isChosen(0.2) && { unitCost: randomUnitCost(chance) }),
    ...(isDepot && { lot: `T${String(chance.below(1_000_000)).padStart(6, '0')}` }),
  };
};
