export type PagePosition = readonly string[];

/** The cursor is of another list, or invented. */
export class InvalidCursorError extends Error {
  override readonly name = 'InvalidCursorError';
}

export type Page<T> = {
  readonly rows: readonly T[];
  readonly next: PagePosition | undefined;
  /** Number of unreadable rows left out. */
  readonly unreadable?: number;
};

/** Reads each page on demand. */
export async function* eachPage<T>(
  read: (after: PagePosition | undefined) => Promise<Page<T>>,
  from?: PagePosition,
): AsyncGenerator<Page<T>> {
  let after = from;
  do {
    const page = await read(after);
    yield page;
    after = page.next;
  } while (after);
}

/** In name order. */
export type NamedLists<T> = ReadonlyMap<string, (after: PagePosition | undefined) => Promise<Page<T>>>;

/** A position is the list name and the position within it. */
export async function* eachPageOfLists<T>(lists: NamedLists<T>, from?: PagePosition): AsyncGenerator<Page<T>> {
  const [first, ...inside] = from ?? [];
  const left = [...lists].filter(([name]) => first === undefined || name >= first);
  for (const [at, [name, read]] of left.entries()) {
    const following = left[at + 1]?.[0];
    const start = name === first && inside.length > 0 ? inside : undefined;
    for await (const { next, ...page } of eachPage(read, start))
      yield { ...page, next: next ? [name, ...next] : following === undefined ? undefined : [following] };
  }
}

/** For short lists only. */
export const allPages = async <T>(read: (after: PagePosition | undefined) => Promise<Page<T>>): Promise<T[]> => {
  const pages = await Array.fromAsync(eachPage(read));
  return pages.flatMap(({ rows }) => rows);
};
