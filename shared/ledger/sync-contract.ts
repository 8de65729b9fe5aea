import * as z from 'zod';
import { targetOf } from '../kernel/access.ts';
import { FreeText } from '../kernel/claim-fields.ts';
import { endOfDay } from '../kernel/device-clock.ts';
import { isProducer, LocationId, TerminalCode } from '../kernel/ids.ts';
import { Problem } from '../kernel/refusal.ts';
import { Day, Instant } from '../kernel/time.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import {
  type AccessRule,
  BooleanParameter,
  Cursor,
  defineOperation,
  defineReadOperation,
  EmptyObject,
  NextCursor,
} from '../platform/operation-contract.ts';
import { exampleProof, TerminalProof } from '../registry/terminal-key.ts';
import { HELD_STATES, HeldId, HeldVoucher } from './held.ts';
import { RecordedVoucher, Voucher } from './voucher.ts';
import { exampleVoucher, LedgerNumber, LiveVoucher } from './voucher-contract.ts';
import { clockField } from './voucher-kind.ts';

/** Parsed later, so that one unreadable voucher does not stop the others. */
const OfflineVoucherInput = z.unknown().meta({
  description:
    'A `number`, its `claim`, the `clock` that the phone measured before it captured it, and the `proof` of its terminal, without which it is held. What cannot be read is refused alone, and says why.',
});

/** A paper book may state the day without a time. */
const DayOnly = z.object({ occurredAt: Day.transform(endOfDay) });
export const hasDayOnly = (claim: unknown): boolean => DayOnly.safeParse(claim).success;

export const OfflineVoucher = z.strictObject({
  number: LedgerNumber,
  claim: z.preprocess((claim) => {
    const dayOnly = DayOnly.safeParse(claim).data;
    return dayOnly ? { ...(claim as object), ...dayOnly } : claim;
  }, LiveVoucher),
  clock: clockField,
  /** An invalid proof makes the voucher unproven; it is not lost. */
  proof: TerminalProof.optional().catch(undefined),
});

const { sameReference } = RecordedVoucher.shape;

/**
 * In the order sent. `recorded`: now. `repeated`: before. `held`: for an officer. `later`: send it
 * again. `refused`: not stored.
 */
export const SyncOutcome = z.discriminatedUnion('outcome', [
  z.strictObject({ number: z.string(), outcome: z.literal('recorded'), voucher: Voucher, sameReference }),
  z.strictObject({ number: z.string(), outcome: z.literal('repeated'), voucher: Voucher, sameReference }),
  z.strictObject({
    number: z.string(),
    outcome: z.literal('held'),
    held: HeldId,
    state: z.enum(HELD_STATES),
    problem: HeldVoucher.shape.problem,
  }),
  z.strictObject({ number: z.string(), outcome: z.literal('later') }),
  z.strictObject({ number: z.string(), outcome: z.literal('refused'), problem: Problem }),
]);
export type SyncOutcome = z.infer<typeof SyncOutcome>;

const MAX_VOUCHERS = 50;

export const syncVouchers = defineOperation({
  id: 'syncVouchers',
  function: 'vouchers',
  method: 'POST',
  route: '/locations/{location}/vouchers',
  summary:
    'Bring up to 50 vouchers that were captured without a link or on paper: of any kind and terminal of this location, in any order; of a bill book of paper, `occurredAt` may be the day alone. All may be sent again, whole, after any failure.',
  access: {
    roles: ['outlet', 'depot', 'producer', 'admin'],
    permits: (role, { location }) => role !== 'producer' || isProducer(location),
    target: ({ path: { location } }) => targetOf(location),
  },
  path: z.strictObject({ location: LocationId }),
  query: EmptyObject,
  body: z.strictObject({
    vouchers: z
      .array(OfflineVoucherInput)
      .min(1, 'at least one voucher')
      .max(MAX_VOUCHERS, `at most ${MAX_VOUCHERS} at a time`),
  }),
  consumes: 'application/json',
  ifMatch: false,
  reply: z.strictObject({
    serverTime: Instant,
    outcomes: z.array(SyncOutcome),
    missing: z.array(VoucherNumber).optional().meta({
      description:
        'Numbers of these terminals that were used and have not come, by the closes of their days: bring them too. Absent: there was no time to look.',
    }),
  }),
  statuses: [200],
  errors: ['MALFORMED_JSON', 'BODY_TOO_LARGE'],
  example: {
    path: { location: 'LKO-01' },
    body: {
      vouchers: [
        {
          number: exampleVoucher.number,
          claim: exampleVoucher.claim,
          clock: { skew: 1_840, within: 210 },
          proof: exampleProof,
        },
      ],
    },
    reply: {
      serverTime: '2026-11-22T05:00:01.000Z',
      outcomes: [{ number: exampleVoucher.number, outcome: 'recorded', voucher: exampleVoucher }],
      missing: ['7KQ2MS2611210004'],
    },
  },
});

const exampleHeld = {
  held: '7KQ2MS2611220001-0a1b2c3d4e5f',
  location: 'LKO-01',
  number: '7KQ2MS2611220001',
  claim: exampleVoucher.claim,
  problem: { code: 'ITEM_UNKNOWN', detail: 'The registry has no such item.' },
  enteredBy: 'lko-01-phone',
  heldAt: '2026-11-22T05:00:01.000Z',
  state: 'held',
  version: 1,
};

const officerAccess: AccessRule<{ location: LocationId }, unknown> = {
  roles: ['officer', 'admin'],
  target: ({ path: { location } }) => targetOf(location),
};

export const listHeld = defineReadOperation({
  id: 'listHeld',
  function: 'vouchers',
  route: '/locations/{location}/held',
  summary: 'What a location brought and could not be admitted as it stood; with settled=true, what was settled too.',
  access: { ...officerAccess, roles: ['outlet', 'depot', 'officer', 'admin'] },
  path: z.strictObject({ location: LocationId }),
  query: z.strictObject({ settled: BooleanParameter.optional(), cursor: Cursor.optional() }),
  reply: z.strictObject({ location: LocationId, held: z.array(HeldVoucher), cursor: NextCursor }),
  errors: [],
  example: { path: { location: 'LKO-01' }, reply: { location: 'LKO-01', held: [exampleHeld] } },
});

/**
 * `admit`: as stated, or at another time. `approved`: accepts the figures; the default if it is
 * held for them. A sheet held for another reason replaces one of its count only if `approved` is
 * stated. `correct`: records another voucher instead.
 */
export const HeldSettlement = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('admit'),
    occurredAt: Instant.optional(),
    approved: z.boolean().optional(),
    why: FreeText,
  }),
  z.strictObject({ do: z.literal('correct'), voucher: VoucherNumber, why: FreeText }),
  z.strictObject({ do: z.literal('reject'), why: FreeText }),
]);
export type HeldSettlement = z.infer<typeof HeldSettlement>;

export const settleHeld = defineOperation({
  id: 'settleHeld',
  function: 'vouchers',
  method: 'POST',
  route: '/locations/{location}/held/{held}',
  summary:
    'Settle what is held: admit it, name the voucher that says what happened instead, or reject it. Each with a reason. Admitting takes goods that the ledger lacks, too: compare its lines with the stock first.',
  access: officerAccess,
  path: z.strictObject({ location: LocationId, held: HeldId }),
  query: EmptyObject,
  body: HeldSettlement,
  consumes: 'application/json',
  ifMatch: true,
  reply: HeldVoucher,
  statuses: [200],
  errors: [
    ...(['MALFORMED_JSON', 'BODY_TOO_LARGE', 'NOT_FOUND', 'PRECONDITION_REQUIRED', 'VERSION_MISMATCH'] as const),
    ...(['HELD_STATE', 'STILL_HELD', 'VOUCHER_UNKNOWN'] as const),
  ],
  example: {
    path: { location: 'LKO-01', held: exampleHeld.held },
    body: { do: 'reject', why: 'a test sale, says the holder' },
    reply: {
      ...exampleHeld,
      state: 'rejected',
      version: 2,
      settled: { at: '2026-11-23T05:00:00.000Z', by: 'officer-lko', why: 'a test sale, says the holder' },
    },
  },
});

export const getNumbers = defineReadOperation({
  id: 'getNumbers',
  function: 'vouchers',
  route: '/locations/{location}/terminals/{terminal}/numbers',
  summary:
    "What is known of a terminal's numbers since a day, at most a month ago (a week, if none is said): the last of each kind, the latest of all, and which were surely used and have not come, to be brought now. Material requests (Q) are not among them.",
  access: {
    roles: ['outlet', 'depot', 'producer', 'officer', 'admin'],
    permits: (role, { location }) => role !== 'producer' || isProducer(location),
    target: ({ path: { location } }) => targetOf(location),
  },
  path: z.strictObject({ location: LocationId, terminal: TerminalCode }),
  query: z.strictObject({ since: Day.optional() }),
  reply: z.strictObject({
    location: LocationId,
    terminal: TerminalCode,
    since: Day,
    last: z.array(VoucherNumber),
    latest: VoucherNumber.optional(),
    missing: z.array(VoucherNumber),
  }),
  errors: ['NOT_FOUND'],
  example: {
    path: { location: 'LKO-01', terminal: '7KQ2M' },
    query: { since: '2026-11-20' },
    reply: {
      location: 'LKO-01',
      terminal: '7KQ2M',
      since: '2026-11-20',
      last: ['7KQ2MR2611210002', '7KQ2MS2611220014'],
      latest: '7KQ2MS2611220014',
      missing: ['7KQ2MS2611220009'],
    },
  },
});
