import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';

export type TableColumn<Row> = {
  readonly key: string;
  readonly title: string;
  readonly value: (row: Row) => string | number | bigint | undefined;
  /** Default: the value as text. */
  readonly cell?: (row: Row) => ComponentChildren;
  readonly isNumber?: boolean;
  /** On a narrow screen, such a cell is hidden. */
  readonly isZero?: (row: Row) => boolean;
};

type SortableTableProps<Row> = {
  readonly caption: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** The first column links to it. */
  readonly hrefOf?: (row: Row) => string;
  /** The key of the first sorting; numbers start with the largest. */
  readonly sortedBy?: string;
  readonly empty: string;
};

type Sorting = { readonly key: string; readonly isDescending: boolean };

/** On a narrow screen each row is a card, in which cells have the title of their column. */
export const SortableTable = <Row,>(props: SortableTableProps<Row>) => {
  const { caption, columns, rows, keyOf, hrefOf, sortedBy = columns[0]?.key ?? '', empty } = props;
  const sorting = useSignal<Sorting>({ key: sortedBy, isDescending: isNumberColumn(columns, sortedBy) });
  if (rows.length === 0) return <p class="empty">{empty}</p>;
  const { key, isDescending } = sorting.value;
  const by = columns.find((one) => one.key === key) ?? columns[0];
  const sorted = by ? rows.toSorted((one, other) => compare(by.value(one), by.value(other), isDescending)) : rows;
  return (
    <div class="table-frame">
      <table class="table">
        <caption class="sr-only">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                class={column.isNumber ? 'is-number' : ''}
                aria-sort={column.key === key ? (isDescending ? 'descending' : 'ascending') : 'none'}
              >
                <button
                  type="button"
                  onClick={() =>
                    (sorting.value = {
                      key: column.key,
                      isDescending: column.key === key ? !isDescending : column.isNumber === true,
                    })
                  }
                >
                  {column.title}
                  <span aria-hidden="true">{column.key === key ? (isDescending ? ' ↓' : ' ↑') : ''}</span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column, at) => {
                const content = column.cell?.(row) ?? String(column.value(row) ?? '–');
                return (
                  <td
                    key={column.key}
                    class={`${column.isNumber ? 'is-number' : ''} ${column.isZero?.(row) ? 'is-zero' : ''}`}
                    data-name={column.title}
                  >
                    {at === 0 && hrefOf ? <a href={hrefOf(row)}>{content}</a> : content}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

const isNumberColumn = (columns: readonly TableColumn<never>[], key: string): boolean =>
  columns.find((one) => one.key === key)?.isNumber === true;

/** Missing values are last in both directions. Texts are in the order of the screen's language. */
const compare = (
  one: string | number | bigint | undefined,
  other: string | number | bigint | undefined,
  isDescending: boolean,
): number => {
  if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined);
  const order =
    typeof one === 'string' && typeof other === 'string'
      ? one.localeCompare(other, document.documentElement.lang, { numeric: true })
      : one < other
        ? -1
        : Number(one > other);
  return isDescending ? -order : order;
};
