import { randomInt } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ItemId } from '../../shared/kernel/ids.ts';
import { isRefusal, type Refusal } from '../../shared/kernel/refusal.ts';
import { Instant } from '../../shared/kernel/time.ts';
import {
  applyTransition,
  type MaterialRequest,
  type TransitionDetails,
} from '../../shared/materials/material-request.ts';
import { approve, confirm, expire, type RequestEffects } from '../../shared/materials/request-transitions.ts';
import { reduceReservation } from '../../shared/materials/reservation.ts';
import { CONFLICT } from '../../shared/platform/retry.ts';
import { useBook } from '../kit/book.ts';
import { type BookStores, type CompetingDepot, competingDepots, storesOf } from '../kit/competing-depots.ts';
import { engineClient } from '../kit/fast-clients.ts';

vi.mock('node:crypto', async (original) => {
  const crypto = await original<typeof import('node:crypto')>();
  return { ...crypto, randomInt: vi.fn(crypto.randomInt) };
});

/** The stores' client. It loses the answers of so many updates, below the client's retries. */
const client = engineClient();
let lost = 0;
client.intercept('attempt', async ({ operation, input }, send) => {
  const answer = await send(input);
  if (operation !== 'UpdateItem' || lost === 0) return answer;
  lost--;
  throw Object.assign(new Error('injected'), { name: 'TimeoutError' });
});

const book = useBook();
let depot: CompetingDepot;
let { requests, codes } = {} as BookStores;
let doing: TransitionDetails;

beforeAll(async () => {
  ({ requests, codes } = storesOf(book, client));
  depot = await competingDepots(book).openDepot({ entitled: { P0100: 90_000 }, free: [90_000], asks: [] });
  doing = { at: book.clock.now(), by: 'someone' };
});
beforeEach(() => {
  lost = 0;
});

describe('Confirmation code', () => {
  it('It has six digits, with leading zeros, and five tries until the request is over.', async () => {
    nextDrawn(7);
    expect(await standing(await issue(await approved()))).toEqual({ code: '000007', triesLeft: 5, until });
    expect(vi.mocked(randomInt)).toHaveBeenLastCalledWith(1_000_000);
    nextDrawn(999_999);
    expect(await standing(await issue(await approved()))).toMatchObject({ code: '999999' });
    expect((await standing(await issue(await approved())))?.code).toMatch(/^\d{6}$/);
  });

  it('Each issue draws a new code with all tries; the one before is gone.', async () => {
    nextDrawn(1);
    const first = await issue(await approved());
    for (let n = 0; n < 5; n++) await take(first);
    nextDrawn(2);
    expect(await standing(await issue(first))).toEqual({ code: '000002', triesLeft: 5, until });
  });

  it('It comes with an issue and goes with the confirmation; nothing else changes it.', async () => {
    const waits = await approved();
    expect(await standing(waits)).toBeUndefined();
    let request = await issue(waits);
    await take(request);
    const { code, triesLeft } = (await standing(request)) ?? {};
    expect(triesLeft).toBe(4);
    const item = depot.items[0] as ItemId;
    request = await made(reduceReservation({ request, quantity: 100 }, item, doing));
    request = await made(expire(request, doing));
    expect(request).toMatchObject({ state: 'issued', lines: [{ approved: 300, issued: 300 }] });
    expect(await standing(request)).toEqual({ code, triesLeft, until });
    const before = await requests.queue(depot.depot, undefined, 'unconfirmed');
    expect(before.rows.map((one) => one.request)).toContain(request.request);
    expect(await standing(await made(confirm(request, doing)))).toBeUndefined();
  });

  it('Only the read that asks for it returns it.', async () => {
    nextDrawn(418_305);
    const { request } = await issue(await approved());
    const read = [
      await requests.find(request),
      [...(await requests.several([request])).values()],
      (await requests.queue(depot.depot)).rows,
      (await requests.findWithCode(request))?.request,
    ];
    expect(JSON.stringify(read)).toContain(request);
    expect(JSON.stringify(read)).not.toMatch(/418305|confirmation|triesLeft/);
  });
});

describe('Try of a code', () => {
  it('Each try leaves one less; after five there are none.', async () => {
    const request = await issue(await approved());
    const left: unknown[] = [];
    for (let n = 0; n < 7; n++) left.push(await take(request));
    expect(left).toEqual([4, 3, 2, 1, 0, undefined, undefined]);
    expect(await triesOf(request)).toBe(0);
  });

  it('Of 50 concurrent tries five are taken.', async () => {
    const request = await issue(await approved());
    const left = await Promise.all(Array.from({ length: 50 }, () => take(request)));
    expect(left.filter((one) => one !== undefined).toSorted()).toEqual([0, 1, 2, 3, 4]);
  });

  it('A try changes nothing else of the request.', async () => {
    const request = await issue(await approved());
    await take(request);
    expect(await requests.find(request.request)).toEqual(request);
  });

  it('Without a code, or on a request that moved on, no try is taken.', async () => {
    const waits = await approved();
    expect(await take(waits)).toBeUndefined();
    const first = await issue(waits);
    expect([await take(waits), await triesOf(first)]).toEqual(['stale', 5]);
    const then = await issue(first);
    expect([await take(first), await triesOf(then)]).toEqual(['stale', 5]);
    const received = await made(confirm(then, doing));
    expect([await take(then), await take(received)]).toEqual(['stale', undefined]);
  });

  it('A try whose answer is lost stays taken, and the SDK takes another.', async () => {
    const request = await issue(await approved());
    lost = 1;
    expect(await take(request)).toBe(3);
    lost = 2;
    await expect(take(request)).rejects.toThrow('in time');
    expect(await take(request)).toBe(0);
    expect(await take(request)).toBeUndefined();
  });
});

const nextDrawn = (number: number) => vi.mocked(randomInt).mockImplementationOnce(() => number);

const until = Instant.parse('2026-12-06T05:00:00Z');

/** Only the request is moved: what goes with it is others' to test. */
const made = async (decided: RequestEffects | Refusal, code?: { until: Instant }): Promise<MaterialRequest> => {
  if (isRefusal(decided)) throw new Error(decided.detail);
  const done = await requests.change({ request: decided.request, stock: [], ...(code && { code }) });
  if (done === CONFLICT || isRefusal(done)) throw new Error('it was not done');
  return done;
};

const approved = async () => {
  const request = await requests.find((await depot.ask('P0100', 900)) as MaterialRequest['request']);
  if (!request) throw new Error('it was not submitted');
  return made(approve(request, doing));
};

const issue = (request: MaterialRequest, quantity = 300) => {
  const next = applyTransition(request, 'issue', doing);
  if (isRefusal(next)) return made(next);
  const lines = next.lines.map((line) => ({ ...line, issued: (line.issued + quantity) as typeof line.issued }));
  return made({ request: { ...next, lines }, stock: [] }, { until });
};

const standing = async ({ request }: MaterialRequest) => (await requests.findWithCode(request))?.confirmation;

const triesOf = async (request: MaterialRequest) => (await standing(request))?.triesLeft;

const take = async (request: MaterialRequest) => {
  const taken = await codes.takeTry(request);
  return taken === CONFLICT ? 'stale' : taken?.triesLeft;
};
