import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { handler } from '../../functions/vouchers/index.ts';
import { addProof } from '../../shared/api/phone-key.ts';
import type { SyncOutcome } from '../../shared/ledger/sync-contract.ts';
import { seededRandom } from '../../simulate/seeded-random.ts';
import { type Book, expectOk, openBook } from '../kit/book.ts';
import { expectBookMatchesStock, outcomeText } from '../kit/book-check.ts';
import { kurtas } from '../kit/claims.ts';
import { FAULTS, type FaultyClient, faultyClient, inOrder } from '../kit/interceptor.ts';
import { contextWith, hurriedClock } from '../kit/monotonic.ts';
import type { Phone, Written } from '../kit/phone.ts';
import { openShop, received, type Shop, sold } from '../kit/shop.ts';

let faulty: FaultyClient;
let book: Book;
let shop: Shop;
let phone: Phone;
beforeAll(async () => {
  faulty = faultyClient(inject('endpoint'));
  book = await openBook({ client: faulty.client });
});
afterAll(() => book.close());
beforeEach(async () => {
  faulty.meet(() => 'none');
  shop = await openShop(book);
  [phone] = shop.phones as [Phone];
});

describe('Transaction faults during sync', () => {
  it('With faults in 30 of 100, resending until nothing is deferred records each once.', async () => {
    const random = seededRandom(11).next;
    const met = FAULTS.filter((fault) => fault !== 'none');
    faulty.meet(() => (random() < 0.3 ? (met[Math.floor(random() * met.length)] ?? 'none') : 'none'));
    const vouchers = captured(40);
    const rounds = [await syncOutcomes(vouchers)];
    while (rounds.at(-1)?.includes('later')) rounds.push(await syncOutcomes(vouchers));
    for (const n of vouchers.keys()) {
      const all = rounds.map((round) => round[n]).filter((what) => what !== 'later');
      expect(all).toEqual(['recorded', ...all.slice(1).fill('repeated')]);
    }
    expect(await adds()).toHaveLength(40);
  });

  it.each(FAULTS)('%s: this call records the first voucher of a batch, and says so.', async (fault) => {
    faulty.meet(inOrder([fault]));
    expect(await syncOutcomes(captured(2))).toEqual(['recorded', 'recorded']);
    expect(await adds()).toHaveLength(2);
  });

  it('A voucher beyond the patience is deferred alone, and recorded when resent.', async () => {
    const clock = hurriedClock();
    const vouchers = captured(6);
    let writes = 0;
    // In the order of time the last comes first. The second of them conflicts without end.
    faulty.meet(() => {
      writes++;
      if (writes === 1 || writes > 8) return 'none';
      clock.forward(900);
      return 'conflict';
    });
    const first = await syncOutcomes(vouchers);
    expect(first).toEqual(['recorded', 'recorded', 'recorded', 'recorded', 'later', 'recorded']);
    expect(await adds()).toHaveLength(5);
    faulty.meet(() => 'none');
    expect(await syncOutcomes(vouchers)).toEqual(first.map((was) => (was === 'later' ? 'recorded' : 'repeated')));
    expect(await adds()).toHaveLength(6);
  });

  it('Answers lost until time is up defer the voucher, and the resend is a repeat.', async () => {
    const clock = hurriedClock();
    const [sale = phone.write(sold())] = captured(1);
    faulty.meet(() => {
      clock.forward(6_000);
      return 'lostAnswer';
    });
    expect(await syncOutcomes([sale])).toEqual(['later']);
    faulty.meet(() => 'none');
    expect(await syncOutcomes([sale])).toEqual(['repeated']);
    expect(await adds()).toHaveLength(1);
  });
});

describe('Little time left', () => {
  const bringIn = async (left: number, vouchers: readonly Written[]): Promise<string[]> => {
    const path = { location: shop.location };
    const event: Partial<APIGatewayProxyEventV2WithJWTAuthorizer> = {
      routeKey: 'POST /locations/{location}/vouchers',
      headers: {},
      pathParameters: path,
      body: JSON.stringify(await addProof('syncVouchers', { path, body: { vouchers } }, book.phone)),
      isBase64Encoded: false,
      requestContext: {
        requestId: 'r',
        authorizer: {
          jwt: { claims: { sub: 'a', mfa: 'true', 'cognito:groups': '[admin]', 'custom:scope': '[state]' } },
        },
      } as never,
    };
    const request = event as APIGatewayProxyEventV2WithJWTAuthorizer;
    const { statusCode, body = '' } = await handler(request, contextWith('vouchers', left));
    expect([statusCode, body]).toEqual([200, expect.any(String)]);
    return (JSON.parse(body) as { outcomes: SyncOutcome[] }).outcomes.map(outcomeText);
  };

  it('Vouchers are recorded in order of time while there is time, and the rest deferred.', async () => {
    let left: readonly Written[] = captured(50);
    const all = [...left];
    let rounds = 0;
    const clock = hurriedClock();
    faulty.meet(() => {
      clock.forward(60_000);
      return 'none';
    });
    for (; left.length > 0 && rounds < 100; rounds++) {
      const outcomes = await bringIn(1_500 + 600_000, left);
      // It was captured last first: what is for later is all that stands before what was recorded.
      const since = outcomes.lastIndexOf('later') + 1;
      expect(outcomes.slice(0, since)).toEqual(Array(since).fill('later'));
      expect(outcomes.slice(since).filter((what) => what !== 'recorded' && what !== 'repeated')).toEqual([]);
      left = left.slice(0, since);
    }
    faulty.meet(() => 'none');
    expect(rounds).toBeGreaterThan(1);
    expect(left).toEqual([]);
    expect(await adds()).toHaveLength(50);
    expect(await syncOutcomes(all)).toEqual(all.map(() => 'repeated'));
  });

  it('Without any time, every voucher is deferred and nothing is begun.', async () => {
    expect(await bringIn(1_000, captured(50))).toEqual(Array(50).fill('later'));
    expect(await adds()).toEqual([]);
  });
});

describe('Concurrent sync', () => {
  it('Two phones that sync the same vouchers in different orders record each once.', async () => {
    const vouchers = captured(40);
    const batches = [vouchers, vouchers.toReversed(), vouchers.slice(10, 30), vouchers.slice(5, 25)];
    const answers = await Promise.all(batches.map((batch) => phone.sync(batch)));
    const outcomes = answers.flatMap((answer) => expectOk(answer).outcomes);
    expect(
      outcomes
        .filter((one) => outcomeText(one) === 'recorded')
        .map(({ number }) => number)
        .toSorted(),
    ).toEqual(vouchers.map(({ number }) => number).toSorted());
    expect(new Set(outcomes.map(outcomeText))).toEqual(new Set(['recorded', 'repeated']));
    expect(await adds()).toHaveLength(40);
  });

  it('Of two claims under one number one is recorded and one held.', async () => {
    const pairs = captured(10).map((one) => [one, { ...one, claim: { ...one.claim, by: 'S002' } }] as const);
    const answers = await Promise.all([0, 1].map((n) => phone.sync(pairs.map((pair) => pair[n] as Written))));
    const [one = [], other = []] = answers.map((answer) => expectOk(answer).outcomes.map(outcomeText));
    expect(one.map((was, n) => [was, other[n]].toSorted().join(', '))).toEqual(
      Array(10).fill('held VOUCHER_CONFLICT, recorded'),
    );
    expect(await adds()).toHaveLength(10);
    expect((await shop.rows()).get(item)?.version).toBe(10);
  });
});

const ITEMS = kurtas(3);

const [item = ''] = ITEMS;

const at = (seconds: number) => Date.parse(book.clock.now()) + seconds * 1_000;

/** So many sales and receipts, of items that most of them share. */
const captured = (count: number): Written[] =>
  Array.from({ length: count }, (_, n) => {
    const lines = ITEMS.slice(0, 1 + (n % 3)).map((each) => ({ item: each, quantity: 1 + (n % 4) }));
    return phone.write(n % 5 === 0 ? received(...lines) : sold(...lines), at(-n * 7));
  });

const syncOutcomes = async (vouchers: readonly Written[]) =>
  expectOk(await phone.sync(vouchers)).outcomes.map(outcomeText);

const adds = () => expectBookMatchesStock(shop.client, shop.location);
