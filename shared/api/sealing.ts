import { S3Client } from '@aws-sdk/client-s3';
import { bucketSeals } from '../day-close/seal-store.ts';
import { reachThrough } from './composition.ts';

/** Imported by the functions that seal the ends of chains, or look at the seals. */
reachThrough({ seals: (bucket) => bucketSeals(new S3Client(), bucket) });
