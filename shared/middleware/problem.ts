import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { problemOf } from '../contract/problems.ts';
import { toExactJson } from '../domain/exact-json.ts';
import type { Refusal } from '../domain/refusal.ts';

/** A refusal as it leaves: an RFC 9457 problem document. */
export const problemReply = (refusal: Refusal): APIGatewayProxyStructuredResultV2 => {
  const problem = problemOf(refusal);
  return {
    statusCode: problem.status,
    headers: {
      'content-type': 'application/problem+json',
      ...(refusal.refused === 'BUSY' && { 'retry-after': '1' }),
    },
    body: toExactJson(problem),
  };
};
