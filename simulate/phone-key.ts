import { createHash, generateKeyPairSync, sign } from 'node:crypto';

const FIELDS_OUTSIDE_CLAIM = ['clock', 'customer', 'goodsInHand', 'card', 'proof'];

const sortKeys = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(fields.map(([name, one]) => [name, sortKeys(one)]));
};

/** Follows docs/adr/0025 alone. Signs synchronously, so that the order stays the seed's. */
export const simulatedPhoneKey = () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  return {
    key: { kty: 'EC' as const, crv: 'P-256' as const, x, y },
    prove: (place: string, number: string, body: unknown): string => {
      const claim = Object.entries(body as object).filter(([field]) => !FIELDS_OUTSIDE_CLAIM.includes(field));
      const hash = createHash('sha256')
        .update(JSON.stringify(sortKeys(Object.fromEntries(claim))))
        .digest('base64url');
      const text = `bahi-voucher-1\n${place}\n${number}\n${hash}`;
      return sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');
    },
  };
};
