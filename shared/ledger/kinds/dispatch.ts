import * as z from 'zod';
import { claimHeaderFields, FreeText, itemAndMeasure, linesSchema } from '../../kernel/claim-fields.ts';
import { isProducer, StockLocationId } from '../../kernel/ids.ts';
import { Paise } from '../../kernel/quantity.ts';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts';
import {
  numberOfSequence,
  partsOf,
  timeOfSequence,
  VoucherNumber,
  type VoucherSequence,
} from '../../kernel/voucher-number.ts';
import { LotNumber } from '../../stock/lots.ts';
import type { StockChange } from '../../stock/stock.ts';
import { withInbound } from '../../transfers/in-transit.ts';
import { receiptsElsewhere, TransferDifference, transferDifferences } from '../../transfers/transfer.ts';
import { applyDispatch } from '../../transfers/transfer-transitions.ts';
import { type Admission, mayGoBelowZero } from '../admission.ts';
import { refuseUnknownItems, toBaseUnitLines } from '../base-unit-lines.ts';
import { CHALLAN_COLUMNS, ChallanFacts, challanLinesOf } from '../challan-facts.ts';
import { type Decide, type DecisionContext, stockOut } from '../decision.ts';
import { statedCosts } from '../line-quantities.ts';
import { withdrawLines } from '../lot-changes.ts';
import {
  exampleHeader,
  goodsInHandFields,
  isClaimOfKind,
  isNumberOfKind,
  itemsOf,
  lineMovements,
  type VoucherKind,
} from '../voucher-kind.ts';
import { LotOutcome } from './adjustment.ts';

/** `unitCost`: paise per base unit, as on the delivery challan (CGST rule 55). */
export const Dispatch = z.strictObject({
  kind: z.literal('D'),
  ...claimHeaderFields,
  to: StockLocationId,
  document: FreeText.optional(),
  lines: linesSchema(z.strictObject({ ...itemAndMeasure, lot: LotNumber.optional(), unitCost: Paise.optional() })),
});
export type Dispatch = z.infer<typeof Dispatch>;

/**
 * For a dispatch recorded after its receipts. `elsewhere`: a receiving location other than the
 * destination. `challanFacts`: of the registry, so that a reprint stays the same.
 */
export const DispatchOutcome = LotOutcome.extend({
  receipts: z.array(VoucherNumber).optional(),
  differs: z.array(TransferDifference).optional(),
  elsewhere: StockLocationId.optional(),
  challanFacts: ChallanFacts.optional(),
});
export type DispatchOutcome = z.infer<typeof DispatchOutcome>;

type DispatchContext =
  | 'challanParties'
  | 'depotRows'
  | 'items'
  | 'location'
  | 'rates'
  | 'receiver'
  | 'registration'
  | 'seller'
  | 'transfer';

/** A workshop has no stock to reduce. Completes a transfer that a receipt began. */
const decideDispatch: Decide<Dispatch, DispatchOutcome, DispatchContext> = ({
  claim,
  admission,
  context,
  sequence,
}) => {
  const wrong = refuseUnknownItems(claim.lines, context) ?? refuseReceiver(claim, context);
  if (wrong) return wrong;
  const measured = toBaseUnitLines(claim.lines, context);
  if (isRefusal(measured)) return measured;
  const left = dispatchedStock(measured.lines, context, admission, sequence);
  if (isRefusal(left)) return left;

  const sent = { from: context.location, to: claim.to, at: timeOfSequence(sequence) };
  const recorded = { dispatch: numberOfSequence(sequence), seller: context.seller, sent, lines: measured.lines };
  const transfer = applyDispatch(context.transfer, recorded);
  const [{ receipts }, differs, [elsewhere]] = [transfer, transferDifferences(transfer), receiptsElsewhere(transfer)];
  return {
    outcome: {
      ...measured.outcome,
      ...left.outcome,
      ...(receipts.length > 0 && { receipts: receipts.map(({ receipt }) => receipt) }),
      ...(differs.length > 0 && { differs }),
      ...(elsewhere && { elsewhere: elsewhere.by }),
      ...challanFactsOf(measured.lines, sequence, context),
    },
    stock: withInbound(left.stock, context.location, context.transfer, transfer),
    transfer,
  };
};

const challanFactsOf = (
  lines: Parameters<typeof challanLinesOf>[0],
  sequence: VoucherSequence,
  { challanParties, items, rates = [], registration }: Pick<DecisionContext, DispatchContext>,
): { readonly challanFacts?: ChallanFacts } => {
  if (!challanParties) return {};
  const { day } = partsOf(numberOfSequence(sequence));
  const sources = { at: timeOfSequence(sequence), day, items, rates, isTaxed: registration === 'regular' };
  return { challanFacts: { ...challanParties, lines: challanLinesOf(lines, sources) } };
};

const refuseReceiver = (
  { to }: Dispatch,
  { location, receiver, seller }: Pick<DecisionContext, DispatchContext>,
): Refusal | undefined => {
  const wrong = (problem: string) => ({ fields: [{ path: 'to', problem }] });
  if (to === location)
    return refuse('INVALID_REQUEST', 'The destination is the sending location.', wrong('is the sending location'));
  if (!receiver)
    return refuse('REFERENCE_UNKNOWN', `The registry has no location ${to}.`, wrong('is not in the registry'));
  if (receiver.sellers.includes(seller)) return undefined;
  return refuse('SELLER_NOT_HERE', `At ${to} trade ${receiver.sellers.join(', ')}, not ${seller}.`);
};

const dispatchedStock = (
  lines: Parameters<typeof withdrawLines>[0],
  { depotRows, location }: Pick<DecisionContext, DispatchContext>,
  admission: Admission,
  order: VoucherSequence,
): { readonly stock: readonly StockChange[]; readonly outcome: LotOutcome } | Refusal => {
  if (isProducer(location)) return { stock: [], outcome: {} };
  if (!depotRows) return { stock: stockOut(lines, admission), outcome: {} };
  const lotted = withdrawLines(lines, depotRows, mayGoBelowZero(admission) ? 'in hand' : 'free', order);
  return isRefusal(lotted) ? lotted : { stock: lotted.stock, outcome: { lots: lotted.lots } };
};

export const dispatch = {
  code: 'D',
  name: 'dispatch',
  method: 'dispatchGoods',
  roles: ['outlet', 'depot', 'admin'],
  fromWorkshop: true,
  claim: Dispatch,
  outcome: DispatchOutcome,
  body: Dispatch.extend(goodsInHandFields),
  errors: [
    'REFERENCE_UNKNOWN',
    'SELLER_NOT_HERE',
    'UNIT_NEEDED',
    'QUANTITY_NOT_WHOLE',
    'LOT_WRONG',
    'INSUFFICIENT_STOCK',
  ],
  example: {
    kind: 'D',
    ...exampleHeader,
    to: 'CNB-02',
    document: 'Challan 42',
    lines: [{ item: 'LKO-KURTA-M', quantity: 6, unitCost: 52000 }],
  },
  references: ({ lines, to }) => ({ items: itemsOf(lines), producers: [], destination: to }),
  needs: () => ({ ownTransfer: true }),
  lineRules: { plausible: { outlets: 25, depots: 400, producers: 25 }, measured: 'every item' },
  statedLines: ({ lines }) => lines,
  amounts: {
    plausible: { outlets: 5, depots: 100, producers: 5 },
    of: ({ lines }, { items }) => statedCosts(lines, items),
  },
  mayFollowEndOf: () => ['location', 'seller', 'items'],
  decide: decideDispatch,
  stockMovement: ({ lines }, { quantities }) => lineMovements(lines, quantities, -1),
  figures: (onHand) => ({ dispatched: -onHand }),
  reversalRules: { goods: 'come back', figures: (_, onHand) => ({ dispatched: -onHand }) },
  lineColumns: ['item', 'quantity', 'lot', 'unitCost', ...CHALLAN_COLUMNS],
} as const satisfies VoucherKind<Dispatch, DispatchOutcome>;

export const isDispatch = isClaimOfKind(dispatch.code);
export const isDispatchNumber = isNumberOfKind(dispatch.code);
