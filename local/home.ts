import { startEngine, startTemporaryEngine } from './engine/engine.ts';

export type BookHome = {
  readonly endpoint: string;
  readonly port: number;
  readonly folder?: string;
  close(): Promise<void>;
};

/** At DYNAMODB_ENDPOINT, in memory, or in `.bahi/` or BAHI_FOLDER. */
export const openHome = async (environment: NodeJS.ProcessEnv): Promise<BookHome> => {
  const port = parsePort(environment.PORT);
  const { DYNAMODB_ENDPOINT: endpoint, BAHI_DATA: data, BAHI_FOLDER: folder = '.bahi' } = environment;
  if (endpoint && data) throw new Error('BAHI_DATA is for the embedded engine: leave it out, or DYNAMODB_ENDPOINT.');
  if (endpoint) return { endpoint, port, folder, close: async () => undefined };
  if (data === 'memory') {
    const engine = await startTemporaryEngine();
    return { endpoint: engine.endpoint, port, close: engine.stop };
  }
  if (data) throw new Error(`BAHI_DATA is "memory" or not set, not "${data}".`);
  const engine = await startEngine(folder);
  return { endpoint: engine.endpoint, port, folder, close: engine.stop };
};

export const parsePort = (text: string | undefined): number => {
  const port = Number(text || '3000');
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new Error(`PORT is a number up to 65535, not "${text}".`);
};
