import type { OpeningBalance } from '../day-close/balances.ts';
import type { ItemId, LocationId } from '../kernel/ids.ts';
import type { Day } from '../kernel/time.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import { declaredNumbers } from '../ledger/number-gaps.ts';
import type { Voucher } from '../ledger/voucher.ts';
import type { MaterialRequest } from '../materials/material-request.ts';
import type { StockRow } from '../stock/stock.ts';
import type { Transfer } from '../transfers/transfer.ts';

export type FaultyVoucher = { readonly number: VoucherNumber; readonly what: 'changed' | 'unreadable' };

export type ReturnedQuantityRow = {
  readonly of: VoucherNumber;
  readonly lines: ReadonlyMap<number, number>;
  readonly version: number;
};

/** `taken`: reserved, not yet all assigned to requests. */
export type RunningAllocation = {
  readonly day: Day;
  readonly materials: readonly { readonly item: ItemId; readonly taken: number }[];
};

/** Earlier vouchers need not be read. */
export type ReconciliationBaseline = { readonly day: Day; readonly openingBalances: readonly OpeningBalance[] };

/** Stored figures are read before vouchers, so a concurrent write shows as a new version. */
export type LedgerReading = {
  readonly location: LocationId;
  readonly baseline: ReconciliationBaseline | undefined;
  readonly stockRows: readonly StockRow[];
  readonly vouchers: readonly Voucher[];
  readonly faultyVouchers: readonly FaultyVoucher[];
  /** Named but not recorded: late or lost. */
  readonly missingVouchers: readonly VoucherNumber[];
  readonly returnedQuantities: readonly ReturnedQuantityRow[];
  /** To or from this location, or named by its vouchers. */
  readonly transfers: readonly Transfer[];
  /** With reservations here, in a running allocation, or issued. */
  readonly requests: readonly MaterialRequest[];
  readonly runningAllocations: readonly RunningAllocation[];
  readonly issues: ReadonlyMap<VoucherNumber, Voucher>;
};

/** Numbers named as `previous` or last, but without a voucher. */
export const missingVouchersOf = (vouchers: readonly Voucher[]): VoucherNumber[] => {
  const recorded = new Set(vouchers.map(({ number }) => number));
  const named = vouchers.flatMap(({ claim }) => [claim.previous ?? [], declaredNumbers(claim)].flat());
  return [...new Set(named)].filter((number) => !recorded.has(number));
};
