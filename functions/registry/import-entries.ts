import type { ImportedLine } from '../../shared/contract/operations/registry.ts';
import { contract } from '../../shared/contract/operations.ts';
import { type Entries, type KeptKind, REGISTRY } from '../../shared/contract/registry-kinds.ts';
import { parse } from '../../shared/domain/parse.ts';
import { type FieldProblem, isRefusal, type Refusal, refuse } from '../../shared/domain/refusal.ts';
import { besideStored, CSV_COLUMNS, type CsvRow, entryIn } from '../../shared/domain/registry/csv.ts';
import { readCsv } from '../../shared/middleware/csv.ts';
import { ok, operation } from '../../shared/middleware/operation.ts';
import type { Composition, EntryOf } from '../../shared/runtime/composition.ts';

/** Entries written at a time: some hundreds of lines then take a second or two. */
const AT_ONCE = 16;

export const importEntries = operation(contract.importEntries, async ({ path: { kind }, body }, tools) => {
  const rows = readCsv(body, Object.keys(CSV_COLUMNS[kind]));
  if (isRefusal(rows)) return rows;
  const checked = await check(kind, rows, tools);
  if (isRefusal(checked)) return checked;

  const standing = await tools.registry.entriesNow(
    kind,
    checked.map(({ id }) => id),
  );
  const lines: ImportedLine[] = [];
  for (let at = 0; at < checked.length; at += AT_ONCE) {
    const written = await Promise.all(
      checked.slice(at, at + AT_ONCE).map((line) => write(kind, line, standing.get(line.id), tools)),
    );
    for (const line of written) {
      if (isRefusal(line)) return line;
      lines.push(line);
    }
  }
  return ok({ lines });
});

type Line = { readonly line: number; readonly id: string; readonly entry: Entries[KeptKind] };

/** Every line, before any is written: its id, its fields, that it stands once, and that what it names is there. */
const check = async (kind: KeptKind, rows: readonly CsvRow[], { registry }: Composition): Promise<Line[] | Refusal> => {
  const problems: FieldProblem[] = [];
  const lines: Line[] = [];
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
  if (problems.length === 0) return lines;
  return refuse('IMPORT_REFUSED', `${problems.length} faults were found; nothing was written.`, { fields: problems });
};

/** On what stood when the file was checked: who changed an entry since is not overwritten, and the file is to be sent again. */
const write = async (
  kind: KeptKind,
  { line, id, entry }: Line,
  standing: EntryOf<KeptKind> | undefined,
  { registry, clock }: Composition,
): Promise<ImportedLine | Refusal> => {
  const beside = besideStored(entry, standing?.entry);
  const put = await registry.put({
    kind,
    id,
    entry: beside,
    ifMatch: standing?.version,
    now: clock.now(),
    standing: { entry: standing },
  });
  return isRefusal(put) ? put : { line, id, did: put.did };
};
