import { randomInt } from 'node:crypto';
import { MAX_CODE_TRIES, type NewConfirmationCode, type PendingConfirmation } from './confirmation.ts';
import { MaterialRequest, type QueuePart, reservedQuantitiesOf } from './material-request.ts';

/** A table holds more than requests: the runs that allocate. */
export const REQUEST_PART = 'request';

const queuePartOf = (request: MaterialRequest): QueuePart | undefined => {
  if (reservedQuantitiesOf(request).size > 0) return 'reserved';
  if (request.state === 'submitted') return 'waiting';
  return request.state === 'issued' ? 'unconfirmed' : undefined;
};

/**
 * The request's place in its depot's queue while there is something to do. The sort key never changes: whoever pages through the queue sees each request
 * that is there throughout, whatever part it moves to meanwhile.
 */
const queuePositionOf = (request: MaterialRequest) => {
  const part = queuePartOf(request);
  const { depot, submittedAt, request: number } = request;
  return part && { openAt: depot, queue: `${submittedAt}#${number}`, queuePart: part };
};

/** A request as it is first kept. */
export const requestItem = (request: MaterialRequest, claimHash: Uint8Array, recordedBy: string) => ({
  ...request,
  part: REQUEST_PART,
  claimHash,
  recordedBy,
  ...queuePositionOf(request),
});

/** What a move changes in it: written only on the version it was decided on. An issue has a new code; what is confirmed, or came back whole, has none. */
export const requestUpdate = (TableName: string, request: MaterialRequest, code: NewConfirmationCode | undefined) => {
  const place = queuePositionOf(request);
  const set = {
    state: request.state,
    lines: request.lines,
    history: request.history,
    version: request.version,
    ...place,
    ...(code && { confirmation: drawCode(code) }),
  };
  const gone = [
    ...(place ? [] : ['openAt', 'queue', 'queuePart']),
    ...(request.state === 'issued' ? [] : ['confirmation']),
  ];
  const named = (names: readonly string[]) => names.map((name) => `#${name}`).join(', ');
  const sets = Object.keys(set).map((name) => `#${name} = :${name}`);
  return {
    TableName,
    Key: { request: request.request, part: REQUEST_PART },
    UpdateExpression: `SET ${sets.join(', ')}${gone.length > 0 ? ` REMOVE ${named(gone)}` : ''}`,
    ConditionExpression: '#version = :before',
    ExpressionAttributeNames: Object.fromEntries([...Object.keys(set), ...gone].map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: {
      ...Object.fromEntries(Object.entries(set).map(([name, value]) => [`:${name}`, value])),
      ':before': request.version - 1,
    },
  };
};

/** Six digits that nobody can foresee. They are kept beside the request and are no part of it, so that no list ever shows them. */
const drawCode = ({ until }: NewConfirmationCode): PendingConfirmation => ({
  code: String(randomInt(1_000_000)).padStart(6, '0'),
  triesLeft: MAX_CODE_TRIES,
  until,
});

export const toRequest = (item: Record<string, unknown>): MaterialRequest => MaterialRequest.strip().parse(item);
