import { expect, it } from 'vitest';
import { useBook } from '../kit/book.ts';
import { ask } from '../kit/wire.ts';

const book = useBook();

const get = async (path: string, acceptEncoding: string) => {
  const token = await book.bahi.issuer.token({ role: 'admin', scope: ['state'] });
  const answer = await ask(book, path, { token, headers: { 'accept-encoding': acceptEncoding } });
  const [encoding, vary] = ['content-encoding', 'vary'].map((name) => answer.headers.get(name));
  // fetch decompresses.
  return { encoding, vary, text: await answer.text() };
};

it('A large reply is sent compressed to all who accept that, and plain to others.', async () => {
  const [compressed, plain] = [await get(LARGE, 'br, gzip'), await get(LARGE, 'gzip;q=0, br')];
  expect(Buffer.byteLength(plain.text)).toBeGreaterThan(8 * 1024);
  expect([compressed, plain].map(({ encoding }) => encoding)).toEqual(['gzip', null]);
  expect([compressed, plain].map(({ vary }) => vary)).toEqual(['accept-encoding', 'accept-encoding']);
  expect(compressed.text).toBe(plain.text);
});

it('A small reply is sent plain: compressing it takes longer than sending it.', async () => {
  expect(await get('/registry/outlets/LKO-01', 'gzip')).toMatchObject({ encoding: null, vary: null });
});

/** 48 items. */
const LARGE = '/registry/items';
