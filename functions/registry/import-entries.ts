import type { Caller } from '../../shared/kernel/access.ts';
import { issueWording } from '../../shared/kernel/issue-wording.ts';
import { toCanonicalJson } from '../../shared/kernel/json.ts';
import type { FieldProblem } from '../../shared/kernel/problems.ts';
import { isRefusal, parse, type Refusal } from '../../shared/kernel/refusal.ts';
import type { Clock, Instant } from '../../shared/kernel/time.ts';
import { type CsvRow, readCsv, refuseLines } from '../../shared/platform/csv.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { readText } from '../../shared/registry/csv-cells.ts';
import {
  amountProblemOf,
  CSV_COLUMNS,
  columnOf,
  entryFromCsv,
  spreadsheetProblemOf,
  withStoredPrices,
} from '../../shared/registry/csv-columns.ts';
import { farDateProblems } from '../../shared/registry/dated-field.ts';
import {
  changedFixedFields,
  decideEntryChange,
  type EntryOf,
  endProblems,
  startProblems,
  withStoredHistory,
} from '../../shared/registry/entry-change.ts';
import { gstProblemsOf } from '../../shared/registry/gst-rate.ts';
import { chaptersOf, isItemEntry } from '../../shared/registry/item.ts';
import type { ImportLineResult } from '../../shared/registry/registry-contract.ts';
import * as contract from '../../shared/registry/registry-contract.ts';
import { type EditableKind, type EntryByKind, REGISTRY } from '../../shared/registry/registry-kinds.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { type CheckKeeperDeps, keeperProblems } from './check-keeper.ts';
import { type FindClusterProblemsDeps, findClusterProblems } from './find-cluster-problems.ts';
import { type FindTakenCodesDeps, findTakenCodes } from './find-taken-codes.ts';

const CONCURRENT_WRITES = 16;

type ImportEntriesDeps = { readonly clock: Clock; readonly registry: RegistryStore } & FindTakenCodesDeps &
  FindClusterProblemsDeps &
  CheckKeeperDeps;

export const importEntries = operation(
  contract.importEntries,
  async ({ path: { kind }, query: { dryRun = false }, body, caller }, deps: ImportEntriesDeps) => {
    const rows = readCsv(body, Object.keys(CSV_COLUMNS[kind]));
    if (isRefusal(rows)) return rows;
    const checked = await checkLines(kind, rows, caller, deps);
    if (isRefusal(checked)) return checked;
    if (dryRun) return ok({ lines: checked.map((line) => foreseeLine(kind, line, deps.clock.now())) });

    const lines: ImportLineResult[] = [];
    for (let at = 0; at < checked.length; at += CONCURRENT_WRITES) {
      lines.push(
        ...(await Promise.all(
          checked.slice(at, at + CONCURRENT_WRITES).map((line) => writeLine(kind, line, caller.sub, deps)),
        )),
      );
    }
    return ok({ lines });
  },
);

type ParsedLine = { readonly line: number; readonly id: string; readonly entry: EntryByKind[EditableKind] };
type CheckedLine = ParsedLine & { readonly standing: EntryOf<EditableKind> | undefined };

const checkLines = async (
  kind: EditableKind,
  rows: readonly CsvRow[],
  caller: Caller,
  deps: ImportEntriesDeps,
): Promise<CheckedLine[] | Refusal> => {
  const { registry, clock } = deps;
  const problems: FieldProblem[] = [];
  const lines: ParsedLine[] = [];
  const lineOfId = new Map<string, number>();
  const addProblem = (line: number, field: string, problem: string) =>
    problems.push({ path: `line ${line}${field && `, ${columnOf(kind, field)}`}`, problem });

  const idOf = ({ cells }: CsvRow) => readText(cells.id ?? '');
  const stored = await registry.entriesNow(
    kind,
    rows.map(idOf).filter((id) => REGISTRY[kind].id.safeParse(id).success),
  );

  for (const row of rows) {
    const { line } = row;
    const id = idOf(row);
    const idParsed = REGISTRY[kind].id.safeParse(id, { error: issueWording });
    if (!idParsed.success) addProblem(line, 'id', idParsed.error.issues[0]?.message ?? 'is not an id');
    const earlier = lineOfId.get(id);
    if (earlier !== undefined) addProblem(line, 'id', `${id} is in line ${earlier} already`);
    lineOfId.set(id, line);
    const spoiled = Object.entries(row.cells).flatMap(([name, cell]): [string, string][] => {
      const problem = spreadsheetProblemOf(name, cell) ?? amountProblemOf(name, cell);
      return problem ? [[name, problem]] : [];
    });
    for (const [name, problem] of spoiled) problems.push({ path: `line ${line}, ${name}`, problem });
    const unchecked = entryFromCsv(kind, row, stored.get(id)?.entry, clock.now());
    const entry = parse<EntryByKind[EditableKind]>(REGISTRY[kind].entry, unchecked);
    if (!isRefusal(entry)) lines.push({ line, id, entry: entry.parsed });
    else if (entry.facts && 'fields' in entry.facts && spoiled.length === 0)
      for (const { path, problem } of entry.facts.fields) addProblem(line, path, problem);
  }

  const unknown = await registry.unknownReferences(kind, lines);
  for (const [at, { line }] of lines.entries())
    for (const { path, problem } of unknown[at] ?? []) addProblem(line, path, problem);
  const clusterProblems = await findClusterProblems(lines, deps);
  for (const { line, id } of lines)
    for (const { path, problem } of clusterProblems.get(id) ?? []) addProblem(line, path, problem);
  const items = lines.flatMap(({ line, entry }) => (isItemEntry(entry) ? [{ line, item: entry }] : []));
  const rates = await registry.ratesNow(new Set(items.flatMap(({ item }) => chaptersOf(item))));
  for (const { line, item } of items)
    for (const { path, problem } of gstProblemsOf(item, rates)) addProblem(line, path, problem);

  for (const { line, id, entry } of lines)
    for (const { path, problem } of [
      ...farDateProblems(entry, clock.now()),
      ...endProblems(entry, stored.get(id)?.entry, clock.now()),
      ...startProblems(entry, stored.get(id)?.entry, clock.now()),
    ])
      addProblem(line, path, problem);

  for (const { line, id, entry } of lines)
    for (const { path, problem } of changedFixedFields(REGISTRY[kind].fixed, stored.get(id)?.entry ?? entry, entry))
      addProblem(line, path, problem);

  const taken = await findTakenCodes(
    kind,
    lines.map(({ id, entry }) => ({ id, entry, stored: stored.get(id)?.entry })),
    deps,
  );
  for (const { line, id } of lines)
    for (const { path, problem } of taken.get(id) ?? []) addProblem(line, path, problem);

  // A line of another district is accepted if it changes nothing, so a download can be sent back.
  const changed = lines.filter(({ id, entry }) => {
    const before = stored.get(id)?.entry;
    const after = withStoredHistory(withStoredPrices(entry, before), before, clock.now());
    return !before || toCanonicalJson(before) !== toCanonicalJson(after);
  });
  const replaced = changed.flatMap(({ id }) => stored.get(id) ?? []);
  const foreign = [
    await keeperProblems(caller, kind, replaced, deps),
    await keeperProblems(caller, kind, problems.length === 0 ? changed : [], deps),
  ];
  for (const { line, id } of changed) {
    const problem = foreign.map((ids) => ids.get(id)).find((one) => one !== undefined);
    if (problem !== undefined) addProblem(line, 'id', problem);
  }
  if (problems.length === 0) return lines.map((line) => ({ ...line, standing: stored.get(line.id) }));
  return refuseLines(problems);
};

/** The result of `writeLine` if nobody changes the entry meanwhile. */
const foreseeLine = (
  kind: EditableKind,
  { line, id, entry, standing: stored }: CheckedLine,
  now: Instant,
): ImportLineResult => {
  const after = withStoredHistory(withStoredPrices(entry, stored?.entry), stored?.entry, now);
  const decision = decideEntryChange(stored, after, stored?.version, REGISTRY[kind].fixed);
  return { line, id, did: isRefusal(decision) ? 'conflict' : decision.did };
};

/** Conditional on the checked version. */
const writeLine = async (
  kind: EditableKind,
  { line, id, entry, standing: stored }: CheckedLine,
  by: string,
  { registry, clock }: ImportEntriesDeps,
): Promise<ImportLineResult> => {
  const merged = withStoredPrices(entry, stored?.entry);
  const result = await registry.put({
    kind,
    id,
    entry: merged,
    ifMatch: stored?.version,
    now: clock.now(),
    by,
    stored: { entry: stored },
  });
  return { line, id, did: isRefusal(result) ? 'conflict' : result.did };
};
