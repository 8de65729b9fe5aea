/** Keys after which a page starts. */
export type PagePosition = readonly string[];

/** A position that is not one of this list's: of another list, or made up. */
export class InvalidCursorError extends Error {
  override readonly name = 'InvalidCursorError';
}

/** One page of something, and after which keys the next one starts, if there is more. */
export type Page<T> = {
  readonly rows: readonly T[];
  readonly next: PagePosition | undefined;
  /** So many rows were left out, as they cannot be read. */
  readonly unreadable?: number;
};

/** All pages, one after the other, each read when it is asked for. */
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

/** Lists by name, in the order of their names, each read page by page. */
export type NamedLists<T> = ReadonlyMap<string, (after: PagePosition | undefined) => Promise<Page<T>>>;

/** All pages of all lists, one list after the other. A position: the list, and where in it. */
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

/** Everything on all pages. For what is known to be few: a location's rows, the state's locations. */
export const allPages = async <T>(read: (after: PagePosition | undefined) => Promise<Page<T>>): Promise<T[]> => {
  const pages = await Array.fromAsync(eachPage(read));
  return pages.flatMap(({ rows }) => rows);
};
