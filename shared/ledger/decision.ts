import type {
  DistrictId,
  ItemId,
  LocationId,
  ProducerId,
  SellerId,
  StaffId,
  StockLocationId,
  TerminalCode,
} from '../kernel/ids.ts';
import type { HighestRecordedNumbers } from '../kernel/last-numbers.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { Day, Instant } from '../kernel/time.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import type { VoucherSequence } from '../kernel/voucher-sequence.ts';
import type { AccountChange } from '../materials/entitlement-account.ts';
import type { MaterialRequest, TransitionDetails } from '../materials/material-request.ts';
import type { LocationLimits, Seller, Terminal } from '../registry/entries.ts';
import type { Item } from '../registry/item.ts';
import type { EnrolmentCode } from '../registry/terminal-key.ts';
import { type ItemQuantity, type StockChange, type StockRow, sumPerItem } from '../stock/stock.ts';
import type { TransferRebuildInput } from '../transfers/rebuild-transfer.ts';
import type { Transfer } from '../transfers/transfer.ts';
import { type Admission, mayGoBelowZero } from './admission.ts';
import type { BasketChange } from './basket.ts';
import type { CountSheets, CountSheetsChange } from './count-sheets.ts';
import type { ReturnContext, ReturnedQuantities, ReversalContext } from './reversal-context.ts';
import type { TillVoucher } from './till-voucher.ts';

/** A person's location, and what they look after: locations, districts or `state`. */
export type StaffAssignment = {
  readonly location?: StockLocationId | undefined;
  readonly looksAfter?: readonly string[] | undefined;
};

/**
 * All that decisions read, for every kind. Each kind uses a part, which its `references` and
 * `needs` name. What does not exist is absent.
 */
export type DecisionContext = {
  readonly seller: SellerId;
  /** The location of the day book. A workshop has no stock. */
  readonly location: LocationId;
  /** The seller's GST registration on the voucher's day. */
  readonly registration: Seller['registration'];
  readonly items: ReadonlyMap<ItemId, Item>;
  readonly producers: ReadonlySet<ProducerId>;
  /** The location's limits and district. */
  readonly locationEntry?: (LocationLimits & { readonly district?: DistrictId }) | undefined;
  /** Registered people among those that the claim names. */
  readonly staff?: ReadonlyMap<StaffId, StaffAssignment> | undefined;
  /** At a depot only: the stock rows of the items, since lots are decided on them. */
  readonly rows: ReadonlyMap<ItemId, StockRow> | undefined;
  /**
   * For a count: the stock rows of its items, and what the ledger moved on hand of each after it.
   */
  readonly stockRows?: ReadonlyMap<ItemId, StockRow> | undefined;
  readonly onHandSince?: ReadonlyMap<ItemId, number> | undefined;
  /** For a count: the recorded sheets of the same name. */
  readonly sheets?: CountSheets | undefined;
  /**
   * For a count: drift found by the last reconciliation, with the open dispatches to this location
   * and the reserved quantities as they are now.
   */
  readonly drift?:
    | {
        readonly drifts: ReadonlyMap<ItemId, { readonly inbound?: number; readonly free?: number }>;
        readonly incoming: readonly Transfer[];
        readonly reserved: ReadonlyMap<ItemId, number>;
      }
    | undefined;
  /** For a count that names a transfer: what rebuilds it. */
  readonly transferRebuild?: TransferRebuildInput | undefined;
  /** For a reversal: the voucher that it reverses, and what was returned of it before. */
  readonly reversed?: ReversalContext | undefined;
  /** For the reversal of a return: the return, and what was returned of its sale. */
  readonly returned?: ReturnContext | undefined;
  /** For a dispatch: the sellers at its destination. */
  readonly receiver?: { readonly sellers: readonly SellerId[] } | undefined;
  /** The transfer that it belongs to. A dispatch reads it only after a conflict. */
  readonly transfer?: Transfer | undefined;
  /** For an issue: its request, if it is this depot's. */
  readonly request?: MaterialRequest | undefined;
  /** For the close of a shift: the location's vouchers of the days that it may cover. */
  readonly shiftVouchers?: readonly TillVoucher[] | undefined;
  readonly handOver?: HandOverContext | undefined;
  /** For high last numbers: the highest recorded number of the same terminal, kind and day. */
  readonly highestRecorded?: HighestRecordedNumbers | undefined;
};

/**
 * For a hand-over: its terminals as read consistently, the recorded sheets, and codes drawn for the
 * incoming holder.
 */
export type HandOverContext = {
  readonly terminals: ReadonlyMap<TerminalCode, { readonly version: number; readonly entry: Terminal }>;
  readonly sheets: ReadonlySet<VoucherNumber>;
  readonly codes: readonly string[];
};

/**
 * Changed terminals, each on the version that was read, and enrolment codes valid until
 * `expiresAt`.
 */
export type HandOverEffects = {
  readonly terminals: readonly {
    readonly terminal: TerminalCode;
    readonly version: number;
    readonly entry: Terminal;
  }[];
  readonly codes: readonly EnrolmentCode[];
  readonly expiresAt: Instant;
  readonly at: Instant;
};

/**
 * All that a decision changes in one transaction. `order`: the voucher's sequence; its part on hand
 * applies only to rows not counted after it.
 */
export type VoucherEffects = {
  readonly stock: readonly StockChange[];
  readonly order?: VoucherSequence;
  readonly request?: MaterialRequest;
  readonly accounts?: readonly AccountChange[];
  /** On the version before. */
  readonly transfer?: Transfer;
  /** What was returned of the voucher that it reverses, in all. */
  readonly returned?: ReturnedQuantities;
  /** For the reversal of a return: what is returned of the sale then. */
  readonly saleReturned?: ReturnedQuantities;
  /** Days to close again, if they have ended. */
  readonly reopens?: readonly Day[];
  readonly basket?: BasketChange;
  /** The sheets of its count, with this one. */
  readonly sheets?: CountSheetsChange;
  /** A new one-time code for the producer's confirmation. */
  readonly code?: { readonly until: Instant };
  readonly handOver?: HandOverEffects;
};

export type Decision<Outcome> = VoucherEffects & { readonly outcome: Outcome };

/** A kind's pure decision: the changes with their conditions and the outcome, or a refusal. */
export type Decide<Claim, Outcome> = (input: {
  readonly claim: Claim;
  readonly admission: Admission;
  readonly context: DecisionContext;
  /** Who enters it, when, and under which number. */
  readonly transition: TransitionDetails;
  /** Its place in the total order of vouchers. */
  readonly sequence: VoucherSequence;
  /** An officer admits it. */
  readonly byOfficer?: boolean | undefined;
  /** An officer admits a count sheet in place of other sheets of its count. */
  readonly replacesSheets?: boolean | undefined;
}) => Decision<Outcome> | Refusal;

/** Goods leave the shelf. A live voucher needs them free, unless they are in hand. */
export const stockOut = (lines: readonly ItemQuantity[], admission: Admission): StockChange[] =>
  sumPerItem(lines).map(({ item, quantity }) => ({
    item,
    onHand: -quantity,
    requires: mayGoBelowZero(admission) ? 'nothing' : { free: quantity },
  }));

export const stockIn = (lines: readonly ItemQuantity[]): StockChange[] =>
  sumPerItem(lines).map(({ item, quantity }) => ({ item, onHand: quantity, requires: 'nothing' }));
