import { createHash, createPrivateKey, sign } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import type { PhoneKey } from '../shared/api/phone-key.ts';
import { normalizeNumber } from '../shared/kernel/voucher-number.ts';
import { proofText, signedClaimText, TerminalKey } from '../shared/registry/terminal-key.ts';

/** Undefined if unreadable or invalid, so that a start never fails. */
export const readJsonFile = async <Kept>(file: string, schema: z.ZodType<Kept>): Promise<Kept | undefined> => {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : schema.safeParse(parseJson(text)).data;
};

/** Atomic. Only the owner can read the file. */
export const writeJsonFile = async (file: string, value: unknown): Promise<void> => {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, JSON.stringify(value), { mode: 0o600 });
  await rename(`${file}.new`, file);
};

export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' };

const StoredKey = TerminalKey.extend({ d: z.string() });

/** A file keeps its key over restarts. Node's own signature takes a third of WebCrypto's time. */
export const demoPhone = async (file: string | undefined): Promise<PhoneKey> => {
  const jwk = (file && (await readJsonFile(file, StoredKey))) || (await generateKey(file));
  const { d: _private, ...open } = jwk;
  const key = createPrivateKey({ key: jwk, format: 'jwk' });
  return {
    key: open,
    prove: (place, number, body) => {
      const hash = createHash('sha256').update(signedClaimText(body)).digest('base64url');
      // The server normalises the number too.
      const text = proofText(place, normalizeNumber(number), hash);
      return sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
    },
  };
};

const generateKey = async (file: string | undefined): Promise<z.infer<typeof StoredKey>> => {
  const { privateKey } = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const { kty, crv, x, y, d } = await crypto.subtle.exportKey('jwk', privateKey);
  const jwk = StoredKey.parse({ kty, crv, x, y, d });
  if (file) await writeJsonFile(file, jwk);
  return jwk;
};
