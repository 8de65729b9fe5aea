import * as z from 'zod';
import type { SellerId } from '../kernel/ids.ts';
import { toCanonicalJson } from '../kernel/json.ts';
import { type Instant, instantOf, millisecondsOf } from '../kernel/time.ts';

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

const Coordinate = z.string().regex(/^[\w-]{43}$/, 'is 32 bytes in base64url: 43 characters');

/** The public half of an ES256 key as a JWK (RFC 7518, section 6.2). */
export const TerminalKey = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: Coordinate,
  y: Coordinate,
});

export type TerminalKey = z.infer<typeof TerminalKey>;

/** As WebCrypto exports it. A private half (`d`) is refused as unknown. */
export const ExportedKey = TerminalKey.extend({
  key_ops: z.array(z.string()).optional(),
  ext: z.boolean().optional(),
  alg: z.literal('ES256').optional(),
}).transform(({ kty, crv, x, y }): TerminalKey => ({ kty, crv, x, y }));

/** Before hashing. */
export type EnrolmentCode = { readonly seller: SellerId; readonly code: string };

const CODE_LIFETIME_MILLISECONDS = 24 * 3_600_000;

export const expiryOf = (issuedAt: Instant): Instant =>
  instantOf(millisecondsOf(issuedAt) + CODE_LIFETIME_MILLISECONDS);

/** `X4T9 0RWE`, as people read it out. */
export const formatEnrolmentCode = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`;
