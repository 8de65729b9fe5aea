import type { Page, PagePosition } from '../kernel/pages.ts';

/** Longer keys follow their prefix. */
export const isPositionAfter = (key: PagePosition, other: PagePosition): boolean => {
  const at = key.findIndex((part, place) => part !== other[place]);
  const [here, there] = [key[at], other[at]];
  return here !== undefined && (there === undefined || here > there);
};

/** `~` sorts after all ids. */
export const endOfLocation = (location: string): PagePosition => [location, '~'];

export const rowsAfter = <R>(rows: readonly R[], key: (row: R) => PagePosition, after: PagePosition = []): R[] =>
  rows
    .filter((row) => isPositionAfter(key(row), after))
    .toSorted((one, other) => (isPositionAfter(key(one), key(other)) ? 1 : -1));

export const firstPageOf = <R>(rows: readonly R[], key: (row: R) => PagePosition, most: number): Page<R> => {
  const page = rows.slice(0, most);
  const last = page.at(-1);
  return { rows: page, next: last !== undefined && rows.length > most ? key(last) : undefined };
};
