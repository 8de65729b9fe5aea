import type { TestProject } from 'vitest/node';
import { startTemporaryEngine } from '../../local/engine/engine.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    endpoint: string;
    /** Whether it is the embedded engine, which alone counts capacity units as DynamoDB does. */
    embedded: boolean;
  }
}

/** One engine for the whole run; every test file has a book of its own on it. */
export default async ({ provide }: TestProject) => {
  const endpoint = process.env.DYNAMODB_ENDPOINT;
  provide('embedded', endpoint === undefined);
  if (endpoint !== undefined) return provide('endpoint', endpoint);
  const engine = await startTemporaryEngine();
  provide('endpoint', engine.endpoint);
  return engine.stop;
};
