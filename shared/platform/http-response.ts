import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { APIGatewayProxyEventV2WithJWTAuthorizer, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type AccessTarget, type Caller, canReach } from '../kernel/access.ts';
import { type DistrictId, type LocationId, locationKind } from '../kernel/ids.ts';
import { parseJsonText, toExactJson } from '../kernel/json.ts';
import { Version } from '../kernel/quantity.ts';
import { isRefusal, parse, type Refusal, refuse, withHindiProblems } from '../kernel/refusal.ts';
import { loadHindi } from '../kernel/translate.ts';
import type { Language } from '../kernel/units.ts';
import { nextPageLink, refuseForeignCursor, splitCursor, tagCursor } from './cursor-tag.ts';
import type { OperationHandler, OperationReply, ParsedRequest } from './operation.ts';
import type { AccessRule, CsvTable, Operation } from './operation-contract.ts';
import { callerOf } from './sign-in.ts';

type HttpEvent = APIGatewayProxyEventV2WithJWTAuthorizer;
type PlaceKind = ReturnType<typeof locationKind>;
type PlaceEntry = { readonly entry: { readonly district: DistrictId } };

/** A district's caller reaches its locations, so access needs each location's district. */
export type AccessDeps = {
  readonly registry: { entry(kind: PlaceKind, place: LocationId): Promise<PlaceEntry | undefined> };
};

/** Parses and authorises the request, runs the operation, and returns only declared fields. */
export const respond = async <Deps extends AccessDeps>(
  { handle, ...replying }: OperationHandler<Deps>,
  event: HttpEvent,
  deps: Deps,
): Promise<APIGatewayProxyStructuredResultV2 | Refusal> => {
  const { contract } = replying;
  const asked = await parseRequest(contract, event, deps);
  if (isRefusal(asked)) return asked;
  const made = CACHED_RESPONSES.get(contract.id);
  if (made) return respondIfChanged(made, event);
  if (contract.pdf && prefers('application/pdf', event.headers.accept, 'text/html'))
    return pdfRedirect(contract.pdf, event);
  const reply = await handle(asked, deps);
  if (isRefusal(reply)) return reply;
  const result = await buildResponse(replying, reply, asked, event);
  if (contract.publicSeconds !== undefined) return compressLarge(allowCaching(result, contract.publicSeconds), event);
  if (contract.cacheSeconds === undefined) return compressLarge(result, event);
  const first = cacheResponse(result, contract.cacheSeconds);
  CACHED_RESPONSES.set(contract.id, first);
  return respondIfChanged(first, event);
};

/** The caller's token goes with it: the host is the same. */
const pdfRedirect = ({ suffix }: { readonly suffix: string }, { rawPath, rawQueryString }: HttpEvent) => ({
  statusCode: 303,
  headers: { location: `${rawPath}${suffix}${rawQueryString ? `?${rawQueryString}` : ''}`, vary: 'accept' },
});

const originOf = ({ headers, requestContext }: HttpEvent): string =>
  `${headers['x-forwarded-proto'] ?? 'https'}://${requestContext.domainName}`;

const allowCaching = (result: APIGatewayProxyStructuredResultV2, seconds: number) => ({
  ...result,
  headers: {
    ...result.headers,
    'cache-control': `public, max-age=${seconds}`,
    vary: 'accept, accept-language',
  },
});

type CachedResponse = { readonly plain: APIGatewayProxyStructuredResultV2; readonly gzip: string };

/** By operation id. */
const CACHED_RESPONSES = new Map<string, CachedResponse>();

/** The tag is weak: plain and compressed body share it. API Gateway itself compresses nothing. */
const cacheResponse = (result: APIGatewayProxyStructuredResultV2, cacheSeconds: number): CachedResponse => {
  const body = String(result.body);
  const etag = `W/"${createHash('sha256').update(body).digest('base64url')}"`;
  const headers = {
    ...result.headers,
    'cache-control': `public, max-age=${cacheSeconds}`,
    vary: 'accept-encoding',
    etag,
  };
  return { plain: { ...result, headers }, gzip: gzipSync(body, { level: 9 }).toString('base64') };
};

const respondIfChanged = (
  { plain: result, gzip }: CachedResponse,
  { headers }: HttpEvent,
): APIGatewayProxyStructuredResultV2 => {
  const known = headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  const ownTag = String(result.headers?.etag).replace(/^W\//, '');
  if (known.some((tag) => tag === '*' || tag === ownTag)) return { statusCode: 304, headers: { ...result.headers } };
  if (!acceptsGzip(headers['accept-encoding'])) return { ...result, headers: { ...result.headers } };
  return {
    ...result,
    headers: { ...result.headers, 'content-encoding': 'gzip' },
    body: gzip,
    isBase64Encoded: true,
  };
};

/** Bytes. Most sales have a smaller reply. A catalogue of 900 items has 300 KB: 6 s on slow 3G. */
const MIN_COMPRESSED_BYTES = 8 * 1024;

/** Neither API Gateway nor CloudFront, which caches no reply of the API, compresses them. */
const compressLarge = (
  result: APIGatewayProxyStructuredResultV2,
  { headers }: HttpEvent,
): APIGatewayProxyStructuredResultV2 => {
  const { body = '', isBase64Encoded } = result;
  if (isBase64Encoded || Buffer.byteLength(body) < MIN_COMPRESSED_BYTES) return result;
  const known = result.headers?.vary;
  const varied = { ...result.headers, vary: known === undefined ? 'accept-encoding' : `${known}, accept-encoding` };
  if (!acceptsGzip(headers['accept-encoding'])) return { ...result, headers: varied };
  return {
    ...result,
    headers: { ...varied, 'content-encoding': 'gzip' },
    body: gzipSync(body).toString('base64'),
    isBase64Encoded: true,
  };
};

/** RFC 9110, section 12.5.3. */
const acceptsGzip = (accepted = ''): boolean => /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/i.test(accepted);

const ANONYMOUS: Caller = { sub: 'nobody', role: 'producer', scopes: [] };

const parseRequest = async (
  declared: Operation,
  event: HttpEvent,
  { registry }: AccessDeps,
): Promise<ParsedRequest<unknown, unknown, unknown> | Refusal> => {
  const { access } = declared;
  const caller = access === 'open' ? ANONYMOUS : callerOf(event.requestContext.authorizer?.jwt?.claims);
  if (isRefusal(caller)) return caller;
  if (access !== 'open' && !access.roles.includes(caller.role))
    return refuse(
      'FORBIDDEN',
      `A caller of role ${caller.role} may not do this; it takes ${access.roles.join(' or ')}.`,
    );

  const path = parse(declared.path, event.pathParameters ?? {});
  if (isRefusal(path)) return path;
  const { query: sentQuery, tag } = splitCursor(event.queryStringParameters);
  const query = parse(declared.query, sentQuery);
  if (isRefusal(query)) return query;
  const foreign = refuseForeignCursor(tag, { id: declared.id, path: path.parsed, query: query.parsed });
  if (foreign) return foreign;

  if (access !== 'open') {
    if (access.permits?.(caller.role, path.parsed) === false)
      return refuse(
        'FORBIDDEN',
        `A caller of role ${caller.role} may not do this here; it takes ${rolesAt(access, path.parsed)}.`,
      );
    const target = access.target({ path: path.parsed, query: query.parsed, role: caller.role });
    const districtOf = async (place: LocationId) => (await registry.entry(locationKind(place), place))?.entry.district;
    if (!(await canReach(caller, target, districtOf)))
      return refuse(
        'FORBIDDEN',
        `This is outside the token's scope: ${caller.scopes.join(' ') || 'it has none'}. It takes ${scopeOf(target)}.`,
      );
  }

  const ifMatch = parseIfMatch(declared, event);
  if (isRefusal(ifMatch)) return ifMatch;
  const body = parseBody(declared, event, path.parsed);
  if (isRefusal(body)) return body;
  const language = preferredLanguage(event.headers['accept-language']);
  const csv = declared.csv?.asked(query.parsed, event.headers.accept) ?? false;
  return {
    path: path.parsed,
    query: query.parsed,
    body: body.parsed,
    sent: body.sent,
    caller,
    ifMatch,
    csv,
    language,
    origin: originOf(event),
  };
};

const rolesAt = ({ roles, permits }: AccessRule<unknown, unknown>, path: unknown): string =>
  roles.filter((role) => permits?.(role, path) !== false).join(' or ') || 'nobody';

const scopeOf = (target: AccessTarget): string => {
  switch (target.kind) {
    case 'anything':
      return 'any scope';
    case 'state':
      return 'the scope state, or an admin';
    case 'district':
      return `the scope district:${target.district} or state`;
    case 'location':
      return `the scope location:${target.location}, its district or state`;
    case 'producer':
      return `the scope producer:${target.producer}, its district or state`;
  }
};

const parseIfMatch = ({ ifMatch }: Operation, event: HttpEvent): Version | undefined | Refusal => {
  const sent = event.headers['if-match'];
  if (!ifMatch || sent === undefined) return undefined;
  const [, , digits] = /^("?)(\d+)\1$/.exec(sent) ?? [];
  const version = Version.safeParse(Number(digits)).data;
  const fields = [{ path: 'If-Match', problem: 'is a version, such as "3"' }];
  return version ?? refuse('INVALID_REQUEST', 'If-Match is a version, such as "3".', { fields });
};

const buildResponse = async (
  { contract: { id, reply, csv, html, binary }, writeCsv }: Omit<OperationHandler<never>, 'handle'>,
  { status, body, page }: OperationReply<unknown>,
  { query, path, csv: isCsv, language }: ParsedRequest<unknown, unknown, unknown>,
  event: HttpEvent,
): Promise<APIGatewayProxyStructuredResultV2> => {
  const declared = tagCursor(reply.parse(body), { id, path, query });
  if (binary)
    return {
      statusCode: status,
      headers: { 'content-type': binary, 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' },
      body: Buffer.from(declared as Uint8Array).toString('base64'),
      isBase64Encoded: true,
    };
  if (csv && isCsv) {
    if (!writeCsv) throw new Error(`${id} replies with CSV: make it with csvOperation.`);
    const table = csv.table(declared, query, path);
    return {
      statusCode: status,
      headers: {
        'content-type': 'text/csv',
        ...(table.cursor !== undefined && {
          link: nextPageLink(event.rawPath, event.queryStringParameters, table.cursor),
        }),
        ...factHeaders(table.facts),
      },
      body: writeCsv(table),
    };
  }
  if (html && page && prefersHtml(event.headers.accept))
    return { statusCode: status, headers: PAGE_HEADERS, body: page() };
  if (language === 'hi') await loadHindi();
  const version = typeof declared === 'object' && declared && 'version' in declared ? declared.version : undefined;
  return {
    statusCode: status,
    headers: { 'content-type': 'application/json', ...(version !== undefined && { etag: `"${version}"` }) },
    body: toExactJson(language === 'hi' ? withHindiProblems(declared) : declared),
  };
};

const factHeaders = (facts: CsvTable['facts'] = {}): Record<string, string> =>
  Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]) => (value === undefined ? [] : [[`x-${name}`, value]])),
  );

/** `hi` if `Accept-Language` (RFC 9110) prefers it to English. */
export const preferredLanguage = (accepted = ''): Language => {
  const weightOf = (language: Language): number => {
    const ranges = accepted
      .toLowerCase()
      .split(',')
      .map((range) => range.trim().split(';'));
    const found = ranges.find(([range = '']) => range.trim().split('-')[0] === language);
    return found ? Number(/q=([\d.]+)/.exec(found.slice(1).join(';'))?.[1] ?? 1) : 0;
  };
  return weightOf('hi') > weightOf('en') ? 'hi' : 'en';
};

/** A page runs no script and loads nothing. It may hold what a phone must not keep for others. */
export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  'cache-control': 'private, no-store',
  vary: 'accept',
  'x-content-type-options': 'nosniff',
};

export const prefersHtml = (accept: string | undefined): boolean => prefers('text/html', accept);

type Rendering = 'text/html' | 'application/pdf';

/**
 * True if `Accept` names the type, ranks it above JSON and not below the other rendering
 * (RFC 9110, section 12.5.1).
 */
const prefers = (wanted: Rendering, accept = '', other?: Rendering): boolean => {
  const ranges = accept.split(',').map((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    return { type, weight: weight === undefined ? 1 : Number(weight) };
  });
  const weightOf = (...types: readonly string[]) =>
    types.map((type) => ranges.find((range) => range.type === type)?.weight).find((weight) => weight !== undefined) ??
    0;
  const weight = weightOf(wanted);
  if (other && weight < weightOf(other)) return false;
  return weight > weightOf('application/json', 'application/*', '*/*') || (weight > 0 && !accept.includes('json'));
};

/** Bytes. 40 full lines are below 10 KB. */
const MAX_BODY_BYTES = 256 * 1024;

type EncodedBody = { readonly body?: string | undefined; readonly isBase64Encoded: boolean };

const parseBody = (
  { consumes, body, bodyFor }: Operation,
  event: EncodedBody,
  path: unknown,
): { readonly parsed: unknown; readonly sent: unknown } | Refusal => {
  if (consumes === 'nothing') return { parsed: {}, sent: undefined };
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > MAX_BODY_BYTES)
    return refuse('BODY_TOO_LARGE', `The body has ${bytes.length} bytes; ${MAX_BODY_BYTES} are the most.`);
  const text = bytes.toString();
  const sent = consumes === 'text/csv' ? text : parseJsonText(text);
  if (sent === undefined) return refuse('MALFORMED_JSON', 'The body could not be read as JSON.');
  const read = parse(bodyFor?.(path) ?? body, sent);
  return isRefusal(read) ? read : { ...read, sent };
};
