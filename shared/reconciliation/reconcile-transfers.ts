import type { ItemId, LocationId } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import { onHandMovements, rejectedQuantities } from '../ledger/on-hand.ts';
import type { Voucher, VoucherClaim } from '../ledger/voucher.ts';
import { inTransitOf, linesAfterReceipts, type Transfer, type TransferLine } from '../transfers/transfer.ts';
import { type Drift, limitVouchers } from './drift.ts';
import type { LedgerReading } from './ledger-reading.ts';

type VoucherOfKind<Kind extends VoucherClaim['kind']> = Voucher & {
  readonly claim: Extract<VoucherClaim, { kind: Kind; lines: unknown }>;
};

const isVoucherOfKind =
  <Kind extends VoucherClaim['kind']>(kind: Kind) =>
  (voucher: Voucher): voucher is VoucherOfKind<Kind> =>
    voucher.claim.kind === kind && 'lines' in voucher.claim;

type ItemQuantities = ReadonlyMap<ItemId, number>;
const quantitiesByItem = (lines: readonly { readonly item: ItemId; readonly quantity: number }[]): ItemQuantities =>
  new Map(
    [...Map.groupBy(lines, ({ item }) => item)].map(([item, same]) => [
      item,
      sumOf(same.map(({ quantity }) => quantity)),
    ]),
  );

const rejectedQuantitiesOf = (said: VoucherOfKind<'R'>): ItemQuantities => {
  const rejected = rejectedQuantities(said);
  return quantitiesByItem(said.claim.lines.map(({ item }, at) => ({ item, quantity: rejected[at] ?? 0 })));
};

/** A voucher, what it moved of each item, and what its reversals took back. */
type TransferPart<One> = {
  readonly voucher: One;
  readonly quantities: ItemQuantities;
  readonly returnedQuantities: ItemQuantities;
  readonly vouchers: VoucherNumber[];
};

/** What a location itself said of its transfers. */
const transferPartsOf = (vouchers: readonly Voucher[]) => {
  const reversals = Map.groupBy(vouchers.filter(isVoucherOfKind('V')), ({ claim }) => claim.of);
  const partOf = <One extends VoucherOfKind<'D'> | VoucherOfKind<'R'>>(said: One): TransferPart<One> => {
    const back = reversals.get(said.number) ?? [];
    return {
      voucher: said,
      quantities: quantitiesByItem(
        onHandMovements(said).map(({ item, quantity }) => ({ item, quantity: Math.abs(quantity) })),
      ),
      returnedQuantities: quantitiesByItem(back.flatMap(({ claim }) => claim.lines)),
      vouchers: [said.number, ...back.map(({ number }) => number)],
    };
  };
  const receipts = vouchers.filter(isVoucherOfKind('R')).flatMap((said) => {
    if (!('dispatch' in said.claim.from)) return [];
    return [{ dispatch: said.claim.from.dispatch, ...partOf(said) }];
  });
  const sent = vouchers.filter(isVoucherOfKind('D')).map((said) => [said.number, partOf(said)] as const);
  return { sent: new Map(sent), receipts: Map.groupBy(receipts.filter(isInForce), ({ dispatch }) => dispatch) };
};

/** One that was taken back whole was none. */
const isInForce = ({
  quantities,
  returnedQuantities,
}: Pick<TransferPart<unknown>, 'quantities' | 'returnedQuantities'>): boolean =>
  returnedQuantities.size === 0 ||
  [...quantities].some(([item, quantity]) => quantity > (returnedQuantities.get(item) ?? 0));

/** A transfer is what its dispatch, its receipts and their reversals say, each in the books of its own location. */
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
    const about = { dispatch, version: row?.version ?? 0 };
    const here = sent.get(dispatch);
    const drifts: Drift[] = [];
    const [to, says] = [row?.sent?.from === location ? row.sent.to : null, here?.voucher.claim.to ?? null];
    if (to !== says) drifts.push({ kind: 'sent', ...about, book: to, says, vouchers: [dispatch] });
    else if (row && here)
      drifts.push(
        ...figureDrifts(
          { ...about, lines: linesAfterReceipts(row, []) },
          { dispatched: here.quantities, takenBack: here.returnedQuantities },
          [...suspects, ...here.vouchers],
        ),
      );

    drifts.push(...receiptDrifts(row, location, receipts.get(dispatch) ?? [], about, suspects));
    return drifts;
  });
};

/** Each receipt here stands in the row, and no other; then what it says is what the row has of it. */
const receiptDrifts = (
  row: Transfer | undefined,
  location: LocationId,
  came: readonly TransferPart<VoucherOfKind<'R'>>[],
  about: { readonly dispatch: VoucherNumber; readonly version: number },
  suspects: readonly VoucherNumber[],
): Drift[] => {
  const kept = new Map(
    (row?.receipts ?? []).filter(({ by }) => by === location).map((receipt) => [receipt.receipt, receipt]),
  );
  const said = new Map(came.map((one) => [one.voucher.number, one]));
  return [...new Set([...kept.keys(), ...said.keys()])].toSorted().flatMap((number): Drift[] => {
    const [receipt, one] = [kept.get(number), said.get(number)];
    if (!row || !receipt || !one) {
      const numbers = limitVouchers([number, about.dispatch]);
      const [book, says] = [receipt ? number : null, one ? number : null];
      return [{ kind: 'received', ...about, book, says, vouchers: numbers }];
    }
    const numbers = [...suspects, ...one.vouchers, about.dispatch];
    const accepted = new Map(
      [...one.quantities].map(([item, moved]) => [item, moved - (one.returnedQuantities.get(item) ?? 0)]),
    );
    const lines = linesAfterReceipts(row, [receipt]);
    const [book, says] = [Number(receipt.final ?? 0), Number(one.voucher.claim.final ?? 0)];
    return [
      ...figureDrifts({ ...about, lines }, { accepted, rejected: rejectedQuantitiesOf(one.voucher) }, numbers),
      ...(book === says
        ? []
        : [{ kind: 'final' as const, ...about, receipt: number, book, says, vouchers: limitVouchers(numbers) }]),
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
  told: Partial<Record<TransferFigure, ItemQuantities>>,
  vouchers: readonly VoucherNumber[],
): Drift[] =>
  (Object.entries(told) as [TransferFigure, ItemQuantities][]).flatMap(([what, sums]) =>
    [...new Set([...lines.map(({ item }) => item), ...sums.keys()])].flatMap((item): Drift[] => {
      const [book, says] = [lines.find((line) => line.item === item)?.[what] ?? 0, sums.get(item) ?? 0];
      if (book === says) return [];
      return [{ kind: 'transfer', dispatch, item, what, book, says, version, vouchers: limitVouchers(vouchers) }];
    }),
  );

/** What is on its way to a location is what its open dispatches have on the way. */
export const reconcileInbound = ({ location, stockRows, transfers }: LedgerReading): Drift[] => {
  const coming = transfers
    .filter(({ sent }) => sent?.to === location)
    .map((one) => [one.dispatch, inTransitOf(one)] as const);
  const byItem = new Map(stockRows.map((row) => [row.item, row]));
  const items = new Set([...byItem.keys(), ...coming.flatMap(([, sums]) => [...sums.keys()])]);
  return [...items].toSorted().flatMap((item): Drift[] => {
    const { inbound: book, version } = byItem.get(item) ?? { inbound: 0, version: 0 };
    const says = sumOf(coming.map(([, sums]) => sums.get(item) ?? 0));
    if (book === says) return [];
    const concerned = coming.filter(([, sums]) => sums.has(item)).map(([dispatch]) => dispatch);
    return [{ kind: 'inbound', item, book, says, version, vouchers: limitVouchers(concerned) }];
  });
};
