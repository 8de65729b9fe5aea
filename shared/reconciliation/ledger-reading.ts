import type { OpeningBalance } from '../day-close/balances.ts';
import type { ItemId, LocationId } from '../kernel/ids.ts';
import type { Day } from '../kernel/time.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import type { Voucher } from '../ledger/voucher.ts';
import type { MaterialRequest } from '../materials/material-request.ts';
import type { StockRow } from '../stock/stock.ts';
import type { Transfer } from '../transfers/transfer.ts';

/** A voucher that does not say what was hashed, or cannot be read. */
export type FaultyVoucher = { readonly number: VoucherNumber; readonly what: 'changed' | 'unreadable' };

/** What came back of a voucher, as the row beside it has it. */
export type ReturnedQuantityRow = {
  readonly of: VoucherNumber;
  readonly lines: ReadonlyMap<number, number>;
  readonly version: number;
};

/** A run of allocation that is under way: what it took of each item, and from whom it waits to be given. */
export type RunningAllocation = {
  readonly day: Day;
  readonly materials: readonly { readonly item: ItemId; readonly taken: number }[];
};

/** A day that was closed, and what it left: what happened before need not be read again. */
export type ReconciliationBaseline = { readonly day: Day; readonly openingBalances: readonly OpeningBalance[] };

/**
 * One location as it was read, from its first day on or since a close: what it has, before what its vouchers say, so that whatever lands between moves a version.
 */
export type LedgerReading = {
  readonly location: LocationId;
  readonly baseline: ReconciliationBaseline | undefined;
  readonly stockRows: readonly StockRow[];
  readonly vouchers: readonly Voucher[];
  readonly faultyVouchers: readonly FaultyVoucher[];
  /** Numbers that others name, and that are not in the book: they did not come yet, or are gone. */
  readonly missingVouchers: readonly VoucherNumber[];
  readonly returnedQuantities: readonly ReturnedQuantityRow[];
  /** All that came here, or left, or that its vouchers are of. */
  readonly transfers: readonly Transfer[];
  /** All that reserve something here, those that a run waits for, and those that were issued. */
  readonly requests: readonly MaterialRequest[];
  readonly runningAllocations: readonly RunningAllocation[];
  /** Of those requests, every voucher that issued them or took it back, by its number. */
  readonly issues: ReadonlyMap<VoucherNumber, Voucher>;
};
