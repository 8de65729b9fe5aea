import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { captureLambdaHandler } from '@aws-lambda-powertools/tracer/middleware';
import middy from '@middy/core';
import { logger, metrics, tracer } from '../runtime/observability.ts';

/** What every chain begins with: a trace, logs that know the request, and metrics sent at its end. */
export const observed = <Event, Result>() =>
  middy<Event, Result>()
    .use(captureLambdaHandler(tracer, { captureResponse: false }))
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .use({ after: publish, onError: publish });

/** Metrics that there are; Powertools' own middleware warns when there are none. */
const publish = (): void => {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
};
