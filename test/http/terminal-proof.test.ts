import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { allStores } from '../../local/all-stores.ts';
import { type Client, createClient } from '../../shared/api/client.ts';
import { generatePhoneKey, type PhoneKey } from '../../shared/api/phone-key.ts';
import { LEDGER_KINDS } from '../../shared/ledger/voucher-kinds.ts';
import { expectOk, numberAt, useBook } from '../kit/book.ts';
import { outcomeText } from '../kit/book-check.ts';
import { kurtas, sale } from '../kit/claims.ts';
import { storesOf } from '../kit/competing-depots.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { openDepot } from '../kit/depot.ts';
import { fastFetch } from '../kit/fast-clients.ts';
import { hurriedClock } from '../kit/monotonic.ts';
import { runs } from '../kit/runs.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const book = useBook();
let officer: Client;
/** Two phones of one stall, each with its key and terminal, signed in by one account. */
let phone: Awaited<ReturnType<typeof enrolled>>;
let colleague: Awaited<ReturnType<typeof enrolled>>;

beforeEach(async () => {
  officer = await book.as('officer', 'district:LKO');
  [phone, colleague] = [await enrolled(), await enrolled()];
});

describe('A live voucher needs the proof of its terminal', () => {
  it('Without a proof it is refused and leaves nothing; signed as advised, it is recorded.', async () => {
    const request = { path: { location, number: phone.number() }, body: one() };
    const refused = await (await holding()).recordVoucher(request);
    expect(outcomeOf(refused)).toBe('422 TERMINAL_UNPROVEN');
    expect(refused).toMatchObject({ problem: { detail: expect.stringContaining(phone.terminal) } });
    expect(outcomeOf(await phone.client.getVoucher({ path: request.path }))).toBe('404 NOT_FOUND');
    expect((await phone.client.recordVoucher(request)).status).toBe(201);
  });

  it.each(LEDGER_KINDS)('A cancelled %s needs a proof, too.', async (kind) => {
    const admin = createClient(book.bahi.url, await book.bahi.issuer.token({ role: 'admin', scope: ['state'] }));
    const at = kind === 'I' ? 'PBE-D1' : location;
    const { terminal } = at === location ? phone : await openDepot(book);
    const body = { kind, occurredAt: book.clock.now(), by: 'S001', previous: null, cancelled: 'spoiled' };
    const number = numberAt(book.clock, terminal, kind, 9);
    const answer = await admin.recordVoucher({ path: { location: at, number }, body });
    expect(outcomeOf(answer)).toBe('422 TERMINAL_UNPROVEN');
  });

  it("A colleague's key fails with the same token; enrolled anew as advised, that phone sells.", async () => {
    const sent = { path: { location, number: phone.number() }, body: one() };
    expect(outcomeOf(await colleague.client.recordVoucher(sent))).toBe('422 TERMINAL_UNPROVEN');
    const again = await enrolled();
    const anew = { path: { location, number: again.number() }, body: one() };
    expect((await again.client.recordVoucher(anew)).status).toBe(201);
  });

  it('A proof of another number, location or claim fails.', async () => {
    const [number, other] = [phone.number(), phone.number()];
    const { key } = phone;
    const proofs = [
      await key.prove(location, other, one()),
      await key.prove('LKO-02', number, one()),
      await key.prove(location, number, one({ by: 'S002' })),
      await key.prove(location, number, { ...one(), note: 'x' }),
      'A'.repeat(86),
    ];
    for (const proof of proofs) {
      const answer = await phone.client.recordVoucher({ path: { location, number }, body: { ...one(), proof } });
      expect(outcomeOf(answer)).toBe('422 TERMINAL_UNPROVEN');
    }
    const answer = await phone.client.recordVoucher({ path: { location, number }, body: { ...one(), proof: 'short' } });
    expect(answer).toMatchObject({ status: 400, problem: { fields: [{ path: 'proof' }] } });
  });

  it('Fields beside the claim are not signed, and may change in a repeat a month later.', async () => {
    const number = phone.number();
    const proof = await phone.key.prove(location, number, claimOf(one()));
    const send = (more: object) =>
      phone.client.recordVoucher({ path: { location, number }, body: { ...claimOf(one()), proof, ...more } });
    const claim = claimOf(one());
    expect(outcomeOf(await send({}))).toBe('409 INSUFFICIENT_STOCK');
    expect((await send({ goodsInHand: true, clock: { skew: 0, within: 1 } })).status).toBe(201);
    const then = book.clock.now();
    book.clock.forward(30 * 24 * 3_600);
    expect((await bring(await holding(phone.key), [{ number, claim, proof }])).map(outcomeText)).toEqual(['repeated']);
    book.clock.set(then);
  });

  it('A repeat of a recorded voucher needs no proof.', async () => {
    const request = { path: { location, number: phone.number() }, body: one() };
    const stored = expectOk(await phone.client.recordVoucher(request));
    const again = await (await holding()).recordVoucher(request);
    expect([again.status, expectOk(again)]).toEqual([200, stored]);
    expect(outcomeOf(await (await holding()).recordVoucher({ ...request, body: one({ by: 'S002' }) }))).toBe(
      '409 VOUCHER_CONFLICT',
    );
  });
});

it('A requested dispatch and a material request need a proof, too.', async () => {
  const admin = createClient(book.bahi.url, await book.bahi.issuer.token({ role: 'admin', scope: ['state'] }));
  const said = { occurredAt: book.clock.now(), by: 'S001', previous: null };
  const dispatch = { kind: 'D' as const, ...said, to: 'LKO-02', lines: [{ item, quantity: 1 }] };
  const accepted = await admin.acceptTransferRequest({ path: { location, number: phone.number('D') }, body: dispatch });
  expect(outcomeOf(accepted)).toBe('422 TERMINAL_UNPROVEN');

  const depot = await openDepot(book);
  await depot.producer('P0877');
  const request = { path: { producer: 'P0877', number: depot.number('Q') }, body: depot.asking(1_000) };
  expect(outcomeOf(await admin.submitRequest(request))).toBe('422 TERMINAL_UNPROVEN');
  expect((await book.admin.submitRequest(request)).status).toBe(201);
});

describe('A synced voucher without a proof is held, never lost', () => {
  it('An officer may admit it.', async () => {
    const number = phone.number();
    const [outcome] = await bring(colleague.client, [{ number, claim: claimOf(one()) }]);
    if (outcome?.outcome !== 'held') throw new Error(JSON.stringify(outcome));
    expect(outcome.problem.code).toBe('TERMINAL_UNPROVEN');
    const body = { do: 'admit' as const, why: 'the app was installed anew, says the holder' };
    const settled = await officer.settleHeld({ path: { location, held: outcome.held }, body, ifMatch: 1 });
    expect(expectOk(settled)).toMatchObject({ state: 'admitted', settled: { voucher: number } });
    expect((await phone.client.getVoucher({ path: { location, number } })).status).toBe(200);
  });

  it('With a wrong proof it is held; once signed, it is recorded.', async () => {
    const number = phone.number();
    const claim = claimOf(one());
    for (const proof of ['short', 7, null])
      expect((await bring(phone.client, [{ number, claim, proof }])).map(outcomeText)).toEqual([
        'held TERMINAL_UNPROVEN',
      ]);
    expect((await bring(phone.client, [{ number, claim }])).map(outcomeText)).toEqual(['recorded']);
    const { held } = expectOk(await officer.listHeld({ path, query: { settled: 'true' } }));
    expect(held.find((one) => one.number === number)?.state).toBe('admitted');
  });

  it('A phone may sync the body that it sent live, proof included.', async () => {
    const number = phone.number();
    const proof = await phone.key.prove(location, number, claimOf(one()));
    const body = { ...one(), clock: { skew: 0, within: 1 }, proof };
    expect((await bring(await holding(), [{ number, claim: body }])).map(outcomeText)).toEqual(['recorded']);
  });

  it('Only the phone that enrolled a bill book proves its bills.', async () => {
    const body = { code: await codeFor({ seller: 'LKO1', paper: true }), installation: `bill-book-${randomUUID()}` };
    const { terminal } = expectOk(await phone.client.enrolTerminal({ path, body }));
    const bill = (serial: number) => ({
      number: numberAt(book.clock, terminal, 'S', serial),
      claim: { ...claimOf(one()), occurredAt: book.clock.now().slice(0, 10) },
    });
    expect((await bring(phone.client, [bill(1)])).map(outcomeText)).toEqual(['recorded']);
    expect((await bring(colleague.client, [bill(2)])).map(outcomeText)).toEqual(['held TERMINAL_UNPROVEN']);
  });
});

describe('Lost phone', () => {
  const offline = async (of: typeof phone, seconds: number) => ({
    number: of.number(),
    claim: claimOf(one({ occurredAt: secondsAgo(seconds) })),
  });

  it('A revocation takes effect within a minute, even where the terminal is cached.', async () => {
    const monotonic = hurriedClock();
    const live = async () =>
      outcomeOf(await phone.client.recordVoucher({ path: { location, number: phone.number() }, body: one() }));
    expect(await live()).toBe(201);
    // Another function revokes it, so that this one does not hear of it.
    const elsewhere = storesOf(book).registry;
    const stored = await elsewhere.read('terminals', phone.terminal);
    if (!stored) throw new Error('it is enrolled');
    const revoked = { at: book.clock.now(), by: 'officer', reason: 'lost' };
    const { id, version: ifMatch } = stored;
    const entry = { ...stored.entry, revoked };
    await elsewhere.put({ kind: 'terminals', id, entry, ifMatch, now: revoked.at, by: 'officer' });
    monotonic.forward(50_000);
    book.clock.forward(50);
    expect(await live()).toBe(201);
    // A second is left for the replica that may have answered.
    monotonic.forward(9_000);
    book.clock.forward(9);
    expect(await live()).toBe('422 TERMINAL_REVOKED');
    expect((await bring(phone.client, [await offline(phone, 0)])).map(outcomeText)).toEqual([
      'refused TERMINAL_REVOKED',
    ]);
  });

  it("Its earlier signed vouchers are held; its later ones and others' under its numbers are refused.", async () => {
    const [before, ours, since] = [await offline(phone, 60), await offline(phone, 30), await offline(phone, -1)];
    await revoke(phone.terminal);
    allStores().registry.forget('terminals', phone.terminal);
    expect((await bring(phone.client, [before, since])).map(outcomeText)).toEqual([
      'held TERMINAL_REVOKED',
      'refused TERMINAL_REVOKED',
    ]);
    expect((await bring(colleague.client, [ours])).map(outcomeText)).toEqual(['refused TERMINAL_REVOKED']);
    const { held } = expectOk(await officer.listHeld({ path }));
    const ofPhone = held.filter(({ number }) => number.startsWith(phone.terminal));
    expect(ofPhone.map(({ number }) => String(number))).toEqual([before.number]);
    const body = { do: 'admit' as const, why: 'sold before the phone was lost' };
    const settled = await officer.settleHeld({ path: { location, held: ofPhone[0]?.held ?? '' }, body, ifMatch: 1 });
    expect(expectOk(settled).state).toBe('admitted');
  });

  it("It cannot record under a colleague's or another seller's terminal.", async () => {
    await revoke(phone.terminal);
    const number = numberAt(book.clock, colleague.terminal, 'S', 50);
    const answer = await phone.client.recordVoucher({ path: { location, number }, body: one() });
    expect(outcomeOf(answer)).toBe('422 TERMINAL_UNPROVEN');
    const code = await codeFor({ seller: 'LKO2' });
    const body = { code, installation: randomUUID() };
    const { terminal } = expectOk(await colleague.client.enrolTerminal({ path, body }));
    const others = numberAt(book.clock, terminal, 'S', 1);
    const again = await phone.client.recordVoucher({ path: { location, number: others }, body: one() });
    expect(outcomeOf(again)).toBe('422 TERMINAL_UNPROVEN');
  });
});

describe('Key at enrolment', () => {
  const enrol = async (body: object) =>
    (await holding()).enrolTerminal({ path, body: { installation: randomUUID(), ...body } as never });

  it('Enrolment needs a public key on the curve.', async () => {
    const code = await codeFor();
    const { key } = phone.key;
    const wrong: Record<string, unknown> = {
      none: undefined,
      'its private half too': { ...key, d: key.x },
      'of another curve': { ...key, crv: 'P-384' },
      'not on the curve': { ...key, y: key.x },
      'a zero': { ...key, x: 'A'.repeat(43), y: 'A'.repeat(43) },
    };
    for (const [says, one] of Object.entries(wrong)) {
      const answer = await enrol({ code, key: one });
      expect(answer, says).toMatchObject({ status: 400, problem: { code: 'INVALID_REQUEST' } });
      expect(JSON.stringify(answer), says).toContain('"path":"key');
    }
    expect((await enrol({ code, key: { ...key, ext: true, key_ops: ['verify'] } })).status).toBe(201);
  });

  it('A code used with one key does not work with another.', async () => {
    const [code, installation] = [await codeFor(), randomUUID()];
    expect((await enrol({ code, installation, key: phone.key.key })).status).toBe(201);
    expect((await enrol({ code, installation, key: phone.key.key })).status).toBe(200);
    expect(outcomeOf(await enrol({ code, installation, key: colleague.key.key }))).toBe('409 ENROLMENT_CODE_USED');
  });
});

it('Terminals are listed for their own location only, page by page.', async () => {
  const { terminals } = expectOk(await phone.client.listTerminals({ path }));
  expect(terminals.map(({ terminal }) => terminal)).toEqual(expect.arrayContaining([phone.terminal]));
  expect(terminals.every((one) => one.location === location)).toBe(true);
  expect(outcomeOf(await phone.client.listTerminals({ path: { location: 'LKO-02' } }))).toBe('403 FORBIDDEN');
  expect(outcomeOf(await phone.client.listEntries({ path: { kind: 'terminals' } }))).toBe('403 FORBIDDEN');
  const id = colleague.terminal;
  expect(outcomeOf(await phone.client.getEntry({ path: { kind: 'terminals', id } }))).toBe('403 FORBIDDEN');
});

it('No claim that differs in anything passes with this proof.', { tags: 'property' }, async () => {
  const { keys } = allStores();
  const { key, prove } = phone.key;
  const claim = fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 });
  await fc.assert(
    fc.asyncProperty(claim, claim, fc.boolean(), async (body, other, isReordered) => {
      const number = numberAt(book.clock, phone.terminal, 'S', 1);
      const proof = await prove(location, number, body);
      const proves = (one: unknown) => keys.isProven(key, { place: location, number, body: one, proof });
      const again = isReordered ? Object.fromEntries(Object.entries(body).toReversed()) : body;
      const parsed = (one: unknown) => JSON.parse(JSON.stringify(one)) as object;
      expect(proves(parsed(again))).toBe(true);
      expect(proves({ ...parsed(body), added: 1 })).toBe('added' in body && body.added === 1);
      try {
        expect(parsed(other)).toEqual(parsed(body));
      } catch {
        expect(proves(parsed(other))).toBe(false);
      }
    }),
    { numRuns: runs(200) },
  );
});

const [location, item = ''] = ['LKO-01', ...kurtas(1)];

const path = { location };

const tokenOf = () => book.bahi.issuer.token({ role: 'outlet', scope: ['location:LKO-01'] });

const holding = async (key?: PhoneKey): Promise<Client> => createClient(book.bahi.url, await tokenOf(), fastFetch, key);

const codeFor = async (body: { seller: string; paper?: boolean } = { seller: 'LKO1' }) =>
  expectOk(await officer.issueEnrolmentCode({ path, body })).code;

const enrolled = async () => {
  const key = await generatePhoneKey();
  const client = await holding(key);
  const body = { code: await codeFor(), installation: randomUUID() };
  const { terminal } = expectOk(await client.enrolTerminal({ path, body }));
  let serial = 0;
  return { key, client, terminal, number: (kind = 'S') => numberAt(book.clock, terminal, kind, ++serial) };
};

const one = (more: object = {}) => sale(book.clock, [{ item, quantity: 1 }], { goodsInHand: true, ...more });

const claimOf = ({ goodsInHand: _inHand, ...claim }: ReturnType<typeof one> & { goodsInHand?: boolean }) => claim;

const secondsAgo = (seconds: number) => new Date(Date.parse(book.clock.now()) - seconds * 1_000).toISOString();

const bring = async (client: Client, vouchers: readonly object[]) =>
  expectOk(await client.syncVouchers({ path, body: { vouchers: [...vouchers] } })).outcomes;

const revoke = async (terminal: string) =>
  expectOk(await officer.revokeTerminal({ path: { location, terminal }, body: { reason: 'lost on the train' } }));
