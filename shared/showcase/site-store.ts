import {
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { Environment } from '../platform/environment.ts';
import type { PublicSite } from './publish-service.ts';

/** How long a cache may show a page whose stock or consent has changed. */
const CACHE_CONTROL = 'public, max-age=300';

/** Pages in S3, which CloudFront shows to all. */
export const siteStore = (client: S3Client, { showcase, site = '' }: Environment): PublicSite => {
  const objectOf = (path: string) => {
    if (showcase === undefined) throw new Error('SHOWCASE_BUCKET is not set: this function has no bucket for pages');
    return { Bucket: showcase, Key: path };
  };
  return {
    origin: () => site,
    files: {
      read: async (path) => {
        try {
          const { Body } = await client.send(new GetObjectCommand(objectOf(path)));
          return await Body?.transformToString();
        } catch (error) {
          if (error instanceof S3ServiceException && error.name === 'NoSuchKey') return undefined;
          throw error;
        }
      },
      write: async (path, { type, body }) => {
        const put = { ...objectOf(path), Body: body, ContentType: type, CacheControl: CACHE_CONTROL };
        await client.send(new PutObjectCommand(put));
      },
      remove: async (path) => {
        await client.send(new DeleteObjectCommand(objectOf(path)));
      },
    },
  };
};
