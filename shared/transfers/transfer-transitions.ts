import type { ItemId } from '../kernel/ids.ts';
import type { FieldProblem } from '../kernel/problems.ts';
import { Paise, sumOf, type Version } from '../kernel/quantity.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import { addUp, divide, multiply } from '../kernel/sum.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import {
  lineBalanceOf,
  linesAfterReceipts,
  MAX_RECEIPTS,
  MAX_REVERSALS,
  type SentLine,
  type Transfer,
  type TransferReceipt,
  transferLinesOf,
  transferStateOf,
} from './transfer.ts';

type TransferQuantity = { readonly item: ItemId; readonly quantity: number };

type TransferBefore = Omit<Transfer, 'version'> & { readonly version: number };

const unknownTransfer = (dispatch: VoucherNumber, seller: Transfer['seller']): TransferBefore => ({
  dispatch,
  seller,
  receipts: [],
  lines: [],
  version: 0,
});

const nextVersion = (transfer: TransferBefore, change: Partial<Transfer>): Transfer => ({
  ...transfer,
  ...change,
  version: (transfer.version + 1) as Version,
});

type DispatchEntry = {
  readonly dispatch: VoucherNumber;
  readonly seller: Transfer['seller'];
  readonly sent: NonNullable<Transfer['sent']>;
  readonly lines: readonly (TransferQuantity & { readonly unitCost?: Paise | undefined })[];
};

/** Earlier receipts stay. */
export const applyDispatch = (
  before: Transfer | undefined,
  { dispatch, seller, sent, lines }: DispatchEntry,
): Transfer =>
  nextVersion(before ?? unknownTransfer(dispatch, seller), {
    sent,
    lines: [...Map.groupBy(lines, ({ item }) => item)].map(([item, same]): SentLine => {
      const unitCost = unitCostOf(same);
      const quantity = sumOf(same.map((line) => line.quantity));
      return { item, dispatched: quantity, takenBack: 0, ...(unitCost !== undefined && { unitCost }) };
    }),
  });

/** The average cost, if every line has one. */
const unitCostOf = (lines: DispatchEntry['lines']): Paise | undefined => {
  if (lines.some(({ unitCost }) => unitCost === undefined)) return undefined;
  const cost = addUp(lines.map(({ quantity, unitCost = 0 }) => multiply(quantity, unitCost)));
  return Paise.parse(divide(cost, sumOf(lines.map(({ quantity }) => quantity))));
};

type ReceiptEntry = {
  readonly dispatch: VoucherNumber;
  readonly seller: Transfer['seller'];
  readonly received: Omit<TransferReceipt, 'lines'>;
  readonly lines: readonly (TransferQuantity & { readonly rejected: number })[];
};

/** Also for approved receipts: the row must stay small. A rebuild keeps all recorded receipts. */
export const refuseFurtherReceipt = (before: Transfer | undefined): Refusal | undefined => {
  const last = before?.receipts.at(-1);
  if (!before || !last || before.receipts.length < MAX_RECEIPTS) return undefined;
  const detail = `A transfer takes at most ${MAX_RECEIPTS} receipts; ${before.dispatch} has all of them.`;
  return refuse('TRANSFER_CLOSED', detail, { receipt: last.receipt });
};

/** Its dispatch may come later. */
export const applyReceipt = (
  before: Transfer | undefined,
  { dispatch, seller, received, lines }: ReceiptEntry,
): Transfer => {
  const transfer = before ?? unknownTransfer(dispatch, seller);
  const receipt: TransferReceipt = {
    ...received,
    lines: [...Map.groupBy(lines, ({ item }) => item)].map(([item, same]) => ({
      item,
      accepted: sumOf(same.map(({ quantity }) => quantity)),
      rejected: sumOf(same.map(({ rejected }) => rejected)),
    })),
  };
  return nextVersion(transfer, { receipts: sortByNumber([...transfer.receipts, receipt]) });
};

/** The row must not depend on the order of arrival. */
const sortByNumber = (receipts: readonly TransferReceipt[]): TransferReceipt[] =>
  receipts.toSorted((one, other) => (one.receipt < other.receipt ? -1 : 1));

/**
 * Only the addressee receives. The first receipt may exceed the dispatch; a further one may not
 * exceed the rest, because the likely cause is one delivery recorded twice.
 */
export const refuseReceipt = (
  before: Transfer | undefined,
  { by, lines }: { readonly by: TransferReceipt['by']; readonly lines: ReceiptEntry['lines'] },
): Refusal | undefined => {
  if (!before?.sent) return undefined;
  const { dispatch, sent } = before;
  if (by !== sent.to)
    return refuse('NOT_ADDRESSEE', `${sent.from} sent ${dispatch} to ${sent.to}, not to ${by}.`, {
      from: sent.from,
      to: sent.to,
    });
  const atAddressee = before.receipts.filter((receipt) => receipt.by === by);
  const last = atAddressee.at(-1);
  if (!last) return undefined;
  const left = new Map(
    linesAfterReceipts(before, atAddressee).map((line) => [line.item, Math.max(0, lineBalanceOf(line).missing)]),
  );
  if ([...left.values()].every((quantity) => quantity === 0))
    return refuse('TRANSFER_CLOSED', `All of ${dispatch} is received; the last receipt is ${last.receipt}.`, {
      receipt: last.receipt,
    });
  const sums = Map.groupBy(lines, ({ item }) => item);
  const fields: FieldProblem[] = lines.flatMap(({ item }, at) => {
    const maximum = left.get(item) ?? 0;
    const received = sumOf((sums.get(item) ?? []).map(({ quantity, rejected }) => quantity + rejected));
    return received <= maximum
      ? []
      : [{ path: `lines.${at}.quantity`, problem: `at most ${maximum} of ${item} can still be received` }];
  });
  if (fields.length === 0) return undefined;
  const receipts = atAddressee.map(({ receipt }) => receipt).join(', ');
  return refuse('TRANSFER_EXCEEDED', `${receipts} received the rest of ${dispatch}.`, { fields });
};

/** At most what was not accepted. `by`: the reversal. */
export const reverseDispatch = (
  transfer: Transfer,
  lines: readonly TransferQuantity[],
  by: VoucherNumber | undefined,
): Transfer | Refusal => {
  const sums = Map.groupBy(lines, ({ item }) => item);
  const quantityOf = (item: ItemId) => sumOf((sums.get(item) ?? []).map(({ quantity }) => quantity));
  const current = new Map(transferLinesOf(transfer).map((line) => [line.item, line]));
  const fields = lines.flatMap(({ item }, at) => {
    const line = current.get(item);
    const maximum = line ? Math.max(0, line.dispatched - line.takenBack - line.accepted) : 0;
    if (quantityOf(item) <= maximum) return [];
    return [
      { path: `lines.${at}.quantity`, problem: `at most ${maximum} of ${item} can come back: the rest was accepted` },
    ];
  });
  if (fields.length > 0)
    return refuse('RETURN_EXCEEDED', 'The sender can take back only what the addressee did not accept.', { fields });
  const { takenBackBy = [] } = transfer;
  return nextVersion(transfer, {
    ...(by && { takenBackBy: [...takenBackBy, by].toSorted().slice(-MAX_REVERSALS) }),
    lines: transfer.lines.map((line) => ({ ...line, takenBack: line.takenBack + quantityOf(line.item) })),
  });
};

/**
 * `isWhole`: nothing accepted is left, so the receipt goes with its rejections and its `final`
 * mark.
 */
export const reverseReceipt = (
  transfer: Transfer,
  number: VoucherNumber,
  lines: readonly TransferQuantity[],
  isWhole: boolean,
): Transfer => {
  const sums = Map.groupBy(lines, ({ item }) => item);
  const quantityOf = (item: ItemId) => sumOf((sums.get(item) ?? []).map(({ quantity }) => quantity));
  return nextVersion(transfer, {
    receipts: transfer.receipts.flatMap((receipt) => {
      if (receipt.receipt !== number) return [receipt];
      if (isWhole) return [];
      const left = receipt.lines.map((line) => ({ ...line, accepted: line.accepted - quantityOf(line.item) }));
      return [{ ...receipt, lines: left }];
    }),
  });
};

/** Later receipts are still possible. */
export const closeShort = (transfer: Transfer, by: NonNullable<Transfer['closedShort']>): Transfer =>
  transferStateOf(transfer) === 'open' ? nextVersion(transfer, { closedShort: by }) : transfer;
