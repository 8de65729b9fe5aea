import type { Page, PagePosition } from '../kernel/pages.ts';

/** Is one key after another, part by part? What goes on is after what it goes on from. */
export const isPositionAfter = (key: PagePosition, other: PagePosition): boolean => {
  const at = key.findIndex((part, place) => part !== other[place]);
  const [here, there] = [key[at], other[at]];
  return here !== undefined && (there === undefined || here > there);
};

/** After every row of this location: capitals, digits and hyphens come before it. */
export const endOfLocation = (location: string): PagePosition => [location, '~'];

/** The rows after a position, in the order of their keys. */
export const rowsAfter = <R>(rows: readonly R[], key: (row: R) => PagePosition, after: PagePosition = []): R[] =>
  rows
    .filter((row) => isPositionAfter(key(row), after))
    .toSorted((one, other) => (isPositionAfter(key(one), key(other)) ? 1 : -1));

/** So many of them at most, and the last one's key where there are more. */
export const firstPageOf = <R>(rows: readonly R[], key: (row: R) => PagePosition, most: number): Page<R> => {
  const page = rows.slice(0, most);
  const last = page.at(-1);
  return { rows: page, next: last !== undefined && rows.length > most ? key(last) : undefined };
};
