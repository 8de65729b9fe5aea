import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Client } from '../../shared/api/client.ts';
import { CardNumber } from '../../shared/materials/pin.ts';
import type { ConfirmationProof } from '../../shared/materials/request-contract.ts';
import { type Book, expectOk, openBook } from '../kit/book.ts';
import { daysAgo } from '../kit/clock.ts';
import { type ConfirmationDriver, confirmationsAt, rightCode, SIGNED, wrongCode } from '../kit/confirmations.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { DEPOT, type Depot, openDepot } from '../kit/depot.ts';
import { FAULTS, type FaultyClient, faultyClient, inOrder } from '../kit/interceptor.ts';
import { depotAndPassbook, type RequestDriver, requestsAt } from '../kit/material-requests.ts';
import { ask, expectProblem, outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

let faulty: FaultyClient;
/** Done before the next try is taken off a code. */
let beforeTry: (() => Promise<unknown>) | undefined;
let book: Book;
let depot: Depot;
let asks: RequestDriver;
let { artisan, manager, officer, follow, codeOf, confirm, resultOf, issued } = {} as ConfirmationDriver;

beforeAll(async () => {
  faulty = faultyClient(inject('endpoint'));
  faulty.client.intercept('command', async ({ operation, input }, send) => {
    const first = operation === 'UpdateItem' ? beforeTry : undefined;
    if (first) beforeTry = undefined;
    await first?.();
    return send(input);
  });
  book = await openBook({ client: faulty.client });
  depot = await openDepot(book);
  await depot.producer(producer, 9);
  await depot.producer('P0101', 1);
  await depot.receive('SIL-1', '400 kg');
  asks = requestsAt(book, depot, producer);
  ({ artisan, manager, officer, follow, codeOf, confirm, resultOf, issued } = await confirmationsAt(book, asks));
  expectOk(await officer.setPin({ path: { producer }, body: { card: card.number, pin: card.pin } }));
});
beforeEach(() => {
  beforeTry = undefined;
  faulty.meet(() => 'none');
});
afterAll(() => book.close());

describe('Confirmation code', () => {
  it('Only the producer sees the code, from the issue until the confirmation.', async () => {
    const number = depot.number('Q');
    const path = asks.pathOf(number);
    const sent = { path, body: depot.asking(2_000) };
    const said: unknown[] = [await manager.submitRequest(sent), await asks.approve(number)];
    expect(await codeOf(number)).toBe('none');
    const issue = { path: { location: DEPOT, number: depot.number('I') }, body: depot.issuing(number, 500) };
    said.push(await manager.recordVoucher(issue));
    const { confirmWith, ...request } = await follow(number);
    expect(confirmWith).toEqual({ code: expect.stringMatching(/^\d{6}$/), until: '2026-12-06T05:00:00.000Z' });

    const { code = '' } = confirmWith ?? {};
    for (const by of [manager, officer, book.admin]) {
      expect(await follow(number, by)).toEqual(request);
      said.push(await by.listRequests({ path: { depot: DEPOT } }), await by.getPassbook({ path: { producer } }));
      said.push(
        await by.getDay({ path: { location: DEPOT, day: '2026-11-22' } }),
        await by.getVoucher({ path: issue.path }),
      );
    }
    said.push(await artisan.getPassbook({ path: { producer } }), await artisan.submitRequest(sent));
    said.push(await manager.submitRequest(sent), await manager.recordVoucher(issue));
    said.push(
      await asks.cancel(number),
      await confirm(number, wrongCode(code)),
      await confirm(number, rightCode(code)),
    );
    expect(said.map((one) => (one as { status: number }).status)).toEqual(expect.arrayContaining([200, 201, 403, 409]));
    expect(JSON.stringify(said)).not.toMatch(new RegExp(`"${code}"|confirmWith|confirmation`));
    expect([(await follow(number)).state, await codeOf(number)]).toEqual(['received', 'none']);
  });

  it.each<[string, () => Client, (code: string) => ConfirmationProof]>([
    ['the producer', () => artisan, rightCode],
    ["the depot's manager, who heard it", () => manager, rightCode],
    ['an admin', () => book.admin, rightCode],
    ['the manager, by card and PIN', () => manager, () => BY_CARD],
    ['the manager, by a signature', () => manager, () => SIGNED],
  ])('The code or another proof by %s confirms the issue and moves nothing else.', async (_who, by, proofOf) => {
    const { number, code } = await issued();
    const [before, [stock, , , passbook]] = [await asks.read(number), await depotAndPassbook(book, producer)];
    const proof = proofOf(code);
    const answer = expectOk(await confirm(number, proof, by()));
    expect(answer).toEqual(await asks.read(number));
    expect(answer).toMatchObject({ state: 'received', version: before.version + 1, lines: before.lines });
    expect(answer.history).toEqual([
      ...before.history,
      {
        did: 'confirm',
        at: book.clock.now(),
        by: expect.any(String),
        proof: proof.proof,
        ...(by() === manager && { staff: 'S002' }),
        ...('signature' in proof && { why: proof.signature }),
      },
    ]);
    const after = await depotAndPassbook(book, producer);
    expect([after[0], after[3]]).toEqual([stock, passbook]);
    expect(await resultOf(number, proof, by())).toBe('REQUEST_STATE');
  });

  it('A producer may only give the code; card, signature and PIN belong to the depot.', async () => {
    const { number } = await issued();
    const wrongCard: ConfirmationProof = { proof: 'card', card: { ...card, pin: '5000' } };
    for (const proof of [SIGNED, BY_CARD, wrongCard])
      expect(outcomeOf(await confirm(number, proof, artisan))).toBe('403 FORBIDDEN');
    expect(outcomeOf(await confirm(number, SIGNED, officer))).toBe('403 FORBIDDEN');
    expect([await resultOf(number, wrongCard), (await asks.read(number)).state]).toEqual([4, 'issued']);
    expect(await resultOf(number, BY_CARD)).toBe('received');
  });
});

describe('Wrong confirmation code', () => {
  it('Each wrong code costs one try; at zero the right code is void, and a signature still confirms.', async () => {
    const { number, code } = await issued();
    const says = [artisan, manager, artisan, book.admin, manager];
    for (const [at, by] of says.entries()) expect(await resultOf(number, wrongCode(code, at + 1), by)).toBe(4 - at);
    expect(await resultOf(number, rightCode(code), artisan)).toBe('CODE_VOID');
    expect(await resultOf(number, wrongCode(code))).toBe('CODE_VOID');
    expect([await codeOf(number), await resultOf(number, SIGNED)]).toEqual(['none', 'received']);
  });

  it('Four wrong codes and then the right one confirm the issue.', async () => {
    const { number, code } = await issued();
    for (const left of [4, 3, 2, 1]) expect(await resultOf(number, wrongCode(code))).toBe(left);
    expect(await resultOf(number, rightCode(code))).toBe('received');
  });

  it('Of 50 concurrent wrong codes only five are checked.', async () => {
    const { number, code } = await issued();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => confirm(number, wrongCode(code, n + 1), n % 2 ? artisan : manager, 3)),
    );
    const left = answers.flatMap((answer) => (answer.ok ? [] : [answer.problem.triesLeft ?? answer.problem.code]));
    expect(left.filter((one) => one !== 'CODE_VOID').toSorted()).toEqual([0, 1, 2, 3, 4]);
    expect(left).toHaveLength(50);
    expect(await resultOf(number, rightCode(code))).toBe('CODE_VOID');
  });

  it('A request that is refused before the check costs no try.', async () => {
    const { number, code } = await issued();
    const path = asks.pathOf(number);
    expect(outcomeOf(await manager.confirmRequest({ path, body: wrongCode(code) }))).toBe('428 PRECONDITION_REQUIRED');
    for (const version of [2, 4])
      expect(await confirm(number, wrongCode(code), artisan, version)).toMatchObject({
        status: 412,
        problem: { version: 3 },
      });
    const stranger = await book.as('depot', 'location:PBE-D2');
    expect(outcomeOf(await confirm(number, wrongCode(code), stranger))).toBe('404 NOT_FOUND');
    const other = await book.as('producer', 'producer:P0101');
    const sent = { body: wrongCode(code), ifMatch: 3 };
    expect(outcomeOf(await other.confirmRequest({ path, ...sent }))).toBe('403 FORBIDDEN');
    const asOwn = { producer: 'P0101', number };
    expect(outcomeOf(await other.confirmRequest({ path: asOwn, ...sent }))).toBe('404 NOT_FOUND');
    expect(outcomeOf(await manager.confirmRequest({ path: asOwn, ...sent }))).toBe('404 NOT_FOUND');
    expect(outcomeOf(await other.getRequest({ path: asOwn }))).toBe('404 NOT_FOUND');
    const none = { producer, number: depot.number('Q') };
    expect(outcomeOf(await artisan.confirmRequest({ path: none, ...sent }))).toBe('404 NOT_FOUND');

    const token = await book.bahi.issuer.token({ role: 'depot', scope: [`location:${DEPOT}`] });
    const headers = { 'content-type': 'application/json', 'if-match': '"3"' };
    const url = `/producers/${producer}/requests/${number}/confirm`;
    const refused = (body: string, as: string) =>
      ask(book, url, { method: 'POST', token, headers, body }).then((answer) => expectProblem(answer, 400, as));
    for (const body of NO_PROOFS) await refused(JSON.stringify(body), 'INVALID_REQUEST');
    await refused('{"proof":', 'MALFORMED_JSON');
    expect([(await asks.read(number)).version, await resultOf(number, wrongCode(code))]).toEqual([3, 4]);
  });
});

describe('A confirmation code works once', () => {
  it('After a confirmation, the rest is issued with a new code; the used one is wrong.', async () => {
    const { number, code } = await issued();
    expect(await resultOf(number, rightCode(code))).toBe('received');
    expect([await resultOf(number, rightCode(code)), await resultOf(number, SIGNED)]).toEqual(
      Array(2).fill('REQUEST_STATE'),
    );
    expectOk(await asks.issue(number, 1_500));
    const fresh = await codeOf(number);
    expect(await resultOf(number, rightCode(code))).toBe(4);
    expect(await resultOf(number, rightCode(fresh), artisan)).toBe('received');
    expect((await asks.read(number)).lines).toMatchObject([{ approved: 2_000, issued: 2_000 }]);
    expect((await asks.read(number)).history.map(({ did }) => did)).toEqual([
      'submit',
      'approve',
      'issue',
      'confirm',
      'issue',
      'confirm',
    ]);
  });

  it('The next issue replaces the code and restores all tries.', async () => {
    const { number, code } = await issued();
    for (const left of [4, 3, 2, 1, 0]) expect(await resultOf(number, wrongCode(code))).toBe(left);
    expectOk(await asks.issue(number, 500));
    const fresh = await codeOf(number);
    expect([await resultOf(number, rightCode(code)), await resultOf(number, rightCode(fresh))]).toEqual([
      4,
      'received',
    ]);
  });

  it('There is nothing to confirm before an issue or after the request is over.', async () => {
    for (const state of ['submitted', 'approved', 'rejected', 'cancelled', 'lapsed'] as const) {
      const answer = await confirm(await asks.reach[state](), rightCode('418305'));
      expect(answer).toMatchObject({ status: 409, problem: { code: 'REQUEST_STATE', state } });
    }
  });

  it('After 14 days a code is void; a signature still works, and the next issue has a new code.', async () => {
    const { number, code } = await daysAgo(book.clock, 14, issued);
    book.clock.forward(-0.001);
    expect([await codeOf(number), await resultOf(number, wrongCode(code))]).toEqual([code, 4]);
    book.clock.forward(0.001);
    expect([await codeOf(number), await resultOf(number, rightCode(code), artisan)]).toEqual(['none', 'CODE_VOID']);
    expect(await resultOf(number, SIGNED)).toBe('received');
    expectOk(await asks.issue(number, 500));
    expect(await resultOf(number, rightCode(await codeOf(number)), artisan)).toBe('received');
  });
});

describe('Concurrent confirmations', () => {
  it('Of two concurrent confirmations one succeeds, and the other gets a version conflict.', async () => {
    for (let round = 0; round < 4; round++) {
      const { number, code } = await issued();
      const proof = rightCode(code);
      const answers = await Promise.all([
        confirm(number, proof, artisan, 3),
        confirm(number, round % 2 ? SIGNED : proof, manager, 3),
      ]);
      expect(answers.map(outcomeOf).toSorted()).toEqual([200, '412 VERSION_MISMATCH']);
      expect((await asks.read(number)).history.filter(({ did }) => did === 'confirm')).toHaveLength(1);
    }
  });

  it.each<[string, (number: string) => Promise<unknown>]>([
    ['issued', (number) => asks.issue(number, 500)],
    ['confirmed by a signature', (number) => confirm(number, SIGNED)],
  ])('A request that is %s before the check answers a version conflict and keeps its tries.', async (_did, act) => {
    const { number, code } = await issued();
    beforeTry = () => act(number);
    expect(await confirm(number, rightCode(code), artisan)).toMatchObject({ status: 412, problem: { version: 4 } });
    const fresh = await codeOf(number);
    if (fresh !== 'none') expect(await resultOf(number, wrongCode(fresh))).toBe(4);
  });

  it.each(FAULTS)('When the write of a confirmation meets %s, it is confirmed once and answered so.', async (fault) => {
    const { number, code } = await issued();
    faulty.meet(inOrder([fault]));
    const answer = await confirm(number, rightCode(code), artisan);
    expect(expectOk(answer)).toEqual(await asks.read(number));
    expect(expectOk(answer)).toMatchObject({ state: 'received', version: 4 });
  });
});

const producer = 'P0100';

const card = { number: CardNumber.parse('PBT-00100'), pin: '4827' };

const BY_CARD: ConfirmationProof = { proof: 'card', card };

const NO_PROOFS = [
  null,
  [],
  {},
  { code: '418305' },
  { proof: 'thumb' },
  { proof: 'code' },
  { proof: 'code', code: 418_305 },
  ...['18305', ' 418305', '४१८३०५', ''].map((code) => ({ proof: 'code', code })),
  { ...rightCode('418305'), signature: 'x' },
  { ...SIGNED, code: '418305' },
  { ...SIGNED, signature: ' ' },
  { proof: 'card' },
  { proof: 'card', card: { pin: '4827' } },
  { ...BY_CARD, card: { number: 'x', pin: '4827' } },
];
