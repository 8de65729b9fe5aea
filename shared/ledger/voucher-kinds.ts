import type * as z from 'zod';
import type { Role } from '../kernel/access.ts';
import { isProducer, type LocationId, stockLocationKind } from '../kernel/ids.ts';
import type { ErrorCode } from '../kernel/refusal.ts';
import type { VoucherKindCode } from '../kernel/voucher-number.ts';
import { Adjustment, CancelledAdjustment } from './kinds/adjustment.ts';
import { CancelledCount, Count } from './kinds/count.ts';
import { CancelledDispatch, Dispatch } from './kinds/dispatch.ts';
import { CancelledHandOver, HandOver } from './kinds/hand-over.ts';
import { CancelledIssue, Issue } from './kinds/issue.ts';
import { CancelledReceipt, Receipt } from './kinds/receipt.ts';
import { CancelledReversal, Reversal } from './kinds/reversal.ts';
import { CancelledSale, Sale } from './kinds/sale.ts';
import { CancelledShift, Shift } from './kinds/shift.ts';

type VoucherKindDefinition = {
  readonly name: string;
  /** The typed client's method. */
  readonly method: string;
  readonly roles: readonly Role[];
  /** Where, if not everywhere. */
  readonly at?: 'outlets';
  /** A producer may, at their own workshop: it keeps no stock, and sends what is made there. */
  readonly fromWorkshop?: true;
  readonly claim: z.ZodObject;
  readonly cancelled: z.ZodObject;
  /** Refusals beside those of every voucher. */
  readonly errors: readonly ErrorCode[];
  readonly example: Record<string, unknown>;
};

const exampleHeader = { occurredAt: '2026-11-22T05:00:00.000Z', by: 'S001', previous: null };

/** Kinds that stand in day books. A request moves no stock, and is kept among the requests. */
export type LedgerKind = Exclude<VoucherKindCode, 'Q'>;

/** One row a kind: who may, what it says, what can go wrong. The docs, the client and the access tests are drawn from it. */
export const VOUCHER_KINDS = {
  S: {
    name: 'sale',
    method: 'recordSale',
    roles: ['outlet', 'admin'],
    at: 'outlets',
    claim: Sale,
    cancelled: CancelledSale,
    errors: [
      'UNIT_NEEDED',
      'QUANTITY_NOT_WHOLE',
      'ITEM_NOT_PRICED',
      'PRICE_ABOVE_MRP',
      'PRICE_BELOW_FLOOR',
      'PAYMENT_MISMATCH',
      'EXCHANGE_NOT_COVERED',
      'INSUFFICIENT_STOCK',
    ],
    example: {
      kind: 'S',
      ...exampleHeader,
      lines: [{ item: 'LKO-KURTA-M', quantity: 2, unitPrice: 89900 }],
      payments: [{ tender: 'upi', amount: 179800, reference: '432198765012' }],
    },
  },
  V: {
    name: 'reversal',
    method: 'takeBack',
    roles: ['outlet', 'depot', 'admin'],
    fromWorkshop: true,
    claim: Reversal,
    cancelled: CancelledReversal,
    errors: [
      'APPROVAL_NEEDED',
      'VOUCHER_UNKNOWN',
      'RETURN_EXCEEDED',
      'SOLD_ELSEWHERE',
      'NEEDS_OFFICER',
      'PAYMENT_MISMATCH',
      'INSUFFICIENT_STOCK',
      'REQUEST_UNKNOWN',
      'REQUEST_STATE',
    ],
    example: {
      kind: 'V',
      ...exampleHeader,
      of: '7KQ2MS2611210003',
      reason: 'return',
      goods: 'to shelf',
      lines: [{ line: 1, item: 'LKO-KURTA-M', quantity: 1 }],
      refund: [{ tender: 'cash', amount: 89900 }],
    },
  },
  R: {
    name: 'goods receipt',
    method: 'receiveGoods',
    roles: ['outlet', 'depot', 'admin'],
    claim: Receipt,
    cancelled: CancelledReceipt,
    errors: [
      'PRODUCER_UNKNOWN',
      'UNIT_NEEDED',
      'QUANTITY_NOT_WHOLE',
      'LOT_WRONG',
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
  },
  D: {
    name: 'dispatch',
    method: 'dispatchGoods',
    roles: ['outlet', 'depot', 'admin'],
    fromWorkshop: true,
    claim: Dispatch,
    cancelled: CancelledDispatch,
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
  },
  A: {
    name: 'adjustment',
    method: 'adjustStock',
    roles: ['outlet', 'depot', 'admin'],
    claim: Adjustment,
    cancelled: CancelledAdjustment,
    errors: ['APPROVAL_NEEDED', 'INSUFFICIENT_STOCK', 'UNIT_NEEDED', 'QUANTITY_NOT_WHOLE', 'LOT_WRONG'],
    example: {
      kind: 'A',
      ...exampleHeader,
      reason: 'damaged',
      note: 'wet in the rain',
      lines: [{ item: 'LKO-KURTA-M', quantity: 1 }],
    },
  },
  I: {
    name: 'issue of material',
    method: 'issueMaterial',
    roles: ['depot', 'admin'],
    claim: Issue,
    cancelled: CancelledIssue,
    errors: [
      'UNIT_NEEDED',
      'QUANTITY_NOT_WHOLE',
      'LOT_WRONG',
      'REQUEST_UNKNOWN',
      'REQUEST_STATE',
      'RESERVED_EXCEEDED',
      'INSUFFICIENT_STOCK',
    ],
    example: {
      kind: 'I',
      ...exampleHeader,
      request: '7KQ2MQ2611210001',
      lines: [{ item: 'PBT-BAMBOO', quantity: '40 kg' }],
    },
  },
  C: {
    name: 'count sheet',
    method: 'countStock',
    roles: ['outlet', 'depot', 'admin'],
    claim: Count,
    cancelled: CancelledCount,
    errors: ['COUNTED_TWICE', 'UNIT_NEEDED', 'QUANTITY_NOT_WHOLE', 'VOUCHER_UNKNOWN', 'TRANSFER_CLOSED'],
    example: {
      kind: 'C',
      ...exampleHeader,
      count: 'November',
      blind: true,
      lines: [
        { item: 'LKO-KURTA-M', quantity: 7 },
        { item: 'LKO-KURTA-L', quantity: 0 },
      ],
    },
  },
  K: {
    name: 'close of a shift',
    method: 'closeShift',
    roles: ['outlet', 'depot', 'admin'],
    claim: Shift,
    cancelled: CancelledShift,
    errors: [],
    example: {
      kind: 'K',
      ...exampleHeader,
      float: 50000,
      counted: [{ tender: 'cash', amount: 79800 }],
      deposits: [{ amount: 150000, reference: 'SBI slip 118' }],
      last: ['7KQ2MS2611220014'],
    },
  },
  H: {
    name: 'hand-over of a stall',
    method: 'handOver',
    roles: ['outlet', 'admin'],
    at: 'outlets',
    claim: HandOver,
    cancelled: CancelledHandOver,
    errors: ['VOUCHER_UNKNOWN', 'REFERENCE_UNKNOWN'],
    example: {
      kind: 'H',
      ...exampleHeader,
      outgoing: 'S001',
      incoming: 'S002',
      signed: { outgoing: 'Asha Verma', incoming: 'Ravi Kumar' },
      sheets: ['7KQ2MC2611220001'],
      cash: 79800,
      terminals: [{ terminal: '7KQ2M', last: ['7KQ2MS2611220014'] }],
    },
  },
} as const satisfies Record<LedgerKind, VoucherKindDefinition>;

export const LEDGER_KINDS = Object.keys(VOUCHER_KINDS) as LedgerKind[];
/** May a voucher of this kind be recorded by this role, here? A depot sells nothing: its lots are issued. */
export const mayRecordKind = (kind: LedgerKind, role: Role, place: LocationId): boolean => {
  const { roles, at, fromWorkshop }: VoucherKindDefinition = VOUCHER_KINDS[kind];
  if (isProducer(place)) return fromWorkshop === true && (role === 'producer' || role === 'admin');
  return roles.includes(role) && (at === undefined || at === stockLocationKind(place));
};
export const isLedgerKind = (kind: VoucherKindCode): kind is LedgerKind => kind in VOUCHER_KINDS;
