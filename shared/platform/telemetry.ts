import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import type { DynamoDbClient } from './dynamodb-client.ts';
import { METRIC_SOURCE, type MetricName } from './metric-names.ts';
import { traced } from './trace.ts';

/** Services repeat phone numbers and e-mail addresses in their errors. */
const CONTACTS = /\+\d{10,13}|[\w.+-]+@[\w-]+\.[\w.]+/g;

export const withoutContacts = (text: unknown): string => String(text).replace(CONTACTS, '…');

/** File and line of the first frame. */
const PLACE = /\(([^()]+):\d+\)/;

const BUNDLE_PLACE = /file:\/\/\S+\.mjs:(\d+):(\d+)/g;

/** Read at the first error: Node's --enable-source-maps reads it at each start, in 15 ms. */
const readSourceMap = () => {
  const { SourceMap } = process.getBuiltinModule('node:module');
  const { readFileSync } = process.getBuiltinModule('node:fs');
  return new SourceMap(JSON.parse(readFileSync(new URL(`${import.meta.url}.map`), 'utf8')));
};
let sourceMap: ReturnType<typeof readSourceMap> | undefined;

/** A stack of the bundle, with the places in its sources. */
const inSources = (stack: string): string => {
  if (!import.meta.url.endsWith('.mjs')) return stack;
  try {
    sourceMap ??= readSourceMap();
    const map = sourceMap;
    return stack.replace(BUNDLE_PLACE, (place, line: string, column: string) => {
      const origin = map.findOrigin(Number(line), Number(column));
      return 'fileName' in origin ? `${origin.fileName}:${origin.lineNumber}:${origin.columnNumber}` : place;
    });
  } catch {
    return stack;
  }
};

type Fields = Readonly<Record<string, unknown>>;

/** Powertools adds all enumerable fields of an error. */
const isWrittenError = (value: object): value is Fields =>
  'stack' in value && 'message' in value && 'location' in value;

/** Codes only: the items hold data. */
const codesOf = (reasons: unknown) =>
  Array.isArray(reasons) && { reasons: reasons.map((reason: { Code?: string }) => reason?.Code ?? 'None') };

/**
 * Removes personal data from an error before it is logged. SDK errors hold the stored item, the
 * request and the response. Logs have other readers than the tables.
 */
const withoutData = (_key: string, value: unknown): unknown => {
  if (value instanceof Error) {
    const { name, message, stack, cause } = value;
    const lean = new Error(withoutContacts(message), cause instanceof Error ? { cause } : undefined);
    const reasons = 'CancellationReasons' in value && codesOf(value.CancellationReasons);
    return Object.assign(lean, { name, stack: withoutContacts(inSources(String(stack))), ...reasons });
  }
  if (typeof value !== 'object' || value === null || !isWrittenError(value)) return value;
  const { name, location, message, stack, cause, reasons, CancellationReasons } = value;
  const readable = withoutContacts(inSources(String(stack)));
  return {
    name,
    location: PLACE.exec(readable)?.[1] ?? location,
    message: withoutContacts(message),
    stack: readable,
    ...(typeof cause === 'object' && { cause }),
    ...(reasons !== undefined && { reasons }),
    ...codesOf(CancellationReasons),
  };
};

/** Traces have the readers of logs, so the same personal data is removed. */
const failureOf = (error: unknown) => {
  const { name, message } = withoutData('', error instanceof Error ? error : new Error(String(error))) as Error;
  const { $metadata } = error as { readonly $metadata?: { readonly httpStatusCode?: number } };
  const status = ($metadata?.httpStatusCode ?? 500) < 500 ? ('error' as const) : ('fault' as const);
  return { status, type: name, message };
};

/** Each try of a call to a table is in the trace. */
export const traceCalls = (client: DynamoDbClient): DynamoDbClient => {
  client.intercept('attempt', ({ operation, input }, send) => {
    const { TableName: table_name } = input as { readonly TableName?: string };
    const aws = { operation, ...(table_name !== undefined && { table_name }) };
    return traced({ name: 'DynamoDB', namespace: 'aws', aws }, failureOf, () => send(input));
  });
  return client;
};

const { namespace, service: serviceName } = METRIC_SOURCE;

/** Powertools reads POWERTOOLS_… for level and metrics. */
export const logger = new Logger({ serviceName, jsonReplacerFn: withoutData });
export const metrics = new Metrics({ namespace, serviceName });

export type CountMetric = (what: MetricName, times: number) => void;

export const countInMetrics: CountMetric = (what, times) => metrics.addMetric(what, MetricUnit.Count, times);

export type LambdaHandler<Event, Result> = (event: Event, context: Context) => Promise<Result>;

/** Adds trace, log context and metrics. */
export const lambdaHandler =
  <Event, Result>(work: (event: Event) => Promise<Result>): LambdaHandler<Event, Result> =>
  (event, context) => {
    const annotations = { ColdStart: isColdStart, Service: serviceName };
    isColdStart = false;
    return traced({ name: '## handler', annotations }, failureOf, async () => {
      logger.addContext(context);
      try {
        return await work(event);
      } catch (error) {
        if (error instanceof Error) error.stack = inSources(String(error.stack));
        throw error;
      } finally {
        logger.resetKeys();
        publishMetrics();
      }
    });
  };

let isColdStart = true;

/** Powertools' own middleware warns if there are none. */
const publishMetrics = (): void => {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
};
