import { outwardSuppliesOf } from '../../shared/billing/outward-supplies.ts';
import { type SellerDay, toSellerDayItems, toSellerDays } from '../../shared/day-close/seller-day.ts';
import type { ItemId } from '../../shared/kernel/ids.ts';
import type { Paise } from '../../shared/kernel/quantity.ts';
import { extractTax } from '../../shared/kernel/tax.ts';
import { Instant } from '../../shared/kernel/time.ts';
import { partsOf, VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import { refundDueFor } from '../../shared/ledger/kinds/refund.ts';
import { SaleOutcome } from '../../shared/ledger/kinds/sale.ts';
import { reversibleVoucherOf } from '../../shared/ledger/on-hand.ts';
import { Voucher } from '../../shared/ledger/voucher.ts';
import { gstr1UploadOf } from '../../shared/reports/gstr1.ts';
import { Gstr1Upload } from '../../shared/reports/gstr1-upload.ts';

/** Vouchers of one seller, made without a table, and the GSTR-1 that is made of them. */
export const GSTIN = '09XXXZB0001X1ZN';
export const seller = { name: 'Chikan Samiti', registration: 'regular' as const, gstin: GSTIN };

/** Goods as bills state them: two of one HSN at different rates, one by weight, one of rate 0. */
export const GOODS = {
  KURTA: { hsn: '62114290', uqc: 'PCS', rate: 500 },
  GOWN: { hsn: '62114290', uqc: 'PCS', rate: 1800 },
  GHEE: { hsn: '04059020', uqc: 'KGS', rate: 1200 },
  BANGLE: { hsn: '7018', uqc: 'PRS', rate: 0 },
} as const;
const NAMES: { readonly [good in Good]?: string } = { BANGLE: 'Glass bangles, "काँच" (set/12)' };
export type Good = keyof typeof GOODS;

export const serial = (kind: string, day: string, at: number, terminal = '7KQ2M') =>
  VoucherNumber.parse(`${terminal}${kind}${day.slice(2).replaceAll('-', '')}${String(at).padStart(4, '0')}`);

const voucherOf = (number: VoucherNumber, claim: object, outcome: object): Voucher =>
  Voucher.parse({
    number,
    location: 'LKO-01',
    seller: 'LKO1',
    claim: { occurredAt: `${partsOf(number).day}T05:00:00.000Z`, by: 'S001', previous: null, ...claim },
    admission: { way: 'live', goodsInHand: true },
    outcome,
    recordedAt: `${partsOf(number).day}T05:00:01.000Z`,
    enteredBy: 'x',
  });

export type SoldLine = { readonly good: Good; readonly quantity: number; readonly amount: number };

export type Buyer = { readonly gstin?: string; readonly state?: string };

export const saleOf = (
  number: VoucherNumber,
  lines: readonly SoldLine[],
  facts: object = seller,
  buyer?: Buyer,
  placeOfSupply?: string,
): Voucher => {
  const total = lines.reduce((sum, { amount }) => sum + amount, 0);
  const named = buyer?.gstin ? { ...buyer, name: 'Sharma Traders', address: '1 Mall Road' } : buyer;
  return voucherOf(
    number,
    {
      kind: 'S',
      lines: lines.map(({ good, quantity, amount }) => ({ item: good, quantity, unitPrice: amount, discount: 0 })),
      payments: [{ tender: 'cash', amount: total }],
      ...(named && { buyer: named }),
    },
    SaleOutcome.parse({
      total,
      tax: lines.map(({ good, amount }) => extractTax(amount as Paise, GOODS[good].rate, placeOfSupply !== undefined)),
      ...(placeOfSupply && { placeOfSupply }),
      billFacts: {
        seller: facts,
        lines: lines.map(({ good }) => ({
          name: NAMES[good] ?? good,
          nameHi: 'वस्तु',
          hsn: GOODS[good].hsn,
          uqc: GOODS[good].uqc,
        })),
      },
    }),
  );
};

export const returnOf = (
  number: VoucherNumber,
  sale: Voucher,
  parts: readonly { line: number; quantity: number }[],
  back: Map<number, number>,
) => {
  const original = reversibleVoucherOf(sale);
  const lines = parts.map(({ line, quantity }) => ({ line, quantity, item: original.lines[line - 1]?.item as ItemId }));
  const due = refundDueFor(lines, original, back);
  for (const { line, quantity } of parts) back.set(line, (back.get(line) ?? 0) + quantity);
  return voucherOf(
    number,
    { kind: 'V', of: sale.number, reason: 'return', goods: 'to shelf', lines, refund: [] },
    {
      moved: lines.map(({ quantity }) => quantity),
      refunded: due.reduce((sum, { amount }) => sum + amount, 0),
      tax: due.map(({ tax }) => tax),
    },
  );
};

export const undoOf = (number: VoucherNumber, taken: Voucher): Voucher => {
  if (!('of' in taken.claim) || !('moved' in taken.outcome)) throw new Error('a return');
  const { claim, outcome } = taken;
  return voucherOf(
    number,
    {
      kind: 'V',
      of: taken.number,
      reason: 'mistake',
      goods: 'to shelf',
      refund: [],
      lines: claim.lines.map(({ item, quantity }, at) => ({ line: at + 1, item, quantity })),
    },
    {
      moved: outcome.moved.map((moved) => -moved),
      tax: outcome.tax,
      sale: { of: claim.of, lines: claim.lines.map(({ line }) => line) },
    },
  );
};

export const cancelled = (number: VoucherNumber) =>
  voucherOf(number, { kind: partsOf(number).kind, cancelled: 'spoiled' }, {});

/** The rows that closes write for these vouchers, as they come back from the table. */
export const rowsOf = (vouchers: readonly Voucher[]): SellerDay[] => {
  const sales = new Map(vouchers.map((voucher) => [voucher.number, voucher]));
  return [...Map.groupBy(vouchers, ({ number }) => partsOf(number).day)].flatMap(([day, book]) => {
    const row = {
      seller: 'LKO1',
      location: 'LKO-01',
      day,
      sales: 0,
      amount: 0,
      refunds: 0,
      refunded: 0,
      missing: { numbers: [], many: 0 },
      ...outwardSuppliesOf(book, { sales, lateTax: new Map() }),
    } as unknown as Parameters<typeof toSellerDayItems>[0];
    return toSellerDays(toSellerDayItems(row, { edition: 1, closedAt: Instant.parse('2026-11-01T00:00:00Z') }));
  });
};

export const uploadOf = (vouchers: readonly Voucher[], gstin = GSTIN, isOwnDay = (_day: string) => true) =>
  Gstr1Upload.parse(
    gstr1UploadOf({
      gstin,
      period: '2026-10',
      days: rowsOf(vouchers),
      isOwnDay,
    }),
  );
