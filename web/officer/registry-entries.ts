import type { AreaId } from '../../shared/kernel/ids.ts';
import { CSV_COLUMNS, cellsOf } from '../../shared/registry/csv-columns.ts';
import type { EditableKind } from '../../shared/registry/registry-kinds.ts';
import { api } from '../app/api.ts';
import { language } from '../app/texts.ts';
import { areasOfOfficer } from './areas.ts';
import { bodyOf } from './loading.tsx';

/** In the order of use. */
export const OFFICE_KINDS = [
  ...(['outlets', 'depots', 'items', 'producers', 'staff', 'sellers', 'products'] as const),
  ...(['clusters', 'registrations', 'festivals', 'districts', 'rates', 'states'] as const),
] satisfies readonly EditableKind[];

export const kindIn = (text: string): EditableKind => OFFICE_KINDS.find((kind) => kind === text) ?? 'outlets';

export type RegistryRow = { readonly id: string; readonly name: string; readonly note: string };

type Cells = Readonly<Record<string, string>>;

/** An apostrophe keeps a cell as text in a spreadsheet. A form needs none. */
export const formCellsOf = (kind: EditableKind, id: string, entry: object): Cells =>
  Object.fromEntries(Object.entries(cellsOf(kind, id, entry)).map(([name, cell]) => [name, cell.replace(/^'/, '')]));

export const columnsOfKind = (kind: EditableKind): readonly string[] => Object.keys(CSV_COLUMNS[kind]);

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

/** One line that changes these cells and no others. */
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
  note: [entry.name ?? '', entry.nameHi ?? '', entry.district ?? ''].join(' '),
});

const PAGES_AT_ONCE = 5;

type RegistryPart = { readonly rows: readonly RegistryRow[]; readonly cursor: string | undefined };

/** Some pages of a kind, of the officer's own districts. `area`: read after another one. */
export const readRegistry = async (
  kind: EditableKind,
  area: AreaId | undefined,
  after: string | undefined,
): Promise<RegistryPart> => {
  const rows: RegistryRow[] = [];
  let cursor = after;
  for (let pages = 0; pages < PAGES_AT_ONCE; pages += 1) {
    const query = { ...(area && { area }), ...(cursor && { cursor }) };
    const page = await bodyOf(api.listEntries({ path: { kind }, query }));
    rows.push(...page.entries.map(({ id, entry }) => rowOf(id, entry as ListedEntry)));
    cursor = page.cursor ?? undefined;
    if (cursor === undefined) break;
  }
  return { rows, cursor };
};

const WITHOUT_DISTRICT: readonly EditableKind[] = ['products', 'festivals', 'rates', 'states'];

/** The list of one district; of the state, or of several districts, everything. */
export const areaOfLists = (kind: EditableKind): AreaId | undefined => {
  const [only, ...others] = areasOfOfficer();
  return others.length > 0 || only === 'state' || WITHOUT_DISTRICT.includes(kind) ? undefined : only;
};
