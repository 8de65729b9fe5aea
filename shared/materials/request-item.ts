import { randomInt } from 'node:crypto';
import { MAX_CODE_TRIES, type NewConfirmationCode, type PendingConfirmation } from './confirmation.ts';
import { MaterialRequest, type QueuePart, reservedQuantitiesOf } from './material-request.ts';

/** The table also holds allocation runs. */
export const REQUEST_PART = 'request';

const queuePartOf = (request: MaterialRequest): QueuePart | undefined => {
  if (reservedQuantitiesOf(request).size > 0) return 'reserved';
  if (request.state === 'submitted') return 'waiting';
  return request.state === 'issued' ? 'unconfirmed' : undefined;
};

/**
 * Present while the request needs action. The sort key never changes, so a page walk loses no
 * request that changes its part.
 */
const queuePositionOf = (request: MaterialRequest) => {
  const part = queuePartOf(request);
  const { depot, submittedAt, request: number } = request;
  return part && { openAt: depot, queue: `${submittedAt}#${number}`, queuePart: part };
};

export const requestItem = (request: MaterialRequest, claimHash: Uint8Array, recordedBy: string) => ({
  ...request,
  part: REQUEST_PART,
  claimHash,
  recordedBy,
  ...queuePositionOf(request),
});

/** On the version before it. An issue draws a new code; other states remove it. */
export const requestUpdate = (TableName: string, request: MaterialRequest, code: NewConfirmationCode | undefined) => {
  const queuePosition = queuePositionOf(request);
  const attributes = {
    state: request.state,
    lines: request.lines,
    history: request.history,
    version: request.version,
    ...queuePosition,
    ...(code && { confirmation: drawCode(code) }),
  };
  const removed = [
    ...(queuePosition ? [] : ['openAt', 'queue', 'queuePart']),
    ...(request.state === 'issued' ? [] : ['confirmation']),
  ];
  const list = (names: readonly string[]) => names.map((name) => `#${name}`).join(', ');
  const sets = Object.keys(attributes).map((name) => `#${name} = :${name}`);
  return {
    TableName,
    Key: { request: request.request, part: REQUEST_PART },
    UpdateExpression: `SET ${sets.join(', ')}${removed.length > 0 ? ` REMOVE ${list(removed)}` : ''}`,
    ConditionExpression: '#version = :before',
    ExpressionAttributeNames: Object.fromEntries(
      [...Object.keys(attributes), ...removed].map((name) => [`#${name}`, name]),
    ),
    ExpressionAttributeValues: {
      ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`:${name}`, value])),
      ':before': request.version - 1,
    },
  };
};

/** Stored beside the request, so that no list shows it. */
const drawCode = ({ until }: NewConfirmationCode): PendingConfirmation => ({
  code: String(randomInt(1_000_000)).padStart(6, '0'),
  triesLeft: MAX_CODE_TRIES,
  until,
});

export const toRequest = (item: Record<string, unknown>): MaterialRequest => MaterialRequest.strip().parse(item);
