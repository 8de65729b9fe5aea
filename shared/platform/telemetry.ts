import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { Tracer } from '@aws-lambda-powertools/tracer';
import { captureLambdaHandler } from '@aws-lambda-powertools/tracer/middleware';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { METRIC_SOURCE, type MetricName } from './metric-names.ts';

/** Services repeat phone numbers and e-mail addresses in their errors. */
const CONTACTS = /\+\d{10,13}|[\w.+-]+@[\w-]+\.[\w.]+/g;

export const withoutContacts = (text: unknown): string => String(text).replace(CONTACTS, '…');

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
    return Object.assign(lean, { name, stack: withoutContacts(stack), ...reasons });
  }
  if (typeof value !== 'object' || value === null || !isWrittenError(value)) return value;
  const { name, location, message, stack, cause, reasons, CancellationReasons } = value;
  return {
    name,
    location,
    message: withoutContacts(message),
    stack: withoutContacts(stack),
    ...(typeof cause === 'object' && { cause }),
    ...(reasons !== undefined && { reasons }),
    ...codesOf(CancellationReasons),
  };
};

const withoutDataInError = (error: unknown): Error => withoutData('', error) as Error;

/** Traces errors without personal data. Callers get the original error. */
class MaskedTracer extends Tracer {
  override addErrorAsMetadata(error: Error, remote?: boolean): void {
    super.addErrorAsMetadata(withoutDataInError(error), remote);
  }

  /** Two middlewares surround X-Ray's: the inner one masks, the outer one restores. */
  captureDynamoDb(client: DynamoDBClient): DynamoDBClient {
    const errors = new WeakMap<object, unknown>();
    const captured = this.captureAWSv3Client(client);
    captured.middlewareStack.add(
      (next) => async (args) => {
        try {
          return await next(args);
        } catch (error) {
          if (!(error instanceof Error)) throw error;
          const { $metadata } = error as { readonly $metadata?: object };
          const masked = Object.assign(withoutDataInError(error), $metadata && { $metadata });
          errors.set(masked, error);
          throw masked;
        }
      },
      { step: 'build', priority: 'low', name: 'maskErrorOfTrace', override: true },
    );
    captured.middlewareStack.add(
      (next) => async (args) => {
        try {
          return await next(args);
        } catch (error) {
          throw (error instanceof Error && errors.get(error)) || error;
        }
      },
      { step: 'serialize', priority: 'high', name: 'restoreErrorOfTrace', override: true },
    );
    return captured;
  }
}

const { namespace, service: serviceName } = METRIC_SOURCE;

/** Powertools reads POWERTOOLS_… for level, metrics and traces. */
export const logger = new Logger({ serviceName, jsonReplacerFn: withoutData });
export const metrics = new Metrics({ namespace, serviceName });
export const tracer = new MaskedTracer({ serviceName });

export type CountMetric = (what: MetricName, times: number) => void;

export const countInMetrics: CountMetric = (what, times) => metrics.addMetric(what, MetricUnit.Count, times);

export type LambdaHandler<Event, Result> = (event: Event, context: Context) => Promise<Result>;

/** Adds trace, log context and metrics, then `hooks`. */
export const lambdaHandler = <Event, Result>(
  work: (event: Event) => Promise<Result>,
  hooks: readonly middy.MiddlewareObj<Event, Result>[] = [],
): LambdaHandler<Event, Result> => {
  const chain = middy<Event, Result>()
    .use(captureLambdaHandler(tracer, { captureResponse: false }))
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .use({ after: publishMetrics, onError: publishMetrics })
    .use([...hooks])
    .handler((event) => work(event));
  return (event, context) => chain(event, context);
};

/** Powertools' own middleware warns if there are none. */
const publishMetrics = (): void => {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
};
