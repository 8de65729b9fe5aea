import { MaterialRequest, type RequestState, reservedIn } from '../domain/materials/request.ts';

/** A table may hold more beside a request one day: its run, its parts. */
export const REQUEST_PART = 'request';

/** The order to serve: what is reserved first, by when it was asked for; then what waits. Requests that are over are in no queue. */
const RANK = {
  approved: '1',
  issued: '1',
  submitted: '2',
  rejected: undefined,
  cancelled: undefined,
} as const satisfies Record<RequestState, string | undefined>;

/** The request's place in its depot's queue, while there is something to serve. */
const placeOf = ({ state, lines, submittedAt, request, depot }: MaterialRequest) => {
  const rank = RANK[state];
  const served = state === 'issued' && lines.every((line) => reservedIn(line) === 0);
  return rank === undefined || served ? undefined : { openAt: depot, queue: `${rank}#${submittedAt}#${request}` };
};

/** A request as it is first kept. */
export const requestItem = (request: MaterialRequest, claimHash: Uint8Array, recordedBy: string) => ({
  ...request,
  part: REQUEST_PART,
  claimHash,
  recordedBy,
  ...placeOf(request),
});

/** What a move changes in it: written only on the version it was decided on. */
export const requestChange = (TableName: string, request: MaterialRequest) => {
  const place = placeOf(request);
  const set = {
    state: request.state,
    lines: request.lines,
    history: request.history,
    version: request.version,
    ...place,
  };
  const names = [...Object.keys(set), ...(place ? [] : ['openAt', 'queue'])];
  const sets = Object.keys(set).map((name) => `#${name} = :${name}`);
  return {
    TableName,
    Key: { request: request.request, part: REQUEST_PART },
    UpdateExpression: `SET ${sets.join(', ')}${place ? '' : ' REMOVE #openAt, #queue'}`,
    ConditionExpression: '#version = :before',
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: {
      ...Object.fromEntries(Object.entries(set).map(([name, value]) => [`:${name}`, value])),
      ':before': request.version - 1,
    },
  };
};

export const toRequest = (item: Record<string, unknown>): MaterialRequest => MaterialRequest.strip().parse(item);
