import { afterAll, beforeAll } from 'vitest';
import { operations } from '../../shared/api/contract.ts';
import { Problem } from '../../shared/kernel/refusal.ts';
import type { Operation } from '../../shared/platform/operation-contract.ts';
import { COMMON_ERRORS } from '../../shared/platform/operation-contract.ts';
import { wrapFetch } from './fast-clients.ts';
import { untranslated } from './hindi.ts';

/** Never in an answer: stacks, files, table names, the engine's messages. */
const INTERNAL_NAMES =
  /\n\s*at |\w*Error\b|exception|dynamo|conditional|node_modules|\.ts\b|test-[0-9a-f]{8}-|"recordedBy"/i;

/** Checks every answer in this file against the contract. An undeclared status or code throws. */
export const checkAnswersAgainstContract = (): void => {
  let restore: () => void;
  // A hook, for a file whose tests are all left out runs none: the next file of this worker would
  // keep the check.
  beforeAll(() => {
    restore = wrapFetch((plain) => async (input, init) => {
      const response = await plain(input, init);
      const url = input instanceof Request ? input.url : input;
      const { pathname } = new URL(response.redirected ? response.url : url);
      if (pathname.startsWith('/local/')) return response;
      const operation = operationAt(init?.method ?? 'GET', pathname);
      const complaint = complaintOf(operation, response, await response.clone().text());
      if (complaint) throw new Error(`${init?.method ?? 'GET'} ${pathname} ${complaint}`);
      return response;
    });
  });
  afterAll(() => restore());
};

const patterns = operations.map((operation) => ({
  operation,
  pattern: new RegExp(`^${operation.route.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
}));

const operationAt = (method: string, path: string): Operation | undefined =>
  patterns.find(({ operation, pattern }) => operation.method === method && pattern.test(path))?.operation;

/** The codes that an operation says it may answer. */
export const declaredCodes = ({ access, errors }: Operation): readonly string[] =>
  access === 'open' ? ['INVALID_REQUEST', 'INTERNAL', ...errors] : [...COMMON_ERRORS, ...errors];

const complaintOf = (operation: Operation | undefined, response: Response, text: string): string | undefined => {
  const { status, headers } = response;
  const type = headers.get('content-type');
  if (status === 304 && operation?.cacheSeconds !== undefined) return undefined;
  if (response.ok) {
    if (!operation?.statuses.some((declared) => declared === status)) return `answered ${status}, undeclared`;
    if (type === 'text/csv' && operation.csv) return undefined;
    if (type?.startsWith('text/html') && operation.html) return undefined;
    if (operation.binary) return type === operation.binary ? undefined : `answered ${type}`;
    if (type !== 'application/json') return `answered ${type}`;
    const { error } = operation.reply.safeParse(JSON.parse(text));
    return error && `answered what its schema does not know: ${error.message}`;
  }
  if (INTERNAL_NAMES.test(text)) return `told of its insides: ${text}`;
  if (type?.startsWith('text/html') && operation?.html && operation.access === 'open')
    return status === 500 ? 'answered 500' : undefined;
  if (type !== 'application/problem+json') return `answered ${status} as ${type}`;
  const { data } = Problem.safeParse(JSON.parse(text));
  if (data?.status !== status) return `answered ${status} with no problem document: ${text}`;
  if (operation && !declaredCodes(operation).includes(data.code)) return `answered ${data.code}, undeclared`;
  const english = headers.get('content-language') === 'en' ? untranslated(data) : [];
  if (english.length > 0) return `has no Hindi for: ${english.join(' | ')}`;
  return status === 500 ? 'answered 500' : undefined;
};
