/** Keys after which a page starts. */
export type Position = readonly string[];

/** A position that is not one of this list's: of another list, or made up. */
export class ForeignPosition extends Error {
  override readonly name = 'ForeignPosition';
}

/** One page of something, and after which keys the next one starts, if there is more. */
export type Page<T> = { readonly rows: readonly T[]; readonly next: Position | undefined };

/** All pages, one after the other, each read when it is asked for. */
export async function* eachPage<T>(
  read: (after: Position | undefined) => Promise<Page<T>>,
  from?: Position,
): AsyncGenerator<Page<T>> {
  let after = from;
  do {
    const page = await read(after);
    yield page;
    after = page.next;
  } while (after);
}

/** Everything on all pages. For what is known to be few: a location's rows, the state's locations. */
export const everything = async <T>(read: (after: Position | undefined) => Promise<Page<T>>): Promise<T[]> => {
  const pages = await Array.fromAsync(eachPage(read));
  return pages.flatMap(({ rows }) => rows);
};
