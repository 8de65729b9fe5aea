import * as z from 'zod';
import { claimHeaderFields, FreeText, linesSchema } from '../../kernel/claim-fields.ts';
import { ItemId, ProducerId } from '../../kernel/ids.ts';
import type { FieldProblem } from '../../kernel/problems.ts';
import { Paise, type Quantity } from '../../kernel/quantity.ts';
import { isRefusal, lineProblems, type Refusal, refuse } from '../../kernel/refusal.ts';
import { Measure, toBaseUnits } from '../../kernel/units.ts';
import { VoucherNumber } from '../../kernel/voucher-number.ts';
import { addToLot, type Lot, LotNumber } from '../../stock/lots.ts';
import { type ItemQuantity, type StockChange, type StockRow, sumPerItem } from '../../stock/stock.ts';
import { withInbound } from '../../transfers/in-transit.ts';
import { MeasuredOutcome, refuseUnknownItems, toBaseUnitLines } from '../base-unit-lines.ts';
import { type CountSheetsChange, lotKey, OPENING_STOCK, withSheet } from '../counts.ts';
import { type Decide, type DecisionContext, stockIn } from '../decision.ts';
import { statedCosts } from '../line-quantities.ts';
import {
  exampleHeader,
  isClaimOfKind,
  isNumberOfKind,
  itemsOf,
  lineMovements,
  liveFields,
  type VoucherKind,
} from '../voucher-kind.ts';
import { isDispatchNumber } from './dispatch.ts';
import { receiveTransfer, refuseDispatchOnlyFields, TransferReceiptOutcome } from './receive-transfer.ts';

/**
 * `unitCost`: paise per base unit. `quantity`: accepted. `invoiced`: sent, according to the bill.
 * `cost`: paise for the whole lot. `origin`: the place where it grew or was made.
 */
export const ReceiptLine = z.strictObject({
  item: ItemId,
  quantity: z.union([z.literal(0), Measure]),
  rejected: Measure.optional(),
  why: FreeText.optional(),
  unitCost: Paise.optional(),
  lot: LotNumber.optional(),
  invoiced: Measure.optional(),
  cost: Paise.optional(),
  origin: FreeText.optional(),
});
export type ReceiptLine = z.infer<typeof ReceiptLine>;

/**
 * `document`: challan or bill. A dispatch may have several receipts; the rest stays in transit
 * until one is `final`. `opening`: what was there when the ledger began.
 */
export const Receipt = z.strictObject({
  kind: z.literal('R'),
  ...claimHeaderFields,
  from: z.union([
    z.strictObject({ supplier: FreeText }),
    z.strictObject({ producer: ProducerId }),
    z.strictObject({
      dispatch: VoucherNumber.refine(isDispatchNumber, 'a dispatch is a D'),
    }),
  ]),
  document: FreeText.optional(),
  final: z.literal(true).optional(),
  opening: z.literal(true).optional(),
  lines: linesSchema(ReceiptLine),
});
export type Receipt = z.infer<typeof Receipt>;

/** `lost`: invoiced but not delivered, in base units per line; `null` without an invoice. */
export const ReceiptOutcome = MeasuredOutcome.extend({
  lost: z.array(z.int().min(0).nullable()).optional(),
  ...TransferReceiptOutcome.shape,
});
export type ReceiptOutcome = z.infer<typeof ReceiptOutcome>;

type ReceiptContext = 'countSheets' | 'items' | 'location' | 'producers' | 'depotRows' | 'seller' | 'transfer';

const decideReceipt: Decide<Receipt, ReceiptOutcome, ReceiptContext> = ({
  claim,
  admission,
  context,
  entryDetails,
  sequence,
}) => {
  if ('producer' in claim.from && !context.producers.has(claim.from.producer))
    return refuse('PRODUCER_UNKNOWN', `The registry has no producer ${claim.from.producer}.`);
  const unknown =
    refuseUnknownItems(claim.lines, context) ??
    refuseDispatchOnlyFields(claim.lines, 'dispatch' in claim.from) ??
    refuseFinal(claim) ??
    refuseOpening(claim);
  if (unknown) return unknown;
  const measured = toBaseUnitLines(claim.lines, context);
  if (isRefusal(measured)) return measured;

  const lots = refuseLots(claim, context.depotRows);
  if (lots) return lots;
  const lost = lostQuantitiesOf(claim.lines, measured.lines, context);
  if (isRefusal(lost)) return lost;
  const outcome = { ...measured.outcome, ...(lost.some((one) => one !== null) && { lost }) };
  const onHand = stockIn(measured.lines.filter(hasQuantity));
  const stock = context.depotRows
    ? onHand.map((change) => withReceivedLots(change, measured.lines, claim, context.depotRows))
    : onHand;
  if (!('dispatch' in claim.from)) {
    const sheetsChange = openingChange(claim, measured.lines.filter(hasQuantity), context, entryDetails.voucher);
    if (sheetsChange && isRefusal(sheetsChange)) return sheetsChange;
    return { outcome, stock, ...(sheetsChange && { sheetsChange }) };
  }
  const delivery = { ...claim.from, isFinal: claim.final === true, lines: claim.lines, accepted: measured.lines };
  const delivered = receiveTransfer(delivery, context, admission, sequence);
  if (isRefusal(delivered)) return delivered;
  return {
    outcome: { ...outcome, ...delivered.outcome },
    stock: withInbound(stock, context.location, context.transfer, delivered.transfer),
    transfer: delivered.transfer,
  };
};

export const OPENING_SUPPLIER = 'Opening stock';

const refuseOpening = ({ from, opening }: Receipt): Refusal | undefined => {
  if (!opening || 'supplier' in from) return undefined;
  const fields = [{ path: 'opening', problem: 'only goods of a supplier can be opening stock' }];
  return refuse('INVALID_REQUEST', 'Goods of a dispatch or a producer are no opening stock.', { fields });
};

/** At a stall an item opens once, at a depot a lot. */
const openingChange = (
  claim: Receipt,
  received: readonly ItemQuantity[],
  { countSheets: openings, depotRows }: Pick<DecisionContext, 'countSheets' | 'depotRows'>,
  number: VoucherNumber | undefined,
): CountSheetsChange | Refusal | undefined => {
  if (!claim.opening || !openings || number === undefined) return undefined;
  const fields = lineProblems(claim.lines, 'item', ({ item, lot }) => {
    const opened = openings.sheets.find(({ items, lots = [] }) =>
      depotRows ? lot !== undefined && lots.includes(lotKey(item, lot)) : items.includes(item),
    );
    const name = depotRows ? `${lot} of ${item}` : item;
    return opened && `${name} opened here with ${opened.number} already`;
  });
  if (fields.length > 0) return refuse('COUNTED_TWICE', 'The stock of an item opens once at a location.', { fields });
  return withSheet(openings, OPENING_STOCK, { number, items: sumPerItem(received).map(({ item }) => item) });
};

const refuseFinal = ({ from, final }: Receipt): Refusal | undefined => {
  if (!final || 'dispatch' in from) return undefined;
  const fields = [{ path: 'final', problem: 'only a dispatch has further deliveries' }];
  return refuse('INVALID_REQUEST', 'Only the receipt of a dispatch can be final.', { fields });
};

type BaseUnitLine = Omit<ReceiptLine, 'quantity'> & { readonly quantity: Quantity | 0 };

const hasQuantity = <Line extends BaseUnitLine>(line: Line): line is Line & { readonly quantity: Quantity } =>
  line.quantity !== 0;

/**
 * Depots trace materials by lot; stalls have no lots. A dispatch may bring part of a lot that is
 * open here.
 */
const refuseLots = ({ lines, from }: Receipt, rows: DecisionContext['depotRows']): Refusal | undefined => {
  const seen = new Set<string>();
  const fields: FieldProblem[] = lines.flatMap(({ item, quantity, lot }, at) => {
    const path = `lines.${at}.lot`;
    if (!rows) return lot === undefined ? [] : [{ path, problem: 'only a depot keeps lots' }];
    if (lot === undefined && quantity === 0) return [];
    if (lot === undefined) return [{ path, problem: 'at a depot, every line names its lot' }];
    const key = `${item}/${lot}`;
    if ('dispatch' in from) return [];
    const taken = seen.has(key) || rows.get(item)?.lots?.some((open) => open.lot === lot);
    seen.add(key);
    return taken ? [{ path, problem: `${lot} is open already; a delivery has a lot number of its own` }] : [];
  });
  return fields.length === 0
    ? undefined
    : refuse('LOT_WRONG', 'Each line of a depot needs a lot of its own; other locations keep no lots.', { fields });
};

const lostQuantitiesOf = (
  stated: readonly ReceiptLine[],
  measured: readonly BaseUnitLine[],
  { items }: Pick<DecisionContext, 'items'>,
): (number | null)[] | Refusal => {
  const fields: FieldProblem[] = [];
  const lost = stated.map(({ item, invoiced }, at) => {
    const units = items.get(item);
    const here = measured[at];
    if (invoiced === undefined || !units || !here) return null;
    const sent = toBaseUnits(invoiced, { unit: units.unit, units: units.units ?? [] });
    const problem =
      'problem' in sent ? sent.problem : sent.quantity < here.quantity ? 'less than what came' : undefined;
    if (problem !== undefined) fields.push({ path: `lines.${at}.invoiced`, problem });
    return 'quantity' in sent ? sent.quantity - here.quantity : null;
  });
  return fields.length > 0
    ? refuse('QUANTITY_NOT_WHOLE', 'An invoiced quantity must be whole base units, at least what measured.', { fields })
    : lost;
};

const withReceivedLots = (
  change: StockChange,
  lines: readonly BaseUnitLine[],
  { occurredAt: since }: Receipt,
  rows: ReadonlyMap<string, StockRow> | undefined,
): StockChange => {
  const row = rows?.get(change.item);
  const become = lines
    .filter(({ item }) => item === change.item)
    .reduce<readonly Lot[]>(
      (lots, { lot, quantity: left }) => (lot && left ? addToLot(lots, { lot, left, since }) : lots),
      row?.lots ?? [],
    );
  return { ...change, lots: { become, version: row?.version ?? 0 } };
};

export const receipt = {
  code: 'R',
  name: 'goods receipt',
  method: 'receiveGoods',
  roles: ['outlet', 'depot', 'admin'],
  claim: Receipt,
  outcome: ReceiptOutcome,
  body: Receipt.extend(liveFields),
  errors: [
    'PRODUCER_UNKNOWN',
    'UNIT_NEEDED',
    'QUANTITY_NOT_WHOLE',
    'LOT_WRONG',
    'COUNTED_TWICE',
    'TRANSFER_CLOSED',
    'TRANSFER_EXCEEDED',
    'NOT_ADDRESSEE',
  ],
  example: {
    kind: 'R',
    ...exampleHeader,
    from: { producer: 'P0042' },
    document: 'Challan 118',
    lines: [{ item: 'LKO-KURTA-M', quantity: 24, unitCost: 52000 }],
  },
  references: ({ lines, from }) => ({
    items: itemsOf(lines),
    producers: 'producer' in from ? [from.producer] : [],
    ...('dispatch' in from && { dispatch: from.dispatch }),
  }),
  needs: (claim) => (claim.opening ? { sheetsOfCount: OPENING_STOCK } : {}),
  // A depot receives 20 t in one lorry.
  lineRules: { plausible: { outlets: 25, depots: 400, producers: 25 }, measured: 'every item' },
  statedLines: ({ lines }) => lines,
  amounts: {
    plausible: { outlets: 5, depots: 100, producers: 5 },
    of: ({ lines }, { items }) => statedCosts(lines, items),
  },
  // Goods in transit must arrive somewhere.
  mayFollowEndOf: ({ from }) => ('dispatch' in from ? ['seller', 'items'] : []),
  decide: decideReceipt,
  stockMovement: ({ lines }, { quantities }) => lineMovements(lines, quantities, 1),
  reversibleLine: ({ lines }, _outcome, at) => ({ lot: lines[at]?.lot }),
  figures: (onHand) => ({ received: onHand }),
  reversalRules: { goods: 'never moved', mayBeEmpty: true, figures: (_, onHand) => ({ received: onHand }) },
  lineColumns: ['item', 'quantity', 'unitCost', 'lot', 'invoiced', 'cost', 'origin', 'rejected', 'why'],
} as const satisfies VoucherKind<Receipt, ReceiptOutcome>;

export const isReceipt = isClaimOfKind(receipt.code);
export const isReceiptNumber = isNumberOfKind(receipt.code);
