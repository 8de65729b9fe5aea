import { ERROR_CODES, type ErrorCode, PROBLEMS } from '../kernel/problems.ts';
import { type Problem, toProblem } from '../kernel/refusal.ts';
import { COMMON_ERRORS, type Operation } from '../platform/operation-contract.ts';
import { type JsonObject, referenceTo } from './openapi-compaction.ts';

/** Component names by status. */
const RESPONSE_NAMES: Readonly<Record<number, string>> = {
  403: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
  412: 'PreconditionFailed',
  422: 'Unprocessable',
  423: 'Locked',
  428: 'PreconditionRequired',
};

/** Any operation, or any that takes a body, may answer these: their `default` response. */
const DEFAULT_CODES: readonly ErrorCode[] = [
  ...COMMON_ERRORS.filter((code) => code !== 'UNAUTHENTICATED'),
  ...(['MALFORMED_JSON', 'BODY_TOO_LARGE'] as const),
];

const problemContent = (codes: readonly ErrorCode[]): JsonObject => ({
  'application/problem+json': {
    schema: referenceTo('Problem'),
    examples: Object.fromEntries(codes.map((code) => [code, { value: exampleProblem(code) }])),
  },
});

const gatewayContent = (...messages: readonly string[]): JsonObject => ({
  'application/json': {
    schema: referenceTo('GatewayMessage'),
    examples: Object.fromEntries(messages.map((message) => [message.replaceAll(' ', ''), { value: { message } }])),
  },
});

const codesOfStatus = (status: number): readonly ErrorCode[] =>
  ERROR_CODES.filter((code) => PROBLEMS[code].status === status && !DEFAULT_CODES.includes(code));

/** Names of the shared responses that are no success. */
export const PROBLEM_RESPONSES: readonly string[] = ['Default', 'Unauthorized', ...Object.values(RESPONSE_NAMES)];

const responseReference = (name: string) => ({ $ref: `#/components/responses/${name}` });

/** The problems of all operations, by status, and what API Gateway answers by itself. */
export const problemResponses = (): JsonObject => ({
  Default: {
    description: `A problem: ${DEFAULT_CODES.map((code) => `${PROBLEMS[code].status} ${code}`).join(', ')}. The gateway may answer 429 (over 500 requests a second of all callers, 10 of each open operation), 500, 503 or 504 by itself: wait a second, longer each time, and send the request again.`,
    content: { ...problemContent(DEFAULT_CODES), ...gatewayContent('Too Many Requests', 'Service Unavailable') },
  },
  Unauthorized: {
    description: 'API Gateway refuses the token: none, wrong or expired. Sign in again.',
    headers: { 'www-authenticate': { description: 'Bearer, with the error.', schema: { type: 'string' } } },
    content: { ...gatewayContent('Unauthorized'), ...problemContent(['UNAUTHENTICATED']) },
  },
  ...Object.fromEntries(
    Object.entries(RESPONSE_NAMES).map(([status, name]) => [
      name,
      {
        description: 'Problems of this status.',
        content: problemContent(codesOfStatus(Number(status))),
      },
    ]),
  ),
});

/** A page open to all tells its problems as a page too. */
const pageResponse = (description: string, examples: readonly ErrorCode[] = []): JsonObject => ({
  description,
  content: {
    ...problemContent(examples),
    'application/json': { schema: referenceTo('GatewayMessage') },
    'text/html': { schema: { type: 'string' } },
  },
});

/** The responses of one operation other than success. Its own codes stand in the description. */
export const errorResponsesOf = ({ access, errors, html }: Operation): JsonObject => {
  const isOpenPage = access === 'open' && html !== undefined;
  const own = errors.filter((code) => !DEFAULT_CODES.includes(code));
  const ownByStatus = Map.groupBy(own, (code) => PROBLEMS[code].status);
  return {
    ...(access !== 'open' && { 401: responseReference('Unauthorized') }),
    default: isOpenPage ? pageResponse('As of any operation, or as a page.') : responseReference('Default'),
    ...Object.fromEntries(
      [...ownByStatus].map(([status, codes]) => {
        const name = RESPONSE_NAMES[status];
        if (!name) throw new Error(`OpenAPI has no name for status ${status}`);
        const common = DEFAULT_CODES.filter((code) => PROBLEMS[code].status === status);
        const description = `${[...codes, ...common].join(', ')}.`;
        return [
          status,
          isOpenPage ? pageResponse(description, codes) : { ...responseReference(name), description },
        ] as const;
      }),
    ),
  };
};

const exampleProblem = (code: ErrorCode): Problem => {
  const row = PROBLEMS[code];
  const facts = 'example' in row ? { facts: row.example } : {};
  return toProblem({ refused: code, detail: '…', ...facts });
};

export const GATEWAY_MESSAGE = {
  type: 'object',
  properties: { message: { type: 'string', description: 'Such as `Unauthorized`.' } },
  required: ['message'],
};
