import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { requiredBucket } from './export-links.ts';

/** A file that is being written. Nobody sees it before `finish`. */
export type ExportUpload = {
  write(bytes: Uint8Array): Promise<void>;
  finish(): Promise<void>;
  abort(): Promise<void>;
};

/** Files of exports by their key; a file written again is replaced whole. */
export type ExportFileStore = {
  open(key: string, contentType: string): ExportUpload;
};

/** Bytes. S3 takes 10,000 parts of at least 5 MB: 80 GB. */
const PART_SIZE = 8 * 1024 * 1024;

/** Private and encrypted; the bucket's policy refuses plain HTTP. */
export const exportFileStore = (client: S3Client, bucket: string | undefined): ExportFileStore => ({
  open: (key, contentType) => s3Upload(client, { Bucket: requiredBucket(bucket), Key: key }, contentType),
});

type S3Object = { readonly Bucket: string; readonly Key: string };

/** Holds one part. A file below its size is put at once. */
const s3Upload = (client: S3Client, object: S3Object, ContentType: string): ExportUpload => {
  let pending: Uint8Array[] = [];
  let size = 0;
  let upload: (S3Object & { readonly UploadId: string | undefined }) | undefined;
  const parts: { readonly ETag: string | undefined; readonly PartNumber: number }[] = [];
  const takePending = (): Buffer => {
    const body = Buffer.concat(pending);
    pending = [];
    size = 0;
    return body;
  };
  const sendPart = async (): Promise<void> => {
    upload ??= {
      Bucket: object.Bucket,
      Key: object.Key,
      UploadId: (await client.send(new CreateMultipartUploadCommand({ ...object, ContentType }))).UploadId,
    };
    const PartNumber = parts.length + 1;
    const { ETag } = await client.send(new UploadPartCommand({ ...upload, PartNumber, Body: takePending() }));
    parts.push({ ETag, PartNumber });
  };
  return {
    write: async (bytes) => {
      pending.push(bytes);
      size += bytes.length;
      if (size >= PART_SIZE) await sendPart();
    },
    finish: async () => {
      if (!upload) {
        await client.send(new PutObjectCommand({ ...object, ContentType, Body: takePending() }));
        return;
      }
      if (size > 0) await sendPart();
      await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: parts } }));
    },
    abort: async () => {
      if (upload) await client.send(new AbortMultipartUploadCommand(upload));
    },
  };
};
