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

/** Keys in a warm function's memory. */
const MAX_KEYS = 1_000;

/** By value: the registry's entry of a terminal is read again each minute. */
export const terminalKeyCache = () => {
  const imported = new Map<string, KeyObject>();

  const keyOf = (jwk: TerminalKey): KeyObject => {
    const point = `${jwk.x} ${jwk.y}`;
    const cachedKey = imported.get(point);
    if (cachedKey) return cachedKey;
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    if (imported.size >= MAX_KEYS) imported.clear();
    imported.set(point, key);
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
      const signature = derSignature(Buffer.from(proof, 'base64url'));
      return verify('sha256', Buffer.from(proofText(place, number, claimHash)), keyOf(jwk), signature);
    },
  };
};

/** Bytes of r and of s. */
const HALF = 32;

/** DER (RFC 3279, section 2.2.3) of r and s. Node's own conversion takes a third of the check. */
const derSignature = (proof: Buffer): Buffer => {
  const [r, s] = [derInteger(proof.subarray(0, HALF)), derInteger(proof.subarray(HALF))];
  return Buffer.concat([Buffer.from([0x30, r.length + s.length]), r, s]);
};

/** Shortest form, with a zero before a high bit: the number is not negative. */
const derInteger = (bytes: Buffer): Buffer => {
  const first = bytes.findIndex((byte) => byte !== 0);
  const digits = first < 0 ? bytes.subarray(-1) : bytes.subarray(first);
  const sign = (digits[0] ?? 0) >= 0x80 ? [0] : [];
  return Buffer.from([0x02, sign.length + digits.length, ...sign, ...digits]);
};
