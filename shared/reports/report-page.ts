import type { Page, PagePosition } from '../kernel/pages.ts';

/** Whether a key sorts after another, part by part. Longer keys follow their prefix. */
export const isPositionAfter = (key: PagePosition, other: PagePosition): boolean => {
  const at = key.findIndex((part, place) => part !== other[place]);
  const [here, there] = [key[at], other[at]];
  return here !== undefined && (there === undefined || here > there);
};

/** Sorts after all rows of a location, as ids use capitals, digits and hyphens. */
export const endOfLocation = (location: string): PagePosition => [location, '~'];

/** Rows after a position, in key order. */
export const rowsAfter = <R>(rows: readonly R[], key: (row: R) => PagePosition, after: PagePosition = []): R[] =>
  rows
    .filter((row) => isPositionAfter(key(row), after))
    .toSorted((one, other) => (isPositionAfter(key(one), key(other)) ? 1 : -1));

/** The first `most` rows, and the last key if more follow. */
export const firstPageOf = <R>(rows: readonly R[], key: (row: R) => PagePosition, most: number): Page<R> => {
  const page = rows.slice(0, most);
  const last = page.at(-1);
  return { rows: page, next: last !== undefined && rows.length > most ? key(last) : undefined };
};
