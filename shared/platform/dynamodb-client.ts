import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type Credentials, requestSigner } from './aws-signature.ts';
import type { Command } from './dynamodb-commands.ts';
import { DynamoDbError, isRetryable } from './dynamodb-errors.ts';
import { openTransport, type Timeouts, type Transport } from './dynamodb-transport.ts';
import { decodeResponse, encodeRequest } from './dynamodb-values.ts';
import { raceDeadline, UnavailableError } from './retry.ts';
import type { TableName } from './tables.ts';

export type Tables = {
  readonly client: DynamoDbClient;
  readonly name: (table: TableName) => string;
  /** Called for each unreadable row left out of a list. */
  readonly unreadable?: (what: string, error: unknown) => void;
};

/** DynamoDB answers in a few milliseconds, so a hanging call is better retried. */
const TIMEOUTS: Timeouts = { connection: 500, request: 2_000 };

/** The local engine may be slow. */
const LOCAL_TIMEOUTS: Timeouts = { connection: 60_000, request: 60_000 };

const MAX_ATTEMPTS = 2;
const MAX_BACKOFF_MILLISECONDS = 50;

type ClientParts = Transport & {
  readonly sign: ReturnType<typeof requestSigner>;
  readonly maxAttempts: number;
};

type Send = (input: object) => Promise<object>;
type Call = { readonly operation: string; readonly input: object };

/** Watches or changes a call: `send` goes on, with the same input or another. Items are plain. */
type Interceptor = (call: Call, send: Send) => Promise<object>;

type Step = 'command' | 'attempt';

export type DynamoDbClient = {
  send<Output>(command: Command<object, Output>): Promise<Output>;
  /** Around each command, or around each try of it. The last one added is outside. */
  intercept(step: Step, interceptor: Interceptor): void;
  /** Tests replace parts. */
  readonly config: ClientParts;
  destroy(): void;
};

/**
 * DynamoDB's JSON protocol without the SDK. The SDK's own client takes nearly twice the CPU
 * for a transaction and 300 KB of a bundle (docs/adr/0038-dynamodb-client.md).
 *
 * Retryable failures, after `maxAttempts`, and missed deadlines become UnavailableError.
 */
export const dynamoDbClient = (endpoint: string | undefined, parts: Partial<ClientParts> = {}): DynamoDbClient => {
  const region = endpoint === undefined ? requiredVariable('AWS_REGION') : LOCAL_REGION;
  const { protocol, hostname, port, host } = new URL(endpoint ?? `https://dynamodb.${region}.amazonaws.com`);
  const address = { protocol, hostname, ...(port && { port: Number(port) }) };
  const config: ClientParts = {
    ...openTransport(endpoint === undefined ? TIMEOUTS : LOCAL_TIMEOUTS),
    sign: requestSigner(region, endpoint === undefined ? credentialsOfFunction : () => LOCAL_CREDENTIALS),
    maxAttempts: MAX_ATTEMPTS,
    ...parts,
  };
  const interceptors: Record<Step, Interceptor[]> = { command: [], attempt: [] };
  const intercepted = (step: Step, operation: string, send: Send): Send =>
    interceptors[step].reduce<Send>((inner, one) => (input) => one({ operation, input }, inner), send);

  const attempt = async (operation: string, body: string): Promise<object> => {
    const unsigned = {
      host,
      'content-type': 'application/x-amz-json-1.0',
      'content-length': String(Buffer.byteLength(body)),
      'x-amz-target': `DynamoDB_20120810.${operation}`,
    };
    const answer = await config.handle({ ...address, headers: config.sign(unsigned, body), body });
    const output = parseObject(answer.body);
    if (answer.statusCode === 200 && output) return output;
    throw new DynamoDbError(answer.statusCode, output ?? {});
  };

  const sendInput = async (operation: string, input: object): Promise<object> => {
    const body = JSON.stringify(encodeRequest(withToken(operation, input)));
    const once = intercepted('attempt', operation, () => attempt(operation, body));
    for (let attempts = 1; ; attempts++) {
      try {
        return decodeResponse({ ...(await once(input)) });
      } catch (error) {
        if (attempts >= config.maxAttempts || !isRetryable(error)) throw error;
        await pause(Math.random() * MAX_BACKOFF_MILLISECONDS);
      }
    }
  };

  return {
    config,
    intercept: (step, interceptor) => void interceptors[step].push(interceptor),
    send: async <Output>({ operation, input }: Command<object, Output>): Promise<Output> => {
      const send = intercepted('command', operation, (sent) => sendInput(operation, sent));
      try {
        return (await raceDeadline(() => send(input))) as Output;
      } catch (cause) {
        throw isRetryable(cause) ? new UnavailableError('DynamoDB did not answer in time', { cause }) : cause;
      }
    },
    destroy: () => config.destroy(),
  };
};

/** With it a retry after a lost answer repeats the answer, not the write. */
const withToken = (operation: string, input: object): object =>
  operation === 'TransactWriteItems' ? { ClientRequestToken: randomUUID(), ...input } : input;

/** Local engines accept any account. moto answers 500 to a region that AWS does not have. */
const LOCAL_REGION = 'ap-south-1';
const LOCAL_CREDENTIALS: Credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

export const requiredVariable = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`Lambda sets ${name}; outside it, set DYNAMODB_ENDPOINT.`);
  return value;
};

/** Lambda gives each environment its role's credentials. */
export const credentialsOfFunction = (): Credentials => ({
  accessKeyId: requiredVariable('AWS_ACCESS_KEY_ID'),
  secretAccessKey: requiredVariable('AWS_SECRET_ACCESS_KEY'),
  sessionToken: requiredVariable('AWS_SESSION_TOKEN'),
});

/** A proxy may answer with HTML. */
const parseObject = (body: Uint8Array): { [name: string]: unknown } | undefined => {
  try {
    return JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString());
  } catch {
    return undefined;
  }
};
