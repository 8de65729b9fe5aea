import { allPages } from '../shared/kernel/pages.ts';
import { expectOk } from './expect-ok.ts';

type ListResult<Body> = { ok: true; body: Body } | { ok: false; problem: unknown };

export const listAllPages = <Body extends { cursor?: string | undefined }, Row>(
  read: (query: { cursor?: string }) => Promise<ListResult<Body>>,
  rowsOf: (body: Body) => readonly Row[],
): Promise<Row[]> =>
  allPages(async (after) => {
    const body = expectOk(await read(after?.[0] === undefined ? {} : { cursor: after[0] }));
    return { rows: rowsOf(body), next: body.cursor === undefined ? undefined : [body.cursor] };
  });
