import { expect } from 'vitest';
import { operations } from '../../shared/api/contract.ts';
import { tagCursor } from '../../shared/platform/cursor-tag.ts';
import { cursorField } from '../../shared/platform/operation-contract.ts';

type KeyPage = { readonly keys: readonly string[]; readonly cursor: string | undefined };
export type ReadPage = (cursor: string | undefined) => Promise<KeyPage>;

/** Everything on all pages; `between` runs before each page but the first. */
export const walkPages = async (read: ReadPage, between: () => Promise<unknown> = async () => undefined) => {
  let page = await read(undefined);
  const shown = new Set(page.keys);
  for (let pages = 1; page.cursor !== undefined; pages++) {
    if (pages > 500) throw new Error('the pages do not end');
    await between();
    page = await read(page.cursor);
    for (const key of page.keys) shown.add(key);
  }
  return shown;
};

type ListQuery = { readonly path?: object; readonly query?: object };

/** A cursor as the operation gives it for this path and query, after the row with these keys. */
export const cursorAfter = (id: string, { path = {}, query = {} }: ListQuery, keys: readonly string[]): string => {
  const operation = operations.find((one) => one.id === id) ?? expect.fail(`no operation ${id}`);
  const list = { id, path: operation.path.parse(path), query: operation.query.parse(query) };
  return tagCursor(cursorField(keys), list).cursor ?? '';
};
