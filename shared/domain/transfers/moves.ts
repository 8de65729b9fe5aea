import type { ItemId } from '../ids.ts';
import { Paise, sumOf, type Version } from '../quantity.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { addUp, divide, multiply } from '../sum.ts';
import type { Kind, VoucherNumber } from '../vouchers/number.ts';
import type { Transfer, TransferLine } from './transfer.ts';

type Line = { readonly item: ItemId; readonly quantity: number };

const NOTHING = { dispatched: 0, accepted: 0, rejected: 0, takenBack: 0 };

/** What is not known of it yet. */
type Before = Omit<Transfer, 'version'> & { readonly version: number };

const unknown = (dispatch: VoucherNumber, seller: Transfer['seller']): Before => ({
  dispatch,
  seller,
  lines: [],
  version: 0,
});

/** The transfer as it becomes, item by item, in the order in which they were named first. */
const changed = (
  transfer: Before,
  items: Iterable<ItemId>,
  change: (line: TransferLine) => TransferLine,
  also: Partial<Pick<Transfer, 'sent' | 'received'>> = {},
): Transfer => {
  const lines = new Map(transfer.lines.map((line) => [line.item, line]));
  for (const item of items) lines.set(item, change(lines.get(item) ?? { item, ...NOTHING }));
  return { ...transfer, ...also, lines: [...lines.values()], version: (transfer.version + 1) as Version };
};

type Sent = {
  readonly dispatch: VoucherNumber;
  readonly seller: Transfer['seller'];
  readonly sent: NonNullable<Transfer['sent']>;
  readonly lines: readonly (Line & { readonly unitCost?: Paise | undefined })[];
};

/** A dispatch: what was received before it came in stands beside it. */
export const dispatched = (before: Transfer | undefined, { dispatch, seller, sent, lines }: Sent): Transfer => {
  const items = Map.groupBy(lines, ({ item }) => item);
  return changed(
    before ?? unknown(dispatch, seller),
    items.keys(),
    (line) => {
      const same = items.get(line.item) ?? [];
      const unitCost = unitCostOf(same);
      return {
        ...line,
        dispatched: sumOf(same.map(({ quantity }) => quantity)),
        ...(unitCost !== undefined && { unitCost }),
      };
    },
    { sent },
  );
};

/** Lines of one item at several costs have one between, if each has one. */
const unitCostOf = (lines: Sent['lines']): Paise | undefined => {
  if (lines.some(({ unitCost }) => unitCost === undefined)) return undefined;
  const cost = addUp(lines.map(({ quantity, unitCost = 0 }) => multiply(quantity, unitCost)));
  return Paise.parse(divide(cost, sumOf(lines.map(({ quantity }) => quantity))));
};

type Received = {
  readonly dispatch: VoucherNumber;
  readonly seller: Transfer['seller'];
  readonly received: NonNullable<Transfer['received']>;
  readonly lines: readonly (Line & { readonly rejected: number })[];
};

/** A receipt closes it once: goods of one dispatch cannot come twice. Before its dispatch, it waits for it. */
export const received = (
  before: Transfer | undefined,
  { dispatch, seller, received, lines }: Received,
): Transfer | Refusal => {
  const closed = before?.received;
  if (closed)
    return refuse('TRANSFER_CLOSED', `${dispatch} was received already, by ${closed.receipt} at ${closed.by}.`, {
      receipt: closed.receipt,
    });
  const items = Map.groupBy(lines, ({ item }) => item);
  return changed(
    before ?? unknown(dispatch, seller),
    items.keys(),
    (line) => {
      const same = items.get(line.item) ?? [];
      return {
        ...line,
        accepted: sumOf(same.map(({ quantity }) => quantity)),
        rejected: sumOf(same.map(({ rejected }) => rejected)),
      };
    },
    { received },
  );
};

/** A reversal of its dispatch, or of its receipt. */
export const takenBackOf = (kind: Kind, transfer: Transfer, lines: readonly Line[]): Transfer | Refusal =>
  kind === 'D' ? dispatchTakenBack(transfer, lines) : receiptTakenBack(transfer, lines);

/** The sender has back what was dispatched by mistake, or came back: no more than was not accepted. */
export const dispatchTakenBack = (transfer: Transfer, lines: readonly Line[]): Transfer | Refusal => {
  const sums = Map.groupBy(lines, ({ item }) => item);
  const quantityOf = (item: ItemId) => sumOf((sums.get(item) ?? []).map(({ quantity }) => quantity));
  const fields = lines.flatMap(({ item }, at) => {
    const line = transfer.lines.find((one) => one.item === item);
    const most = line ? Math.max(0, line.dispatched - line.takenBack - line.accepted) : 0;
    if (quantityOf(item) <= most) return [];
    return [{ path: `lines.${at}.quantity`, problem: `${most} of ${item} were not accepted, and can still come back` }];
  });
  if (fields.length > 0) return refuse('RETURN_EXCEEDED', 'More than was not accepted where it was sent.', { fields });
  return changed(transfer, sums.keys(), (line) => ({ ...line, takenBack: line.takenBack + quantityOf(line.item) }));
};

/** What was accepted by mistake was not. Once nothing is left of the receipt, there was none: what was sent is on its way again. */
export const receiptTakenBack = (transfer: Transfer, lines: readonly Line[]): Transfer => {
  const sums = Map.groupBy(lines, ({ item }) => item);
  const next = changed(transfer, sums.keys(), (line) => ({
    ...line,
    accepted: line.accepted - sumOf((sums.get(line.item) ?? []).map(({ quantity }) => quantity)),
  }));
  if (next.lines.some(({ accepted }) => accepted > 0)) return next;
  const { received: _none, ...rest } = next;
  return { ...rest, lines: next.lines.map((line) => ({ ...line, rejected: 0 })).filter(isSomething) };
};

const isSomething = ({ dispatched }: TransferLine): boolean => dispatched > 0;
