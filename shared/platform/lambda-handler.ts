import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { captureLambdaHandler } from '@aws-lambda-powertools/tracer/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { logger, metrics, tracer } from './telemetry.ts';

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
