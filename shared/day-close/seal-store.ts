import { GetObjectCommand, PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { LocationId } from '../kernel/ids.ts';
import { Hash } from './day-close.ts';

export type Seal = { readonly sequence: number; readonly hash: Hash };

/** Where the ends of chains are kept so that whoever writes the book cannot write them again. `differs`: another hash is there, and the chain is not what it was. */
export type SealStore = {
  put(location: LocationId, seal: Seal): Promise<'sealed' | 'differs'>;
  find(location: LocationId, sequence: number): Promise<Hash | undefined>;
};

/** `LKO-01/00000007`: in the order of the chain. */
export const sealKey = (location: LocationId, sequence: number): string =>
  `${location}/${String(sequence).padStart(8, '0')}`;

/** A bucket whose objects are locked: put once, if there is none. */
export const sealStore = (client: S3Client, bucket: string | undefined): SealStore => {
  const at = (location: LocationId, sequence: number) => {
    if (bucket === undefined) throw new Error('this function has no bucket of seals: set SEALS_BUCKET');
    return { Bucket: bucket, Key: sealKey(location, sequence) };
  };
  const find = async (location: LocationId, sequence: number): Promise<Hash | undefined> => {
    try {
      const { Body } = await client.send(new GetObjectCommand(at(location, sequence)));
      return Hash.parse(await Body?.transformToString());
    } catch (error) {
      if (error instanceof S3ServiceException && error.name === 'NoSuchKey') return undefined;
      throw error;
    }
  };
  return {
    find,
    put: async (location, { sequence, hash }) => {
      const put = { ...at(location, sequence), Body: hash, ContentType: 'text/plain', IfNoneMatch: '*' };
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
