import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { toExactJson } from '../kernel/exact-json.ts';
import { toProblem } from '../kernel/problems.ts';
import type { Refusal } from '../kernel/refusal.ts';

/** RFC 9457. */
export const problemResponse = (refusal: Refusal): APIGatewayProxyStructuredResultV2 => {
  const problem = toProblem(refusal);
  return {
    statusCode: problem.status,
    headers: {
      'content-type': 'application/problem+json',
      ...(refusal.refused === 'BUSY' && { 'retry-after': '1' }),
    },
    body: toExactJson(problem),
  };
};
