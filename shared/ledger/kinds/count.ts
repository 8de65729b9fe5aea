import * as z from 'zod';
import { claimHeaderFields, FreeText, linesSchema } from '../../kernel/claim-fields.ts';
import { ItemId } from '../../kernel/ids.ts';
import type { FieldProblem } from '../../kernel/problems.ts';
import { Balance, sumOf } from '../../kernel/quantity.ts';
import { isRefusal, lineProblems, type Refusal, refuse } from '../../kernel/refusal.ts';
import type { Instant } from '../../kernel/time.ts';
import { Measure, toBaseUnits } from '../../kernel/units.ts';
import { VoucherNumber } from '../../kernel/voucher-number.ts';
import { addToLot, type Lot, LotNumber, totalInLots, withdrawFromLots } from '../../stock/lots.ts';
import type { StockRow } from '../../stock/stock.ts';
import { rebuildTransfer } from '../../transfers/rebuild-transfer.ts';
import { inTransitOf, type Transfer, TransferState, transferStateOf } from '../../transfers/transfer.ts';
import { refuseUnknownItems } from '../base-unit-lines.ts';
import { sheetOfItem, withSheet } from '../counts.ts';
import type { Decide, DecisionContext } from '../decision.ts';
import { exampleHeader, isNumberOfKind, itemsOf, liveFields, type VoucherKind } from '../voucher-kind.ts';
import { isDispatchNumber } from './dispatch.ts';
import { isReceiptNumber } from './receipt.ts';

const CountedQuantity = z.union([z.literal(0), Measure]);

/**
 * An item is on one sheet of a count. `count`: unique at its location, so it holds a date. `blind`:
 * the ledger's figure was hidden. `seen`: each terminal's last number before the count. `transfer`:
 * a dispatch to rebuild, with its `receipt` if the transfer does not name it.
 */
export const Count = z.strictObject({
  kind: z.literal('C'),
  ...claimHeaderFields,
  count: FreeText,
  blind: z.boolean().optional(),
  seen: z.array(VoucherNumber).max(20).optional(),
  transfer: z
    .strictObject({
      dispatch: VoucherNumber.refine(isDispatchNumber, 'a dispatch is a D'),
      receipt: VoucherNumber.refine(isReceiptNumber, 'a receipt is an R').optional(),
    })
    .optional(),
  lines: linesSchema(z.strictObject({ item: ItemId, quantity: CountedQuantity })),
});
export type Count = z.infer<typeof Count>;

/**
 * Base units. No `expected` if a later count superseded the line. `inbound` and `free`: corrections
 * of drift. `transfer`: the rebuilt one.
 */
export const CountOutcome = z.strictObject({
  counted: z.array(
    z.strictObject({
      quantity: z.int().min(0),
      expected: Balance.optional(),
      variance: z.int().optional(),
      inbound: z.int().optional(),
      free: z.int().optional(),
    }),
  ),
  transfer: TransferState.optional(),
});
export type CountOutcome = z.infer<typeof CountOutcome>;

type CountContext =
  | 'drift'
  | 'items'
  | 'location'
  | 'onHandSince'
  | 'depotRows'
  | 'seller'
  | 'countSheets'
  | 'countedRows'
  | 'transferRebuild';

/**
 * Stock on hand is the counted quantity plus later movements. Row versions make a concurrent
 * voucher cause a new decision.
 */
export const decideCount: Decide<Count, CountOutcome, CountContext> = ({
  claim,
  context,
  entryDetails,
  sequence,
  replacesSheets = false,
}) => {
  const unknown = refuseUnknownItems(claim.lines, context);
  if (unknown) return unknown;
  const twice = lineProblems(claim.lines, 'item', ({ item }) =>
    claim.lines.filter((line) => line.item === item).length > 1 ? `${item} is on the sheet twice` : undefined,
  );
  if (twice.length > 0)
    return refuse('INVALID_REQUEST', 'An item may be on a count sheet only once.', { fields: twice });
  const found = foundLinesOf(claim, context);
  if (isRefusal(found)) return found;
  const { countedRows = new Map(), onHandSince = new Map(), transferRebuild } = context;
  const transfer = transferRebuild && rebuildTransfer(transferRebuild, context.location);
  if (transfer && isRefusal(transfer)) return transfer;

  const counted = found.map(({ item, quantity }): CountedLine => {
    const row: StockRow | undefined = countedRows.get(item);
    if ((row?.countedAt ?? '') > sequence) return { item, quantity };
    const expected = (row?.onHand ?? 0) - (onHandSince.get(item) ?? 0);
    const { inbound, free } = remainingDrift(item, context, transfer);
    return {
      item,
      quantity,
      expected,
      variance: quantity - expected,
      ...(inbound && { inbound: -inbound }),
      ...(free && { free: -free }),
    };
  });
  const { countSheets } = context;
  const again = countSheets && refuseCountedTwice(counted, sheetOfItem(countSheets), replacesSheets);
  if (again) return again;
  return {
    outcome: {
      counted: counted.map(({ item: _item, ...rest }) => rest as CountOutcome['counted'][number]),
      ...(transfer && { transfer: transferStateOf(transfer) }),
    },
    ...(transfer && { transfer }),
    ...(countSheets &&
      entryDetails.voucher && {
        sheetsChange: withSheet(countSheets, claim.count, {
          number: entryDetails.voucher,
          items: counted.map(({ item }) => item),
        }),
      }),
    stock: counted.flatMap(({ item, variance, inbound, free }) => {
      if (variance === undefined) return [];
      const row: StockRow | undefined = countedRows.get(item);
      const version = row?.version ?? 0;
      const lots = context.depotRows && { become: lotsAfterCount(row, variance, entryDetails.voucher, claim), version };
      return [
        {
          item,
          onHand: variance,
          requires: 'nothing' as const,
          count: { order: sequence, version },
          ...(inbound && { inbound }),
          ...(free && { free: variance + free }),
          ...(lots && { lots }),
        },
      ];
    }),
  };
};

/**
 * Only the counter knows if two sheets hold two shares or count twice, so a second sheet is
 * refused. An officer may let it replace the first, unless a later count makes it void.
 */
const refuseCountedTwice = (
  counted: readonly CountedLine[],
  sheetOf: ReadonlyMap<ItemId, VoucherNumber>,
  replacesSheets: boolean,
): Refusal | undefined => {
  const fields = counted.flatMap(({ item, variance }, at) => {
    const sheet = sheetOf.get(item);
    if (sheet === undefined || (replacesSheets && variance !== undefined)) return [];
    const later = replacesSheets ? ', and a later count has it: this sheet would change nothing' : '';
    return [{ path: `lines.${at}.item`, problem: `${item} is on sheet ${sheet} of this count too${later}` }];
  });
  return fields.length > 0
    ? refuse('COUNTED_TWICE', 'An item must be on one sheet of a count, with the total of all its places.', {
        fields,
      })
    : undefined;
};

type CountedLine = FoundLine & { readonly expected?: number; readonly variance?: number } & StockDrift;

type FoundLine = { readonly item: ItemId; readonly quantity: number };

const foundLinesOf = ({ lines }: Count, { items }: Pick<DecisionContext, 'items'>): FoundLine[] | Refusal => {
  const fields: FieldProblem[] = [];
  const found = lines.map(({ item, quantity }, at) => {
    const units = items.get(item);
    if (quantity === 0 || !units) return { item, quantity: 0 };
    const converted = toBaseUnits(quantity, { unit: units.unit, units: units.units ?? [] });
    if ('quantity' in converted) return { item, quantity: converted.quantity };
    fields.push({ path: `lines.${at}.quantity`, problem: converted.problem });
    return { item, quantity: 0 };
  });
  return fields.length > 0
    ? refuse('QUANTITY_NOT_WHOLE', 'A quantity must come to whole base units.', { fields })
    : found;
};

/** At a depot, missing goods leave the oldest lot, and found goods enter the newest. */
const lotsAfterCount = (
  row: StockRow | undefined,
  variance: number,
  number: VoucherNumber | undefined,
  { occurredAt: since }: Count,
): readonly Lot[] => {
  const lots = row?.lots ?? [];
  const more = Math.max(0, (row?.onHand ?? 0) + variance) - totalInLots(lots);
  return more <= 0 ? withdrawFromLots(lots, -more).lots : addFoundToLots(lots, more, number, since);
};

/** Without an open lot, adds one named after the voucher. */
export const addFoundToLots = (
  lots: readonly Lot[],
  more: number,
  number: VoucherNumber | undefined,
  since: Instant,
): readonly Lot[] => {
  if (more <= 0) return lots;
  return addToLot(lots, { ...(lots.at(-1) ?? { lot: LotNumber.parse(number), since }), left: more });
};

export const count = {
  code: 'C',
  name: 'count sheet',
  method: 'countStock',
  roles: ['outlet', 'depot', 'admin'],
  claim: Count,
  outcome: CountOutcome,
  body: Count.extend(liveFields),
  errors: ['COUNTED_TWICE', 'UNIT_NEEDED', 'QUANTITY_NOT_WHOLE', 'VOUCHER_UNKNOWN'],
  example: {
    kind: 'C',
    ...exampleHeader,
    count: '22 November 2026',
    blind: true,
    lines: [
      { item: 'LKO-KURTA-M', quantity: 7 },
      { item: 'LKO-KURTA-L', quantity: 0 },
    ],
  },
  references: ({ lines }) => ({ items: itemsOf(lines), producers: [] }),
  needs: ({ count, lines, transfer }) => ({
    stockRows: true,
    onHandSince: true,
    sheetsOfCount: count,
    drift: { items: itemsOf(lines), transfer },
  }),
  lineRules: { plausible: { outlets: 50, depots: 1_000, producers: 50 }, measured: 'every item' },
  statedLines: ({ lines }) => lines,
  mayFollowEndOf: () => ['location', 'seller', 'items'],
  decide: decideCount,
  countedLines: ({ lines }, { counted }) =>
    lines.flatMap(({ item }, at) => {
      const line = counted[at];
      return line ? [{ item, quantity: line.quantity }] : [];
    }),
  lineColumns: ['item', 'quantity'],
} as const satisfies VoucherKind<Count, CountOutcome>;

export const isCountNumber = isNumberOfKind(count.code);

/** The stock row less the sum of vouchers, open dispatches and reservations. */
export type StockDrift = { readonly inbound?: number; readonly free?: number };

/**
 * Vouchers move both sides alike, so true drift stays constant; a lagging index differs only
 * briefly. `written`: a transfer that the same voucher rebuilds.
 */
const remainingDrift = (
  item: ItemId,
  { drift, countedRows, location }: Pick<DecisionContext, 'drift' | 'location' | 'countedRows'>,
  written: Transfer | undefined,
): StockDrift => {
  const found = drift?.byItem.get(item);
  if (!drift || !found) return {};
  const row: StockRow | undefined = countedRows?.get(item);
  const open = [
    ...drift.incoming.filter(({ dispatch }) => dispatch !== written?.dispatch),
    ...(written ? [written] : []),
  ];
  const here = open.filter(({ sent }) => sent?.to === location);
  const inbound = (row?.inbound ?? 0) - sumOf(here.map((one) => inTransitOf(one).get(item) ?? 0));
  const free = (row?.free ?? 0) - ((row?.onHand ?? 0) - (drift.reserved.get(item) ?? 0));
  return {
    ...(found.inbound !== undefined && inbound === found.inbound && { inbound }),
    ...(found.free !== undefined && free === found.free && { free }),
  };
};
