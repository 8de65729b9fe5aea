import { barcodeQuantityMessage, isBarcode } from '../kernel/barcode.ts';
import { type ItemId, type LocationId, locationKind } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import { type BoundProblem, type Refusal, refuse } from '../kernel/refusal.ts';
import type { Measure } from '../kernel/units.ts';
import type { LocationLimits } from '../registry/entries.ts';
import type { Item } from '../registry/item.ts';
import { amountFor, priceUnitOf } from '../registry/unit-price.ts';
import type { Admission } from './admission.ts';
import type { DecisionContext } from './decision.ts';
import { baseUnitsOf, type LineQuantity, lineQuantities } from './line-quantities.ts';
import { isCancelled, type VoucherClaim } from './voucher.ts';

type LocationKind = ReturnType<typeof locationKind>;
/** `Q`: a request for materials, at the depot that is asked. */
export type LineKind = 'S' | 'V' | 'R' | 'D' | 'A' | 'I' | 'C' | 'Q';
type MoneyKind = 'S' | 'V' | 'R' | 'D' | 'K' | 'H';

/** The largest plausible quantity of one line of a stall's sale, in base units: 200 pieces, 50 kg, 50 litres, 200 m. */
export const LARGEST_SALE_LINE: Readonly<Record<Item['unit'], number>> = {
  piece: 200,
  gram: 50_000,
  millilitre: 50_000,
  millimetre: 200_000,
};

/** So many times that is plausible in one line of other kinds and places: a depot receives 20 t in a lorry. */
const QUANTITY_FACTORS: Readonly<Record<LocationKind, Readonly<Record<LineKind, number>>>> = {
  outlets: { S: 1, V: 1, R: 25, D: 25, A: 5, I: 1, C: 50, Q: 1 },
  depots: { S: 1, V: 1, R: 400, D: 400, A: 100, I: 40, C: 1_000, Q: 40 },
  producers: { S: 1, V: 1, R: 25, D: 25, A: 5, I: 1, C: 50, Q: 1 },
};

/** The largest plausible amount of one stall's bill, refund or till figure: 10 lakh rupees in paise. */
export const LARGEST_AMOUNT = 100_000_000;

/** So many times that is plausible for other kinds and places: a depot receives goods for 10 crore rupees. */
const AMOUNT_FACTORS: Readonly<Record<LocationKind, Readonly<Record<MoneyKind, number>>>> = {
  outlets: { S: 1, V: 1, R: 5, D: 5, K: 1, H: 1 },
  depots: { S: 1, V: 1, R: 100, D: 100, K: 1, H: 1 },
  producers: { S: 1, V: 1, R: 5, D: 5, K: 1, H: 1 },
};

/** Goods do not cost more than so many times what they may be sold for. */
const MAX_COST_FACTOR = 10;

type PlausibilityInput = {
  readonly claim: VoucherClaim;
  readonly known: Pick<DecisionContext, 'items' | 'location' | 'place' | 'reversed'>;
};
type Where = Pick<DecisionContext, 'items' | 'location' | 'place'>;

/** Largest plausible quantity of one line of this kind here, in base units. */
export const largestQuantity = (
  kind: LineKind,
  item: Pick<Item, 'unit' | 'largestQuantity'>,
  location: LocationId,
  place: LocationLimits = {},
): number => {
  const ofSale = item.largestQuantity ?? LARGEST_SALE_LINE[item.unit];
  return Math.floor(ofSale * QUANTITY_FACTORS[locationKind(location)][kind] * (place.quantityFactor ?? 1));
};

/** Largest plausible amount of this kind here, in paise. */
export const largestAmount = (kind: MoneyKind, location: LocationId, place: LocationLimits = {}): number =>
  (place.largestAmount ?? LARGEST_AMOUNT) * AMOUNT_FACTORS[locationKind(location)][kind];

/** Every quantity and amount of a claim that is not plausible here: probably a slip of the hand. None: nothing is wrong. */
export const implausibleFigures = ({ claim, known }: PlausibilityInput): BoundProblem[] => {
  if (isCancelled(claim)) return [];
  return [...quantityFigures(claim, known), ...amountFigures(claim, known)].flatMap(aboveBound);
};

/** The same of the lines of a request for materials. */
export const implausibleRequested = (lines: readonly LineQuantity[], known: Where): BoundProblem[] =>
  figuresOf(lines, 'Q', known).flatMap(aboveBound);

const aboveBound = (figure: Figure): BoundProblem[] => {
  const { path, value, bound, unit } = figure;
  if ('item' in figure && figure.item.barcode === String(value))
    return [{ path, value, bound, problem: barcodeQuantityMessage(value) }];
  if (value <= bound) return [];
  const isCode = 'item' in figure && isBarcode(value);
  const says = `${value} ${unit} is more than ${bound} ${unit}, the most that is plausible here`;
  return [{ path, value, bound, problem: isCode ? barcodeQuantityMessage(value) : says }];
};

/** Live, whoever stands there confirms it; offline, an officer approves it. */
export const refuseImplausible = (fields: readonly BoundProblem[], admission: Admission): Refusal | undefined => {
  const [first] = fields;
  const isConfirmed = admission.way === 'live' ? admission.confirmed : admission.approved;
  if (!first || isConfirmed) return undefined;
  return refuse('IMPLAUSIBLE', `${first.path}: ${first.problem}.`, { fields });
};

type Figure = {
  readonly path: string;
  readonly value: number;
  readonly bound: number;
  readonly unit: string;
} & ({ readonly item: Item } | object);

const quantityFigures = (
  claim: Exclude<VoucherClaim, { cancelled: string }>,
  known: PlausibilityInput['known'],
): Figure[] => {
  // What is taken back is bounded by what it takes back, where that is in the book.
  if (!('lines' in claim) || (claim.kind === 'V' && known.reversed?.original)) return [];
  return figuresOf(lineQuantities(claim), claim.kind, known);
};

const figuresOf = (lines: readonly LineQuantity[], kind: LineKind, { items, location, place }: Where): Figure[] =>
  lines.flatMap(({ path, item: id, stated }): Figure[] => {
    const item = items.get(id);
    const value = item && baseUnitsOf(stated, item);
    if (!item || value === undefined) return [];
    return [{ path, value, bound: largestQuantity(kind, item, location, place), unit: item.unit, item }];
  });

const amountFigures = (
  claim: Exclude<VoucherClaim, { cancelled: string }>,
  known: PlausibilityInput['known'],
): Figure[] => {
  const amount = (kind: MoneyKind) => (path: string, value: number) => ({
    ...{ path, value, bound: largestAmount(kind, known.location, known.place), unit: 'paise' },
  });
  switch (claim.kind) {
    case 'S':
      return [amount('S')('payments', sumOf(claim.payments.map((one) => one.amount)))];
    case 'V':
      return known.reversed?.original
        ? []
        : [amount('V')('refund', sumOf((claim.refund ?? []).map((one) => one.amount)))];
    case 'R':
    case 'D': {
      const costs = claim.lines.flatMap((line, at) => costFigures(line, at, known));
      return [...costs, amount(claim.kind)('lines', sumOf(costs.map(({ value }) => value)))];
    }
    case 'K':
      return [
        amount('K')('float', claim.float),
        ...(['counted', 'deposits', 'expenses'] as const).flatMap((field) =>
          (claim[field] ?? []).map((one, at) => amount('K')(`${field}.${at}.amount`, one.amount)),
        ),
      ];
    case 'H':
      return [amount('H')('cash', claim.cash)];
    default:
      return [];
  }
};

type CostLine = {
  readonly item: ItemId;
  readonly quantity: Measure | 0;
  readonly unitCost?: number | undefined;
  readonly cost?: number | undefined;
};

const costFigures = (line: CostLine, at: number, { items }: PlausibilityInput['known']): Figure[] => {
  const item = items.get(line.item);
  const quantity = item && baseUnitsOf(line.quantity, item);
  if (!item || quantity === undefined) return [];
  const value = line.cost ?? (line.unitCost ?? 0) * quantity;
  if (value === 0) return [];
  const dearest = Math.max(
    ...item.prices.map((price) => amountFor(Math.max(1, quantity), price.mrp, priceUnitOf(item, price))),
  );
  const field = line.cost === undefined ? 'unitCost' : 'cost';
  return [{ path: `lines.${at}.${field}`, value, bound: MAX_COST_FACTOR * Math.max(1, dearest), unit: 'paise' }];
};
