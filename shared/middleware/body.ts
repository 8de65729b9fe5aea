import type { Operation } from '../contract/operation.ts';
import { parse } from '../domain/parse.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';

/** Bytes. 40 lines of everything are under 10 KB; what is larger is not a request. */
const MAX_BODY = 256 * 1024;

type Sent = { readonly body?: string | undefined; readonly isBase64Encoded: boolean };

/** The body by its declared kind and schema. */
export const bodyOf = (
  { consumes, body, bodyFor }: Operation,
  sent: Sent,
  path: unknown,
): { readonly parsed: unknown } | Refusal => {
  if (consumes === 'nothing') return { parsed: {} };
  const bytes = Buffer.from(sent.body ?? '', sent.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > MAX_BODY)
    return refuse('BODY_TOO_LARGE', `The body has ${bytes.length} bytes; ${MAX_BODY} are the most.`);
  if (consumes === 'text/csv') return parse(body, bytes.toString());
  const json = jsonOf(bytes.toString());
  return json === undefined
    ? refuse('MALFORMED_JSON', 'The body could not be read as JSON.')
    : parse(bodyFor?.(path) ?? body, json);
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
