import type { TestProject } from 'vitest/node';
import { startTemporaryEngine } from '../../local/engine/engine.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    endpoint: string;
    /** Whether the engine counts capacity units as DynamoDB does: both builds of dynoxide, but not moto. */
    countsUnits: boolean;
  }
}

/** One engine for the whole run; every test file has a book of its own on it. */
export default async ({ provide }: TestProject) => {
  const endpoint = process.env.DYNAMODB_ENDPOINT;
  provide('countsUnits', endpoint === undefined || process.env.COUNTS_UNITS === 'true');
  if (endpoint !== undefined) return provide('endpoint', endpoint);
  const engine = await startTemporaryEngine();
  provide('endpoint', engine.endpoint);
  return engine.stop;
};
