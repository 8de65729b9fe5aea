import { exportJWK, generateKeyPair, importJWK, type JWK, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import * as z from 'zod';
import { needsSecondFactor, type Role, Scope } from '../shared/kernel/access.ts';
import { type Clock, millisecondsOf } from '../shared/kernel/time.ts';
import { readJsonFile, writeJsonFile } from './stored-json.ts';

const ISSUER = 'http://bahi.local';
const AUDIENCE = 'bahi-app';
const ALGORITHM = 'ES256';

/** API Gateway caches too: a check costs as much as a request. */
const MAX_VERIFIED = 1_000;

/** Local only. The claims are Cognito's. */
export type Issuer = {
  /** `mfa`: by default if the role requires it. */
  token(asked: { role: Role; scope: readonly string[]; sub?: string; mfa?: boolean }): Promise<string>;
  /** Undefined if invalid. */
  verify(token: string): Promise<JWTPayload | undefined>;
};

/** A file keeps the key over restarts. */
export const createIssuer = async (file: string | undefined, clock: Clock): Promise<Issuer> => {
  const jwk = (file && (await readJsonFile(file, PrivateKey))) || (await generateKey(file));
  const { d: _private, ...open } = jwk;
  const [signing, verifying] = await Promise.all([importJWK(jwk, ALGORITHM), importJWK(open, ALGORITHM)]);
  const verified = new Map<string, JWTPayload>();
  return {
    token: ({ role, scope, sub = `local-${role}`, mfa = needsSecondFactor(role) }) => {
      const now = Math.floor(millisecondsOf(clock.now()) / 1000);
      const claims = {
        'cognito:groups': [role],
        'custom:scope': scope.map((one) => Scope.parse(one)).join(' '),
        mfa: String(mfa),
      };
      return new SignJWT({ ...claims, token_use: 'id' })
        .setProtectedHeader({ alg: ALGORITHM })
        .setSubject(sub)
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setIssuedAt(now)
        .setExpirationTime(now + 12 * 3600)
        .sign(signing);
    },
    verify: async (token) => {
      const seen = verified.get(token);
      if (seen) return (seen.exp ?? 0) * 1000 > millisecondsOf(clock.now()) ? seen : undefined;
      const currentDate = new Date(clock.now());
      const rules = { issuer: ISSUER, audience: AUDIENCE, algorithms: [ALGORITHM], currentDate };
      return jwtVerify(token, verifying, rules).then(
        ({ payload }) => {
          if (verified.size >= MAX_VERIFIED) verified.clear();
          verified.set(token, payload);
          return payload;
        },
        () => undefined,
      );
    },
  };
};

const PrivateKey = z.object({ kty: z.string(), crv: z.string(), x: z.string(), y: z.string(), d: z.string() });

const generateKey = async (file: string | undefined): Promise<JWK> => {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const jwk = await exportJWK(privateKey);
  if (file) await writeJsonFile(file, jwk);
  return jwk;
};
