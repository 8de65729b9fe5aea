import type { ItemId, SellerId } from '../../shared/kernel/ids.ts';
import type { Paise } from '../../shared/kernel/quantity.ts';
import { dayOf, instantOf } from '../../shared/kernel/time.ts';
import { calculateRefund, type Refund } from '../../shared/ledger/kinds/refund.ts';
import type { SaleLine } from '../../shared/ledger/kinds/sale-claim.ts';
import type { ReversibleVoucher } from '../../shared/ledger/reversal-context.ts';
import { api, hasToken } from '../app/api.ts';
import { toLatinDigits } from '../app/format.ts';
import { place } from '../app/session.ts';
import { type CatalogueItem, database, type PhoneVoucher } from '../outbox/database.ts';
import { findVoucher } from '../outbox/outbox.ts';
import { lineAmount } from './bill.ts';
import { itemMovements } from './stock-movements.ts';

type ReturnedLine = { readonly line: number; readonly item: ItemId; readonly quantity: number };

/**
 * A sale with what of it came back already, by line; `rounded`: paise refunded beyond the lines.
 */
export type ReturnableSale = {
  readonly sale: PhoneVoucher;
  readonly original: ReversibleVoucher;
  readonly returned: ReadonlyMap<number, number>;
  readonly rounded: number;
};

/** From this phone, else from the server. */
export const readVoucher = async (number: string): Promise<PhoneVoucher | undefined> =>
  (await findVoucher(number)) ?? (await voucherOfServer(number));

/** `before`: a return of this sale, if it and later ones do not count. */
export const readSale = async (
  number: string,
  items: ReadonlyMap<ItemId, CatalogueItem>,
  before?: PhoneVoucher,
): Promise<ReturnableSale | undefined> => {
  const sale = await readVoucher(number);
  if (sale?.claim.kind !== 'S') return undefined;
  const all = await (await database()).getAll('vouchers');
  const own = all.filter(
    ({ claim, capturedAt }) =>
      claim.kind === 'V' && claim.of === number && capturedAt < (before?.capturedAt ?? Number.POSITIVE_INFINITY),
  );
  const returned = new Map<number, number>();
  for (const { claim } of own)
    for (const { line, quantity } of claim.lines as readonly ReturnedLine[])
      returned.set(line, (returned.get(line) ?? 0) + quantity);
  const rounded = own.reduce((sum, { claim }) => sum + Number(claim.roundOff ?? 0), 0);
  return { sale, original: toReversible(sale, items), returned, rounded };
};

/** The lines as the server will see them: base units, and paise paid. */
const toReversible = (sale: PhoneVoucher, items: ReadonlyMap<ItemId, CatalogueItem>): ReversibleVoucher => {
  const lines = sale.claim.lines as readonly SaleLine[];
  const moved = itemMovements(
    sale.claim,
    () => 0,
    (item) => items.get(item),
  );
  const taxes = (sale.outcome as { tax?: readonly { gstBasisPoints: number }[] } | undefined)?.tax ?? [];
  const payments = sale.claim.payments as readonly { readonly amount: number }[];
  return {
    lines: lines.map((line, at) => {
      const item = items.get(line.item);
      const quantity = -(moved[at]?.quantity ?? 0);
      const amount = item
        ? lineAmount({ item: line.item, quantity, discount: line.discount }, item, sale.claim.occurredAt)
        : quantity * line.unitPrice - (line.discount ?? 0);
      const sold = { amount: amount as Paise, gstBasisPoints: taxes[at]?.gstBasisPoints ?? 0 };
      return { item: line.item, moved: -quantity, lots: [], sold };
    }),
    total: payments.reduce((sum, { amount }) => sum + amount, 0) as Paise,
  };
};

const voucherOfServer = async (number: string): Promise<PhoneVoucher | undefined> => {
  const location = place.value;
  if (!location || !hasToken()) return undefined;
  const answer = await api.getVoucher({ path: { location, number } }).catch(() => undefined);
  return answer?.ok ? toPhoneVoucher(answer.body as ServerVoucher) : undefined;
};

export type ServerVoucher = Pick<PhoneVoucher, 'number' | 'location' | 'claim' | 'outcome'> & {
  readonly seller: SellerId;
};

export const toPhoneVoucher = ({ number, location, seller, claim, outcome }: ServerVoucher): PhoneVoucher => ({
  number,
  location,
  seller,
  claim,
  outcome,
  attempts: 1,
  state: 'recorded',
  day: dayOf(claim.occurredAt),
  capturedAt: Date.parse(claim.occurredAt),
});

/** Sales whose number ends so: of this phone, and of the stall's day if there is a link. */
export const findSales = async (ending: string): Promise<PhoneVoucher[]> => {
  const digits = toLatinDigits(ending).replace(/\D/g, '').slice(-4).padStart(4, '0');
  const own = (await (await database()).getAll('vouchers')).filter(
    ({ number, claim }) => claim.kind === 'S' && number.endsWith(digits),
  );
  const location = place.value;
  if (!location || !hasToken()) return own;
  const path = { location, day: dayOf(instantOf(Date.now())) };
  const answer = await api.getDay({ path, query: { ending: digits } }).catch(() => undefined);
  const others = answer?.ok ? (answer.body.vouchers as unknown as ServerVoucher[]).map(toPhoneVoucher) : [];
  const known = new Set(own.map(({ number }) => number));
  return [...own, ...others.filter(({ number, claim }) => claim.kind === 'S' && !known.has(number))];
};

/**
 * The refund for these lines. Cash is rounded to whole rupees, but for the last part of a sale.
 */
export const refundOf = (
  { original, returned, rounded }: ReturnableSale,
  lines: readonly ReturnedLine[],
  isCash: boolean,
): Refund & { readonly roundOff: number } => {
  const exact = calculateRefund({ lines }, original, { returned, rounded });
  const roundOff = isCash && !exact.isLast ? Math.round(exact.due / 100) * 100 - exact.due : 0;
  return { ...calculateRefund({ lines, roundOff }, original, { returned, rounded }), roundOff };
};
