import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, createClient } from '../../shared/api/client.ts';
import { Day, dayOf } from '../../shared/kernel/time.ts';
import { DEFAULT_ISSUER_SHARE, MIN_ISSUER_CONFIRMATIONS } from '../../shared/materials/confirmation.ts';
import { CardNumber } from '../../shared/materials/pin.ts';
import type { ConfirmationProof } from '../../shared/materials/request-contract.ts';
import { type Book, expectOk, openBook } from '../kit/book.ts';
import { daysAgo } from '../kit/clock.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { BAMBOO, DEPOT, type Depot, openDepot } from '../kit/depot.ts';
import { fastFetch } from '../kit/fast-clients.ts';
import { type RequestDriver, requestsAt } from '../kit/material-requests.ts';
import { runs } from '../kit/runs.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

describe('Who counts as the issuer', () => {
  let counters: Counters;
  let asks: RequestDriver;
  let depot: Depot;
  beforeAll(async () => {
    counters = await openCounters();
    ({ asks, depot } = counters);
    await setShare(counters.book, 'depots', DEPOT, 100);
  });
  afterAll(() => counters.book.close());

  const issue = async (number: string, [login, by]: readonly [number, string]) =>
    expectOk(
      await (counters.logins[login] as Client).recordVoucher({
        path: { location: DEPOT, number: depot.number('I') },
        body: depot.issuing(number, 500, { by }),
      }),
    );
  const sign = async (number: string, [login, by]: readonly [number, string]) => {
    const { version } = await asks.read(number);
    const body = { proof: 'signature' as const, by, signature: 'register 12' };
    expectOk(
      await (counters.logins[login] as Client).confirmRequest({ path: { producer, number }, body, ifMatch: version }),
    );
    return (await asks.read(number)).history.at(-1)?.byIssuer === true;
  };

  it.each<[string, readonly [number, string], readonly [number, string], boolean]>([
    ['one login and one person', [0, 'S001'], [0, 'S001'], true],
    ['one person with two logins', [0, 'S001'], [1, 'S001'], true],
    ['one login in the name of two', [0, 'S001'], [0, 'S002'], true],
    ['two people with two logins', [0, 'S001'], [1, 'S002'], false],
  ])('%s: %j issues, %j confirms, the same: %s', async (_who, issuer, confirmer, isSame) => {
    const number = await asks.reach.approved();
    await issue(number, issuer);
    expect(await sign(number, confirmer)).toBe(isSame);
  });

  const takeBack = async (of: string) =>
    expectOk(
      await counters.book.admin.recordVoucher({
        path: { location: DEPOT, number: depot.number('V') },
        body: {
          kind: 'V',
          occurredAt: counters.book.clock.now(),
          by: 'S001',
          previous: null,
          of,
          reason: 'mistake',
          goods: 'to shelf',
          lines: [{ line: 1, item: BAMBOO, quantity: 500 }],
        },
      }),
    );

  it('Whoever entered an issue that was reversed is not the issuer.', async () => {
    const [alone, beside] = [await asks.reach.approved(), await asks.reach.approved()];
    const mistaken = await issue(alone, [0, 'S001']);
    await takeBack(mistaken.number);
    await issue(alone, [1, 'S002']);
    expect(await sign(alone, [0, 'S001'])).toBe(false);
    await issue(beside, [1, 'S002']);
    await takeBack((await issue(beside, [0, 'S001'])).number);
    expect(await sign(beside, [0, 'S001'])).toBe(false);
  });

  it('Whoever entered an issue that was synced days later is its issuer.', async () => {
    const number = await asks.reach.approved();
    const late = await daysAgo(counters.book.clock, 2, async () => ({
      number: depot.number('I'),
      claim: depot.issuing(number, '500 gram', { by: 'S003' }),
    }));
    const { outcomes } = expectOk(
      await counters.logins[0].syncVouchers({ path: { location: DEPOT }, body: { vouchers: [late] } }),
    );
    expect(outcomes).toMatchObject([{ outcome: 'recorded' }]);
    expect(await sign(number, [1, 'S003'])).toBe(true);
  });
});

describe('Share of signatures by the issuer', () => {
  let counters: Counters;
  beforeAll(async () => {
    counters = await openCounters();
  });
  afterAll(() => counters.book.close());

  const sign = async () => {
    const { asks, book } = counters;
    const number = await asks.reach.issued();
    const body: ConfirmationProof = { proof: 'signature', signature: 'register 12' } as ConfirmationProof;
    return outcomeOf(await book.admin.confirmRequest({ path: { producer, number }, body, ifMatch: 3 }));
  };

  it(`The limit is ${DEFAULT_ISSUER_SHARE} percent until officers set another for a district or depot.`, async () => {
    const { book } = counters;
    const officer = await book.as('officer', 'district:PBT');
    const limit = async () => (await rows(officer))[0]?.limit;
    for (let n = 0; n < MIN_ISSUER_CONFIRMATIONS; n++) expect(await sign()).toBe(200);
    expect([await sign(), await limit()]).toEqual(['409 SECOND_PERSON_NEEDED', DEFAULT_ISSUER_SHARE]);
    await setShare(book, 'districts', 'PBT', 100);
    expect([await sign(), await limit()]).toEqual([200, 100]);
    await setShare(book, 'depots', DEPOT, 30);
    expect([await sign(), await limit()]).toEqual(['409 SECOND_PERSON_NEEDED', 30]);
    await setShare(book, 'depots', DEPOT, 0);
    expect([await sign(), await limit()]).toEqual(['409 SECOND_PERSON_NEEDED', 0]);
  });
});

type Step =
  | { readonly do: 'issue'; readonly login: number; readonly by: string; readonly isLate: boolean }
  | { readonly do: 'takeBack'; readonly which: number; readonly quantity: number }
  | { readonly do: 'confirm'; readonly login: number; readonly by: string; readonly proof: ConfirmationProof['proof'] };

const issues = (person: string): Step => ({ do: 'issue', login: 0, by: person, isLate: false });
const signs = (login: number, person: string): Step => ({ do: 'confirm', login, by: person, proof: 'signature' });

const login = fc.nat({ max: 1 });
const by = fc.constantFrom('S001', 'S002', 'S003');
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('issue' as const), login, by, isLate: fc.boolean() }),
  fc.record({ do: fc.constant('takeBack' as const), which: fc.nat({ max: 3 }), quantity: fc.constantFrom(200, 500) }),
  fc.record({
    do: fc.constant('confirm' as const),
    login,
    by,
    proof: fc.constantFrom('code' as const, 'card' as const, 'signature' as const, 'signature' as const),
  }),
);

describe('Confirmation report', () => {
  let counters: Counters;
  const numbers: string[] = [];
  beforeAll(async () => {
    counters = await openCounters();
    await setShare(counters.book, 'depots', DEPOT, 100);
  });
  afterAll(() => counters.book.close());

  /** Ignores refusals, such as a confirmation before there is an issue. */
  const play = async (number: string, issues: string[], one: Step): Promise<void> => {
    const { book, depot, asks, logins, artisan } = counters;
    switch (one.do) {
      case 'issue': {
        const client = logins[one.login] as Client;
        const written = () => ({ number: depot.number('I'), claim: depot.issuing(number, '500 gram', { by: one.by }) });
        const { number: voucher, claim } = one.isLate ? await daysAgo(book.clock, 2, async () => written()) : written();
        if (one.isLate)
          await client.syncVouchers({ path: { location: DEPOT }, body: { vouchers: [{ number: voucher, claim }] } });
        else await client.recordVoucher({ path: { location: DEPOT, number: voucher }, body: claim });
        issues.push(voucher);
        return;
      }
      case 'takeBack': {
        const of = issues[one.which];
        if (of === undefined) return;
        await book.admin.recordVoucher({
          path: { location: DEPOT, number: depot.number('V') },
          body: {
            kind: 'V',
            occurredAt: book.clock.now(),
            by: 'S001',
            previous: null,
            of,
            reason: 'mistake',
            goods: 'to shelf',
            lines: [{ line: 1, item: BAMBOO, quantity: one.quantity }],
          },
        });
        return;
      }
      case 'confirm': {
        const path = { producer, number };
        const { version, confirmWith } = expectOk(await artisan.getRequest({ path }));
        const staff = { by: one.by as never };
        const said: Record<ConfirmationProof['proof'], ConfirmationProof> = {
          code: { proof: 'code', code: confirmWith?.code ?? ('000000' as never) },
          card: { proof: 'card', card, ...staff },
          signature: { proof: 'signature', signature: 'register 12', ...staff },
        };
        const client = one.proof === 'code' ? artisan : (logins[one.login] as Client);
        await client.confirmRequest({ path, body: said[one.proof], ifMatch: version });
        expect((await asks.read(number)).version).toBeGreaterThanOrEqual(version);
      }
    }
  };

  /** By hand, from each request's confirmations and the vouchers of issues and returns. */
  const recount = async () => {
    const { book, asks } = counters;
    const months = new Map<string, Record<'confirmed' | 'byCode' | 'byCard' | 'bySignature' | 'byIssuer', number>>();
    for (const number of numbers) {
      const open = new Map<string, { left: number; account: string; by: string }>();
      for (const { did, at, by: account, staff, proof, voucher } of (await asks.read(number)).history) {
        if (voucher) {
          const found = expectOk(await book.admin.getVoucher({ path: { location: DEPOT, number: voucher } }));
          const claim = found.claim as { by: string; of?: string; lines: { quantity: number | string }[] };
          if (did === 'issue') open.set(voucher, { left: 500, account: found.enteredBy ?? '', by: claim.by });
          const issue = open.get(claim.of ?? '');
          if (issue) issue.left -= Number(claim.lines[0]?.quantity);
        }
        if (did !== 'confirm' || !proof) continue;
        const month = dayOf(at).slice(0, 7);
        const counts = months.get(month) ?? { confirmed: 0, byCode: 0, byCard: 0, bySignature: 0, byIssuer: 0 };
        const isIssuers = [...open.values()].some(
          (issue) => issue.left > 0 && (issue.account === account || issue.by === staff),
        );
        counts.confirmed++;
        counts[({ code: 'byCode', card: 'byCard', signature: 'bySignature' } as const)[proof]]++;
        if (proof === 'signature' && isIssuers) counts.byIssuer++;
        months.set(month, counts);
        open.clear();
      }
    }
    return [...months]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([month, counts]) => ({
        location: DEPOT,
        district: 'PBT',
        month,
        ...counts,
        share: Math.round((1_000 * counts.byIssuer) / counts.confirmed) / 10,
        limit: 100,
      }));
  };

  it('The report equals a recount of requests and vouchers in every month.', { tags: 'property' }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 2, maxLength: 8 }),
        fc.array(step, { minLength: 1, maxLength: 6 }),
        async (before, after) => {
          const issues: string[] = [];
          const number = await daysAgo(counters.book.clock, 30, async () => {
            const approved = await counters.asks.reach.approved();
            for (const one of before) await play(approved, issues, one);
            return approved;
          });
          numbers.push(number);
          for (const one of after) await play(number, issues, one);
          expect(await rows(counters.book.admin)).toEqual(await recount());
        },
      ),
      {
        numRuns: runs(8),
        // One confirmation by another person in October, one by the issuer in November.
        examples: [
          [
            [issues('S001'), signs(1, 'S002')],
            [issues('S001'), signs(0, 'S001')],
          ],
        ],
      },
    );
    const found = await recount();
    expect(found.map(({ month }) => month)).toEqual(['2026-10', '2026-11']);
    expect(found.some(({ byIssuer }) => byIssuer > 0)).toBe(true);
    expect(found.some(({ byIssuer, bySignature }) => byIssuer < bySignature)).toBe(true);
  });

  it("The report covers the caller's district or state, and is closed to depots.", async () => {
    const { book, logins } = counters;
    const [pbt, lko] = [await book.as('officer', 'district:PBT'), await book.as('officer', 'district:LKO')];
    expect(await rows(pbt)).toEqual(await rows(book.admin, 'state'));
    expect(await rows(lko, 'LKO')).toEqual([]);
    expect(outcomeOf(await rowsOf(lko, 'PBT'))).toBe('403 FORBIDDEN');
    expect(outcomeOf(await rowsOf(lko, 'state'))).toBe('403 FORBIDDEN');
    expect(outcomeOf(await rowsOf(logins[0], 'PBT'))).toBe('403 FORBIDDEN');
  });

  it('The CSV file has the same rows.', async () => {
    const file = expectOk(await rowsOf(counters.book.admin, 'state', 'csv'));
    const lines: Record<string, string>[] = parse(String(file), { columns: true });
    const columns = [
      ...(['location', 'district', 'month', 'confirmed'] as const),
      ...(['byCode', 'byCard', 'bySignature', 'byIssuer', 'share', 'limit'] as const),
    ];
    const expected = (await rows(counters.book.admin, 'state')).map((row) => columns.map((name) => String(row[name])));
    expect(lines.map(({ location_name: _, district_name: _too, ...cells }) => Object.values(cells))).toEqual(expected);
    expect(Object.keys(lines[0] ?? {})).toContain('issuer_share_percent');
  });

  it('A range of days within one month gives the whole month.', async () => {
    const one = { from: Day.parse('2026-11-20'), to: Day.parse('2026-11-20') };
    const page = expectOk(
      await counters.book.admin.getReport({ path: { report: 'confirmations' }, query: { area: 'PBT', ...one } }),
    );
    expect(page.rows).toEqual((await rows(counters.book.admin)).filter(({ month }) => month === '2026-11'));
  });
});

const producer = 'P0100';

const card = { number: CardNumber.parse('PBT-00100'), pin: '4827' };

const days = { from: '2026-10-15', to: '2026-11-21' };

/** A depot of a book of its own, with two logins. */
const openCounters = async () => {
  const book = await openBook();
  const depot = await daysAgo(book.clock, 31, () => openDepot(book));
  await depot.producer(producer, 9);
  await depot.receive('SIL-1', '400 kg');
  expectOk(await book.admin.setPin({ path: { producer }, body: { card: card.number, pin: card.pin } }));
  const login = async (sub: string): Promise<Client> => {
    const token = await book.bahi.issuer.token({ role: 'depot', scope: [`location:${DEPOT}`], sub });
    return createClient(book.bahi.url, token, fastFetch, book.phone);
  };
  expectOk(await book.admin.putEntry({ path: { kind: 'staff', id: 'S003' }, body: { name: 'Om', location: DEPOT } }));
  return {
    book,
    depot,
    asks: requestsAt(book, depot, producer),
    logins: [await login('depot-a'), await login('depot-b')] as const,
    artisan: await book.as('producer', `producer:${producer}`),
  };
};

type Counters = Awaited<ReturnType<typeof openCounters>>;

const rowsOf = async (by: Client, area: string, format?: 'csv') =>
  by.getReport({ path: { report: 'confirmations' }, query: { area, ...days, ...(format && { format }) } });

const rows = async (by: Client, area = 'PBT') => {
  const page = expectOk(await rowsOf(by, area));
  if (page.report !== 'confirmations') throw new Error(page.report);
  return page.rows;
};

const setShare = async (book: Book, kind: 'depots' | 'districts', id: string, issuerShare: number) => {
  const path = { kind, id };
  const { entry, version } = expectOk(await book.admin.getEntry({ path }));
  expectOk(await book.admin.putEntry({ path, body: { ...entry, issuerShare }, ifMatch: version }));
  book.bahi.startFunctions();
};
