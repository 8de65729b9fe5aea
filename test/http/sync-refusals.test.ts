import { beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '../../shared/kernel/refusal.ts';
import { expectOk, numberAt, useBook } from '../kit/book.ts';
import { countSheet, kurtas, receipt, sale } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { openPhone, type Phone } from '../kit/phone.ts';
import { ask, booksAndShelves, expectProblem } from '../kit/wire.ts';

checkAnswersAgainstContract();

const START = '2026-11-22T05:00:00.000Z';

const [item = ''] = kurtas(1);
const book = useBook();
let phone: Phone;
let token: string;
let serial = 100;

beforeAll(async () => {
  phone = await openPhone(book, location, 'LKO1');
  expectOk(await phone.next(receipt(book.clock, [{ item, quantity: 50 }])).send());
  token = await book.bahi.issuer.token({ role: 'outlet', scope: [`location:${location}`] });
});

const numbered = (kind = 'S') => numberAt(book.clock, phone.terminal, kind, ++serial);
const oneKurta = (more: object = {}) => sale(book.clock, [{ item, quantity: 1 }], more);
const good = (more: object = {}) => ({ number: numbered(), claim: oneKurta(more) });

describe('A refused batch leaves nothing behind', () => {
  const BATCHES: Record<string, [field: string, () => unknown]> = {
    'no vouchers': ['vouchers', () => ({ vouchers: [] })],
    '51 vouchers': ['vouchers', () => ({ vouchers: Array.from({ length: 51 }, () => good()) })],
    'vouchers that are no list': ['vouchers', () => ({ vouchers: good() })],
    'a time of sending': ['sentAt', () => ({ sentAt: START, vouchers: [good()] })],
    'an unknown field': ['terminal', () => ({ terminal: phone.terminal, vouchers: [good()] })],
    'a field __proto__': ['__proto__', () => JSON.stringify({ vouchers: [good()] }).replace('{', '{"__proto__":{},')],
    'a list': ['', () => [good()]],
  };

  it.each(Object.entries(BATCHES))('%s', async (_says, [field, body]) => {
    const before = await everything();
    await expectProblem(await post(body()), 400, 'INVALID_REQUEST', field);
    expect(await everything()).toEqual(before);
  });

  it('A body that is not JSON, or one byte over 256 KB, is refused.', async () => {
    const before = await everything();
    await expectProblem(await post('{"vouchers":'), 400, 'MALFORMED_JSON');
    await expectProblem(await post('{"day":"\\ud800","vouchers":[]}'), 400, 'MALFORMED_JSON');
    await expectProblem(await post(JSON.stringify({ vouchers: [] }).padEnd(256 * 1024 + 1)), 413, 'BODY_TOO_LARGE');
    expect(await everything()).toEqual(before);
  });
});

/** One by one, what cannot be read; never mind what the others are. */
const UNREADABLE: Record<string, () => unknown> = {
  null: () => null,
  'a number': () => 7,
  'a word': () => 'sale',
  'a list': () => [good()],
  'an empty object': () => ({}),
  'no claim': () => ({ number: numbered() }),
  'no number': () => ({ claim: oneKurta() }),
  'a number that is null': () => ({ ...good(), number: null }),
  'a number that is an object': () => ({ ...good(), number: { toString: 1, valueOf: 1 } }),
  'a number that is a list': () => ({ ...good(), number: [numbered()] }),
  'a number that nobody can have': () => ({ ...good(), number: 'the last one' }),
  'a number of a kind that nobody knows': () => ({ ...good(), number: numbered('X') }),
  'a number of a request': () => ({ ...good(), number: numbered('Q') }),
  'serial 0000': () => ({ ...good(), number: numberAt(book.clock, phone.terminal, 'S', 0) }),
  'a day that no calendar has': () => ({ ...good(), number: `${phone.terminal}S2602300007` }),
  'a claim that is null': () => ({ ...good(), claim: null }),
  'a claim of no kind': () => ({ ...good(), claim: { ...oneKurta(), kind: undefined } }),
  'a claim of a kind that nobody knows': () => ({ ...good(), claim: { ...oneKurta(), kind: 'X' } }),
  'a claim without lines': () => good({ lines: undefined }),
  '41 lines': () => good({ lines: Array(41).fill({ item, quantity: 1, unitPrice: 1 }) }),
  'a quantity of 0': () => good({ lines: [{ item, quantity: 0, unitPrice: 1 }] }),
  'a cancelled number without a reason': () => good({ cancelled: '' }),
  'an unknown field': () => ({ ...good(), sentAt: START }),
  'a clock that nobody could measure': () => ({ ...good(), clock: { skew: 'fast', within: 1 } }),
  'a clock without its error': () => ({ ...good(), clock: { skew: 1 } }),
  'an unknown field in the claim': () => good({ cashier: 'S1' }),
  'a field __proto__': () => JSON.parse(JSON.stringify(good()).replace('{', '{"__proto__":{"number":"x"},')),
  'a field __proto__ in the claim': () =>
    JSON.parse(JSON.stringify(good()).replace('"claim":{', '"claim":{"__proto__":{"kind":"R"},')),
  'an item __proto__': () => good({ lines: [{ item: '__proto__', quantity: 1, unitPrice: 1 }] }),
  'a deep well': () => ({ ...good(), claim: JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`) }),
};

describe('An unreadable voucher in a batch is refused alone and not kept', () => {
  it.each(Object.entries(UNREADABLE))('%s', async (_says, sent) => {
    const before = await everything();
    const outcomes = await bring([sent()]);
    expect(outcomes.map(say)).toEqual(['refused INVALID_REQUEST']);
    expect(outcomes[0]?.problem).toMatchObject({ status: 400, detail: expect.stringMatching(/\.$/) });
    expect(await everything()).toEqual(before);
  });

  it('The readable others are recorded, and each is answered at its place.', async () => {
    const [first, last] = [good(), good()];
    const outcomes = await bring([first, ...Object.values(UNREADABLE).map((sent) => sent()), last]);
    const refused = Object.keys(UNREADABLE).map(() => 'refused INVALID_REQUEST');
    expect(outcomes.map(say)).toEqual(['recorded', ...refused, 'recorded']);
    expect([outcomes[0]?.number, outcomes.at(-1)?.number]).toEqual([first.number, last.number]);
  });
});

describe('Vouchers of a foreign terminal are not kept', () => {
  it('A terminal that is unknown, of another location or revoked is refused.', async () => {
    const there = await openPhone(book, 'LKO-02', 'LKO1');
    const lost = await openPhone(book, location, 'LKO1');
    const path = { location, terminal: lost.terminal };
    expectOk(await book.admin.revokeTerminal({ path, body: { reason: 'lost' } }));
    const before = await everything();
    const of = (terminal: string) => ({ number: numberAt(book.clock, terminal, 'S', 1), claim: oneKurta() });
    const outcomes = await bring([of('00000'), of(there.terminal), of(lost.terminal)]);
    expect(outcomes.map(say)).toEqual([
      'refused TERMINAL_UNKNOWN',
      'refused TERMINAL_ELSEWHERE',
      'refused TERMINAL_REVOKED',
    ]);
    expect(await everything()).toEqual(before);
  });
});

describe('An inadmissible voucher of a local terminal is held and moves nothing', () => {
  const IN_THE_YEAR_9999 = { skew: -251_000_000_000_000, within: 9 };
  const HELD: Record<string, [code: string, sent: () => { number: string; claim: object; clock?: object }]> = {
    'a kind that the number does not say': ['NUMBER_MISMATCH', () => ({ ...good(), number: numbered('R') })],
    'a day that the number does not say': ['NUMBER_MISMATCH', () => good({ occurredAt: '0001-01-01T00:00:00Z' })],
    'an unknown item': ['ITEM_UNKNOWN', () => good({ lines: [{ item: 'NO-SUCH', quantity: 1, unitPrice: 89_900 }] })],
    'payments that do not add up': ['PAYMENT_MISMATCH', () => good({ payments: [{ tender: 'cash', amount: 1 }] })],
    'what is not yet': ['CLOCK_OFF', () => good({ occurredAt: '2026-11-22T05:05:01Z' })],
    'a device of the year 1': ['CLOCK_OFF', () => ({ ...good(), clock: { skew: 63_900_000_000_000, within: 9 } })],
    'a device of the year 9999': ['CLOCK_OFF', () => ({ ...good(), clock: IN_THE_YEAR_9999 })],
    'a clock that was measured to within 13 hours': [
      'CLOCK_OFF',
      () => ({ ...good(), clock: { skew: 0, within: 46_800_000 } }),
    ],
    'a count by a device of the year 9999': [
      'CLOCK_OFF',
      () => ({
        number: numbered('C'),
        claim: countSheet(book.clock, [{ item, quantity: 1 }]),
        clock: IN_THE_YEAR_9999,
      }),
    ],
    'a count of before its terminal was there': [
      'CLOCK_OFF',
      () => ({
        number: `${phone.terminal}C1611220001`,
        claim: countSheet(book.clock, [{ item, quantity: 1 }], { occurredAt: '2016-11-22T05:00:00Z' }),
      }),
    ],
    'a kind that the caller may not send': [
      'FORBIDDEN',
      () => {
        const lines = [{ item, quantity: 1 }];
        const claim = {
          kind: 'I',
          occurredAt: START,
          by: 'S001',
          previous: null,
          request: `${phone.terminal}Q2611220001`,
        };
        return { number: numbered('I'), claim: { ...claim, lines } };
      },
    ],
  };

  it.each(Object.entries(HELD))('%s', async (_says, [code, sent]) => {
    const before = await booksAndShelves(book);
    const one = sent();
    const [outcome, ...rest] = await bring([one]);
    expect([outcome && say(outcome), rest]).toEqual([`held ${code}`, []]);
    // Whole, once, however often it is sent.
    expect(await bring([one])).toEqual([outcome]);
    const { held } = expectOk(await book.admin.listHeld({ path: { location } }));
    const kept = held.filter(({ number }) => number === one.number);
    expect(kept).toMatchObject([{ state: 'held', version: 1, problem: { code } }]);
    expect(await booksAndShelves(book)).toEqual(before);
  });
});

describe('A refused settlement gives a helpful problem, and the voucher stays held', () => {
  const why = 'the holder says so';
  let held: string;
  const settle = (body: unknown, { of = held, ifMatch = '"1"' }: { of?: string; ifMatch?: string } = {}) =>
    ask(book, `/locations/${location}/held/${of}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: ifMatch === 'none' ? {} : { 'if-match': ifMatch },
      token,
    });
  const heldNow = async () =>
    expectOk(await book.admin.listHeld({ path: { location }, query: { settled: 'true' } })).held;

  beforeAll(async () => {
    const [outcome] = await bring([good({ payments: [{ tender: 'cash', amount: 2 }] })]);
    held = (outcome as { held?: string } | undefined)?.held ?? '';
    token = await book.bahi.issuer.token({ role: 'officer', scope: ['district:LKO'] });
  });

  const REFUSED: Record<string, Record<string, () => Promise<Response>>> = {
    '400 INVALID_REQUEST do': {
      'nothing to do': () => settle({ why }),
      'something unheard of': () => settle({ do: 'forget', why }),
    },
    '400 INVALID_REQUEST why': {
      'no reason': () => settle({ do: 'reject' }),
      'a blank for a reason': () => settle({ do: 'admit', why: ' ' }),
      'a reason of 81 characters': () => settle({ do: 'reject', why: 'x'.repeat(81) }),
    },
    '400 INVALID_REQUEST occurredAt': {
      'a time for what is rejected': () => settle({ do: 'reject', occurredAt: START, why }),
      'a time that is none': () => settle({ do: 'admit', occurredAt: 'at noon', why }),
    },
    '400 INVALID_REQUEST voucher': {
      'corrected by nothing': () => settle({ do: 'correct', why }),
      'corrected by what is no number': () => settle({ do: 'correct', voucher: '__proto__', why }),
    },
    '400 INVALID_REQUEST If-Match': {
      'an If-Match that is no version': () => settle({ do: 'reject', why }, { ifMatch: '*' }),
    },
    '400 INVALID_REQUEST held': {
      'what is no name of anything held': () => settle({ do: 'reject', why }, { of: '__proto__' }),
      'a number alone': () => settle({ do: 'reject', why }, { of: held.slice(0, 16) }),
      'more than its name': () => settle({ do: 'reject', why }, { of: `${held}0` }),
    },
    '404 NOT_FOUND': {
      'what nobody brought': () => settle({ do: 'reject', why }, { of: `${held.slice(0, -12)}000000000000` }),
    },
    '428 PRECONDITION_REQUIRED': { 'no version': () => settle({ do: 'reject', why }, { ifMatch: 'none' }) },
    '412 VERSION_MISMATCH': { 'another version': () => settle({ do: 'reject', why }, { ifMatch: '"2"' }) },
    '422 VOUCHER_UNKNOWN': {
      'corrected by what nobody recorded': () => settle({ do: 'correct', voucher: numbered(), why }),
    },
    '409 STILL_HELD': {
      'admitted as it stands, and that is still wrong': () => settle({ do: 'admit', why }),
      'admitted at another time, and that is not what is wrong': () => settle({ do: 'admit', occurredAt: START, why }),
      'admitted at a time of another day': () => settle({ do: 'admit', occurredAt: '2016-11-22T05:00:00Z', why }),
      'admitted in the year 9999': () => settle({ do: 'admit', occurredAt: '9999-12-31T23:59:59Z', why }),
    },
  };
  const cases = Object.entries(REFUSED).flatMap(([as, all]) =>
    Object.entries(all).map(([says, sent]) => ({ says, as, sent })),
  );

  it.each(cases)('$as: $says', async ({ as, sent }) => {
    const before = [await heldNow(), await booksAndShelves(book)];
    const [status, code, ...fields] = as.split(' ');
    await expectProblem(await sent(), Number(status), code, ...fields);
    expect([await heldNow(), await booksAndShelves(book)]).toEqual(before);
  });

  it('409 HELD_STATE: it is settled already, and the problem says how', async () => {
    expect((await settle({ do: 'reject', why })).status).toBe(200);
    const before = [await heldNow(), await booksAndShelves(book)];
    for (const body of [
      { do: 'reject', why },
      { do: 'admit', why },
      { do: 'correct', voucher: numbered(), why },
    ]) {
      const problem = await expectProblem(await settle(body, { ifMatch: '"2"' }), 409, 'HELD_STATE');
      expect(problem).toMatchObject({ state: 'rejected' });
    }
    await expectProblem(await settle({ do: 'reject', why }), 412, 'VERSION_MISMATCH');
    expect([await heldNow(), await booksAndShelves(book)]).toEqual(before);
  });
});

const location = 'LKO-01';

/** Day books, stock and held vouchers. */
const everything = async () => [
  ...(await booksAndShelves(book)),
  ...expectOk(await book.admin.listHeld({ path: { location }, query: { settled: 'true' } })).held,
];

type Outcome = { number: string; outcome: string; problem?: Problem };

const post = (body: unknown) =>
  ask(book, `/locations/${location}/vouchers`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    token,
  });

const bring = async (vouchers: unknown): Promise<Outcome[]> => {
  const response = await post({ vouchers });
  expect(response.status).toBe(200);
  return ((await response.json()) as { outcomes: Outcome[] }).outcomes;
};

const say = ({ outcome, problem }: Outcome) => (problem ? `${outcome} ${problem.code}` : outcome);
