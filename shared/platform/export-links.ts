import { ALGORITHM, type Credentials, signerOf, timeText } from './aws-signature.ts';
import { credentialsOfFunction, requiredVariable } from './dynamodb-client.ts';

/** `seconds`: how long the link is valid. `origin`: of this request. */
type ExportLink = { readonly name: string; readonly seconds: number; readonly origin: string };

/** Links that download one file of an export, by its key. */
export type ExportLinks = { link(key: string, link: ExportLink): string };

export const requiredBucket = (bucket: string | undefined): string => {
  if (bucket === undefined) throw new Error('EXPORTS_BUCKET is not set: this function has no bucket for exports');
  return bucket;
};

/**
 * Signs without the S3 client, which would double the bundle of a function that only links. Links
 * end with the credentials of the function at the latest.
 */
export const exportLinks = (bucket: string | undefined): ExportLinks => {
  let sign: ReturnType<typeof linkSigner> | undefined;
  return {
    link: (key, { name, seconds }) => {
      const region = requiredVariable('AWS_REGION');
      sign ??= linkSigner(region, credentialsOfFunction);
      return sign({
        host: `${requiredBucket(bucket)}.s3.${region}.amazonaws.com`,
        path: `/${key}`,
        query: { 'response-content-disposition': `attachment; filename="${name}"` },
        seconds,
      });
    },
  };
};

/** `path`: its parts not yet encoded. `seconds`: how long the link is valid, at most 7 days. */
type LinkedFile = {
  readonly host: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly seconds: number;
};

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** Links to files of S3 for a GET without credentials: the signature stands in the query. */
export const linkSigner = (region: string, credentials: () => Credentials, now: () => Date = () => new Date()) => {
  const { sign, scopeOn } = signerOf('s3', region);
  return ({ host, path, query, seconds }: LinkedFile): string => {
    const { accessKeyId, secretAccessKey, sessionToken } = credentials();
    const at = timeText(now());
    const signed: Record<string, string> = {
      ...query,
      'X-Amz-Algorithm': ALGORITHM,
      'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD',
      'X-Amz-Credential': `${accessKeyId}/${scopeOn(at.slice(0, 8))}`,
      'X-Amz-Date': at,
      'X-Amz-Expires': String(seconds),
      'X-Amz-SignedHeaders': 'host',
    };
    if (sessionToken !== undefined) signed['X-Amz-Security-Token'] = sessionToken;
    const search = Object.keys(signed)
      .sort()
      .map((name) => `${encode(name)}=${encode(signed[name] ?? '')}`)
      .join('&');
    const pathname = path.split('/').map(encode).join('/');
    const request = `GET\n${pathname}\n${search}\nhost:${host}\n\nhost\nUNSIGNED-PAYLOAD`;
    return `https://${host}${pathname}?${search}&X-Amz-Signature=${sign(secretAccessKey, at, request)}`;
  };
};
