import * as z from 'zod';
import { toCanonicalJson } from '../kernel/canonical-json.ts';

/** ES256, r then s (RFC 7518, section 3.4). */
export const TerminalProof = z
  .string()
  .regex(/^[\w-]{86}$/, 'is an ES256 signature in base64url: 86 characters')
  .meta({ description: "The terminal's signature of the location, the number and the claim: see docs/adr/0025." });

/** Outside the signed claim; they may change when the body is sent again. */
export const UNSIGNED_FIELDS = ['clock', 'customer', 'goodsInHand', 'confirmed', 'card', 'proof'] as const;

/** Canonical JSON of the claim, exactly as received. */
export const signedClaimText = (body: unknown): string => {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return toCanonicalJson(body);
  return toCanonicalJson(
    Object.fromEntries(
      Object.entries(body).filter(([field]) => !UNSIGNED_FIELDS.some((unsigned) => unsigned === field)),
    ),
  );
};

/** The text that a terminal signs. `claimHash`: SHA-256 of the claim's text, in base64url. */
export const proofText = (place: string, number: string, claimHash: string): string =>
  `bahi-voucher-1\n${place}\n${number}\n${claimHash}`;

/** 64 zero bytes. */
export const exampleProof = 'A'.repeat(86);
