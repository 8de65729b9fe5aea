import { type LocationId, locationKind } from '../kernel/ids.ts';
import type { BoundProblem } from '../kernel/problems.ts';
import { barcodeQuantityMessage, isBarcode } from '../kernel/quantity.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import type { LocationLimits } from '../registry/entries.ts';
import type { Item } from '../registry/item.ts';
import type { Admission } from './admission.ts';
import type { DecisionContext } from './decision.ts';
import { baseUnitsOf, type LineQuantity, lineQuantities } from './line-quantities.ts';
import { isCancelled, kindOf, type ValidClaim, type VoucherClaim } from './voucher.ts';
import type { LineRules, LocationFactors } from './voucher-kind.ts';

/** Base units per item of a stall's sale. */
const LARGEST_SALE_LINE: Readonly<Record<Item['unit'], number>> = {
  piece: 200,
  gram: 50_000,
  millilitre: 50_000,
  millimetre: 200_000,
};

/** A request is no voucher kind. */
export const REQUEST_LINES: LineRules = {
  plausible: { outlets: 1, depots: 40, producers: 1 },
  measured: 'every item',
};

/** Paise per stall bill, refund or till figure: 10 lakh rupees. */
const LARGEST_AMOUNT = 100_000_000;

type Where = Pick<DecisionContext, 'items' | 'location' | 'locationEntry'>;
type PlausibilityInput = { readonly claim: VoucherClaim; readonly context: Where & Pick<DecisionContext, 'reversal'> };

/** Base units per item, all lines of a voucher together. */
export const largestQuantity = (
  plausible: LocationFactors,
  item: Pick<Item, 'unit' | 'largestQuantity'>,
  location: LocationId,
  place: LocationLimits = {},
): number => {
  const ofSale = item.largestQuantity ?? LARGEST_SALE_LINE[item.unit];
  return Math.floor(ofSale * plausible[locationKind(location)] * (place.quantityFactor ?? 1));
};

export const implausibleFigures = ({ claim, context }: PlausibilityInput): BoundProblem[] =>
  isCancelled(claim) ? [] : [...quantityFigures(claim, context), ...amountFigures(claim, context)].flatMap(aboveBound);

export const implausibleRequested = (lines: readonly LineQuantity[], context: Where): BoundProblem[] =>
  figuresOf(lines, REQUEST_LINES, context).flatMap(aboveBound);

const aboveBound = (figure: Figure): BoundProblem[] => {
  const { path, value, bound, unit } = figure;
  const typed = 'item' in figure ? figure.onLine : value;
  if ('item' in figure && figure.item.barcode === String(typed))
    return [{ path, value, bound, problem: barcodeQuantityMessage(typed) }];
  if (value <= bound) return [];
  const isCode = 'item' in figure && isBarcode(typed);
  const tooMuch = `${value} ${unit} is more than ${bound} ${unit}, the most that is plausible here`;
  return [{ path, value, bound, problem: isCode ? barcodeQuantityMessage(typed) : tooMuch }];
};

/** Live, the person at the phone confirms. Offline, an officer approves. */
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
} & ({ readonly item: Item; readonly onLine: number } | object);

const quantityFigures = (claim: ValidClaim, context: PlausibilityInput['context']): Figure[] => {
  const { lineRules, statedLines } = kindOf(claim);
  return lineRules && statedLines ? figuresOf(lineQuantities(statedLines(claim, context)), lineRules, context) : [];
};

const figuresOf = (
  lines: readonly LineQuantity[],
  { plausible }: LineRules,
  { items, location, locationEntry }: Where,
): Figure[] => {
  const totals = new Map<string, number>();
  return lines.flatMap(({ path, field, item: id, stated }): Figure[] => {
    const item = items.get(id);
    const onLine = item && baseUnitsOf(stated, item);
    if (!item || onLine === undefined) return [];
    const key = `${id} ${field}`;
    const value = (totals.get(key) ?? 0) + onLine;
    totals.set(key, value);
    const bound = largestQuantity(plausible, item, location, locationEntry);
    return [{ path, value, bound, unit: item.unit, item, onLine }];
  });
};

const amountFigures = (claim: ValidClaim, context: PlausibilityInput['context']): Figure[] => {
  const { amounts } = kindOf(claim);
  if (!amounts) return [];
  const factor = amounts.plausible[locationKind(context.location)];
  const largest = (context.locationEntry?.largestAmount ?? LARGEST_AMOUNT) * factor;
  return amounts.of(claim, context).map(({ path, value, bound = largest }) => ({ path, value, bound, unit: 'paise' }));
};
