import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { useBook } from '../kit/book.ts';
import { expectBookMatchesStock, outcomeText } from '../kit/book-check.ts';
import { kurtas } from '../kit/claims.ts';
import type { Phone } from '../kit/phone.ts';
import { runs } from '../kit/runs.ts';
import { adjusted, counted, openShop, received, type Shop, sold, tookBack } from '../kit/shop.ts';
import { ask } from '../kit/wire.ts';

const [item = '', second = ''] = kurtas(2);
const book = useBook();
let shop: Shop;
let phone: Phone;
let token: string;
beforeAll(async () => {
  shop = await openShop(book);
  [phone] = shop.phones as [Phone];
  token = await book.bahi.issuer.token({ role: 'outlet', scope: [`location:${shop.location}`] });
});

const nasty = fc.constantFrom<unknown>(
  ...[null, '', '__proto__', '\u0000', 'constructor', -0, 1e308, -1, 0.1, 2 ** 53, [], {}, [[]], true],
  ...['9999-12-31T23:59:59Z', '0000-01-01T00:00:00Z', '2026-11-22T05:00:00.123456789Z', { toString: 1, valueOf: null }],
);

const anything = fc.oneof(nasty, fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<unknown>);

it('Any batch gets an outcome for every voucher, never a server error.', { tags: 'property' }, async () => {
  const valid = () => {
    const lines = [
      { item, quantity: 2 },
      { item: second, quantity: 1 },
    ] as const;
    const sale = phone.write(sold(...lines));
    return [
      sale,
      phone.write(received(...lines)),
      phone.write(adjusted('lost', ...lines)),
      phone.write(counted(...lines)),
      phone.write(tookBack(sale.number, { line: 1, item, quantity: 1 })),
      phone.write({ kind: 'S', cancelled: 'torn' }),
    ];
  };
  /** At one place, at any depth, the value changes, goes, or gets another beside it. */
  const changed = (value: unknown, path: readonly number[], to: unknown): unknown => {
    const [first, ...rest] = path;
    if (first === undefined || typeof value !== 'object' || value === null) return to;
    const keys = Object.keys(value);
    const key = first >= keys.length ? 'beside' : (keys[first] as string);
    const inside = changed((value as Record<string, unknown>)[key], rest, to);
    if (Array.isArray(value)) return value.with(Math.min(first, value.length - 1), inside);
    return { ...value, [key]: inside };
  };
  const change = fc.record({
    which: fc.nat(5),
    path: fc.array(fc.nat(9), { minLength: 1, maxLength: 5 }),
    to: fc.oneof(anything, fc.constant(undefined)),
  });

  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: 1, maxLength: 12 }),
      fc.array(anything, { maxLength: 4 }),
      async (changes, others) => {
        const wrong = changes.map(({ which, path, to }) => changed(valid()[which], path, to));
        const batch = JSON.parse(JSON.stringify([...wrong, ...others, ...valid()]));
        const outcomes = await bring(batch);
        expect(outcomes).toHaveLength(batch.length);
        // Valid vouchers of the same sync are recorded.
        expect(outcomes?.slice(-6)).toEqual(Array(6).fill('recorded'));
      },
    ),
    { numRuns: runs(15), seed: 3 },
  );
  await fc.assert(
    fc.asyncProperty(anything, async (vouchers) => void (await bring(vouchers))),
    { numRuns: runs(30), seed: 3 },
  );
});

it('After any batches, the ledger adds up.', async () => {
  expect((await expectBookMatchesStock(shop.client, shop.location)).length).toBeGreaterThan(runs(90));
});

type Outcomes = { readonly outcomes: readonly Parameters<typeof outcomeText>[0][] };

/** `undefined`: the batch was refused whole. */
const bring = async (vouchers: unknown): Promise<string[] | undefined> => {
  const body = JSON.stringify({ vouchers });
  const response = await ask(book, `/locations/${shop.location}/vouchers`, { method: 'POST', body, token });
  const answer = (await response.json()) as Outcomes;
  expect([200, 400], JSON.stringify(answer)).toContain(response.status);
  if (response.status === 400) return undefined;
  for (const outcome of answer.outcomes)
    if ('problem' in outcome) expect(outcome.problem.detail).toMatch(/\.$/);
    else expect(outcome).toHaveProperty('voucher');
  return answer.outcomes.map(outcomeText);
};
