import { randomUUID, scrypt, scryptSync } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createTables, tableNames } from '../../local/tables.ts';
import { ProducerId, StockLocationId } from '../../shared/kernel/ids.ts';
import { isRefusal, type Refusal } from '../../shared/kernel/refusal.ts';
import { CardNumber, Pin } from '../../shared/materials/pin.ts';
import { type PinService, pinService } from '../../shared/materials/pin-service.ts';
import { pinStore } from '../../shared/materials/pin-store.ts';
import type { Tables } from '../../shared/platform/dynamodb-client.ts';
import { GetCommand } from '../../shared/platform/dynamodb-commands.ts';
import { RegistryKind } from '../../shared/registry/registry-kinds.ts';
import { fixedClock } from '../kit/clock.ts';
import { engineClient } from '../kit/fast-clients.ts';

/** The true cost is 0.1 s of CPU time for each hash: one test pays it. 200 hashes are cheap. */
const hashing = vi.hoisted(() => ({ isCheap: true }));

/** Every check of a PIN is one call of it. */
vi.mock('node:crypto', async (original) => {
  const crypto = await original<typeof import('node:crypto')>();
  const hash: typeof crypto.scrypt = (pin, salt, length, options: object, done?: unknown) =>
    crypto.scrypt(pin, salt, length, { ...options, ...(hashing.isCheap && { N: 16 }) }, done as never);
  return { ...crypto, scrypt: vi.fn(hash) };
});

/** The client the store uses: what waits is done before, or after, its next update. */
const client = engineClient();
let before: (() => Promise<unknown>) | undefined;
let after: (() => unknown) | undefined;
client.intercept('command', async ({ operation, input }, send) => {
  if (operation !== 'UpdateItem') return send(input);
  const [first, then] = [before, after];
  [before, after] = [undefined, undefined];
  await first?.();
  const answer = await send(input);
  await then?.();
  return answer;
});

beforeAll(() => createTables(engineClient(), names, false));

let clock = fixedClock();
let producer: ProducerId;
let next = 1000;
beforeEach(async () => {
  clock = fixedClock();
  producer = newcomer();
  await pins.set({ producer, card, pin, now: clock.now() });
  vi.mocked(scrypt).mockClear();
});

describe('PIN', () => {
  it.each(['4827', '00700', '135790', '1243', '112233', '1357', '2468'])('A PIN may be %s.', (text) => {
    expect(Pin.parse(text)).toBe(text);
  });

  it.each`
    text         | problem
    ${'482'}     | ${'a PIN is 4 to 6 digits'}
    ${'4827193'} | ${'a PIN is 4 to 6 digits'}
    ${'48 27'}   | ${'a PIN is 4 to 6 digits'}
    ${'४८२७'}    | ${'a PIN is 4 to 6 digits'}
    ${'4827\n'}  | ${'a PIN is 4 to 6 digits'}
    ${''}        | ${'a PIN is 4 to 6 digits'}
    ${'0000'}    | ${'a PIN must not repeat one digit'}
    ${'999999'}  | ${'a PIN must not repeat one digit'}
    ${'1234'}    | ${'a PIN must not be a run of digits, such as 1234 or 9876'}
    ${'45678'}   | ${'a PIN must not be a run of digits, such as 1234 or 9876'}
    ${'987654'}  | ${'a PIN must not be a run of digits, such as 1234 or 9876'}
    ${'7890'}    | ${'a PIN must not be a run of digits, such as 1234 or 9876'}
    ${'3210'}    | ${'a PIN must not be a run of digits, such as 1234 or 9876'}
    ${'1098'}    | ${'a PIN must not be a run of digits, such as 1234 or 9876'}
  `('may not be $text: $problem', ({ text, problem }) => {
    expect(Pin.safeParse(text).error?.issues.map(({ message }) => message)).toEqual([problem]);
  });

  it('It is stored as a hash that takes 32 MB to try, apart from the visible entries.', async () => {
    hashing.isCheap = false;
    onTestFinished(() => {
      hashing.isCheap = true;
    });
    await pins.set({ producer, card, pin, now: clock.now() });
    const kept = await row();
    const parameters = { N: 32_768, r: 8, p: 1 };
    const salt = Buffer.from(String(kept?.salt), 'base64url');
    expect(salt).toHaveLength(16);
    expect(kept).toEqual({
      kind: 'pins',
      id: producer,
      card,
      setAt: clock.now(),
      scrypt: parameters,
      salt: kept?.salt,
      hash: scryptSync(pin, salt, 32, { ...parameters, maxmem: 2 ** 27 }).toString('base64url'),
      triesLeft: 5,
      lockedUntil: '1970-01-01T00:00:00.000Z',
      locks: 0,
      changes: 2,
    });
    expect(await inTurn(['5000', pin])).toMatchObject([left(4), 'right']);
    expect(RegistryKind.safeParse('pins').success).toBe(false);
  });

  it('It has its own salt: the same PIN twice has two hashes.', async () => {
    const first = await row();
    await pins.set({ producer, card, pin, now: clock.now() });
    expect((await row())?.hash).not.toBe(first?.hash);
  });
});

describe('PIN at the counter', () => {
  it('The right card and PIN work every time.', async () => {
    expect(await inTurn(Array(7).fill(pin))).toEqual(Array(7).fill('right'));
  });

  it('Each wrong PIN costs one try, and the fifth locks out the right one too.', async () => {
    const until = '2026-11-22T05:15:00.000Z';
    expect(await inTurn(wrongs(5))).toMatchObject([4, 3, 2, 1, 0].map(left));
    expect(looks()).toBe(5);
    expect(await inTurn([pin, '5000', pin])).toMatchObject(Array(3).fill(locked(until)));
    expect(looks()).toBe(5);
  });

  it('The lock lasts its time, whatever is tried meanwhile; then there are five tries again.', async () => {
    await inTurn(wrongs(5));
    clock.forward(WHILE - 0.001);
    expect(codes(await inTurn([pin]))).toEqual(['PIN_LOCKED']);
    clock.forward(0.001);
    expect(await inTurn(wrongs(5))).toMatchObject([4, 3, 2, 1, 0].map(left));
    expect(await say(pin)).toMatchObject(locked('2026-11-22T06:15:00.000Z'));
    clock.forward(3_600);
    expect(await say(pin)).toBe('right');
  });

  it('Each lock in a row is longer, up to a day: a week allows 50 tries, not thousands.', async () => {
    const end = clock.now().replace('-22T', '-29T');
    const lengths: number[] = [];
    while (clock.now() < end) {
      const before = clock.now();
      await inTurn(wrongs(5));
      const refused = await say(pin);
      const until = isRefusal(refused) && refused.facts && 'until' in refused.facts ? refused.facts.until : before;
      lengths.push((Date.parse(until) - Date.parse(before)) / 60_000);
      clock.set(until);
    }
    expect(lengths).toEqual([15, 60, 240, ...Array(7).fill(1_440)]);
    expect(looks()).toBe(50);
  });

  it.each(['the right PIN', 'a new PIN'])('After %s the next lock is short again.', async (ends) => {
    await inTurn(wrongs(5));
    clock.forward(WHILE);
    await inTurn(wrongs(5));
    clock.forward(3_600);
    if (ends === 'the right PIN') expect(await say(pin)).toBe('right');
    else await pins.set({ producer, card, pin, now: clock.now() });
    const before = clock.now();
    await inTurn(wrongs(5));
    expect(await say(pin)).toMatchObject(locked(new Date(Date.parse(before) + WHILE * 1_000).toISOString()));
  });

  it('It names depots whose alert may change: at a lock, at tries while locked, at its end.', async () => {
    const other = StockLocationId.parse('PBE-D2');
    const alertsAt = async (said: string, at = depot) => (await check(said, producer, card, at)).alertsAt;
    for (const wrong of wrongs(4)) expect(await alertsAt(wrong)).toEqual([]);
    expect(await alertsAt('5004')).toEqual([depot]);
    expect(await alertsAt(pin)).toEqual([depot]);
    clock.forward(WHILE);
    for (const wrong of wrongs(4)) expect(await alertsAt(wrong, other)).toEqual([]);
    expect(await alertsAt('5004', other)).toEqual([depot, other]);
    clock.forward(3_600);
    expect(await alertsAt(pin)).toEqual([depot, other]);
    expect(await alertsAt(pin)).toEqual([]);
    await inTurn(wrongs(5));
    expect(await pins.set({ producer, card, pin, now: clock.now() })).toEqual([depot]);
    expect(await pins.set({ producer, card, pin, now: clock.now() })).toEqual([]);
  });

  it('The right PIN restores all five tries.', async () => {
    expect(await inTurn([...wrongs(4), pin, ...wrongs(4), pin])).toMatchObject([
      ...[4, 3, 2, 1].map(left),
      'right',
      ...[4, 3, 2, 1].map(left),
      'right',
    ]);
  });

  it('A wrong card with the right PIN counts and answers like a wrong PIN.', async () => {
    const other = newcomer();
    await pins.set({ producer: other, card, pin, now: clock.now() });
    const byCard: ('right' | Refusal)[] = [];
    for (let n = 0; n < 6; n++) byCard.push(await say(pin, producer, otherCard));
    expect(byCard).toEqual(await inTurn(wrongs(6), other));
    expect(codes(byCard)).toEqual([...Array(5).fill('PIN_WRONG'), 'PIN_LOCKED']);
  });

  it('A producer without a PIN, or unknown, counts and answers like a wrong PIN.', async () => {
    const known = await inTurn(wrongs(7));
    const unknown = newcomer();
    expect(await inTurn(wrongs(7), unknown)).toEqual(known);
    clock.forward(WHILE);
    expect(await say('5000', unknown)).toEqual(await say('5000'));
    expect(await say(pin, unknown, CardNumber.parse('0000'))).toMatchObject(left(3));
  });

  it('A producer who was unknown gets a PIN and all tries.', async () => {
    const unknown = newcomer();
    await inTurn(wrongs(6), unknown);
    await pins.set({ producer: unknown, card, pin, now: clock.now() });
    expect(await inTurn(['5000', pin], unknown)).toMatchObject([left(4), 'right']);
  });

  it('A new PIN unlocks with five tries, and the old one is wrong.', async () => {
    await inTurn(wrongs(5));
    const anew = Pin.parse('7392');
    await pins.set({ producer, card: otherCard, pin: anew, now: clock.now() });
    expect(await say(pin, producer, otherCard)).toMatchObject(left(4));
    expect(await say(anew)).toMatchObject(left(3));
    expect(await say(anew, producer, otherCard)).toBe('right');
  });
});

describe('Concurrent PIN tries', () => {
  const fiveOf = (answers: readonly ('right' | Refusal)[]) => {
    const wrong = answers.flatMap((answer) => (isRefusal(answer) && answer.refused === 'PIN_WRONG' ? [answer] : []));
    expect(wrong.map(({ facts }) => facts)).toEqual(expect.arrayContaining([0, 1, 2, 3, 4].map((n) => left(n).facts)));
    expect(wrong).toHaveLength(5);
    expect(codes(answers).filter((code) => code === 'PIN_LOCKED')).toHaveLength(answers.length - 5);
    expect(looks()).toBe(5);
  };

  it('50 guesses get five checks in all, and five more after the lock.', async () => {
    fiveOf(await sayAll(wrongs(50)));
    clock.forward(WHILE);
    vi.mocked(scrypt).mockClear();
    fiveOf(await sayAll(wrongs(50)));
  });

  it('50 guesses at a producer without a PIN get no more.', async () => {
    fiveOf(await sayAll(wrongs(50), newcomer()));
  });

  it('Concurrent right PINs are never answered as wrong, and leave five tries.', async () => {
    const answers = codes(await sayAll(Array(12).fill(pin)));
    expect(answers).toContain('right');
    expect(answers).not.toContain('PIN_WRONG');
    expect(await say('5000')).toMatchObject(left(4));
  });
});

describe('PIN under faults', () => {
  it('A try whose answer is lost stays taken and allows one check.', async () => {
    after = answerIsLost;
    await expect(say('5000')).rejects.toThrow('in time');
    expect(looks()).toBe(0);
    expect(await say('5000')).toMatchObject(left(3));
  });

  it.each(['undone', 'done'])('When restoring the tries gets no answer, and is %s, it is retried.', async (so) => {
    await inTurn(wrongs(4));
    // The first update takes the last try, the second gives back.
    after = () => {
      if (so === 'done') after = answerIsLost;
      else before = async () => answerIsLost();
    };
    expect(await say(pin)).toBe('right');
    expect(await say('5000')).toMatchObject(left(4));
  });

  it('A slow clock sees no lock after an earlier right PIN.', async () => {
    expect(await say(pin)).toBe('right');
    clock.forward(-2);
    expect(await say(pin)).toBe('right');
  });

  it('A PIN set between a check and its restored tries keeps its own count.', async () => {
    const anew = Pin.parse('7392');
    after = () => {
      before = async () => {
        await pins.set({ producer, card, pin: anew, now: clock.now() });
        await inTurn(wrongs(3));
      };
    };
    await say(pin);
    expect(await say('5000')).toMatchObject(left(1));
  });

  it('A PIN set between reading and taking is the one that is checked.', async () => {
    const anew = Pin.parse('7392');
    before = () => pins.set({ producer, card, pin: anew, now: clock.now() });
    expect(await say(pin)).toMatchObject(left(4));
  });
});

const looks = () => vi.mocked(scrypt).mock.calls.length;

const card = CardNumber.parse('PBT-00042');

const otherCard = CardNumber.parse('PBT-00043');

const pin = Pin.parse('4827');

const WHILE = 15 * 60;

const answerIsLost = () => {
  throw Object.assign(new Error('injected'), { name: 'TimeoutError' });
};

const names = tableNames(`test-${randomUUID()}`);

const tables: Tables = { client: client, name: (table) => names[table] };

const pins: PinService = pinService(pinStore(tables));

const newcomer = (): ProducerId => ProducerId.parse(`P${++next}`);

const depot = StockLocationId.parse('PBE-D1');

const check = (said: string, by = producer, shows = card, at = depot) =>
  pins.check({ producer: by, card: shows, pin: said, now: clock.now(), depot: at });

const say = async (said: string, by = producer, shows = card) => (await check(said, by, shows)).answer;

const sayAll = (said: readonly string[], by = producer) => Promise.all(said.map((one) => say(one, by)));

const wrongs = (times: number): string[] => Array.from({ length: times }, (_, n) => String(5000 + n));

const inTurn = async (said: readonly string[], by = producer) => {
  const answers: ('right' | Refusal)[] = [];
  for (const one of said) answers.push(await say(one, by));
  return answers;
};

const row = async () => {
  const get = new GetCommand({ TableName: names.Registry, Key: { kind: 'pins', id: producer }, ConsistentRead: true });
  return (await tables.client.send(get)).Item;
};

const codes = (answers: readonly ('right' | Refusal)[]) =>
  answers.map((answer) => (isRefusal(answer) ? answer.refused : answer));

const left = (triesLeft: number) => ({ refused: 'PIN_WRONG', facts: { triesLeft } });

const locked = (until: string) => ({ refused: 'PIN_LOCKED', facts: { until } });
