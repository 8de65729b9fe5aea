import type * as z from 'zod';
import { fromExactJson } from '../kernel/json.ts';
import type { ErrorCode } from '../kernel/problems.ts';
import { Problem, refuse, toProblem } from '../kernel/refusal.ts';
import type { Operation } from '../platform/operation-contract.ts';

/** The answer may come from a newer Bahi, or from the gateway, which sends no problem documents. */
export const parseResponse = ({ reply, csv }: Operation, status: number, text: string, headers = new Headers()) => {
  if (status === 200 && csv && headers.get('content-type') === 'text/csv')
    return { ok: true, status, body: text, cursor: cursorIn(headers.get('link') ?? '') } as const;
  const said = jsonIn(text);
  if (status < 200 || status > 299) {
    const problem = Problem.safeParse(said).data ?? problemFromStatus(status, text);
    return { ok: false, status, problem } as const;
  }
  const read = reply.safeParse(said);
  if (read.success) return { ok: true, status, body: read.data } as const;
  if (hasOnlyUnknownFields(read.error.issues)) return { ok: true, status, body: said } as const;
  return { ok: false, status, problem: problemFromStatus(status, text) } as const;
};

/** The Link header of RFC 8288. */
const cursorIn = (link: string): string | undefined => {
  const [, query] = /^<[^?>]*\?([^>]*)>; rel="next"$/.exec(link) ?? [];
  return new URLSearchParams(query).get('cursor') ?? undefined;
};

const jsonIn = (text: string): unknown => {
  try {
    return fromExactJson(text);
  } catch {
    return undefined;
  }
};

/** A newer Bahi may add fields. An error here would hide a recorded sale. */
const hasOnlyUnknownFields = (issues: readonly z.core.$ZodIssue[]): boolean =>
  issues.every(
    (issue) =>
      issue.code === 'unrecognized_keys' || (issue.code === 'invalid_union' && issue.errors.some(hasOnlyUnknownFields)),
  );

const CODE_BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  413: 'BODY_TOO_LARGE',
  429: 'BUSY',
  502: 'BUSY',
  503: 'BUSY',
  504: 'BUSY',
};

const problemFromStatus = (status: number, text: string): Problem => {
  const detail = `The answer was ${status}, and no document of Bahi's: ${text.slice(0, 200) || 'nothing'}.`;
  return { ...toProblem(refuse(codeFromStatus(status), detail)), status };
};

/** An unknown 4xx must not be retried. Otherwise the outcome is unknown. */
const codeFromStatus = (status: number): ErrorCode =>
  CODE_BY_STATUS[status] ?? (status >= 400 && status < 500 ? 'INVALID_REQUEST' : 'INTERNAL');
