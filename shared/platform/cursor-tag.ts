import { createHash } from 'node:crypto';
import { type Refusal, refuse } from '../kernel/refusal.ts';

/** 36 bits: they tell lists apart, and keep nobody out. */
const TAG_LENGTH = 6;

/** An operation with its parsed path and query. `format` changes no order, so it may change. */
type List = { readonly id: string; readonly path: unknown; readonly query: unknown };

const tagOf = ({ id, path, query }: List): string => {
  const { cursor: _, format: _format, ...asked } = query as Readonly<Record<string, unknown>>;
  const text = JSON.stringify([id, path, asked]);
  return createHash('sha256').update(text).digest('base64url').slice(0, TAG_LENGTH);
};

type RawQuery = Readonly<Record<string, string | undefined>>;

/** The query as an operation parses it. `tag`: of the list whose page gave the cursor. */
export const splitCursor = (query: RawQuery = {}): { readonly query: RawQuery; readonly tag: string | undefined } => {
  const { cursor } = query;
  if (cursor === undefined) return { query, tag: undefined };
  return { query: { ...query, cursor: cursor.slice(TAG_LENGTH) }, tag: cursor.slice(0, TAG_LENGTH) };
};

export const refuseForeignCursor = (tag: string | undefined, list: List): Refusal | undefined =>
  tag === undefined || tag === tagOf(list) ? undefined : FOREIGN_CURSOR;

export const FOREIGN_CURSOR = refuse('INVALID_REQUEST', 'The cursor is of another list; start again without one.', {
  fields: [{ path: 'cursor', problem: 'is not a cursor of this list' }],
});

/** The reply with the list's tag before its cursor, so that other lists and queries refuse it. */
export const tagCursor = <Reply>(reply: Reply, list: List): Reply => {
  if (typeof reply !== 'object' || reply === null || !('cursor' in reply) || reply.cursor === undefined) return reply;
  return { ...reply, cursor: `${tagOf(list)}${reply.cursor}` };
};

/** A CSV file has no cursor field, so the next page is in a Link header (RFC 8288). */
export const nextPageLink = (path: string, query: RawQuery | undefined, cursor: string): string =>
  `<${path}?${new URLSearchParams({ ...query, cursor } as Record<string, string>)}>; rel="next"`;
