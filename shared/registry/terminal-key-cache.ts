import { createPublicKey, hash, type KeyObject, verify } from 'node:crypto';
import { proofText, signedClaimText, type TerminalKey } from './terminal-key.ts';

type SignedClaim = {
  readonly place: string;
  readonly number: string;
  /** As received; fields beside the claim are not signed. */
  readonly body: unknown;
  readonly proof: string | undefined;
};

export type TerminalKeys = ReturnType<typeof terminalKeyCache>;

/** Imports a key once per cached registry entry. */
export const terminalKeyCache = () => {
  const imported = new WeakMap<TerminalKey, KeyObject>();

  const keyOf = (jwk: TerminalKey): KeyObject => {
    const cachedKey = imported.get(jwk);
    if (cachedKey) return cachedKey;
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    imported.set(jwk, key);
    return key;
  };

  return {
    /** Whether it is a point of the curve. */
    isKey: (jwk: TerminalKey): boolean => {
      try {
        return keyOf(jwk).type === 'public';
      } catch {
        return false;
      }
    },

    /** Whether this key signed the body's claim for this location and number. */
    isProven: (jwk: TerminalKey | undefined, { place, number, body, proof }: SignedClaim): boolean => {
      if (!jwk || proof === undefined) return false;
      const claimHash = hash('sha256', signedClaimText(body), 'base64url');
      const key = { key: keyOf(jwk), dsaEncoding: 'ieee-p1363' as const };
      return verify('sha256', Buffer.from(proofText(place, number, claimHash)), key, Buffer.from(proof, 'base64url'));
    },
  };
};
