import { everything } from '../shared/kernel/pages.ts';
import { done } from './done.ts';

type Answer<Body> = { ok: true; body: Body } | { ok: false; problem: unknown };

/** Follows the cursors of a list to its end. */
export const allPages = <Body extends { cursor?: string | undefined }, Row>(
  read: (query: { cursor?: string }) => Promise<Answer<Body>>,
  rowsOf: (body: Body) => readonly Row[],
): Promise<Row[]> =>
  everything(async (after) => {
    const body = done(await read(after?.[0] === undefined ? {} : { cursor: after[0] }));
    return { rows: rowsOf(body), next: body.cursor === undefined ? undefined : [body.cursor] };
  });
