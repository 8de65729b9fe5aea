import { linkSigner } from './aws-signature.ts';
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
