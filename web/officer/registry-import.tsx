import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { FieldProblem } from '../../shared/kernel/problems.ts';
import type { ImportLineResult } from '../../shared/registry/registry-contract.ts';
import { api } from '../app/api.ts';
import { Page } from '../app/parts.tsx';
import { t } from '../app/texts.ts';
import { ProblemNotice } from '../materials/request-parts.tsx';
import type { OfficeProblem } from './loading.tsx';
import { csvPlaceOf, kindIn } from './registry-entries.ts';
import { columnText, kindText } from './registry-texts.ts';
import { officeAddress } from './route.ts';
import { to } from './texts.ts';

type PickedFile = { readonly name: string; readonly text: string; readonly lines: readonly string[] };

const MAX_BYTES = 256 * 1024;

/** `id`: a kind. Shows a dry run first. With a fault in any line, nothing is stored. */
export const ImportScreen = ({ id }: { id: string }) => {
  const kind = kindIn(id);
  const file = useSignal<PickedFile | undefined>(undefined);
  const problem = useSignal<OfficeProblem | undefined>(undefined);
  const foreseen = useSignal<readonly ImportLineResult[] | undefined>(undefined);
  const results = useSignal<readonly ImportLineResult[] | undefined>(undefined);
  const isBusy = useSignal(false);
  const input = useId();
  /** Checked at once: the officer sees what the file would do before anything is stored. */
  const pick = async (picked: File | undefined) => {
    [problem.value, foreseen.value, results.value, file.value] = [undefined, undefined, undefined, undefined];
    if (!picked) return;
    const text = (await picked.text()).replace(/^\uFEFF/, '');
    file.value = { name: picked.name, text, lines: text.split(/\r?\n/) };
    if (problemOf(file.value) === undefined) await check(file.value);
  };
  const send = async (one: PickedFile, isDryRun: boolean) => {
    isBusy.value = true;
    const query = { dryRun: isDryRun ? ('true' as const) : ('false' as const) };
    const answer = await api.importEntries({ path: { kind }, query, body: one.text }).catch(() => undefined);
    isBusy.value = false;
    // Another file was chosen meanwhile.
    if (file.value !== one) return undefined;
    problem.value = answer?.ok ? undefined : (answer?.problem ?? 'far');
    return answer?.ok ? answer.body.lines : undefined;
  };
  const check = async (one: PickedFile) => {
    foreseen.value = await send(one, true);
  };
  const store = async (one: PickedFile) => {
    results.value = await send(one, false);
    if (results.value) foreseen.value = undefined;
  };
  const picked = file.value;
  const unfit = picked && problemOf(picked);
  const faults = problem.value === 'far' ? undefined : problem.value?.fields;
  return (
    <Page title={`${kindText(kind)}: ${to('importCsv')}`} back={officeAddress('kind', kind)}>
      <p>{to('importHow')}</p>
      <div class="file-pick">
        <label for={input} class="secondary">
          {to('pickFile')}
        </label>
        <input
          id={input}
          class="file-input"
          type="file"
          accept=".csv,text/csv"
          disabled={isBusy.value}
          // Without this, choosing the same file again changes nothing.
          onClick={({ currentTarget }) => (currentTarget.value = '')}
          onChange={({ currentTarget }) => void pick(currentTarget.files?.[0])}
        />
        {picked && <b>{picked.name}</b>}
      </div>
      {unfit && (
        <p class="notice" role="alert">
          {to(unfit)}
        </p>
      )}
      {isBusy.value && !foreseen.value && (
        <p class="quiet" role="status">
          {to('importChecking')}
        </p>
      )}
      {picked && foreseen.value && (
        <Foreseen results={foreseen.value} isBusy={isBusy.value} onStore={() => void store(picked)} />
      )}
      {faults && picked ? <Faults faults={faults} lines={picked.lines} /> : <ProblemNotice problem={problem.value} />}
      {picked && problem.value === 'far' && !foreseen.value && (
        <button type="button" class="secondary" disabled={isBusy.value} onClick={() => void check(picked)}>
          {t('tryAgain')}
        </button>
      )}
      {results.value && <Results results={results.value} />}
    </Page>
  );
};

const problemOf = ({ text, lines }: PickedFile): 'tooLarge' | 'fileEmpty' | undefined => {
  if (new TextEncoder().encode(text).length > MAX_BYTES) return 'tooLarge';
  return lines.slice(1).some((line) => line.trim() !== '') ? undefined : 'fileEmpty';
};

type ForeseenProps = {
  readonly results: readonly ImportLineResult[];
  readonly isBusy: boolean;
  readonly onStore: () => void;
};

const FIRST_CHANGES = 20;

/** The effect of the file, by lines. Nothing is stored yet. */
const Foreseen = ({ results, isBusy, onStore }: ForeseenProps) => {
  const effects = results.filter(({ did }) => did !== 'unchanged');
  return (
    <section>
      <p class="why" role="status">
        <b>{to(effects.length === 0 ? 'importNothingNew' : 'importForeseen')}</b> {countsText(results)}
      </p>
      {effects.length > 0 && (
        <>
          <ul class="faults">
            {effects.slice(0, FIRST_CHANGES).map(({ line, id, did }) => (
              <li key={line}>
                <b>{to('importLine', line)}</b> {id}: {to(did === 'created' ? 'lineCreated' : 'lineChanged')}
              </li>
            ))}
          </ul>
          {effects.length > FIRST_CHANGES && <p class="quiet">{to('importMore', effects.length - FIRST_CHANGES)}</p>}
          <button type="button" class="primary" disabled={isBusy} onClick={onStore}>
            {to('importDo', effects.length)}
          </button>
        </>
      )}
    </section>
  );
};

/** `New: 2 · Unchanged: 1`. */
const countsText = (results: readonly ImportLineResult[]): string =>
  (['created', 'changed', 'unchanged', 'conflict'] as const)
    .map((did) => [did, results.filter((one) => one.did === did).length] as const)
    .filter(([, count]) => count > 0)
    .map(([did, count]) => to(`did_${did}`, count))
    .join(' · ');

/** In the order of the file's lines. */
const byLine = (faults: readonly FieldProblem[]): readonly (readonly [number, readonly FieldProblem[]])[] => {
  const groups = Map.groupBy(faults, ({ path }) => csvPlaceOf(path).line);
  return [...groups].toSorted(([one], [other]) => one - other);
};

const Faults = ({ faults, lines }: { faults: readonly FieldProblem[]; lines: readonly string[] }) => (
  <section role="alert">
    <p class="notice">
      <b>{faults.length === 1 ? to('importFault') : to('importFaults', faults.length)}</b> {to('importMend')}
    </p>
    <ul class="faults">
      {byLine(faults).map(([line, those]) => (
        <li key={line}>
          {line > 0 && (
            <p class="fault-line">
              <b>{to('importLine', line)}</b>
              <code>{lines[line - 1]}</code>
            </p>
          )}
          <ul>
            {those.map(({ path, problem }) => {
              const { column } = csvPlaceOf(path);
              return (
                <li key={`${path} ${problem}`} class="problem">
                  {column !== '' && <b>{columnText(column)}: </b>}
                  {problem}
                </li>
              );
            })}
          </ul>
        </li>
      ))}
    </ul>
  </section>
);

const Results = ({ results }: { results: readonly ImportLineResult[] }) => {
  const conflicts = results.filter(({ did }) => did === 'conflict');
  return (
    <section role="status">
      <p class={conflicts.length === 0 ? 'why' : 'notice'}>
        <b>{to(conflicts.length === 0 ? 'importDone' : 'importSome')}</b> {countsText(results)}
      </p>
      <ul class="faults">
        {conflicts.map(({ line, id }) => (
          <li key={line}>{to('importConflict', line, id)}</li>
        ))}
      </ul>
    </section>
  );
};
