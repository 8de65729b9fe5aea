import { hash } from 'node:crypto';

export type Credentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
};

type Headers = Readonly<Record<string, string>>;

/** Bytes of SHA-256. */
const BLOCK = 64;

const sha256 = (data: Uint8Array): Buffer => hash('sha256', data, 'buffer');

type HmacKey = { readonly inner: Uint8Array; readonly outer: Uint8Array };

/** RFC 2104. The pads are made once: `createHmac` makes a key object at each call. */
const hmacKey = (secret: Uint8Array): HmacKey => {
  const padded = new Uint8Array(BLOCK);
  padded.set(secret.length > BLOCK ? sha256(secret) : secret);
  return { inner: padded.map((byte) => byte ^ 0x36), outer: padded.map((byte) => byte ^ 0x5c) };
};

const hmac = ({ inner, outer }: HmacKey, text: string): Buffer =>
  sha256(Buffer.concat([outer, sha256(Buffer.concat([inner, Buffer.from(text)]))]));

const SERVICE = 'dynamodb';
const ALGORITHM = 'AWS4-HMAC-SHA256';

/**
 * Adds AWS's signature, version 4, to the headers of a POST to `/`. Names are in lower case, in
 * any order. A test compares it with the SDK's signer (docs/adr/0038-dynamodb-client.md).
 */
export const requestSigner = (region: string, credentials: () => Credentials, now: () => Date = () => new Date()) => {
  let dayKey: { readonly secret: string; readonly day: string; readonly key: HmacKey } | undefined;

  const keyOf = (secret: string, day: string): HmacKey => {
    if (dayKey?.secret === secret && dayKey.day === day) return dayKey.key;
    const scope = [day, region, SERVICE, 'aws4_request'];
    const key = scope.reduce((by, part) => hmacKey(hmac(by, part)), hmacKey(Buffer.from(`AWS4${secret}`)));
    dayKey = { secret, day, key };
    return key;
  };

  return (unsigned: Headers, body: string): Headers => {
    const { accessKeyId, secretAccessKey, sessionToken } = credentials();
    const at = now()
      .toISOString()
      .replace(/[-:]|\.\d{3}/g, '');
    const day = at.slice(0, 8);
    const bodyHash = hash('sha256', body, 'hex');
    const headers: Record<string, string> = { ...unsigned, 'x-amz-date': at, 'x-amz-content-sha256': bodyHash };
    if (sessionToken !== undefined) headers['x-amz-security-token'] = sessionToken;

    const names = Object.keys(headers).sort();
    const lines = names.map((name) => `${name}:${headers[name]}\n`).join('');
    const signedNames = names.join(';');
    const request = hash('sha256', `POST\n/\n\n${lines}\n${signedNames}\n${bodyHash}`, 'hex');
    const scope = `${day}/${region}/${SERVICE}/aws4_request`;
    const signature = hmac(keyOf(secretAccessKey, day), `${ALGORITHM}\n${at}\n${scope}\n${request}`).toString('hex');
    headers.authorization = `${ALGORITHM} Credential=${accessKeyId}/${scope}, SignedHeaders=${signedNames}, Signature=${signature}`;
    return headers;
  };
};
