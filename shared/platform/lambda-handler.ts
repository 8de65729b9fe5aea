import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { captureLambdaHandler } from '@aws-lambda-powertools/tracer/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { logger, metrics, tracer } from './telemetry.ts';

/** A function as Lambda calls it. */
export type LambdaHandler<Event, Result> = (event: Event, context: Context) => Promise<Result>;

/** What every chain begins with: a trace, logs that know the request, and metrics sent at its end; then `hooks`, then the work. */
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

/** Metrics that there are; Powertools' own middleware warns when there are none. */
const publishMetrics = (): void => {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
};
