import { describe, expect, it } from 'vitest';
import { SellerId, StockLocationId } from '../../shared/kernel/ids.ts';
import { ERROR_CODES } from '../../shared/kernel/problems.ts';
import { type Refusal, refuse } from '../../shared/kernel/refusal.ts';
import { type Instant, instantOf } from '../../shared/kernel/time.ts';
import { type Skew, VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import { refuseLive, type SubmissionWithProof } from '../../shared/ledger/admit-live.ts';
import { isHoldable, refuseHeld, refuseOffline } from '../../shared/ledger/admit-offline.ts';
import { VoucherClaim } from '../../shared/ledger/voucher.ts';
import { Terminal } from '../../shared/registry/entries.ts';
import { exampleTerminal } from '../../shared/registry/terminal-contract.ts';

/** Half past ten in the morning, in IST. */
const now = '2026-11-22T05:00:00.000Z' as Instant;
const [SECOND, HOUR, DAY] = [1_000, 3_600_000, 86_400_000];

const location = StockLocationId.parse('LKO-01');

describe('Offline vouchers', () => {
  it.each<[string, OfflineCase, string | undefined]>([
    ['as it should be', {}, undefined],
    ['five minutes from now', then(300 * SECOND), undefined],
    ['and a second', then(301 * SECOND), 'CLOCK_OFF'],
    [
      'by a clock that is as slow as can be',
      { ...then(-12 * HOUR, {}), number: '7KQ2MS2611210007', skew: 12 * HOUR },
      undefined,
    ],
    ['and a second', { ...then(-12 * HOUR), number: '7KQ2MS2611210007', skew: 12 * HOUR + SECOND }, 'CLOCK_OFF'],
    ['by a clock that is as fast as can be', { ...then(12 * HOUR), skew: -12 * HOUR }, undefined],
    ['and a second', { ...then(12 * HOUR), skew: -12 * HOUR - SECOND }, 'CLOCK_OFF'],
    ['by a clock that nobody knows better', { skew: -2 * HOUR, within: 10 * HOUR }, undefined],
    ['and a millisecond', { skew: -2 * HOUR, within: 10 * HOUR + 1 }, 'CLOCK_OFF'],
    ['by a fast clock, in the future', { ...then(12 * HOUR), skew: -11 * HOUR }, 'CLOCK_OFF'],
    ['on the day its terminal came', { ...then(-5 * DAY - 10 * HOUR), number: '7KQ2MS2611170007' }, undefined],
    ['on the day before', { ...then(-5 * DAY - 11 * HOUR), number: '7KQ2MS2611160007' }, 'CLOCK_OFF'],
    [
      'on the day before by its clock, which was slow',
      { ...then(-5 * DAY - 11 * HOUR), number: '7KQ2MS2611160007', skew: HOUR },
      undefined,
    ],
    ['of another day', { number: '7KQ2MS2611210007' }, 'NUMBER_MISMATCH'],
    ['of another kind', { number: '7KQ2MR2611220007' }, 'NUMBER_MISMATCH'],
    ['after itself', { claim: { previous: '7KQ2MS2611220007' } }, 'NUMBER_MISMATCH'],
    ["after another terminal's", { claim: { previous: '7KQ2NS2611220006' } }, 'NUMBER_MISMATCH'],
    ['by nobody who is enrolled', { terminal: undefined }, 'TERMINAL_UNKNOWN'],
    ['elsewhere', { terminal: terminal({ location: 'LKO-02' }) }, 'TERMINAL_ELSEWHERE'],
    ['by a phone that was lost since', { terminal: lostAt(now) }, 'TERMINAL_REVOKED'],
    ['without a proof', { isProven: false }, 'TERMINAL_UNPROVEN'],
  ])('%s', (_says, admission, expected) => {
    expect(code(refuseOffline(asking(admission), undefined))).toBe(expected);
  });

  it('A role that may not record the kind is refused, unless the terminal is foreign.', () => {
    const mayNot = refuse('FORBIDDEN', 'A caller of role outlet may not record an I here.');
    expect(refuseOffline(asking({}), mayNot)).toBe(mayNot);
    expect(code(refuseOffline(asking({ terminal: undefined }), mayNot))).toBe('TERMINAL_UNKNOWN');
  });

  it('A voucher of a local terminal is held, whatever is wrong with it.', () => {
    const notHeld = ERROR_CODES.filter((refused) => !isHoldable({ refused, detail: '' }));
    expect(notHeld).toEqual(['TERMINAL_UNKNOWN', 'TERMINAL_ELSEWHERE', 'TERMINAL_REVOKED']);
  });

  it.each<[string, OfflineCase, boolean]>([
    ['signed, of the moment before it was revoked', { terminal: lostAt(at(1)) }, true],
    ['signed, of the moment in which it was revoked', { terminal: lostAt(now) }, false],
    ['signed, of before, by a slow clock', { ...then(-HOUR), skew: HOUR, terminal: lostAt(at(1)) }, true],
    ['signed, of after, by a slow clock', { ...then(-HOUR), skew: HOUR, terminal: lostAt(now) }, false],
    ['not signed, of before', { ...then(-HOUR), isProven: false, terminal: lostAt(now) }, false],
  ])('Lost phone, %s: held is %s.', (_says, admission, held) => {
    const refused = refuseOffline(asking(admission), undefined);
    expect([code(refused), refused && isHoldable(refused)]).toEqual(['TERMINAL_REVOKED', held]);
  });
});

describe('Held vouchers before an officer', () => {
  it.each<[string, OfflineCase, asItStands: string | undefined, asTold: string | undefined]>([
    ['that all is right with', {}, undefined, undefined],
    [
      'by a clock that is a year off',
      { ...then(-365 * DAY), number: '7KQ2MS2611220007', skew: 365 * DAY },
      'CLOCK_OFF',
      undefined,
    ],
    ['before its terminal was there', { ...then(-7 * DAY), number: '7KQ2MS2611150007' }, 'CLOCK_OFF', undefined],
    ['in the future', then(301 * SECOND), 'CLOCK_OFF', 'CLOCK_OFF'],
    ['on the day before its number says', { ...then(-DAY), number: '7KQ2MS2611220007' }, undefined, undefined],
    ['on the day after', { number: '7KQ2MS2611210007' }, undefined, undefined],
    ['two days before', { ...then(-2 * DAY), number: '7KQ2MS2611220007' }, 'NUMBER_MISMATCH', 'NUMBER_MISMATCH'],
    ['two days after', { number: '7KQ2MS2611200007' }, 'NUMBER_MISMATCH', 'NUMBER_MISMATCH'],
    ['of another kind', { number: '7KQ2MR2611220007' }, 'NUMBER_MISMATCH', 'NUMBER_MISMATCH'],
    ['in the year 9999', { claim: { occurredAt: '9999-12-31T23:59:59Z' } }, 'NUMBER_MISMATCH', 'NUMBER_MISMATCH'],
    ['in the year 0', { claim: { occurredAt: '0000-01-01T00:00:00Z' } }, 'NUMBER_MISMATCH', 'NUMBER_MISMATCH'],
    [
      'of a terminal that was revoked since',
      { terminal: terminal({ revoked: { at: now, by: 'o', reason: 'lost' } }) },
      undefined,
      undefined,
    ],
  ])('%s', (_says, admission, asItStands, asTold) => {
    expect([code(refuseHeld(asking(admission), false)), code(refuseHeld(asking(admission), true))]).toEqual([
      asItStands,
      asTold,
    ]);
  });
});

describe('Live vouchers', () => {
  it.each<[string, OfflineCase, string | undefined]>([
    ['five minutes ago', then(-300 * SECOND), undefined],
    ['and a second', then(-301 * SECOND), 'CLOCK_OFF'],
    ['five minutes from now, by a phone that is as fast', { ...then(300 * SECOND), skew: -300 * SECOND }, undefined],
    ['ten minutes ago by a phone that is five minutes slow', { ...then(-600 * SECOND), skew: 300 * SECOND }, undefined],
    ['now, by a phone that is five minutes and a second slow', { skew: 301 * SECOND }, 'CLOCK_OFF'],
    [
      'now by our clock, and by its own a year ago',
      { ...then(-365 * DAY), number: '7KQ2MS2511220007', skew: 365 * DAY },
      'CLOCK_OFF',
    ],
    ['now, by a clock that was measured to within five minutes', { within: 300 * SECOND }, undefined],
    ['and a millisecond', { within: 300 * SECOND + 1 }, 'CLOCK_OFF'],
    ['now, by a phone that says so in a year', { skew: -365 * DAY }, 'CLOCK_OFF'],
    ['without a proof', { isProven: false }, 'TERMINAL_UNPROVEN'],
    ['by a phone that was lost since', { terminal: lostAt(now) }, 'TERMINAL_REVOKED'],
  ])('%s', (_says, admission, expected) => {
    expect(code(refuseLive(asking({ ...admission, way: 'live' })))).toBe(expected);
  });

  it('A live voucher by a wrong clock is refused with its skew, and which of two is wrong.', () => {
    expect(refuseLive(asking({ skew: 400 * SECOND, way: 'live' }))).toMatchObject({
      detail: "The phone's clock is 400 s behind the server's clock.",
      facts: { serverTime: now, offBySeconds: -400 },
    });
    expect(refuseLive(asking({ ...then(400 * SECOND), way: 'live' }))).toMatchObject({
      detail: "occurredAt is 400 s ahead of the server's clock.",
      facts: { serverTime: now, offBySeconds: 400 },
    });
  });
});

const at = (milliseconds: number): Instant => instantOf(Date.parse(now) + milliseconds);

const terminal = (more: object = {}): Terminal =>
  Terminal.parse({
    location,
    seller: SellerId.parse('LKO1'),
    installation: 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee',
    key: exampleTerminal.key,
    enrolledAt: at(-5 * DAY),
    ...more,
  });

const lostAt = (moment: Instant): Terminal => terminal({ revoked: { at: moment, by: 'officer', reason: 'lost' } });

type OfflineCase = {
  readonly number?: string;
  readonly claim?: object;
  readonly skew?: number;
  readonly within?: number;
  readonly terminal?: Terminal | undefined;
  readonly way?: 'live';
  readonly isProven?: boolean;
};

/** A number that was cancelled just now; of one of the next fields something else. */
const asking = ({
  number = '7KQ2MS2611220007',
  claim,
  skew,
  within,
  way,
  isProven = true,
  ...more
}: OfflineCase): SubmissionWithProof => ({
  isProven,
  number: VoucherNumber.parse(number),
  location,
  enteredBy: 'someone',
  now,
  claim: VoucherClaim.parse({ kind: 'S', occurredAt: now, by: 'S001', previous: null, cancelled: 'torn', ...claim }),
  admission: {
    ...(way ? { way, goodsInHand: false } : { way: 'captured' as const }),
    ...(skew !== undefined && { skew: skew as Skew }),
    ...(within !== undefined && { within }),
  },
  terminal: 'terminal' in more ? more.terminal : terminal(),
});

const code = (refusal: Refusal | undefined) => refusal?.refused;

const then = (milliseconds: number, more: object = {}) => ({ claim: { occurredAt: at(milliseconds), ...more } });
