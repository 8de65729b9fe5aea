import { generateKeyPairSync, hash, sign } from 'node:crypto';
import { expect, it } from 'vitest';
import { proofText, signedClaimText, TerminalKey } from '../../shared/registry/terminal-key.ts';
import { terminalKeyCache } from '../../shared/registry/terminal-key-cache.ts';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwk = TerminalKey.parse(publicKey.export({ format: 'jwk' }));
const keys = terminalKeyCache();

const proofOf = (place: string, number: string, body: unknown): Buffer => {
  const text = proofText(place, number, hash('sha256', signedClaimText(body), 'base64url'));
  return sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' });
};

/** One of 128 signatures has a half that starts with a zero, which DER leaves out. */
it('Each signature of a key proves its claim, and no other claim.', () => {
  for (let serial = 0; serial < 600; serial++) {
    const proof = proofOf('LKO-01', String(serial), { serial }).toString('base64url');
    const signed = { place: 'LKO-01', number: String(serial), body: { serial }, proof };
    expect(keys.isProven(jwk, signed), proof).toBe(true);
    expect(keys.isProven(jwk, { ...signed, body: { serial: serial + 1 } }), proof).toBe(false);
  }
});

it.each([
  ['only zeros', Buffer.alloc(64)],
  ['only ones', Buffer.alloc(64, 0xff)],
  ['too short', Buffer.alloc(20, 1)],
  ['nothing', Buffer.alloc(0)],
])('A signature of %s proves nothing.', (_says, bytes) => {
  const proof = bytes.toString('base64url');
  expect(keys.isProven(jwk, { place: 'LKO-01', number: '1', body: {}, proof })).toBe(false);
});
