import type { APIGatewayProxyEventV2WithJWTAuthorizer, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { RECEIVED_AT_HEADER, SENT_AT_HEADER } from '../kernel/device-clock.ts';
import { toExactJson } from '../kernel/json.ts';
import { InvalidCursorError } from '../kernel/pages.ts';
import { isRefusal, type Refusal, refuse, toProblem } from '../kernel/refusal.ts';
import { type Clock, millisecondsOf } from '../kernel/time.ts';
import { loadHindi } from '../kernel/translate.ts';
import { FOREIGN_CURSOR } from './cursor-tag.ts';
import { type AccessDeps, PAGE_HEADERS, preferredLanguage, prefersHtml, respond } from './http-response.ts';
import type { FileHandler, OperationHandler } from './operation.ts';
import { routeKey } from './operation-contract.ts';
import { UnavailableError, withDeadline } from './retry.ts';
import { type Dependencies, onCurrentRuntime } from './runtime.ts';
import { lambdaHandler, logger } from './telemetry.ts';

type HttpEvent = APIGatewayProxyEventV2WithJWTAuthorizer;
type HttpResult = APIGatewayProxyStructuredResultV2;

export type HttpDeps = AccessDeps & { readonly clock: Clock };

/** One chain for all HTTP functions. API Gateway's route key selects the operation. */
export const httpHandler = <Deps extends HttpDeps>(
  dependencies: Dependencies<Deps>,
  ...operations: readonly (OperationHandler<NoInfer<Deps>> | FileHandler<NoInfer<Deps>>)[]
) => {
  const currentDeps = onCurrentRuntime(dependencies);
  const routes = new Map(operations.map((one) => [routeKey(one.contract), one]));
  const handle = async (event: HttpEvent): Promise<HttpResult> => {
    const route = routes.get(event.routeKey);
    if (!route) return problemResponse(refuse('NOT_FOUND', `There is no ${event.routeKey}.`), event);
    if ('read' in route) {
      const { headers, ...file } = await route.read(currentDeps());
      return { statusCode: 200, headers: { ...headers }, ...file };
    }
    const response = await respond(route, event, currentDeps());
    if (!isRefusal(response)) return response;
    logger.info('refused', { code: response.refused, detail: response.detail });
    const { access, html } = route.contract;
    return access === 'open' && html && prefersHtml(event.headers.accept)
      ? problemPage(response, event)
      : problemResponse(response, event);
  };
  const handler = lambdaHandler(async (event: HttpEvent): Promise<HttpResult> => {
    const { requestId } = event.requestContext;
    logger.setCorrelationId(requestId);
    const result = await handle(event).catch((error: unknown) => problemResponse(refusalForError(error, event), event));
    return { ...result, headers: { ...result.headers, 'x-request-id': requestId } };
  });
  return (event: HttpEvent, context: Context) =>
    withDeadline(context.getRemainingTimeInMillis(), async () =>
      withTimeHeaders(event, currentDeps().clock, () => handler(event, context)),
    );
};

/**
 * A phone measures its clock by every response, also by problems. The gateway's time excludes a
 * cold start; without it, the function's own start counts.
 */
const withTimeHeaders = async (
  event: HttpEvent,
  clock: Clock,
  work: () => Promise<HttpResult>,
): Promise<HttpResult> => {
  const now = () => millisecondsOf(clock.now());
  const receivedAt = event.requestContext.timeEpoch || now();
  const result = await work();
  const times = { [RECEIVED_AT_HEADER]: String(receivedAt), [SENT_AT_HEADER]: String(Math.max(receivedAt, now())) };
  return { ...result, headers: { ...result.headers, ...times } };
};

/** Maps errors to responses. Logs hold the details. */
const refusalForError = (error: unknown, event: HttpEvent): Refusal => {
  if (error instanceof InvalidCursorError) return FOREIGN_CURSOR;
  if (error instanceof UnavailableError) {
    logger.warn('busy', error);
    return refuse('BUSY', 'The book could not be reached in time.');
  }
  logger.error('failed', error as Error);
  return refuse('INTERNAL', `Something went wrong; it is logged as ${event.requestContext.requestId}.`);
};

const problemFor = async (refusal: Refusal, { headers }: HttpEvent) => {
  const language = preferredLanguage(headers['accept-language']);
  if (language === 'hi') await loadHindi();
  return { problem: toProblem(refusal, language), language };
};

/** RFC 9457. */
const problemResponse = async (refusal: Refusal, event: HttpEvent): Promise<HttpResult> => {
  const { problem, language } = await problemFor(refusal, event);
  return {
    statusCode: problem.status,
    headers: {
      'content-type': 'application/problem+json',
      'content-language': language,
      ...(refusal.refused === 'BUSY' && { 'retry-after': '1' }),
    },
    body: toExactJson(problem),
  };
};

/** For a person who followed an open link: the same problem to read. */
const problemPage = async (refusal: Refusal, event: HttpEvent): Promise<HttpResult> => {
  const { problem, language } = await problemFor(refusal, event);
  const { status, title, whatToDo } = problem;
  const head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">';
  return {
    statusCode: status,
    headers: { ...PAGE_HEADERS, 'content-language': language },
    body: `<!doctype html><html lang="${language}"><head>${head}<title>${title}</title></head><body><h1>${title}</h1><p>${whatToDo}</p></body></html>\n`,
  };
};
