import * as z from 'zod';
import type { Role } from '../kernel/access.ts';
import { cancelledClaimFields } from '../kernel/claim-fields.ts';
import { DeviceClock } from '../kernel/device-clock.ts';
import type { ItemId, locationKind, ProducerId, StaffId, StockLocationId, TerminalCode } from '../kernel/ids.ts';
import type { ErrorCode } from '../kernel/refusal.ts';
import type { VoucherKindCode, VoucherNumber } from '../kernel/voucher-number.ts';
import { TerminalProof } from '../registry/terminal-key.ts';
import type { LotNumber } from '../stock/lots.ts';
import type { Decide, DecisionContext } from './decision.ts';
import type { StatedAmount, StatedLine } from './line-quantities.ts';
import type { ReversibleVoucher } from './reversal-context.ts';

/**
 * Kinds of vouchers in a day book. A request (`Q`) moves no stock and stands among the requests.
 */
export type LedgerKind = Exclude<VoucherKindCode, 'Q'>;

/** What a claim names outside the ledger's own location. */
export type ClaimReferences = {
  /** Each item once. */
  readonly items: readonly ItemId[];
  readonly producers: readonly ProducerId[];
  /** Where a dispatch is sent to. */
  readonly destination?: StockLocationId;
  /** The dispatch that a receipt belongs to. */
  readonly dispatch?: VoucherNumber;
  /** The request that an issue is made against. */
  readonly request?: VoucherNumber;
  /** The voucher that a reversal takes back. */
  readonly reverses?: VoucherNumber;
};

/** What a decision reads from the stores of its location, beside the references. */
export type ContextNeeds = {
  /** Stock rows of its items, also where no lots are kept. */
  readonly stockRows?: true;
  /** What the ledger moved on hand after it. */
  readonly onHandSince?: true;
  /** The recorded sheets of this count. */
  readonly sheetsOfCount?: string;
  /** The drift of the last reconciliation, and a transfer to rebuild. */
  readonly drift?: {
    readonly items: readonly ItemId[];
    readonly transfer: { readonly dispatch: VoucherNumber; readonly receipt?: VoucherNumber | undefined } | undefined;
  };
  /** The vouchers since the terminal's last close. */
  readonly shiftVouchers?: true;
  readonly handOver?: { readonly terminals: readonly TerminalCode[]; readonly sheets: readonly VoucherNumber[] };
  /** The transfer under its own number, once a conflict showed that one exists. */
  readonly ownTransfer?: true;
};

/** A person that a claim names, with the field that names them. */
export type StaffReference = readonly [field: string, person: StaffId];

/** What one line moves on hand, in base units: above zero it comes, below zero it goes. */
export type ItemMovement = { readonly item: ItemId; readonly quantity: number };

type LocationKind = ReturnType<typeof locationKind>;
export type LocationFactors = Readonly<Record<LocationKind, number>>;

/** How the quantities of lines are checked for slips. */
export type LineRules = {
  /** Multiplies a stall's largest plausible sale line. */
  readonly plausible: LocationFactors;
  /**
   * Which items' quantities may name a unit, such as `40 kg`; a bare number of those is ambiguous.
   */
  readonly measured: 'every item' | 'items priced per measure' | 'no item';
};

/** A line as far as it can be taken back; `lot`: the one lot that it went into. */
type ReversibleFacts = Pick<ReversibleVoucher['lines'][number], 'sold'> & { readonly lot?: LotNumber | undefined };

/**
 * All that is particular to one kind of voucher. `VOUCHER_KINDS` is the table of them. Optional
 * members default to nothing. No member is called for a cancelled number, which has no effect.
 */
export type VoucherKind<Claim, Outcome> = {
  readonly code: LedgerKind;
  readonly name: string;
  /** The typed client's method. */
  readonly method: string;
  readonly roles: readonly Role[];
  /** Where it may be recorded, if not at every stock location. */
  readonly at?: 'outlets';
  /** A producer may record it at their own workshop, which keeps no stock. */
  readonly fromWorkshop?: true;
  readonly claim: z.ZodObject;
  readonly outcome: z.ZodObject;
  /** The claim with the fields that may stand beside it in a live request. */
  readonly body: z.ZodObject;
  /** Refusals beside those of every voucher. */
  readonly errors: readonly ErrorCode[];
  readonly example: Record<string, unknown>;

  readonly references: (claim: Claim) => ClaimReferences;
  /** People beside `by`. */
  readonly people?: (claim: Claim) => readonly StaffReference[];
  readonly needs?: (claim: Claim) => ContextNeeds;

  readonly lineRules?: LineRules;
  /** Lines whose quantities are checked. */
  readonly statedLines?: (claim: Claim, context: Pick<DecisionContext, 'reversed'>) => readonly StatedLine[];
  /** Amounts to check, and how many times a stall's largest plausible amount they may be. */
  readonly amounts?: {
    readonly plausible: LocationFactors;
    readonly of: (claim: Claim, context: Pick<DecisionContext, 'items' | 'reversed'>) => readonly StatedAmount[];
  };
  /**
   * Lines that adjust stock without a sale or a document: above a limit an officer approves them.
   */
  readonly adjustedLines?: (claim: Claim) => readonly StatedLine[];

  readonly decide: Decide<Claim, Outcome>;

  /** Line by line. */
  readonly stockMovement?: (claim: Claim, outcome: Outcome) => ItemMovement[];
  readonly reversibleLine?: (claim: Claim, outcome: Outcome, at: number) => ReversibleFacts;
  /**
   * Fields of a stored line, by place: a line is stored as a list, since names cost storage too.
   */
  readonly lineColumns?: readonly string[];
};

/** A number that was spoiled: used up, with no effect. It is the same for every kind. */
export const cancelledClaim = <Code extends LedgerKind>(code: Code) =>
  z.strictObject({ kind: z.literal(code), ...cancelledClaimFields });

/** Items of lines, each once. */
export const itemsOf = (lines: readonly { readonly item: ItemId }[]): ItemId[] => [
  ...new Set(lines.map(({ item }) => item)),
];

/**
 * What lines move on hand, in one direction. `quantities` are in base units, where a line named
 * another unit.
 */
export const lineMovements = (
  lines: readonly StatedLine[],
  quantities: readonly number[] | undefined,
  direction: 1 | -1,
): ItemMovement[] =>
  lines.map(({ item, quantity }, at) => ({ item, quantity: direction * (quantities?.[at] ?? Number(quantity)) }));

/** The header of an example claim. */
export const exampleHeader = { occurredAt: '2026-11-22T05:00:00.000Z', by: 'S001', previous: null };

/** What the phone measured of its own clock when it captured the voucher. */
export const clockField = DeviceClock.optional();

/** The terminal's signature; without it the terminal is unproven. */
export const proofField = TerminalProof.optional();

/**
 * Fields beside a claim. They are not part of it: the same claim may be sent again with others and
 * is a repeat. `confirmed`: implausible figures were checked again and are right. `goodsInHand`:
 * the seller holds the goods, whatever the ledger says.
 */
export const deviceFields = { clock: clockField, proof: proofField };

export const liveFields = { ...deviceFields, confirmed: z.boolean().optional() };

export const goodsInHandFields = { ...liveFields, goodsInHand: z.boolean().optional() };
