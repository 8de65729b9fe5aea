import * as z from 'zod';
import { type PhoneKey, phoneKeyOf } from '../shared/api/phone-key.ts';
import { TerminalKey } from '../shared/registry/terminal-key.ts';
import { keep, readKept } from './kept.ts';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' };
const KeptKey = TerminalKey.extend({ d: z.string() });

/** The phone that enrols the demo book's terminals. Its key is kept in a file, so that they outlive a restart; without a file, it is drawn anew. */
export const demoPhone = async (file: string | undefined): Promise<PhoneKey> => {
  const jwk = (file && (await readKept(file, KeptKey))) || (await drawKey(file));
  const { d: _private, ...open } = jwk;
  return phoneKeyOf({
    publicKey: await crypto.subtle.importKey('jwk', open, ALGORITHM, true, ['verify']),
    privateKey: await crypto.subtle.importKey('jwk', jwk, ALGORITHM, false, ['sign']),
  });
};

const drawKey = async (file: string | undefined): Promise<z.infer<typeof KeptKey>> => {
  const { privateKey } = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const { kty, crv, x, y, d } = await crypto.subtle.exportKey('jwk', privateKey);
  const jwk = KeptKey.parse({ kty, crv, x, y, d });
  if (file) await keep(file, jwk);
  return jwk;
};
