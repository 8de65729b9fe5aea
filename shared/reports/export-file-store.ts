import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';

/** Files of exports by their key; a file written again is replaced. */
export type ExportFileStore = {
  put(key: string, body: Uint8Array, contentType: string): Promise<void>;
};

/** Private and encrypted; the bucket's policy refuses plain HTTP. */
export const exportFileStore = (client: S3Client, bucket: string | undefined): ExportFileStore => ({
  put: async (key, body, contentType) => {
    if (bucket === undefined) throw new Error('EXPORTS_BUCKET is not set: this function has no bucket for exports');
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: contentType }));
  },
});
