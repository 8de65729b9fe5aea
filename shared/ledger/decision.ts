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
import type { EnrolmentCode } from '../registry/enrolment.ts';
import type { LocationLimits, Seller, Terminal } from '../registry/entries.ts';
import type { Item } from '../registry/item.ts';
import type { StockRow } from '../stock/stock.ts';
import { type ItemQuantity, type StockChange, sumPerItem } from '../stock/stock-change.ts';
import type { TransferRebuildInput } from '../transfers/rebuild-transfer.ts';
import type { Transfer } from '../transfers/transfer.ts';
import { type Admission, mayGoBelowZero } from './admission.ts';
import type { BasketChange } from './basket.ts';
import type { CountSheets, CountSheetsChange } from './count-sheets.ts';
import type { ReturnContext, ReturnedQuantities, ReversalContext } from './reversal-context.ts';
import type { TillVoucher } from './till-voucher.ts';

/** Where someone of the staff works, and what they look after: locations, districts, `state`. */
export type StaffAssignment = {
  readonly location?: StockLocationId | undefined;
  readonly looksAfter?: readonly string[] | undefined;
};

/** What the registry says of what a claim names; what it does not know is absent. */
export type DecisionContext = {
  readonly seller: SellerId;
  /** Whose day book it is in: of a workshop, there is no stock. */
  readonly location: LocationId;
  /** Of the seller, on the day of the voucher. */
  readonly registration: Seller['registration'];
  readonly items: ReadonlyMap<ItemId, Item>;
  readonly producers: ReadonlySet<ProducerId>;
  /** The location's own bounds and limits. */
  readonly locationEntry?: (LocationLimits & { readonly district?: DistrictId }) | undefined;
  /** Of the people whom the claim names, those whom the registry has. */
  readonly staff?: ReadonlyMap<StaffId, StaffAssignment> | undefined;
  /** At a depot, the stock rows of what is named, as they stand: lots are decided on them. Elsewhere nobody looks. */
  readonly rows: ReadonlyMap<ItemId, StockRow> | undefined;
  /** For a count: the rows of what was counted, wherever it is, and what the book has moved on hand of each after it. */
  readonly stockRows?: ReadonlyMap<ItemId, StockRow> | undefined;
  readonly onHandSince?: ReadonlyMap<ItemId, number> | undefined;
  /** For a count: the sheets of the same name that the ledger has. */
  readonly sheets?: CountSheets | undefined;
  /** For a count: what the last audit found to be off of its items; and the open dispatches to here, and what is reserved, as they stand. */
  readonly drift?:
    | {
        readonly drifts: ReadonlyMap<ItemId, { readonly inbound?: number; readonly free?: number }>;
        readonly incoming: readonly Transfer[];
        readonly reserved: ReadonlyMap<ItemId, number>;
      }
    | undefined;
  /** For a count that names one: a transfer to be written again. */
  readonly transferRebuild?: TransferRebuildInput | undefined;
  /** For a reversal: what it takes back, and what of it came back before. */
  readonly reversed?: ReversalContext | undefined;
  /** For the reversal of a return: that, and what came back of its sale. */
  readonly returned?: ReturnContext | undefined;
  /** Who trades where a dispatch is sent to, if the registry has the place. */
  readonly receiver?: { readonly sellers: readonly SellerId[] } | undefined;
  /** The transfer that it is part of, as far as anyone has looked: a dispatch looks only if one stood in its way. */
  readonly transfer?: Transfer | undefined;
  /** The request that is issued against, if this depot has it. */
  readonly request?: MaterialRequest | undefined;
  /** For the close of a shift: what its location did in the days that it may be about. */
  readonly shiftVouchers?: readonly TillVoucher[] | undefined;
  readonly handOver?: HandOverContext | undefined;
  /** Of last numbers that are high, the highest that the book has of their kind and day. */
  readonly highestRecorded?: HighestRecordedNumbers | undefined;
};

/** For a hand-over: the terminals that it names, as they surely stand here; the count sheets that the book has; and codes drawn for the incoming holder. */
export type HandOverContext = {
  readonly terminals: ReadonlyMap<TerminalCode, { readonly version: number; readonly entry: Terminal }>;
  readonly sheets: ReadonlySet<VoucherNumber>;
  readonly codes: readonly string[];
};

/** Terminals as they become, each on the version that was read, and the codes that are good until then. */
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
 * All rows that a decision changes, in one transaction: stock, and of an issue the request (as it becomes) and its producer's accounts.
 * `order`: of a voucher, whose part on hand holds only for rows that were not counted after it.
 */
export type VoucherEffects = {
  readonly stock: readonly StockChange[];
  readonly order?: VoucherSequence;
  readonly request?: MaterialRequest;
  readonly accounts?: readonly AccountChange[];
  /** As it becomes, from the version before. */
  readonly transfer?: Transfer;
  /** Beside a voucher, what came back of it in all. */
  readonly returned?: ReturnedQuantities;
  /** The same of the sale, where a return of it is taken back. */
  readonly saleReturned?: ReturnedQuantities;
  /** Days that are to be closed again, if they have ended. */
  readonly reopens?: readonly Day[];
  /** What is exchanged through a basket. */
  readonly basket?: BasketChange;
  /** Of a count sheet: the sheets of its count, with this one. */
  readonly sheets?: CountSheetsChange;
  /** A new one-time code for the producer to confirm with, good until then. */
  readonly code?: { readonly until: Instant };
  readonly handOver?: HandOverEffects;
};

export type Decision<Outcome> = VoucherEffects & { readonly outcome: Outcome };

/** A kind's decision, pure: which rows change, under which conditions, and what comes of it; or why not. */
export type Decide<Claim, Outcome> = (asked: {
  readonly claim: Claim;
  readonly admission: Admission;
  readonly context: DecisionContext;
  /** Who enters it, when, under which number. */
  readonly transition: TransitionDetails;
  /** Its place in the total order. */
  readonly sequence: VoucherSequence;
  /** An officer has looked at it and admits it. */
  readonly byOfficer?: boolean | undefined;
  /** An officer admits a count sheet in place of other sheets of its count. */
  readonly replacesSheets?: boolean | undefined;
}) => Decision<Outcome> | Refusal;

/** Goods leave the shelf. Live, the shelf must have them unless they are in hand. */
export const stockOut = (lines: readonly ItemQuantity[], admission: Admission): StockChange[] =>
  sumPerItem(lines).map(({ item, quantity }) => ({
    item,
    onHand: -quantity,
    requires: mayGoBelowZero(admission) ? 'nothing' : { free: quantity },
  }));

/** Goods come onto the shelf. */
export const stockIn = (lines: readonly ItemQuantity[]): StockChange[] =>
  sumPerItem(lines).map(({ item, quantity }) => ({ item, onHand: quantity, requires: 'nothing' }));
