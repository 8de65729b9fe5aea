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
import type { VoucherNumber, VoucherSequence } from '../kernel/voucher-number.ts';
import type { AccountChange } from '../materials/entitlement-account.ts';
import type { MaterialRequest, TransitionDetails } from '../materials/material-request.ts';
import type { LocationLimits, Terminal } from '../registry/entries.ts';
import type { EndedEntry } from '../registry/entry-status.ts';
import type { GstRateRow } from '../registry/gst-rate.ts';
import type { Item } from '../registry/item.ts';
import type { Seller } from '../registry/seller.ts';
import type { EnrolmentCode } from '../registry/terminal-key.ts';
import { type ItemQuantity, type StockChange, type StockRow, sumPerItem } from '../stock/stock.ts';
import type { TransferRebuildInput } from '../transfers/rebuild-transfer.ts';
import type { Transfer } from '../transfers/transfer.ts';
import { type Admission, mayGoBelowZero } from './admission.ts';
import type { BasketChange } from './basket.ts';
import type { SellerFacts } from './bill-facts.ts';
import type { ChallanParties } from './challan-facts.ts';
import type { CountSheets, CountSheetsChange } from './counts.ts';
import type { ReturnContext, ReturnedQuantities, ReversalContext, ReversalRules } from './reversal-context.ts';

/** `looksAfter`: locations, districts or `state`. `hasLeft`: at the voucher's time. */
export type StaffAssignment = {
  readonly hasLeft?: boolean;
  readonly location?: StockLocationId | undefined;
  readonly looksAfter?: readonly string[] | undefined;
};

/** Loaded by the claim's `references` and `needs`. Each kind's `decide` names its part. */
export type DecisionContext = {
  readonly seller: SellerId;
  readonly location: LocationId;
  /** On the voucher's day. */
  readonly registration: Seller['registration'];
  /** On the voucher's day. */
  readonly sellerFacts?: SellerFacts | undefined;
  /** For a dispatch. */
  readonly challanParties?: ChallanParties | undefined;
  readonly rates?: readonly GstRateRow[] | undefined;
  readonly isSuppliedToBuyersState?: boolean | undefined;
  readonly items: ReadonlyMap<ItemId, Item>;
  readonly producers: ReadonlySet<ProducerId>;
  /** Entries that do not take part on the voucher's day. */
  readonly ended?: readonly EndedEntry[] | undefined;
  readonly locationEntry?: (LocationLimits & { readonly district?: DistrictId }) | undefined;
  readonly staff?: ReadonlyMap<StaffId, StaffAssignment> | undefined;
  /** Only at depots, where lots are decided on them. */
  readonly depotRows: ReadonlyMap<ItemId, StockRow> | undefined;
  /** For a count: its items' stock rows, and later movements on hand. */
  readonly countedRows?: ReadonlyMap<ItemId, StockRow> | undefined;
  readonly onHandSince?: ReadonlyMap<ItemId, number> | undefined;
  readonly countSheets?: CountSheets | undefined;
  /**
   * For a count: drift of the last reconciliation, with the current dispatches to this location and
   * reservations.
   */
  readonly drift?:
    | {
        readonly byItem: ReadonlyMap<ItemId, { readonly inbound?: number; readonly free?: number }>;
        readonly incoming: readonly Transfer[];
        readonly reserved: ReadonlyMap<ItemId, number>;
      }
    | undefined;
  /** For a count that names a transfer. */
  readonly transferRebuild?: TransferRebuildInput | undefined;
  readonly reversal?: ReversalContext | undefined;
  readonly reversedReturn?: ReturnContext | undefined;
  readonly receiver?: { readonly sellers: readonly SellerId[] } | undefined;
  /** A dispatch reads it only after a conflict. */
  readonly transfer?: Transfer | undefined;
  /** Present only if the request is this depot's. */
  readonly request?: MaterialRequest | undefined;
  /** Vouchers of the days that the shift may cover. */
  readonly shiftVouchers?: readonly TillVoucher[] | undefined;
  readonly handOver?: HandOverContext | undefined;
  /** Read only for high last numbers. */
  readonly highestRecorded?: HighestRecordedNumbers | undefined;
};

/** `codes`: enrolment codes of the next holder. Terminals are read strongly consistent. */
export type HandOverContext = {
  readonly terminals: ReadonlyMap<TerminalCode, { readonly version: number; readonly entry: Terminal }>;
  readonly recordedSheets: ReadonlySet<VoucherNumber>;
  readonly codes: readonly string[];
};

/** Changes apply to the versions read. Codes are valid until `expiresAt`. */
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

/** One transaction applies all. `order`: the on-hand part skips rows counted after it. */
export type VoucherEffects = {
  readonly stock: readonly StockChange[];
  readonly sequence?: VoucherSequence;
  readonly request?: MaterialRequest;
  readonly accounts?: readonly AccountChange[];
  readonly transfer?: Transfer;
  /** Totals for the voucher that it reverses. */
  readonly returnedQuantities?: ReturnedQuantities;
  /** For the reversal of a return: the sale's totals. */
  readonly saleReturnedQuantities?: ReturnedQuantities;
  readonly reopens?: readonly Day[];
  readonly basket?: BasketChange;
  readonly sheetsChange?: CountSheetsChange;
  /** A new one-time code for the producer's confirmation. */
  readonly code?: { readonly until: Instant };
  readonly handOver?: HandOverEffects;
};

export type Decision<Outcome> = VoucherEffects & { readonly outcome: Outcome };

/** `Part`: the context that the decision reads. */
export type Decide<Claim, Outcome, Part extends keyof DecisionContext = keyof DecisionContext> = (input: {
  readonly claim: Claim;
  readonly admission: Admission;
  readonly context: Pick<DecisionContext, Part>;
  readonly entryDetails: TransitionDetails;
  readonly sequence: VoucherSequence;
  readonly isAdmittedByOfficer?: boolean | undefined;
  /** A count sheet replaces other sheets of its count. */
  readonly replacesSheets?: boolean | undefined;
  /** The rules of the kind that the claim reverses. */
  readonly reversedKind?: ReversalRules | undefined;
}) => Decision<Outcome> | Refusal;

/** A live voucher needs free stock, unless the goods are in hand. */
export const stockOut = (lines: readonly ItemQuantity[], admission: Admission): StockChange[] =>
  sumPerItem(lines).map(({ item, quantity }) => ({
    item,
    onHand: -quantity,
    requires: mayGoBelowZero(admission) ? 'nothing' : { free: quantity },
  }));

export const stockIn = (lines: readonly ItemQuantity[]): StockChange[] =>
  sumPerItem(lines).map(({ item, quantity }) => ({ item, onHand: quantity, requires: 'nothing' }));

type TenderAmount = { readonly tender: string; readonly amount: number };

export type TillVoucher = {
  readonly number: VoucherNumber;
  readonly claim: {
    readonly occurredAt: Instant;
    readonly of?: VoucherNumber | undefined;
    readonly payments?: readonly TenderAmount[] | undefined;
    readonly refund?: readonly TenderAmount[] | undefined;
    readonly float?: number | undefined;
    readonly last?: readonly VoucherNumber[] | undefined;
  };
  readonly admission: { readonly skew?: number | undefined };
};
