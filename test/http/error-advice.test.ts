import { describe, expect, it } from 'vitest';
import { operations } from '../../shared/api/contract.ts';
import { ERROR_CODES, type ErrorCode } from '../../shared/kernel/problems.ts';
import { VOUCHER_KINDS } from '../../shared/ledger/voucher-kinds.ts';
import { EQUIVALENT, NEVER_MET, OF_ANY_OPERATION } from '../kit/advice/equivalent.ts';
import { OTHER_OPERATIONS } from '../kit/advice/other-operations.ts';
import { SAME_CODES } from '../kit/advice/same-codes.ts';
import { SLIPS } from '../kit/advice/slips.ts';
import { STOCK_VOUCHERS } from '../kit/advice/stock-vouchers.ts';
import { TERMINALS } from '../kit/advice/terminals.ts';
import { VERSIONS } from '../kit/advice/versions.ts';
import { useBook } from '../kit/book.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const book = useBook();

const SITUATIONS = [...STOCK_VOUCHERS, ...OTHER_OPERATIONS, ...SLIPS, ...TERMINALS, ...VERSIONS, ...SAME_CODES];

/** Their advice is to send the same again: faults.test.ts and concurrency.test.ts do. */
const SENT_AGAIN: readonly ErrorCode[] = ['BUSY', 'INTERNAL'];

it('A situation below follows the advice of every error code.', () => {
  const followed = new Set<ErrorCode>([...SITUATIONS.map(({ code }) => code), ...SENT_AGAIN]);
  expect(ERROR_CODES.filter((code) => !followed.has(code))).toEqual([]);
});

it('Every error that an operation or a voucher kind declares has a situation below, or is equivalent to one.', () => {
  const met = new Set(SITUATIONS.map(({ at, code }) => `${at} ${code}`));
  const same = EQUIVALENT.flatMap(([code, , all]) => all.map((at) => `${at} ${code}`));
  const exempt = NEVER_MET.map((pair) => pair.join(' '));
  const declared = [
    ...operations.filter(({ id }) => id !== 'recordVoucher').map(({ id, errors }) => [id, errors] as const),
    ...Object.entries(VOUCHER_KINDS).map(([kind, { errors }]) => [kind, errors] as const),
  ].flatMap(([at, errors]) => errors.filter((code) => !OF_ANY_OPERATION.includes(code)).map((code) => `${at} ${code}`));
  const answered = new Set([...met, ...same, ...exempt]);
  expect(declared.filter((pair) => !answered.has(pair))).toEqual([]);
  expect(EQUIVALENT.map(([code, at]) => `${at} ${code}`).filter((pair) => !met.has(pair))).toEqual([]);
  expect([...same, ...exempt].filter((pair) => met.has(pair))).toEqual([]);
  expect([...same, ...exempt].filter((pair) => !declared.includes(pair) && !/^recordVoucher /.test(pair))).toEqual([]);
});

describe('Following the advice of a problem succeeds', () => {
  it.each(SITUATIONS.map((situation) => [situation.at, situation.code, situation.advice, situation] as const))(
    '%s %s: "%s"',
    { tags: 'long' },
    async (_at, code, advice, { play }) => {
      book.clock.forward(60);
      const [met, ...followed] = await play(book);
      expect(outcomeOf(met)).toMatch(new RegExp(` ${code}$`));
      if (!met.ok) expect(`${met.problem.whatToDo} ${met.problem.detail}`).toContain(advice);
      expect(followed.map(outcomeOf)).toEqual(followed.map(() => expect.toBeOneOf([200, 201])));
      expect(followed.length).toBeGreaterThan(0);
    },
  );
});
