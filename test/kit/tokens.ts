import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importJWK, type JWTPayload, SignJWT } from 'jose';
import { type Book, openBook } from './book.ts';
import { START } from './clock.ts';

/** A book whose issuer's key the test has too, so that it can sign what the issuer never would. */
export const openBookWithKey = async (): Promise<Book & { sign(claims: JWTPayload): Promise<string> }> => {
  const folder = await mkdtemp(join(tmpdir(), 'bahi-key-'));
  const parts = { streams: false, folder };
  const book = await openBook(parts);
  const key = await importJWK(JSON.parse(await readFile(join(folder, 'issuer.json'), 'utf8')), 'ES256');
  await rm(folder, { recursive: true });
  const sign = (claims: JWTPayload) => new SignJWT(claims).setProtectedHeader({ alg: 'ES256' }).sign(key);
  return { ...book, sign };
};

/** The claims of a phone at LKO-01, good for an hour. */
export const phoneClaims = {
  sub: 'phone',
  iss: 'http://bahi.local',
  aud: 'bahi-app',
  iat: START / 1000,
  exp: START / 1000 + 3600,
  'cognito:groups': ['outlet'],
  'custom:scope': 'location:LKO-01',
} as const;
