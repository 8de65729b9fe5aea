import { describe, expect, it } from 'vitest';
import { closedTerminalsOf, namedNumbersIn } from '../../shared/day-close/closed-terminals.ts';
import type { Day } from '../../shared/kernel/time.ts';
import type { VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import type { Voucher } from '../../shared/ledger/voucher.ts';

const [TODAY, TOMORROW] = ['2026-11-22', '2026-11-23'] as Day[];
const numberOf = (kind: string, serial: number, day = TODAY, terminal = '7KQ2M') =>
  `${terminal}${kind}${day?.slice(2).replaceAll('-', '')}${String(serial).padStart(4, '0')}` as VoucherNumber;
const SALE = numberOf('S', 1);
const SHIFT = numberOf('K', 1);

let minute = 0;

describe("Terminal's day", () => {
  it('A day is unproven while nothing shows that no voucher follows.', () => {
    expect(stateBy([said(SALE, null)])).toEqual(['unproven']);
  });

  it('A shift close proves the last number, unless more follows or it was cancelled.', () => {
    const closed = [said(SALE, null), said(SHIFT, SALE, { last: [SALE] })];
    expect(stateBy(closed)).toEqual(['proven']);
    expect(stateBy([...closed, said(numberOf('S', 2), SHIFT)])).toEqual(['unproven']);
    expect(stateBy([said(SALE, null), said(SHIFT, SALE, { cancelled: 'torn' })])).toEqual(['unproven']);
  });

  it('A shift close with an implausible last number proves nothing until a later day does.', () => {
    const typed = [said(SALE, null), said(SHIFT, SALE, { last: [numberOf('S', 9999)] })];
    expect(stateBy(typed)).toEqual(['unproven']);
    expect(stateBy(typed, said(numberOf('S', 1, TOMORROW), SHIFT))).toEqual(['proven']);
    expect(stateBy([said(numberOf('S', 2), null), ...typed.slice(1)])).toEqual(['missing', SALE]);
  });

  it('A shift close that names a voucher beyond a gap proves nothing, and asks for none below it.', () => {
    const typed = numberOf('S', 9000);
    const book = [said(SALE, null), said(typed, SALE), said(SHIFT, typed, { last: [typed] })];
    expect(stateBy(book)).toEqual(['unproven']);
    expect(stateBy(book, said(numberOf('S', 1, TOMORROW), SHIFT))).toEqual(['proven']);
    expect(stateBy([said(numberOf('S', 3), SALE), said(typed, numberOf('S', 3))])).toEqual([
      'missing',
      SALE,
      numberOf('S', 2),
    ]);
  });

  it('The first voucher of a later day, which names the last number, proves the day.', () => {
    expect(stateBy([said(SALE, null)], said(numberOf('S', 1, TOMORROW), SALE))).toEqual(['proven']);
  });

  it('A named, skipped or declared number that did not come is missing, whatever proves the day.', () => {
    const skipping = [said(numberOf('S', 3), SALE), said(SHIFT, numberOf('S', 3), { last: [numberOf('S', 3)] })];
    expect(stateBy(skipping)).toEqual(['missing', SALE, numberOf('S', 2)]);
    expect(stateBy([said(SALE, null)], said(numberOf('S', 1, TOMORROW), SHIFT))).toEqual(['missing', SHIFT]);
  });

  it('A number named by a held voucher is missing, since the phone wrote it earlier.', () => {
    const [lost, kept] = [numberOf('R', 1), said(numberOf('V', 1), numberOf('R', 1))];
    const tomorrow = said(numberOf('S', 1, TOMORROW), numberOf('V', 1));
    expect(stateWith([kept], [said(SALE, null)], tomorrow)).toEqual(['missing', lost]);
    expect(stateWith([kept], [said(SALE, null), said(lost, SALE)], tomorrow)).toEqual(['proven']);
  });

  it("A request number is not missing, though the depot's counter uses the same chain.", () => {
    const [request, issue] = [numberOf('Q', 1), numberOf('I', 1)];
    expect(stateBy([said(issue, request), said(SHIFT, issue, { last: [request, issue] })])).toEqual(['proven']);
  });

  // A sale of the day may never arrive, and the hand-over may not know of it. A declared last
  // number ends only its own kind.
  it.each([
    ['a hand-over', numberOf('H', 1, TOMORROW, 'ABCDE'), { terminals: [{ terminal: '7KQ2M', last: [SHIFT] }] }],
    ['a later shift', numberOf('K', 2, TOMORROW), { last: [SHIFT] }],
  ])('A day is not proven by %s that declares its last number.', (_who, number, more) => {
    const book = [said(SHIFT, null, { last: [] }), said(numberOf('R', 1), SHIFT)];
    expect(stateBy(book, said(number, null, more))).toEqual(['unproven']);
  });
});

/** As far as a terminal's numbers care; each is said a minute after the one before it. */
const said = (number: VoucherNumber, previous: VoucherNumber | null, more: object = {}): Voucher => {
  const occurredAt = new Date(Date.parse('2026-11-22T05:00:00Z') + minute++ * 60_000).toISOString();
  return { number, claim: { kind: number[5], occurredAt, previous, ...more }, admission: {} } as never;
};

/**
 * The terminal in today's close, given its day book and the names in tomorrow's and another day's
 * book.
 */
const stateBy = (book: readonly Voucher[], ...others: readonly Voucher[]) => stateWith([], book, ...others);

const stateWith = (held: readonly Voucher[], book: readonly Voucher[], ...others: readonly Voucher[]) => {
  const [found] = closedTerminalsOf({ day: TODAY as Day, book, held, namedNumbers: namedNumbersIn(others) }).filter(
    ({ terminal }) => terminal === '7KQ2M',
  );
  return found && [found.state, ...found.missing];
};
