import { contract } from '../../shared/api/contract.ts';
import { parse } from '../../shared/kernel/parse.ts';
import { MAX_FIELDS } from '../../shared/kernel/problems.ts';
import { type FieldProblem, isRefusal, type Refusal, refuse } from '../../shared/kernel/refusal.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import { type CsvRow, readCsv } from '../../shared/platform/csv.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { besideStored, CSV_COLUMNS, entryIn } from '../../shared/registry/csv-columns.ts';
import { changedAmong } from '../../shared/registry/entry-change.ts';
import type { ImportedLine } from '../../shared/registry/registry-contract.ts';
import type { EntryOf } from '../../shared/registry/registry-item.ts';
import { type Entries, type KeptKind, REGISTRY } from '../../shared/registry/registry-kinds.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';

/** Entries written at a time: some hundreds of lines then take a second or two. */
const AT_ONCE = 16;

type ImportEntriesDeps = { readonly clock: Clock; readonly registry: RegistryStore };

export const importEntries = operation(
  contract.importEntries,
  async ({ path: { kind }, body }, deps: ImportEntriesDeps) => {
    const rows = readCsv(body, Object.keys(CSV_COLUMNS[kind]));
    if (isRefusal(rows)) return rows;
    const checked = await check(kind, rows, deps);
    if (isRefusal(checked)) return checked;

    const lines: ImportedLine[] = [];
    for (let at = 0; at < checked.length; at += AT_ONCE) {
      lines.push(...(await Promise.all(checked.slice(at, at + AT_ONCE).map((line) => write(kind, line, deps)))));
    }
    return ok({ lines });
  },
);

type Read = { readonly line: number; readonly id: string; readonly entry: Entries[KeptKind] };
type Line = Read & { readonly standing: EntryOf<KeptKind> | undefined };

/** Every line, before any is written: its id, its fields, that it stands once, that what it names is there, and what is fixed stays. */
const check = async (
  kind: KeptKind,
  rows: readonly CsvRow[],
  { registry }: ImportEntriesDeps,
): Promise<Line[] | Refusal> => {
  const problems: FieldProblem[] = [];
  const lines: Read[] = [];
  const seen = new Map<string, number>();
  const refused = (line: number, field: string, problem: string) =>
    problems.push({ path: `line ${line}${field && `, ${field}`}`, problem });

  for (const row of rows) {
    const { line } = row;
    const id = row.cells.id ?? '';
    const idParsed = REGISTRY[kind].id.safeParse(id);
    if (!idParsed.success) refused(line, 'id', idParsed.error.issues[0]?.message ?? 'is not an id');
    const earlier = seen.get(id);
    if (earlier !== undefined) refused(line, 'id', `${id} is in line ${earlier} already`);
    seen.set(id, line);
    const entry = parse<Entries[KeptKind]>(REGISTRY[kind].entry, entryIn(kind, row));
    if (!isRefusal(entry)) lines.push({ line, id, entry: entry.parsed });
    else if (entry.facts && 'fields' in entry.facts)
      for (const { path, problem } of entry.facts.fields) refused(line, path, problem);
  }

  const unknown = await registry.unknownReferences(
    kind,
    lines.map(({ entry }) => entry),
  );
  for (const [at, { line }] of lines.entries())
    for (const { path, problem } of unknown[at] ?? []) refused(line, path, problem);

  const standing = await registry.entriesNow(
    kind,
    lines.map(({ id }) => id).filter((id) => REGISTRY[kind].id.safeParse(id).success),
  );
  for (const { line, id, entry } of lines)
    for (const { path, problem } of changedAmong(REGISTRY[kind].fixed, standing.get(id)?.entry ?? entry, entry))
      refused(line, path, problem);

  if (problems.length === 0) return lines.map((line) => ({ ...line, standing: standing.get(line.id) }));
  const named = problems.length > MAX_FIELDS ? ` The first ${MAX_FIELDS} are named.` : '';
  return refuse('IMPORT_REFUSED', `${problems.length} faults were found; nothing was written.${named}`, {
    fields: problems,
  });
};

/** On what stood when the file was checked: who changed an entry since is not overwritten. */
const write = async (
  kind: KeptKind,
  { line, id, entry, standing }: Line,
  { registry, clock }: ImportEntriesDeps,
): Promise<ImportedLine> => {
  const beside = besideStored(entry, standing?.entry);
  const put = await registry.put({
    kind,
    id,
    entry: beside,
    ifMatch: standing?.version,
    now: clock.now(),
    standing: { entry: standing },
  });
  return { line, id, did: isRefusal(put) ? 'conflict' : put.did };
};
