import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Book, expectOk, numberAt, useBook } from '../kit/book.ts';
import { kurtas, sale } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { ask, expectProblem, outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const location = 'LKO-01';
const path = { location };
const book = useBook();
let officer: Book['admin'];
let phone: Book['admin'];

beforeAll(async () => {
  [officer, phone] = [await book.as('officer', 'district:LKO'), await book.as('outlet', 'location:LKO-01')];
});
afterEach(() => book.clock.set('2026-11-22T05:00:00Z'));

describe('Enrolment code', () => {
  it('It is issued for a seller of the location and lasts a day.', async () => {
    const { code, ...rest } = await codeFor('LKO2');
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4} [0-9A-HJKMNP-TV-Z]{4}$/);
    expect(rest).toEqual({ location, seller: 'LKO2', expiresAt: '2026-11-23T05:00:00.000Z' });
    expect((await codeFor('LKO2')).code).not.toBe(code);
  });

  it('It is refused for a seller from elsewhere or an unknown location.', async () => {
    const elsewhere = await officer.issueEnrolmentCode({ path, body: { seller: 'PBT1' } });
    expect(outcomeOf(elsewhere)).toBe('422 SELLER_NOT_HERE');
    const nowhere = await book.admin.issueEnrolmentCode({ path: { location: 'LKO-77' }, body: { seller: 'LKO1' } });
    expect(outcomeOf(nowhere)).toBe('404 NOT_FOUND');
  });

  it('It is never shown in the registry.', async () => {
    const { code } = await codeFor();
    const { entries } = expectOk(await book.admin.listEntries({ path: { kind: 'terminals' } }));
    expect(JSON.stringify(entries)).not.toContain(code.replace(' ', ''));
    const kept = await ask(book, '/registry/enrolment-codes', { token: await book.bahi.issuer.token(ADMIN) });
    await expectProblem(kept, 400, 'INVALID_REQUEST', 'kind');
  });
});
const ADMIN = { role: 'admin', scope: ['state'] } as const;

describe('Enrolling a phone', () => {
  it('A phone enrols once; a repeat gets the same terminal.', async () => {
    const { code } = await codeFor();
    const [first, again] = [await enrol(code, 'phone-0001'), await enrol(code, 'phone-0001')];
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(expectOk(again)).toEqual(expectOk(first));
    const { key } = book.phone;
    const terminal = { location, seller: 'LKO1', installation: 'phone-0001', key, enrolledAt: book.clock.now() };
    expect(expectOk(first)).toEqual({ terminal: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{5}$/), ...terminal });
    const { entry } = expectOk(
      await book.admin.getEntry({ path: { kind: 'terminals', id: expectOk(first).terminal } }),
    );
    expect(entry).toEqual(terminal);
  });

  it('The code may be in lower case, with spaces and hyphens.', async () => {
    const { code } = await codeFor();
    expect((await enrol(` ${code.toLowerCase().replace(' ', ' - ')} `)).status).toBe(201);
  });

  it('A code that another phone used is refused, also on retry.', async () => {
    const { code } = await codeFor();
    expectOk(await enrol(code));
    for (const _twice of [1, 2]) expect(outcomeOf(await enrol(code, 'phone-late'))).toBe('409 ENROLMENT_CODE_USED');
  });

  it('A code of another location, an unknown code and an invalid one are refused.', async () => {
    const { code } = await codeFor();
    const elsewhere = { path: { location: 'LKO-02' }, body: { code, installation: randomUUID() } };
    expect(outcomeOf(await book.admin.enrolTerminal(elsewhere))).toBe('422 ENROLMENT_CODE_UNKNOWN');
    expect(outcomeOf(await enrol('ABCD EFGH'))).toBe('422 ENROLMENT_CODE_UNKNOWN');
    for (const none of ['', 'ABCD', 'ABCD EFGU', 'ABCD EFGHJ', '__proto__'])
      expect(outcomeOf(await enrol(none))).toBe('400 INVALID_REQUEST');
    expect((await enrol(code)).status).toBe(201);
  });

  it('A day-old code is refused, but one used in time still answers its phone.', async () => {
    const [used, unused] = [(await codeFor()).code, (await codeFor()).code];
    const first = expectOk(await enrol(used, 'phone-0002'));
    const inTime = (await codeFor()).code;
    book.clock.forward(24 * 3600 - 1);
    phone = await book.as('outlet', 'location:LKO-01');
    expect((await enrol(inTime)).status).toBe(201);
    book.clock.forward(1);
    expect(outcomeOf(await enrol(unused))).toBe('422 ENROLMENT_CODE_UNKNOWN');
    expect(expectOk(await enrol(used, 'phone-0002'))).toEqual(first);
  });
});

it('Of phones that race with one code exactly one wins.', async () => {
  const { code } = await codeFor();
  const answers = await Promise.all(Array.from({ length: 8 }, () => enrol(code)));
  expect(answers.map(outcomeOf).toSorted()).toEqual([201, ...Array(7).fill('409 ENROLMENT_CODE_USED')]);
});

it('One phone that races with itself gets one terminal.', async () => {
  const { code } = await codeFor();
  const answers = await Promise.all(Array.from({ length: 8 }, () => enrol(code, 'phone-twice')));
  expect(new Set(answers.map((answer) => expectOk(answer).terminal)).size).toBe(1);
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
});

describe('Revoking a terminal', () => {
  it('A revoked terminal keeps its first revocation and records no more.', async () => {
    const terminal = await enrolled();
    expect((await sell(terminal, 1)).status).toBe(201);

    const revoke = (reason: string) => officer.revokeTerminal({ path: { location, terminal }, body: { reason } });
    const first = expectOk(await revoke('lost on the train'));
    expect(first.revoked).toEqual({ at: book.clock.now(), by: 'local-officer', reason: 'lost on the train' });
    book.clock.forward(60);
    expect(expectOk(await revoke('found again'))).toEqual(first);

    expect(outcomeOf(await sell(terminal, 2))).toBe('422 TERMINAL_REVOKED');
    const number = numberAt(book.clock, terminal, 'S', 1);
    expect((await phone.getVoucher({ path: { location, number } })).status).toBe(200);
  });

  it('Concurrent revocations revoke once, and each caller learns how.', async () => {
    const terminal = await enrolled();
    const reasons = Array.from({ length: 8 }, (_, n) => `officer ${n} says so`);
    const answers = await Promise.all(
      reasons.map((reason) => officer.revokeTerminal({ path: { location, terminal }, body: { reason } })),
    );
    expect(new Set(answers.map((answer) => expectOk(answer).revoked?.reason)).size).toBe(1);
    const stored = expectOk(await book.admin.getEntry({ path: { kind: 'terminals', id: terminal } }));
    expect([stored.version, stored.entry]).toMatchObject([2, { revoked: answers.map(expectOk)[0]?.revoked }]);
  });

  it('Its old code does not bring a revoked terminal back.', async () => {
    const { code } = await codeFor();
    const { terminal } = expectOk(await enrol(code, 'phone-0003'));
    expectOk(await officer.revokeTerminal({ path: { location, terminal }, body: { reason: 'lost' } }));
    expect(expectOk(await enrol(code, 'phone-0003'))).toMatchObject({ terminal, revoked: { reason: 'lost' } });
    expect(outcomeOf(await sell(terminal, 1))).toBe('422 TERMINAL_REVOKED');
  });

  it('A terminal cannot be revoked from another location, nor an unknown one.', async () => {
    const terminal = await enrolled();
    for (const path of [
      { location: 'LKO-02', terminal },
      { location, terminal: '00000' },
    ])
      expect(outcomeOf(await officer.revokeTerminal({ path: path, body: { reason: 'x' } }))).toBe('404 NOT_FOUND');
    expect((await sell(terminal, 1)).status).toBe(201);
  });

  it('A terminal is bound to its location: nobody can move, enter or import it.', async () => {
    const id = await enrolled();
    const stored = expectOk(await book.admin.getEntry({ path: { kind: 'terminals', id } }));
    const token = await book.bahi.issuer.token(ADMIN);
    const moved = JSON.stringify({ ...stored.entry, location: 'LKO-02' });
    const put = await ask(book, `/registry/terminals/${id}`, { method: 'PUT', token, body: moved });
    await expectProblem(put, 400, 'INVALID_REQUEST', 'kind');
    const csv = `id,location\n${id},LKO-02\n`;
    const imported = await ask(book, '/registry/terminals/import', { method: 'POST', token, body: csv });
    await expectProblem(imported, 400, 'INVALID_REQUEST', 'kind');
    expect(expectOk(await book.admin.getEntry({ path: { kind: 'terminals', id } }))).toEqual(stored);
  });
});

const codeFor = async (seller = 'LKO1') => expectOk(await officer.issueEnrolmentCode({ path, body: { seller } }));

const enrol = (code: string, installation: string = randomUUID()) =>
  phone.enrolTerminal({ path, body: { code, installation } });

const enrolled = async () => expectOk(await enrol((await codeFor()).code)).terminal;

const sell = (terminal: string, serial: number) =>
  phone.recordVoucher({
    path: { location, number: numberAt(book.clock, terminal, 'S', serial) },
    body: sale(
      book.clock,
      kurtas(1).map((item) => ({ item, quantity: 1 })),
      { goodsInHand: true },
    ),
  });
