import * as z from 'zod';

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
