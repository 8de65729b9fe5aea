import { parse } from '../kernel/parse.ts';
import { isRefusal, type Refusal, refuse } from '../kernel/refusal.ts';
import type { Operation } from './operation-contract.ts';

/** Bytes. 40 full lines are below 10 KB. */
const MAX_BODY_BYTES = 256 * 1024;

type EncodedBody = { readonly body?: string | undefined; readonly isBase64Encoded: boolean };

export const parseBody = (
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

/** `undefined`: not JSON. */
export const parseJsonText = (text: string): unknown => {
  try {
    return JSON.parse(text, requireWellFormed);
  } catch {
    return undefined;
  }
};

/** No table accepts a lone surrogate, such as `\ud800`. */
const requireWellFormed = (_key: string, value: unknown): unknown => {
  if (typeof value === 'string' && !value.isWellFormed()) throw new SyntaxError('half a character');
  return value;
};
