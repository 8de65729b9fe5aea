import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { parseJsonText, toExactJson } from '../shared/kernel/json.ts';
import { isRefusal, type Refusal, refuse, toProblem } from '../shared/kernel/refusal.ts';
import { loadHindi } from '../shared/kernel/translate.ts';
import { preferredLanguage } from '../shared/platform/http-response.ts';
import { routeKey } from '../shared/platform/operation-contract.ts';
import type { WebFile } from '../web/build/build.ts';
import { cacheControl, configFile, contentPolicy, type WebConfig } from '../web/build/web-host.ts';
import type { LocalExportFiles } from './export-files.ts';
import { eventOf, lambdaContext } from './gateway-event.ts';
import type { Issuer } from './issuer.ts';
import type { LocalPath } from './paths.ts';
import { PRACTICE } from './practice.ts';
import { FUNCTIONS, routeOf } from './routes.ts';
import type { LocalPages } from './showcase-files.ts';

/** Bytes. Functions refuse smaller bodies already. */
const MAX_BODY_BYTES = 1024 * 1024;

export type LocalServerOptions = {
  readonly issuer: Issuer;
  readonly paths: ReadonlyMap<string, LocalPath>;
  readonly exports?: Pick<LocalExportFiles, 'download'>;
  readonly pages?: Pick<LocalPages, 'page'>;
  /** The screens, and how they sign in. */
  readonly web?: readonly WebFile[];
  readonly config?: WebConfig;
};

/** Longer than a client keeps an idle connection: Node's 5 s close it under a request. */
const KEEP_ALIVE_MILLISECONDS = 75_000;

export const createLocalServer = (local: LocalServerOptions): Server =>
  createServer({ keepAliveTimeout: KEEP_ALIVE_MILLISECONDS }, (request, response) => {
    respond(request, response, local).catch((error: unknown) => {
      console.error(error);
      send(response, refuse('INTERNAL', 'The local server failed. See its terminal.'));
    });
  });

const respond = async (
  request: IncomingMessage,
  response: ServerResponse,
  local: LocalServerOptions,
): Promise<void> => {
  const url = URL.parse(request.url ?? '/', 'http://local');
  if (!url) return send(response, refuse('NOT_FOUND', `There is no ${request.url}.`));
  const method = request.method ?? 'GET';
  const body = await bodyOf(request);
  if (body === undefined) return send(response, refuse('BODY_TOO_LARGE', 'The body is far over 256 KB.'));
  const file = method === 'GET' && findFile(url.pathname, local);
  if (file) return sendFile(response, file, local.config);
  const page = method === 'GET' ? await local.pages?.page(url.pathname) : undefined;
  if (page) return void response.writeHead(200, { 'content-type': page.type }).end(page.body);
  const download = method === 'GET' ? await local.exports?.download(url) : undefined;
  if (download) return sendDownload(response, download);
  if (url.pathname.startsWith('/local/')) return sendLocal(response, method, url, body, local);

  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const answer = await callFunction({ method, url, headers, body }, local.issuer);
  if (isRefusal(answer)) return send(response, answer);
  const { statusCode = 500, headers: sent, body: text, isBase64Encoded } = answer;
  const bytes = Buffer.from(text ?? '', isBase64Encoded ? 'base64' : 'utf8');
  response.writeHead(statusCode, { ...sent } as Record<string, string>).end(bytes);
};

/** As a link of S3 answers. */
const sendDownload = (
  response: ServerResponse,
  file: NonNullable<Awaited<ReturnType<LocalExportFiles['download']>>>,
): void => {
  if (file === 'expired') {
    send(response, refuse('FORBIDDEN', 'The link is no longer valid: read the export again.'));
    return;
  }
  const headers = { 'content-type': file.type, 'content-disposition': `attachment; filename="${file.name}"` };
  response.writeHead(200, headers).end(file.body);
};

type PlainRequest = {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

const callFunction = async ({ method, url, headers, body }: PlainRequest, issuer: Issuer) => {
  const found = routeOf(method, url.pathname);
  if (!found) return refuse('NOT_FOUND', `There is no ${method} ${url.pathname}.`);
  const { operation, pathParameters } = found;
  const token = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
  const claims = operation.access === 'open' || token === undefined ? undefined : await issuer.verify(token);
  if (operation.access !== 'open' && !claims)
    return refuse('UNAUTHENTICATED', token ? 'The token is not ours, or has expired.' : 'There is no token.');
  const forwarded = { ...headers, 'x-forwarded-proto': 'http' };
  const event = eventOf({ method, url, headers: forwarded, body, claims, pathParameters, key: routeKey(operation) });
  return (await FUNCTIONS[operation.function](event, lambdaContext(operation.function))) ?? {};
};

/** `fetch` of the operations within this process: a third less CPU time than over a socket. */
export const fetchWithin =
  (issuer: Issuer): typeof fetch =>
  async (input, { method = 'GET', headers = {}, body } = {}) => {
    const url = new URL(String(input));
    const answer = await callFunction(
      { method, url, headers: headers as Record<string, string>, body: String(body ?? '') },
      issuer,
    );
    const { statusCode = 500, headers: sent, body: text } = isRefusal(answer) ? problemAnswer(answer) : answer;
    return new Response(text ?? '', { status: statusCode, headers: { ...sent } as Record<string, string> });
  };

const problemAnswer = (refusal: Refusal) => {
  const problem = toProblem(refusal, 'en');
  const headers = { 'content-type': 'application/problem+json' };
  return { statusCode: problem.status, headers, body: JSON.stringify(problem) };
};

const pagePath = (pathname: string): string => (pathname === '/' ? '/index.html' : pathname);

const findFile = (pathname: string, { web = [], config = PRACTICE }: LocalServerOptions) =>
  [...web, ...(web.length > 0 ? [configFile(config)] : [])].find(({ path }) => path === pagePath(pathname));

const sendFile = (response: ServerResponse, file: WebFile, config: WebConfig | undefined): void => {
  response
    .writeHead(200, {
      'content-type': file.type,
      'cache-control': cacheControl(file),
      'content-security-policy': contentPolicy(config?.signIn === 'hosted' ? config.url : undefined),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    })
    .end(file.body);
};

const sendLocal = async (
  response: ServerResponse,
  method: string,
  { pathname, searchParams }: URL,
  body: string,
  { paths }: LocalServerOptions,
): Promise<void> => {
  const [, , task = '', name = ''] = pathname.split('/');
  const run = paths.get(`${method} ${task}`);
  if (!run) return send(response, refuse('NOT_FOUND', `There is no ${method} ${pathname}.`));
  const json = parseJsonText(body || '{}');
  if (json === undefined) return send(response, refuse('MALFORMED_JSON', 'The body could not be read as JSON.'));
  const fields = [...searchParams.keys()].map((path) => ({ path, problem: 'is not a known parameter' }));
  if (fields.length > 0)
    return send(response, refuse('INVALID_REQUEST', `${method} ${pathname} takes no parameters.`, { fields }));
  const answer = await run(json, name);
  if (isRefusal(answer)) return send(response, answer);
  response.writeHead(200, { 'content-type': 'application/json' }).end(toExactJson(answer));
};

const send = async (response: ServerResponse, refusal: Refusal): Promise<void> => {
  const language = preferredLanguage(response.req.headers['accept-language']);
  if (language === 'hi') await loadHindi();
  const problem = toProblem(refusal, language);
  response
    .writeHead(problem.status, { 'content-type': 'application/problem+json', 'content-language': language })
    .end(JSON.stringify(problem));
};

const bodyOf = async (request: IncomingMessage): Promise<string | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return size > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks).toString('utf8');
};
