import { GetObjectCommand, PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { LocationId } from '../kernel/ids.ts';
import { Hash } from './day-close.ts';

export type Seal = { readonly sequence: number; readonly hash: Hash };

/** Write-once. `differs`: the store has another hash, so the chain was rewritten. */
export type SealStore = {
  put(location: LocationId, seal: Seal): Promise<'sealed' | 'differs'>;
  find(location: LocationId, sequence: number): Promise<Hash | undefined>;
};

/** `LKO-01/00000007`: sorts in chain order. */
export const sealKey = (location: LocationId, sequence: number): string =>
  `${location}/${String(sequence).padStart(8, '0')}`;

/** S3 with object lock. Writes only absent objects. */
export const sealStore = (client: S3Client, bucket: string | undefined): SealStore => {
  const objectOf = (location: LocationId, sequence: number) => {
    if (bucket === undefined) throw new Error('SEALS_BUCKET is not set: this function has no bucket for seals');
    return { Bucket: bucket, Key: sealKey(location, sequence) };
  };
  const find = async (location: LocationId, sequence: number): Promise<Hash | undefined> => {
    try {
      const { Body } = await client.send(new GetObjectCommand(objectOf(location, sequence)));
      return Hash.parse(await Body?.transformToString());
    } catch (error) {
      if (error instanceof S3ServiceException && error.name === 'NoSuchKey') return undefined;
      throw error;
    }
  };
  return {
    find,
    put: async (location, { sequence, hash }) => {
      const put = { ...objectOf(location, sequence), Body: hash, ContentType: 'text/plain', IfNoneMatch: '*' };
      try {
        await client.send(new PutObjectCommand(put));
        return 'sealed';
      } catch (error) {
        if (!(error instanceof S3ServiceException) || error.name !== 'PreconditionFailed') throw error;
        return (await find(location, sequence)) === hash ? 'sealed' : 'differs';
      }
    },
  };
};
