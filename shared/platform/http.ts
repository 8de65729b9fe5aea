import type middy from '@middy/core';
import type { APIGatewayProxyEventV2WithJWTAuthorizer, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { ForeignPosition } from '../kernel/pages.ts';
import { isRefusal, type Refusal, refuse } from '../kernel/refusal.ts';
import { type Clock, millisecondsOf } from '../kernel/time.ts';
import { RECEIVED_AT, SENT_AT } from '../kernel/time-exchange.ts';
import { Busy } from '../kernel/unavailable-error.ts';
import { withDeadline } from './deadline.ts';
import { type AccessDeps, answer } from './http-response.ts';
import { observed } from './observed.ts';
import type { Implemented } from './operation.ts';
import { routeKey } from './operation-contract.ts';
import { problemReply } from './problem-response.ts';
import { type Dependencies, onCurrentRuntime } from './runtime.ts';
import { logger } from './telemetry.ts';

type Event = APIGatewayProxyEventV2WithJWTAuthorizer;
type Result = APIGatewayProxyStructuredResultV2;

/** What the chain itself needs. */
export type HttpDeps = AccessDeps & { readonly clock: Clock };

/** The one chain for HTTP: a function is its operations, found by API Gateway's route key. */
export const http = <Deps extends HttpDeps>(
  dependencies: Dependencies<Deps>,
  ...implemented: readonly Implemented<NoInfer<Deps>>[]
) => {
  const deps = onCurrentRuntime(dependencies);
  const routes = new Map(implemented.map((one) => [routeKey(one.declared), one]));
  const reply = async (event: Event): Promise<Result> => {
    const route = routes.get(event.routeKey);
    if (!route) return problemReply(refuse('NOT_FOUND', `There is no ${event.routeKey}.`));
    const replied = await answer(route, event, deps());
    if (!isRefusal(replied)) return replied;
    logger.info('refused', { code: replied.refused, detail: replied.detail });
    return problemReply(replied);
  };
  const handler = observed(reply, [{ before: correlate, after: name, onError: fail }]);
  return (event: Event, context: Context) =>
    withDeadline(context.getRemainingTimeInMillis(), async () =>
      timed(event, deps().clock, () => handler(event, context)),
    );
};

/**
 * A phone measures its clock by every answer, a problem too. The gateway's time leaves a cold start out of
 * the time on the way; where there is none, the function's own start stands for it.
 */
const timed = async (event: Event, clock: Clock, work: () => Promise<Result>): Promise<Result> => {
  const now = () => millisecondsOf(clock.now());
  const receivedAt = event.requestContext.timeEpoch || now();
  const result = await work();
  const times = { [RECEIVED_AT]: String(receivedAt), [SENT_AT]: String(Math.max(receivedAt, now())) };
  return { ...result, headers: { ...result.headers, ...times } };
};

type Request = middy.Request<Event, Result, Error>;

/** One id for the logs, the trace and the caller. */
const correlate = ({ event }: Request): void => logger.setCorrelationId(event.requestContext.requestId);

const name = ({ event, response }: Request): void => {
  if (response) response.headers = { ...response.headers, 'x-request-id': event.requestContext.requestId };
};

/** Errors become replies here, once. What may pass is said to be busy; anything else is a fault of ours, logged whole, told in one line. */
const fail = (request: Request): void => {
  request.response = problemReply(refusalOf(request));
  name(request);
};

const refusalOf = ({ error, event }: Request): Refusal => {
  if (error instanceof ForeignPosition) {
    const fields = [{ path: 'cursor', problem: 'is not a cursor of this list' }];
    return refuse('INVALID_REQUEST', 'The cursor is of another list; start again without one.', { fields });
  }
  if (error instanceof Busy) {
    logger.warn('busy', error);
    return refuse('BUSY', 'The book could not be reached in time.');
  }
  logger.error('failed', error as Error);
  return refuse('INTERNAL', `Something went wrong; it is logged as ${event.requestContext.requestId}.`);
};
