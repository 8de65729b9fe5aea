import { createHash } from 'node:crypto';
import type { APIGatewayProxyEventV2WithJWTAuthorizer, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type Caller, reaches } from '../kernel/access.ts';
import { toExactJson } from '../kernel/exact-json.ts';
import { type DistrictId, type Place, placeKind } from '../kernel/ids.ts';
import { parse } from '../kernel/parse.ts';
import { Version } from '../kernel/quantity.ts';
import { isRefusal, type Refusal, refuse } from '../kernel/refusal.ts';
import { callerOf } from './caller.ts';
import { writeCsv } from './csv.ts';
import { bodyOf } from './http-body.ts';
import type { Asked, Implemented, Reply } from './operation.ts';
import type { Operation } from './operation-contract.ts';

type Event = APIGatewayProxyEventV2WithJWTAuthorizer;
type PlaceKind = ReturnType<typeof placeKind>;
type PlaceEntry = { readonly entry: { readonly district: DistrictId } };

/** A caller of one district reaches the places in it, so access needs to know each place's district. */
export type AccessDeps = {
  readonly registry: { entry(kind: PlaceKind, place: Place): Promise<PlaceEntry | undefined> };
};

/** From an event to a reply: who asks, may they, what do they ask; then the operation; then only what was declared leaves. */
export const answer = async <Deps extends AccessDeps>(
  { declared, handle }: Implemented<Deps>,
  event: Event,
  deps: Deps,
): Promise<APIGatewayProxyStructuredResultV2 | Refusal> => {
  const asked = await askedOf(declared, event, deps);
  if (isRefusal(asked)) return asked;
  const made = STATIC.get(declared.id);
  if (made) return unlessKnown(made, event);
  const reply = await handle(asked, deps);
  if (isRefusal(reply)) return reply;
  const result = replyOf(declared, reply, asked.query, event);
  if (declared.cacheSeconds === undefined) return result;
  const etag = `"${createHash('sha256').update(String(result.body)).digest('base64url')}"`;
  const headers = { ...result.headers, 'cache-control': `public, max-age=${declared.cacheSeconds}`, etag };
  const first = { ...result, headers };
  STATIC.set(declared.id, first);
  return unlessKnown(first, event);
};

/** Replies that are made once and kept, by operation. */
const STATIC = new Map<string, APIGatewayProxyStructuredResultV2>();

/** 304 without a body for whoever has the same reply already. */
const unlessKnown = (
  result: APIGatewayProxyStructuredResultV2,
  { headers }: Event,
): APIGatewayProxyStructuredResultV2 => {
  const known = headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  const isKnown = known.some((tag) => tag === '*' || tag === result.headers?.etag);
  return isKnown ? { statusCode: 304, headers: { ...result.headers } } : { ...result, headers: { ...result.headers } };
};

const NOBODY: Caller = { sub: 'nobody', role: 'producer', scopes: [] };

const askedOf = async (
  declared: Operation,
  event: Event,
  { registry }: AccessDeps,
): Promise<Asked<unknown, unknown, unknown> | Refusal> => {
  const { access } = declared;
  const caller = access === 'open' ? NOBODY : callerOf(event.requestContext.authorizer?.jwt?.claims);
  if (isRefusal(caller)) return caller;
  if (access !== 'open' && !access.roles.includes(caller.role))
    return refuse('FORBIDDEN', `A caller of role ${caller.role} may not do this.`);

  const path = parse(declared.path, event.pathParameters ?? {});
  if (isRefusal(path)) return path;
  const query = parse(declared.query, event.queryStringParameters ?? {});
  if (isRefusal(query)) return query;

  if (access !== 'open') {
    if (access.permits?.(caller.role, path.parsed) === false)
      return refuse('FORBIDDEN', `A caller of role ${caller.role} may not do this here.`);
    const target = access.target({ path: path.parsed, query: query.parsed, role: caller.role });
    const districtOf = async (place: Place) => (await registry.entry(placeKind(place), place))?.entry.district;
    if (!(await reaches(caller, target, districtOf)))
      return refuse('FORBIDDEN', `This is outside the token's scope: ${caller.scopes.join(' ') || 'it has none'}.`);
  }

  const ifMatch = ifMatchOf(declared, event);
  if (isRefusal(ifMatch)) return ifMatch;
  const body = bodyOf(declared, event, path.parsed);
  if (isRefusal(body)) return body;
  return { path: path.parsed, query: query.parsed, body: body.parsed, sent: body.sent, caller, ifMatch };
};

const ifMatchOf = ({ ifMatch }: Operation, event: Event): Version | undefined | Refusal => {
  const sent = event.headers['if-match'];
  if (!ifMatch || sent === undefined) return undefined;
  const [, , digits] = /^("?)(\d+)\1$/.exec(sent) ?? [];
  const version = Version.safeParse(Number(digits)).data;
  const fields = [{ path: 'If-Match', problem: 'is a version, such as "3"' }];
  return version ?? refuse('INVALID_REQUEST', 'If-Match is a version, such as "3".', { fields });
};

const replyOf = (
  { reply, csv }: Operation,
  { status, body }: Reply<unknown>,
  query: unknown,
  event: Event,
): APIGatewayProxyStructuredResultV2 => {
  const declared = reply.parse(body);
  if (csv?.asked(query)) {
    const table = csv.table(declared, query);
    return {
      statusCode: status,
      headers: {
        'content-type': 'text/csv',
        ...(table.cursor !== undefined && { link: nextOf(event, table.cursor) }),
        ...(table.unreadable && { 'x-unreadable': table.unreadable.join(', ') }),
      },
      body: writeCsv(table),
    };
  }
  const version = typeof declared === 'object' && declared && 'version' in declared ? declared.version : undefined;
  return {
    statusCode: status,
    headers: { 'content-type': 'application/json', ...(version !== undefined && { etag: `"${version}"` }) },
    body: toExactJson(declared),
  };
};

/** A file has no place for a cursor: the address of what follows is in a header (RFC 8288). */
const nextOf = ({ rawPath, queryStringParameters }: Event, cursor: string): string =>
  `<${rawPath}?${new URLSearchParams({ ...queryStringParameters, cursor })}>; rel="next"`;
