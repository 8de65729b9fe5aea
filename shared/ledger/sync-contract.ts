import * as z from 'zod';
import { targetOf } from '../kernel/access.ts';
import { Words } from '../kernel/claim-fields.ts';
import { isProducer, Place } from '../kernel/ids.ts';
import { lastMoment } from '../kernel/paper-book.ts';
import { Problem } from '../kernel/problems.ts';
import { Day, Instant } from '../kernel/time.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import { type Access, define, defineRead } from '../platform/operation-contract.ts';
import { Cursor, Flag, NextCursor, Nothing } from '../platform/query-parameters.ts';
import { exampleProof, TerminalProof } from '../registry/terminal-proof.ts';
import { HELD_STATES, Held, HeldId } from './held.ts';
import { Voucher } from './voucher.ts';
import { clock, exampleVoucher, LedgerNumber, LiveVoucher } from './voucher-contract.ts';

/** As the phone kept it: one that cannot be read does not keep the others out. */
const Captured = z.unknown().meta({
  description:
    'A `number`, its `claim`, the `clock` that the phone measured before it captured it, and the `proof` of its terminal, without which it is held. What cannot be read is refused alone, and says why.',
});

/** On paper, the day may be all that is said of the time. */
const DayAlone = z.object({ occurredAt: Day.transform(lastMoment) });
export const saysDayAlone = (claim: unknown): boolean => DayAlone.safeParse(claim).success;

/** One of them, read. */
export const CapturedVoucher = z.strictObject({
  number: LedgerNumber,
  claim: z.preprocess((claim) => {
    const said = DayAlone.safeParse(claim).data;
    return said ? { ...(claim as object), ...said } : claim;
  }, LiveVoucher),
  clock,
  /** A proof that is none is not a reason to lose the voucher: it is unproven. */
  proof: TerminalProof.optional().catch(undefined),
});

/**
 * What became of each, in the order in which they were sent. `recorded` now, `repeated`: it was there; `held`: kept for an officer, and moves
 * nothing until they settle it; `later`: send it again; `refused`: nothing was kept.
 */
export const CapturedOutcome = z.discriminatedUnion('outcome', [
  z.strictObject({ number: z.string(), outcome: z.literal('recorded'), voucher: Voucher }),
  z.strictObject({ number: z.string(), outcome: z.literal('repeated'), voucher: Voucher }),
  z.strictObject({
    ...{ number: z.string(), outcome: z.literal('held'), held: HeldId, state: z.enum(HELD_STATES) },
    problem: Held.shape.problem,
  }),
  z.strictObject({ number: z.string(), outcome: z.literal('later') }),
  z.strictObject({ number: z.string(), outcome: z.literal('refused'), problem: Problem }),
]);
export type CapturedOutcome = z.infer<typeof CapturedOutcome>;

const MOST = 50;

export const syncVouchers = define({
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
  path: z.strictObject({ location: Place }),
  query: Nothing,
  body: z.strictObject({
    vouchers: z.array(Captured).min(1, 'at least one voucher').max(MOST, `at most ${MOST} at a time`),
  }),
  consumes: 'application/json',
  ifMatch: false,
  reply: z.strictObject({
    serverTime: Instant,
    outcomes: z.array(CapturedOutcome),
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
          ...{ number: exampleVoucher.number, claim: exampleVoucher.claim },
          ...{ clock: { skew: 1_840, within: 210 }, proof: exampleProof },
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

const ofOfficer: Access<{ location: Place }, unknown> = {
  roles: ['officer', 'admin'],
  target: ({ path: { location } }) => targetOf(location),
};

export const listHeld = defineRead({
  id: 'listHeld',
  function: 'vouchers',
  route: '/locations/{location}/held',
  summary: 'What a location brought and could not be admitted as it stood; with settled=true, what was settled too.',
  access: { ...ofOfficer, roles: ['outlet', 'depot', 'officer', 'admin'] },
  path: z.strictObject({ location: Place }),
  query: z.strictObject({ settled: Flag.optional(), cursor: Cursor.optional() }),
  reply: z.strictObject({ location: Place, held: z.array(Held), cursor: NextCursor }),
  errors: [],
  example: { path: { location: 'LKO-01' }, reply: { location: 'LKO-01', held: [exampleHeld] } },
});

/** `admit`: as it stands, now that the registry has what was missing, or at the time given. `approved`: its figures were looked at, and are right; said by default where it is held for them. A count sheet that is held for something else, and whose item is on another sheet of its count, is admitted in place of that one only if it is said. `correct`: another voucher says what happened. */
export const Settlement = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('admit'),
    occurredAt: Instant.optional(),
    approved: z.boolean().optional(),
    why: Words,
  }),
  z.strictObject({ do: z.literal('correct'), voucher: VoucherNumber, why: Words }),
  z.strictObject({ do: z.literal('reject'), why: Words }),
]);
export type Settlement = z.infer<typeof Settlement>;

export const settleHeld = define({
  id: 'settleHeld',
  function: 'vouchers',
  method: 'POST',
  route: '/locations/{location}/held/{held}',
  summary:
    'Settle what is held: admit it, name the voucher that says what happened instead, or reject it. Each with a reason.',
  access: ofOfficer,
  path: z.strictObject({ location: Place, held: HeldId }),
  query: Nothing,
  body: Settlement,
  consumes: 'application/json',
  ifMatch: true,
  reply: Held,
  statuses: [200],
  errors: [
    ...(['MALFORMED_JSON', 'BODY_TOO_LARGE', 'NOT_FOUND', 'PRECONDITION_REQUIRED', 'VERSION_MISMATCH'] as const),
    ...(['HELD_STATE', 'STILL_HELD', 'VOUCHER_UNKNOWN'] as const),
  ],
  example: {
    path: { location: 'LKO-01', held: exampleHeld.held },
    body: { do: 'reject', why: 'a test sale, says the holder' },
    reply: {
      ...{ ...exampleHeld, state: 'rejected', version: 2 },
      settled: { at: '2026-11-23T05:00:00.000Z', by: 'officer-lko', why: 'a test sale, says the holder' },
    },
  },
});
