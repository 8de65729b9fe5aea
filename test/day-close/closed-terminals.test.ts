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
/** As far as a terminal's numbers care; each is said a minute after the one before it. */
const said = (number: VoucherNumber, previous: VoucherNumber | null, more: object = {}): Voucher => {
  const occurredAt = new Date(Date.parse('2026-11-22T05:00:00Z') + minute++ * 60_000).toISOString();
  return { number, claim: { kind: number[5], occurredAt, previous, ...more }, admission: {} } as never;
};

/** What the close of today says of the terminal, by its book and by what a book of tomorrow, and one of another day, names. */
const stateBy = (book: readonly Voucher[], ...others: readonly Voucher[]) => stateWith([], book, ...others);
const stateWith = (held: readonly Voucher[], book: readonly Voucher[], ...others: readonly Voucher[]) => {
  const [found] = closedTerminalsOf({ day: TODAY as Day, book, held, namedNumbers: namedNumbersIn(others) }).filter(
    ({ terminal }) => terminal === '7KQ2M',
  );
  return found && [found.state, ...found.missing];
};

describe("a terminal's day is", () => {
  it('unproven while nothing says that nothing came after', () => {
    expect(stateBy([said(SALE, null)])).toEqual(['unproven']);
  });

  it("proven by a shift's close as the last of the day, and not by one that more came after, or that was cancelled", () => {
    const closed = [said(SALE, null), said(SHIFT, SALE, { last: [SALE] })];
    expect(stateBy(closed)).toEqual(['proven']);
    expect(stateBy([...closed, said(numberOf('S', 2), SHIFT)])).toEqual(['unproven']);
    expect(stateBy([said(SALE, null), said(SHIFT, SALE, { cancelled: 'torn' })])).toEqual(['unproven']);
  });

  it("not proven by a shift's close that names a number nobody believes, until a later day says what the last was", () => {
    const typed = [said(SALE, null), said(SHIFT, SALE, { last: [numberOf('S', 9999)] })];
    expect(stateBy(typed)).toEqual(['unproven']);
    expect(stateBy(typed, said(numberOf('S', 1, TOMORROW), SHIFT))).toEqual(['proven']);
    expect(stateBy([said(numberOf('S', 2), null), ...typed.slice(1)])).toEqual(['missing', SALE]);
  });

  it("not proven by a shift's close that names a voucher which leaps, and asked for nothing below that", () => {
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

  it('proven by the first voucher of a later day, which names the last of this one', () => {
    expect(stateBy([said(SALE, null)], said(numberOf('S', 1, TOMORROW), SALE))).toEqual(['proven']);
  });

  it('missing what is named, skipped or declared and has not come, whatever else proves it', () => {
    const skipping = [said(numberOf('S', 3), SALE), said(SHIFT, numberOf('S', 3), { last: [numberOf('S', 3)] })];
    expect(stateBy(skipping)).toEqual(['missing', SALE, numberOf('S', 2)]);
    expect(stateBy([said(SALE, null)], said(numberOf('S', 1, TOMORROW), SHIFT))).toEqual(['missing', SHIFT]);
  });

  it('missing what is named by one that is held: its phone wrote it before that', () => {
    const [lost, kept] = [numberOf('R', 1), said(numberOf('V', 1), numberOf('R', 1))];
    const tomorrow = said(numberOf('S', 1, TOMORROW), numberOf('V', 1));
    expect(stateWith([kept], [said(SALE, null)], tomorrow)).toEqual(['missing', lost]);
    expect(stateWith([kept], [said(SALE, null), said(lost, SALE)], tomorrow)).toEqual(['proven']);
  });

  it("not missing a request, which a depot's counter numbers in the same chain and no day book has", () => {
    const [asked, issue] = [numberOf('Q', 1), numberOf('I', 1)];
    expect(stateBy([said(issue, asked), said(SHIFT, issue, { last: [asked, issue] })])).toEqual(['proven']);
  });

  // A sale of the day may never have come, and who hands over may not know of it: only its own kind ends with a declared number.
  it.each([
    ['a hand-over', numberOf('H', 1, TOMORROW, 'ABCDE'), { terminals: [{ terminal: '7KQ2M', last: [SHIFT] }] }],
    ['a later shift', numberOf('K', 2, TOMORROW), { last: [SHIFT] }],
  ])('not proven by %s that declares a last number of it', (_who, number, more) => {
    const book = [said(SHIFT, null, { last: [] }), said(numberOf('R', 1), SHIFT)];
    expect(stateBy(book, said(number, null, more))).toEqual(['unproven']);
  });
});
