import { expect, it } from 'vitest';
import { useBook } from '../kit/book.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { ask } from '../kit/wire.ts';

checkAnswersAgainstContract();

const book = useBook();

const get = (headers: Record<string, string> = {}) => ask(book, '/openapi.json', { headers });

it('The contract may be cached for an hour, and its tag lasts as long as the code.', async () => {
  const [first, second] = [await get(), await get()];
  expect(first.headers.get('cache-control')).toBe('public, max-age=3600');
  expect(first.headers.get('etag')).toMatch(/^W\/"[\w-]{43}"$/);
  expect(second.headers.get('etag')).toBe(first.headers.get('etag'));
  expect(await second.text()).toBe(await first.text());
});

it('A caller who has the contract already gets 304 and no body.', async () => {
  const etag = (await get()).headers.get('etag') ?? '';
  for (const known of [etag, etag.replace('W/', ''), `"other", ${etag}`, '*']) {
    const answer = await get({ 'if-none-match': known });
    expect([answer.status, await answer.text()]).toEqual([304, '']);
  }
  expect((await get({ 'if-none-match': '"other"' })).status).toBe(200);
});

it('Answers that depend on time or caller are not cached.', async () => {
  const health = await ask(book, '/health');
  const token = await book.bahi.issuer.token({ role: 'outlet', scope: ['location:LKO-01'] });
  const stock = await ask(book, '/locations/LKO-01/stock', { token });
  expect([health, stock].map(({ headers }) => headers.get('cache-control'))).toEqual([null, null]);
});

it('The contract is sent compressed to all who accept that, and plain to others.', async () => {
  const [compressed, plain] = [
    await get({ 'accept-encoding': 'br, gzip' }),
    await get({ 'accept-encoding': 'gzip;q=0, br' }),
  ];
  const encodings = [compressed, plain].map(({ headers }) => headers.get('content-encoding'));
  expect(encodings).toEqual(['gzip', null]);
  expect(compressed.headers.get('vary')).toBe('accept-encoding');
  // fetch decompresses.
  expect(await compressed.text()).toBe(await plain.text());
});
