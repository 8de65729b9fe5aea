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
