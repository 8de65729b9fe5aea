import { statfs } from 'node:fs/promises';
import type { TestProject } from 'vitest/node';
import { startTemporaryEngine } from '../../local/engine/engine.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    endpoint: string;
    /**
     * Whether the engine counts capacity units as DynamoDB does. Both builds of dynoxide do, moto
     * does not.
     */
    countsUnits: boolean;
    /** `npm test`, which leaves most runs of properties to `npm run test:long`. */
    fewRuns: boolean;
  }
}

/** One engine for the whole run; every test file has a book of its own on it. */
export default async ({ provide }: TestProject) => {
  const endpoint = process.env.DYNAMODB_ENDPOINT;
  provide('countsUnits', endpoint === undefined || process.env.COUNTS_UNITS === 'true');
  if (endpoint !== undefined) return provide('endpoint', endpoint);
  const engine = await startTemporaryEngine(await fastFolder());
  provide('endpoint', engine.endpoint);
  return engine.stop;
};

const MEMORY = '/dev/shm';
const ROOM = 2 ** 31;

/** Memory instead of a disk, where Linux has 2 GB free: a book opens in a quarter of the time. */
const fastFolder = async (): Promise<string | undefined> => {
  const { bavail = 0, bsize = 0 } = await statfs(MEMORY).catch(() => ({ bavail: 0, bsize: 0 }));
  return bavail * bsize > ROOM ? MEMORY : undefined;
};
