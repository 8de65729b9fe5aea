import * as z from 'zod';
import type { Role } from '../kernel/access.ts';
import { cancelledClaimFields } from '../kernel/claim-fields.ts';
import { DeviceClock } from '../kernel/device-clock.ts';
import type { ItemId, locationKind, ProducerId, StaffId, StockLocationId, TerminalCode } from '../kernel/ids.ts';
import type { ErrorCode } from '../kernel/problems.ts';
import { partsOf, type VoucherKindCode, type VoucherNumber } from '../kernel/voucher-number.ts';
import type { EntryRole } from '../registry/entry-status.ts';
import { TerminalProof } from '../registry/terminal-key.ts';
import type { LotNumber } from '../stock/lots.ts';
import type { Decide, DecisionContext } from './decision.ts';
import type { StatedAmount, StatedLine } from './line-quantities.ts';
import type { MovementFigures, ReversalRules, ReversibleVoucher } from './reversal-context.ts';

/** A request (`Q`) moves no stock and is stored with the requests. */
export type LedgerKind = Exclude<VoucherKindCode, 'Q'>;

export type ClaimReferences = {
  /** Each item once. */
  readonly items: readonly ItemId[];
  readonly producers: readonly ProducerId[];
  readonly destination?: StockLocationId;
  readonly dispatch?: VoucherNumber;
  readonly request?: VoucherNumber;
  readonly reverses?: VoucherNumber;
};

export type ContextNeeds = {
  /** Read even where no lots are kept. */
  readonly stockRows?: true;
  readonly onHandSince?: true;
  readonly sheetsOfCount?: string;
  readonly drift?: {
    readonly items: readonly ItemId[];
    readonly transfer: { readonly dispatch: VoucherNumber; readonly receipt?: VoucherNumber | undefined } | undefined;
  };
  readonly shiftVouchers?: true;
  readonly handOver?: { readonly terminals: readonly TerminalCode[]; readonly sheets: readonly VoucherNumber[] };
  /** Read once a conflict shows that it exists. */
  readonly ownTransfer?: true;
};

export type StaffReference = readonly [field: string, person: StaffId];

/** Base units; negative when goods leave. */
export type ItemMovement = { readonly item: ItemId; readonly quantity: number };

type LocationKind = ReturnType<typeof locationKind>;
export type LocationFactors = Readonly<Record<LocationKind, number>>;

export type LineRules = {
  /** Multiplies a stall's largest plausible sale line. */
  readonly plausible: LocationFactors;
  /** Items that may name a unit, such as `40 kg`. A bare number is ambiguous. */
  readonly measured: 'every item' | 'items priced per measure' | 'no item';
};

/** `lot`: if the line went into exactly one. */
type ReversibleFacts = Pick<ReversibleVoucher['lines'][number], 'sold'> & { readonly lot?: LotNumber | undefined };

/** Optional members default to nothing. No member is called for a cancelled number. */
export type VoucherKind<Claim, Outcome> = {
  readonly code: LedgerKind;
  readonly name: string;
  /** The typed client's method. */
  readonly method: string;
  readonly roles: readonly Role[];
  /** Default: every stock location. */
  readonly at?: 'outlets';
  /** A producer's own workshop keeps no stock. */
  readonly fromWorkshop?: true;
  readonly claim: z.ZodObject;
  readonly outcome: z.ZodObject;
  /** The claim with the fields of a live request. */
  readonly body: z.ZodObject;
  /** In addition to those of every voucher. */
  readonly errors: readonly ErrorCode[];
  readonly example: Record<string, unknown>;

  readonly references: (claim: Claim) => ClaimReferences;
  /** In addition to `by`. */
  readonly people?: (claim: Claim) => readonly StaffReference[];
  readonly needs?: (claim: Claim) => ContextNeeds;
  /** Entries whose end does not refuse it: it clears their goods or their till. */
  readonly mayFollowEndOf?: (claim: Claim) => readonly EntryRole[];

  readonly lineRules?: LineRules;
  readonly statedLines?: (claim: Claim, context: Pick<DecisionContext, 'reversal'>) => readonly StatedLine[];
  /** `plausible`: multiplies a stall's largest plausible amount. */
  readonly amounts?: {
    readonly plausible: LocationFactors;
    readonly of: (claim: Claim, context: Pick<DecisionContext, 'items' | 'reversal'>) => readonly StatedAmount[];
  };
  /** Lines that need an officer's approval above a limit. */
  readonly adjustedLines?: (claim: Claim, reversedKind: ReversalRules | undefined) => readonly StatedLine[];

  readonly decide: Decide<Claim, Outcome>;

  readonly stockMovement?: (claim: Claim, outcome: Outcome) => ItemMovement[];
  /** The kind's figures in a day close. A reversal uses the rules of the kind that it reverses. */
  readonly figures?: (onHand: number) => MovementFigures;
  /** A count sets the stock to these quantities. */
  readonly countedLines?: (claim: Claim, outcome: Outcome) => ItemMovement[];
  /** Last numbers of terminals. */
  readonly declaredNumbers?: (claim: Claim) => readonly VoucherNumber[];
  /** Without them, a voucher cannot be reversed. */
  readonly reversalRules?: ReversalRules;
  readonly reversibleLine?: (claim: Claim, outcome: Outcome, at: number) => ReversibleFacts;
  /** Field names by position: a line is stored as a list to save storage. */
  readonly lineColumns?: readonly string[];
};

/** A spoiled number, used up without effect. */
export const cancelledClaim = <Code extends LedgerKind>(code: Code) =>
  z.strictObject({ kind: z.literal(code), ...cancelledClaimFields });

/** Builds a test for claims of a kind; false for a cancelled number. */
export const isClaimOfKind =
  <Code extends LedgerKind>(code: Code) =>
  <Claim extends { readonly kind: string }>(
    claim: Claim,
  ): claim is Exclude<Extract<Claim, { readonly kind: Code }>, { readonly cancelled: unknown }> =>
    claim.kind === code && !('cancelled' in claim);

export const isNumberOfKind =
  (code: LedgerKind) =>
  (number: VoucherNumber): boolean =>
    partsOf(number).kind === code;

export const itemsOf = (lines: readonly { readonly item: ItemId }[]): ItemId[] => [
  ...new Set(lines.map(({ item }) => item)),
];

/** `quantities`: base units, if a line named another unit. */
export const lineMovements = (
  lines: readonly StatedLine[],
  quantities: readonly number[] | undefined,
  direction: 1 | -1,
): ItemMovement[] =>
  lines.map(({ item, quantity }, at) => ({ item, quantity: direction * (quantities?.[at] ?? Number(quantity)) }));

export const exampleHeader = { occurredAt: '2026-11-22T05:00:00.000Z', by: 'S001', previous: null };

/** Measured by the phone at capture. */
export const clockField = DeviceClock.optional();

/** Without it the terminal is unproven. */
export const proofField = TerminalProof.optional();

/**
 * Not part of the claim: a repeat may change them. `confirmed`: implausible figures were checked
 * again. `goodsInHand`: the seller holds the goods.
 */
export const deviceFields = { clock: clockField, proof: proofField };

export const liveFields = { ...deviceFields, confirmed: z.boolean().optional() };

export const goodsInHandFields = { ...liveFields, goodsInHand: z.boolean().optional() };
