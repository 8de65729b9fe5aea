import type { ItemId, LocationId } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import { type Dispatch, isDispatch } from '../ledger/kinds/dispatch.ts';
import { isReceipt, type Receipt } from '../ledger/kinds/receipt.ts';
import { isReversal } from '../ledger/kinds/reversal.ts';
import { onHandMovements, rejectedQuantities } from '../ledger/on-hand.ts';
import { quantitiesByItem } from '../ledger/projection.ts';
import { hasClaim, type Voucher } from '../ledger/voucher.ts';
import { inTransitOf, linesAfterReceipts, type Transfer, type TransferLine } from '../transfers/transfer.ts';
import { type Drift, limitVouchers } from './drift.ts';
import type { LedgerReading } from './ledger-reading.ts';

type DispatchVoucher = Voucher & { readonly claim: Dispatch };
type ReceiptVoucher = Voucher & { readonly claim: Receipt };

type ItemQuantities = ReadonlyMap<ItemId, number>;

const rejectedQuantitiesOf = (receipt: ReceiptVoucher): ItemQuantities => {
  const rejected = rejectedQuantities(receipt);
  return quantitiesByItem(receipt.claim.lines.map(({ item }, at) => ({ item, quantity: rejected[at] ?? 0 })));
};

type TransferPart<One> = {
  readonly voucher: One;
  readonly quantities: ItemQuantities;
  readonly returnedQuantities: ItemQuantities;
  readonly vouchers: VoucherNumber[];
};

const transferPartsOf = (vouchers: readonly Voucher[]) => {
  const reversals = Map.groupBy(vouchers.filter(hasClaim(isReversal)), ({ claim }) => claim.of);
  const partOf = <One extends DispatchVoucher | ReceiptVoucher>(voucher: One): TransferPart<One> => {
    const reversed = reversals.get(voucher.number) ?? [];
    return {
      voucher,
      quantities: quantitiesByItem(
        onHandMovements(voucher).map(({ item, quantity }) => ({ item, quantity: Math.abs(quantity) })),
      ),
      returnedQuantities: quantitiesByItem(reversed.flatMap(({ claim }) => claim.lines)),
      vouchers: [voucher.number, ...reversed.map(({ number }) => number)],
    };
  };
  const receipts = vouchers.filter(hasClaim(isReceipt)).flatMap((voucher) => {
    if (!('dispatch' in voucher.claim.from)) return [];
    return [{ dispatch: voucher.claim.from.dispatch, ...partOf(voucher) }];
  });
  const sent = vouchers.filter(hasClaim(isDispatch)).map((voucher) => [voucher.number, partOf(voucher)] as const);
  return { sent: new Map(sent), receipts: Map.groupBy(receipts.filter(isInForce), ({ dispatch }) => dispatch) };
};

/** A fully reversed receipt does not count. */
const isInForce = ({
  quantities,
  returnedQuantities,
}: Pick<TransferPart<unknown>, 'quantities' | 'returnedQuantities'>): boolean =>
  returnedQuantities.size === 0 ||
  [...quantities].some(([item, quantity]) => quantity > (returnedQuantities.get(item) ?? 0));

export const reconcileTransfers = ({
  location,
  transfers,
  vouchers,
  faultyVouchers,
  missingVouchers,
}: LedgerReading): Drift[] => {
  const { sent, receipts } = transferPartsOf(vouchers);
  const rows = new Map(transfers.map((transfer) => [transfer.dispatch, transfer]));
  const suspects = [...faultyVouchers.map(({ number }) => number), ...missingVouchers];
  return [...new Set([...rows.keys(), ...sent.keys(), ...receipts.keys()])].toSorted().flatMap((dispatch): Drift[] => {
    const row = rows.get(dispatch);
    const context = { dispatch, version: row?.version ?? 0 };
    const dispatched = sent.get(dispatch);
    const drifts: Drift[] = [];
    const to = row?.sent?.from === location ? row.sent.to : null;
    const says = dispatched?.voucher.claim.to ?? null;
    if (to !== says) drifts.push({ kind: 'sent', ...context, book: to, says, vouchers: [dispatch] });
    else if (row && dispatched)
      drifts.push(
        ...figureDrifts(
          { ...context, lines: linesAfterReceipts(row, []) },
          { dispatched: dispatched.quantities, takenBack: dispatched.returnedQuantities },
          [...suspects, ...dispatched.vouchers],
        ),
      );

    drifts.push(...receiptDrifts(row, location, receipts.get(dispatch) ?? [], context, suspects));
    return drifts;
  });
};

const receiptDrifts = (
  row: Transfer | undefined,
  location: LocationId,
  parts: readonly TransferPart<ReceiptVoucher>[],
  context: { readonly dispatch: VoucherNumber; readonly version: number },
  suspects: readonly VoucherNumber[],
): Drift[] => {
  const receipts = new Map(
    (row?.receipts ?? []).filter(({ by }) => by === location).map((receipt) => [receipt.receipt, receipt]),
  );
  const partsByNumber = new Map(parts.map((part) => [part.voucher.number, part]));
  return [...new Set([...receipts.keys(), ...partsByNumber.keys()])].toSorted().flatMap((number): Drift[] => {
    const receipt = receipts.get(number);
    const part = partsByNumber.get(number);
    if (!row || !receipt || !part) {
      const numbers = limitVouchers([number, context.dispatch]);
      const book = receipt ? number : null;
      const says = part ? number : null;
      return [{ kind: 'received', ...context, book, says, vouchers: numbers }];
    }
    const numbers = [...suspects, ...part.vouchers, context.dispatch];
    const accepted = new Map(
      [...part.quantities].map(([item, moved]) => [item, moved - (part.returnedQuantities.get(item) ?? 0)]),
    );
    const lines = linesAfterReceipts(row, [receipt]);
    const book = Number(receipt.final ?? 0);
    const says = Number(part.voucher.claim.final ?? 0);
    return [
      ...figureDrifts({ ...context, lines }, { accepted, rejected: rejectedQuantitiesOf(part.voucher) }, numbers),
      ...(book === says
        ? []
        : [{ kind: 'final' as const, ...context, receipt: number, book, says, vouchers: limitVouchers(numbers) }]),
    ];
  });
};

type TransferFigure = 'dispatched' | 'takenBack' | 'accepted' | 'rejected';

type ComparedLines = {
  readonly dispatch: VoucherNumber;
  readonly version: number;
  readonly lines: readonly TransferLine[];
};

const figureDrifts = (
  { dispatch, lines, version }: ComparedLines,
  expected: Partial<Record<TransferFigure, ItemQuantities>>,
  vouchers: readonly VoucherNumber[],
): Drift[] =>
  (Object.entries(expected) as [TransferFigure, ItemQuantities][]).flatMap(([figure, sums]) =>
    [...new Set([...lines.map(({ item }) => item), ...sums.keys()])].flatMap((item): Drift[] => {
      const book = lines.find((line) => line.item === item)?.[figure] ?? 0;
      const says = sums.get(item) ?? 0;
      if (book === says) return [];
      return [
        { kind: 'transfer', dispatch, item, what: figure, book, says, version, vouchers: limitVouchers(vouchers) },
      ];
    }),
  );

/** `inbound` must equal quantities in transit. */
export const reconcileInbound = ({ location, stockRows, transfers }: LedgerReading): Drift[] => {
  const inTransit = transfers
    .filter(({ sent }) => sent?.to === location)
    .map((one) => [one.dispatch, inTransitOf(one)] as const);
  const byItem = new Map(stockRows.map((row) => [row.item, row]));
  const items = new Set([...byItem.keys(), ...inTransit.flatMap(([, sums]) => [...sums.keys()])]);
  return [...items].toSorted().flatMap((item): Drift[] => {
    const { inbound: book, version } = byItem.get(item) ?? { inbound: 0, version: 0 };
    const says = sumOf(inTransit.map(([, sums]) => sums.get(item) ?? 0));
    if (book === says) return [];
    const concerned = inTransit.filter(([, sums]) => sums.has(item)).map(([dispatch]) => dispatch);
    return [{ kind: 'inbound', item, book, says, version, vouchers: limitVouchers(concerned) }];
  });
};
