import type { AreaId } from '../../shared/kernel/ids.ts';
import { CSV_COLUMNS, cellsOf } from '../../shared/registry/csv-columns.ts';
import type { EditableKind } from '../../shared/registry/registry-kinds.ts';
import { allPages, api } from '../app/api.ts';
import { language } from '../app/texts.ts';
import { areasOfOfficer } from './areas.ts';
import type { RowsRead } from './loading.tsx';

/** In the order of the menu. */
export const OFFICE_KINDS = [
  ...(['outlets', 'depots', 'items', 'producers', 'staff', 'sellers', 'products'] as const),
  ...(['clusters', 'registrations', 'festivals', 'districts', 'rates', 'states'] as const),
] satisfies readonly EditableKind[];

export const kindIn = (text: string): EditableKind => OFFICE_KINDS.find((kind) => kind === text) ?? 'outlets';

/** `names`: what a search matches, in both languages. */
export type RegistryRow = { readonly id: string; readonly name: string; readonly names: string };

type Cells = Readonly<Record<string, string>>;

/** Without the apostrophe that keeps a cell as text in a spreadsheet. */
export const formCellsOf = (kind: EditableKind, id: string, entry: object): Cells =>
  Object.fromEntries(Object.entries(cellsOf(kind, id, entry)).map(([name, cell]) => [name, cell.replace(/^'/, '')]));

export const columnsOfKind = (kind: EditableKind): readonly string[] => Object.keys(CSV_COLUMNS[kind]);

/** From a path such as `line 2, makers.0`. `line`: 0 if the problem is of the whole file. */
export const csvPlaceOf = (path: string): { readonly line: number; readonly column: string } => {
  const [, line = '0', column = ''] = /^line (\d+)(?:, ([^.]+))?/.exec(path) ?? [];
  return { line: Number(line), column };
};

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

/** A CSV file that changes these cells and no others. */
export const csvOfChange = (id: string, cells: Cells): string =>
  [
    ['id', ...Object.keys(cells)],
    [id, ...Object.values(cells)],
  ]
    .map((line) => line.map(quoted).join())
    .join('\n');

type ListedEntry = { readonly name?: string; readonly nameHi?: string; readonly district?: string };

const rowOf = (id: string, entry: ListedEntry): RegistryRow => ({
  id,
  name: (language.value === 'hi' ? entry.nameHi : undefined) ?? entry.name ?? id,
  names: [entry.name ?? '', entry.nameHi ?? '', entry.district ?? ''].join(' '),
});

const PAGES_AT_ONCE = 5;

/** Some pages of a kind. `area`: a district, else everywhere. `after`: the last cursor. */
export const readRegistry = async (
  kind: EditableKind,
  area: AreaId | undefined,
  after: string | undefined,
): Promise<RowsRead<RegistryRow>> => {
  const first = { ...(area && { area }), ...(after && { cursor: after }) };
  const pages = await allPages(
    (query) => api.listEntries({ path: { kind }, query: { ...first, ...query } }),
    PAGES_AT_ONCE,
  );
  return {
    rows: pages.flatMap(({ entries }) => entries.map(({ id, entry }) => rowOf(id, entry as ListedEntry))),
    cursor: pages.at(-1)?.cursor ?? undefined,
  };
};

const WITHOUT_DISTRICT: readonly EditableKind[] = ['products', 'festivals', 'rates', 'states'];

/** The district of an officer who has only one; otherwise lists are not limited to an area. */
export const areaOfLists = (kind: EditableKind): AreaId | undefined => {
  const [only, ...others] = areasOfOfficer();
  return others.length > 0 || only === 'state' || WITHOUT_DISTRICT.includes(kind) ? undefined : only;
};
