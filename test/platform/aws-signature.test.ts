import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { requestSigner } from '../../shared/platform/aws-signature.ts';
import { linkSigner } from '../../shared/platform/export-links.ts';

it('A request has the signature of the SDK, whatever its body, time, region and credentials.', () =>
  fc.assert(
    fc.asyncProperty(region, fc.array(credentials, { minLength: 1, maxLength: 2 }), fc.array(call), async (...all) => {
      const [region, keys, calls] = all;
      let [own, at] = [keys[0] as (typeof keys)[number], new Date(0)];
      const sign = requestSigner(
        region,
        () => own,
        () => at,
      );
      for (const [turn, { operation, body, at: time }] of calls.entries()) {
        [own, at] = [keys[turn % keys.length] ?? own, time]; // Lambda renews credentials.
        const headers = {
          host: `dynamodb.${region}.amazonaws.com`,
          'content-type': 'application/x-amz-json-1.0',
          'content-length': String(Buffer.byteLength(body)),
          'x-amz-target': `DynamoDB_20120810.${operation}`,
        };
        const request = { protocol: 'https:', hostname: headers.host, method: 'POST', path: '/', query: {}, headers };
        const sdk = new SignatureV4({ service: 'dynamodb', region, credentials: own, sha256: Sha256 });
        const expected = await sdk.sign({ ...request, body }, { signingDate: at });
        expect(sign(headers, body)).toEqual(expected.headers);
      }
    }),
  ));

it('A link to a file has the signature of the SDK, whatever its key, name, time and credentials.', () =>
  fc.assert(
    fc.asyncProperty(region, credentials, linked, async (region, keys, { key, name, seconds, at }) => {
      const host = `exports-1.s3.${region}.amazonaws.com`;
      const query = { 'response-content-disposition': `attachment; filename="${name}"` };
      const link = new URL(
        linkSigner(
          region,
          () => keys,
          () => at,
        )({ host, path: `/${key}`, query, seconds }),
      );
      const sdk = new SignatureV4({ service: 's3', region, credentials: keys, sha256: Sha256, uriEscapePath: false });
      const headers = { host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
      const apart = new Set(['x-amz-content-sha256']);
      const expected = await sdk.presign(
        {
          protocol: 'https:',
          hostname: host,
          method: 'GET',
          path: link.pathname,
          query: { ...query, 'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD' },
          headers,
        },
        { signingDate: at, expiresIn: seconds, unhoistableHeaders: apart, unsignableHeaders: apart },
      );
      expect(Object.fromEntries(link.searchParams)).toEqual(expected.query);
      expect(decodeURIComponent(link.pathname)).toBe(`/${key}`);
    }),
  ));

/** As the SDK's `Sha256`. */
class Sha256 {
  private readonly state: Hash | Hmac;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.state = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as Uint8Array);
  }
  update(data: Uint8Array): void {
    this.state.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.state.digest();
  }
  reset(): void {}
}

const credentials = fc.record(
  {
    accessKeyId: fc.stringMatching(/^A[A-Z0-9]{19}$/),
    secretAccessKey: fc.string({ minLength: 1, maxLength: 90, unit: 'binary-ascii' }),
    sessionToken: fc.stringMatching(/^[A-Za-z0-9+/=]{1,400}$/),
  },
  { requiredKeys: ['accessKeyId', 'secretAccessKey'] },
);
const call = fc.record({
  operation: fc.constantFrom('GetItem', 'Query', 'TransactWriteItems'),
  body: fc.string({ unit: 'grapheme', maxLength: 300 }),
  at: fc.date({ min: new Date('2020-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
});
const region = fc.constantFrom('ap-south-1', 'ap-south-2', 'local');
const linked = fc.record({
  key: fc.stringMatching(/^exports\/[A-Za-z0-9][A-Za-z0-9 ()'*=~._-]{0,59}\/LKO-0[1-9]\.csv$/),
  name: fc.stringMatching(/^[A-Za-z0-9 ()'*+&=~._-]{1,60}$/),
  seconds: fc.integer({ min: 1, max: 604_800 }),
  at: fc.date({ min: new Date('2020-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
});
