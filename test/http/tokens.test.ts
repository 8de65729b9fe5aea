import { generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Book } from '../kit/book.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { openBookWithKey, phoneClaims } from '../kit/tokens.ts';
import { ask, expectProblem } from '../kit/wire.ts';

checkAnswersAgainstContract();

let book: Book & { sign(claims: JWTPayload): Promise<string> };
beforeAll(async () => {
  book = await openBookWithKey();
});
afterAll(() => book.close());

const stock = '/locations/LKO-01/stock';
const stated = (claims: object): string => Buffer.from(JSON.stringify(claims)).toString('base64url');
const without = (name: keyof typeof phoneClaims): JWTPayload => {
  const claims: JWTPayload = { ...phoneClaims };
  delete claims[name];
  return claims;
};
const signedBy = async (alg: string, claims: JWTPayload = phoneClaims) => {
  const key = alg === 'HS256' ? new TextEncoder().encode('bahi'.repeat(8)) : (await generateKeyPair(alg)).privateKey;
  return new SignJWT(claims).setProtectedHeader({ alg }).sign(key);
};

it('A good token works, so the others fail for their own fault.', async () => {
  expect((await ask(book, stock, { token: await book.sign(phoneClaims) })).status).toBe(200);
});

const NOT_OURS: [says: string, () => Promise<string> | string | undefined][] = [
  ['no token', () => undefined],
  ['an empty token', () => ''],
  ['what is no token', () => 'x.y.z'],
  ['an expired token', () => book.sign({ ...phoneClaims, exp: phoneClaims.iat - 1 })],
  ['a token that is not yet good', () => book.sign({ ...phoneClaims, nbf: phoneClaims.iat + 60 })],
  ['a token signed by another key', () => signedBy('ES256')],
  ['a token signed in another way', () => signedBy('HS256')],
  ['a token of another issuer', () => book.sign({ ...phoneClaims, iss: 'http://elsewhere' })],
  ['a token for another app', () => book.sign({ ...phoneClaims, aud: 'another' })],
  ['alg none', () => `${stated({ alg: 'none' })}.${stated(phoneClaims)}.`],
  ['alg none with the signature of another', async () => `${stated({ alg: 'none' })}.${stated(phoneClaims)}.c2lnbmVk`],
  [
    'a token whose claims were changed',
    async () => (await book.sign(phoneClaims)).replace(/\.[^.]+\./, `.${stated({ ...phoneClaims, sub: 'admin' })}.`),
  ],
];
it.each(NOT_OURS)('%s is 401.', async (_says, token) => {
  const sent = await token();
  await expectProblem(await ask(book, stock, sent === undefined ? {} : { token: sent }), 401, 'UNAUTHENTICATED');
});

it('Another authentication scheme is 401.', async () => {
  for (const authorization of ['Basic b3V0bGV0Og==', 'Bearer', `bearer  ${await book.sign(phoneClaims)}`, 'null'])
    await expectProblem(await ask(book, stock, { headers: { authorization } }), 401, 'UNAUTHENTICATED');
});

const SAYS_LITTLE: [says: string, () => JWTPayload][] = [
  ['no group', () => without('cognito:groups')],
  ['an empty list of groups', () => ({ ...phoneClaims, 'cognito:groups': [] })],
  ['two groups', () => ({ ...phoneClaims, 'cognito:groups': ['outlet', 'admin'] })],
  ['a group that is no role', () => ({ ...phoneClaims, 'cognito:groups': ['owner'] })],
  ['a group __proto__', () => ({ ...phoneClaims, 'cognito:groups': ['__proto__'] })],
  ['no scope', () => without('custom:scope')],
  ['an unknown scope', () => ({ ...phoneClaims, 'custom:scope': 'shop:LKO-01' })],
  ['an unknown scope beside a good one', () => ({ ...phoneClaims, 'custom:scope': 'location:LKO-01 planet:EARTH' })],
  ['a scope for every place', () => ({ ...phoneClaims, 'custom:scope': 'location:*' })],
  ['no name', () => without('sub')],
];
it.each(SAYS_LITTLE)('Our token with %s is 403.', async (_says, claims) => {
  await expectProblem(await ask(book, stock, { token: await book.sign(claims()) }), 403, 'FORBIDDEN');
});

const officerClaims = { ...phoneClaims, 'cognito:groups': ['officer'], 'custom:scope': 'state' };
it.each<[string, JWTPayload]>([
  ['an officer whose token says nothing of a second factor', officerClaims],
  ['an officer who had none', { ...officerClaims, mfa: 'false' }],
  ['an officer whose claim is no text', { ...officerClaims, mfa: 1 }],
  ['an admin', { ...officerClaims, 'cognito:groups': ['admin'] }],
])('Without a second factor, %s may do nothing.', async (_who, claims) => {
  await expectProblem(await ask(book, stock, { token: await book.sign(claims) }), 403, 'MFA_REQUIRED');
});

it.each(['officer', 'admin'])('With a second factor, an %s is served.', async (role) => {
  const token = await book.sign({ ...officerClaims, 'cognito:groups': [role], mfa: 'true' });
  expect((await ask(book, stock, { token })).status).toBe(200);
});

it('A token lasts twelve hours by the clock of the book.', async () => {
  const token = await book.bahi.issuer.token({ role: 'outlet', scope: ['location:LKO-01'] });
  book.clock.forward(12 * 3600 - 1);
  expect((await ask(book, stock, { token })).status).toBe(200);
  book.clock.forward(2);
  await expectProblem(await ask(book, stock, { token }), 401, 'UNAUTHENTICATED');
});
