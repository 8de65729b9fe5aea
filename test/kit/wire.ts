import { expect } from 'vitest';
import { addProof } from '../../shared/api/phone-key.ts';
import { parseJsonText } from '../../shared/kernel/json.ts';
import { Problem } from '../../shared/kernel/refusal.ts';
import { type Book, expectOk } from './book.ts';
import { fastFetch } from './fast-clients.ts';

/** Bodies that the tests send by fetch. */
export type Wire = string | URLSearchParams | Uint8Array<ArrayBuffer>;

export type Sent = { method?: string; body?: Wire; token?: string; headers?: Record<string, string> };

/**
 * A plain HTTP request, for what the typed client cannot send. Vouchers and requests get their
 * proof unless the body has one.
 */
export const ask = async (
  book: Book,
  path: string,
  { method = 'GET', body: text, token, headers }: Sent = {},
): Promise<Response> => {
  const body = typeof text === 'string' ? await withProof(book, `${method} ${path}`, text) : text;
  const signed = { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...headers };
  const url = `${book.bahi.url}${path}`;
  if (!isPlain(body, method, signed))
    return fetch(url, { method, headers: signed, ...(body !== undefined && { body }) });
  const type = body !== undefined && { 'content-type': 'text/plain;charset=UTF-8' };
  const answer = await fastFetch(url, { method, headers: { ...type, ...signed }, ...(body !== undefined && { body }) });
  const answered = answer.status === 204 || answer.status === 304 ? null : await answer.arrayBuffer();
  return new Response(answered, { status: answer.status, headers: answer.headers });
};

/** `fastFetch` sends neither forms nor bytes, unpacks nothing, and follows no redirect to a PDF. */
const isPlain = (body: Wire | undefined, method: string, headers: Record<string, string>): body is string | undefined =>
  (body === undefined || typeof body === 'string') &&
  ['GET', 'PUT', 'POST', 'DELETE'].includes(method) &&
  headers.accept !== 'application/pdf' &&
  Object.keys(headers).every((name) => name === name.toLowerCase() && name !== 'accept-encoding');

const NUMBERED = /^PUT \/(?:locations|producers)\/([^/]+)\/(?:vouchers|asks|requests)\/([^/]+)$/;
const SYNCED = /^POST \/locations\/([^/]+)\/vouchers$/;

/** Inserts a proof into the text of a JSON object; other bodies are sent unchanged. */
const withProof = async ({ phone }: Book, route: string, text: string): Promise<string> => {
  const [, place, number] = NUMBERED.exec(route) ?? [];
  const [, location] = SYNCED.exec(route) ?? [];
  const body = parseJsonText(text);
  if (typeof body !== 'object' || body === null || Array.isArray(body) || 'proof' in body) return text;
  if (place && number) return putIn(text, `"proof":"${await phone.prove(place, number, body)}"`);
  if (!location || !('vouchers' in body) || !Array.isArray(body.vouchers) || body.vouchers.length === 0) return text;
  return JSON.stringify(await addProof('syncVouchers', { path: { location }, body }, phone));
};

/** A body that is padded stays as long as it was. */
const putIn = (text: string, field: string): string =>
  text.replace(/(\{?)\s*\}(\s*)$/, (_end, opens: string, padding: string) => {
    const added = `${opens || ','}${field}}`;
    return added + padding.slice(added.length - 1);
  });

/** Checks that a refusal has its code, detail, advice, and the paths of these fields. */
export const expectProblem = async (
  response: Response,
  status: number,
  code: string | undefined,
  ...fields: string[]
): Promise<Problem> => {
  const problem = Problem.parse(await response.json());
  expect([response.status, problem.code], problem.detail).toEqual([status, code]);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(problem.detail).toMatch(/\.$/);
  expect(problem.whatToDo).toMatch(/\.$/);
  if (fields.length > 0) expect(pathsIn(problem)).toEqual(expect.arrayContaining(fields));
  return problem;
};

const pathsIn = ({ fields }: Problem): unknown[] =>
  Array.isArray(fields) ? fields.map((field: { path: unknown }) => field.path) : [];

/** Lucknow's day books of the days around the clock's day, and its stock. */
export const booksAndShelves = async ({ admin }: Book): Promise<unknown[]> => {
  const days = ['2026-11-21', '2026-11-22', '2026-11-23'].map((day) =>
    admin.getDay({ path: { location: 'LKO-01', day } }),
  );
  const shelves = ['LKO-01', 'LKO-02'].map((location) => admin.getLocationStock({ path: { location } }));
  return [
    ...(await Promise.all(days)).flatMap((day) => expectOk(day).vouchers),
    ...(await Promise.all(shelves)).flatMap((shelf) => expectOk(shelf).stock),
  ];
};

type Answered = { readonly status: number } & ({ readonly ok: true } | { readonly ok: false; problem: Problem });

/** How the typed client was answered, in short: `201`, or `409 VOUCHER_CONFLICT`. */
export const outcomeOf = (answer: Answered): number | string =>
  answer.ok ? answer.status : `${answer.status} ${answer.problem.code}`;
