import type { Client } from '../../shared/api/client.ts';
import { withClockMeasurement } from '../../shared/api/phone-clock.ts';
import { fromExactJson, toExactJson } from '../../shared/kernel/json.ts';
import type { FieldProblem } from '../../shared/kernel/problems.ts';
import { keepMeasurement } from '../outbox/database.ts';
import { language } from './texts.ts';

/** Filled in by web/build/build.ts. */
declare const OPERATIONS: readonly OperationRow[];
type OperationRow = readonly [id: string, method: string, route: string, consumes: string];

export type ApiProblem = {
  readonly code: string;
  readonly detail: string;
  readonly title?: string;
  readonly whatToDo?: string;
  readonly fields?: readonly FieldProblem[];
};

/** A link that answers later than this is as good as none. */
const PATIENCE_MILLISECONDS = 20_000;

/** In memory only: a stolen phone has no token. */
let token: string | undefined;
export const useToken = (fresh: string | undefined): void => {
  token = fresh;
};
export const hasToken = (): boolean => token !== undefined;

let askRenewal: () => Promise<string | undefined> = async () => undefined;
let renewing: Promise<boolean> | undefined;

export const useRenewal = (ask: () => Promise<string | undefined>): void => {
  askRenewal = ask;
};

/** `false`: a person has to sign in. Concurrent callers share one request. */
export const renewToken = (): Promise<boolean> => {
  renewing ??= askRenewal().then((fresh) => {
    if (fresh !== undefined) token = fresh;
    renewing = undefined;
    return fresh !== undefined;
  });
  return renewing;
};

type ApiRequest = {
  readonly path?: Record<string, string>;
  readonly query?: Record<string, string | undefined>;
  readonly body?: unknown;
  readonly ifMatch?: number;
};

const fetchMeasured = withClockMeasurement(
  (...request) => fetch(...request),
  Date.now,
  (newer) => void keepMeasurement(newer),
);

/** Tokens last an hour. Nothing was done, so the same request is sent again. */
const sendRenewed = async (sendOnce: () => Promise<Response>): Promise<Response> => {
  const response = await sendOnce();
  return response.status === 401 && (await renewToken()) ? sendOnce() : response;
};

const send = async (operation: OperationRow, request: ApiRequest, authorization?: string) => {
  const response = await (authorization === undefined
    ? sendRenewed(() => attempt(operation, request, token))
    : attempt(operation, request, authorization));
  const reply = parseJson(await response.text());
  if (response.ok && reply !== undefined) return { ok: true, status: response.status, body: reply };
  return { ok: false, status: response.status, problem: problemOf(response.status, reply) };
};

const attempt = (
  [, method, route, consumes]: OperationRow,
  { path = {}, query = {}, body, ifMatch }: ApiRequest,
  authorization: string | undefined,
) => {
  const asked = Object.entries(query).filter((one): one is [string, string] => one[1] !== undefined);
  const url = route.replace(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(path[name] ?? ''));
  return fetchMeasured(`${url}${asked.length > 0 ? `?${new URLSearchParams(asked)}` : ''}`, {
    method,
    signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
    headers: {
      'accept-language': language.value,
      ...(authorization !== undefined && { authorization: `Bearer ${authorization}` }),
      ...(consumes !== 'nothing' && { 'content-type': consumes }),
      ...(ifMatch !== undefined && { 'if-match': `"${ifMatch}"` }),
    },
    ...(consumes === 'application/json' && { body: toExactJson(body) }),
    ...(consumes === 'text/csv' && { body: String(body) }),
  });
};

const parseJson = (text: string): unknown => {
  try {
    return fromExactJson(text);
  } catch {
    return undefined;
  }
};

/** The gateway and a captive portal send no problem documents. */
const problemOf = (status: number, reply: unknown): ApiProblem => {
  if (typeof reply === 'object' && reply !== null && 'code' in reply && 'detail' in reply) return reply as ApiProblem;
  const code =
    status === 401 ? 'UNAUTHENTICATED' : status === 403 ? 'FORBIDDEN' : status === 404 ? 'NOT_FOUND' : 'BUSY';
  return { code, detail: `The answer was ${status}.` };
};

type PhoneClient = Omit<Client, 'enrolTerminal'> & Pick<Client, 'enrolTerminal'>;

/**
 * One method per operation, typed by the contract. Only a lost answer throws. `token`: of another
 * caller.
 */
export const clientOf = (authorization?: string): PhoneClient =>
  Object.fromEntries(
    OPERATIONS.map((operation) => [operation[0], (request: ApiRequest) => send(operation, request, authorization)]),
  ) as unknown as PhoneClient;

export const api = clientOf();

export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly problem: ApiProblem;
  constructor(problem: ApiProblem) {
    super(problem.detail);
    this.problem = problem;
  }
}

type Page =
  | { readonly ok: true; readonly body: { readonly cursor?: string | null | undefined } }
  | { readonly ok: false; readonly problem: ApiProblem };

/**
 * The pages of a list, up to `maxPages`. Throws a `RefusedError` if one is refused. If there are
 * more, the last page has a cursor.
 */
export const allPages = async <Reply extends Page>(
  read: (query: { cursor?: string }) => Promise<Reply>,
  maxPages = Number.POSITIVE_INFINITY,
): Promise<Extract<Reply, { ok: true }>['body'][]> => {
  const pages: Extract<Reply, { ok: true }>['body'][] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor ? { cursor } : {});
    if (!page.ok) throw new RefusedError(page.problem);
    pages.push(page.body);
    cursor = page.body.cursor ?? undefined;
  } while (cursor && pages.length < maxPages);
  return pages;
};

const readFileAs = (accept: string, url: string): Promise<Response> =>
  sendRenewed(() =>
    fetch(url, {
      signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
      headers: { 'accept-language': language.value, accept, authorization: `Bearer ${token}` },
    }),
  );

type PdfFile = { readonly ok: true; readonly pdf: Blob } | { readonly ok: false; readonly problem: ApiProblem };

/** Only a lost answer throws. */
export const readPdf = async (route: string): Promise<PdfFile> => {
  const response = await readFileAs('application/pdf', route);
  if (response.ok) return { ok: true, pdf: await response.blob() };
  return { ok: false, problem: problemOf(response.status, parseJson(await response.text())) };
};

/** `isComplete`: a report without missing closes or unreadable rows; any other list. */
type CsvFile =
  | { readonly ok: true; readonly text: string; readonly isComplete: boolean }
  | { readonly ok: false; readonly problem: ApiProblem };

/** All pages of a list as one file, with one line of column names. Only a lost answer throws. */
export const readCsvFile = async (route: string): Promise<CsvFile> => {
  let text = '';
  let isComplete = true;
  let next: string | undefined = route;
  while (next !== undefined) {
    const response: Response = await readFileAs('text/csv', next);
    const page = await response.text();
    if (!response.ok) return { ok: false, problem: problemOf(response.status, parseJson(page)) };
    const names = text.slice(0, text.indexOf('\n') + 1);
    text += names !== '' && page.startsWith(names) ? page.slice(names.length) : page;
    if (response.headers.get('x-complete') === 'false' || response.headers.has('x-unreadable')) isComplete = false;
    next = /<([^>]+)>;\s*rel="?next"?/.exec(response.headers.get('link') ?? '')?.[1];
  }
  return { ok: true, text, isComplete };
};
