import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { FieldProblem } from '../../shared/kernel/problems.ts';
import type { ImportLineResult } from '../../shared/registry/registry-contract.ts';
import { api } from '../app/api.ts';
import { Page } from '../app/parts.tsx';
import { ProblemNotice } from '../materials/request-parts.tsx';
import type { OfficeProblem } from './loading.tsx';
import { csvPlaceOf, kindIn } from './registry-entries.ts';
import { columnText, kindText } from './registry-texts.ts';
import { officeAddress } from './route.ts';
import { to } from './texts.ts';

type PickedFile = { readonly name: string; readonly text: string; readonly lines: readonly string[] };

const MAX_BYTES = 256 * 1024;

/** `id`: a kind. With a fault in any line, nothing is stored. */
export const ImportScreen = ({ id }: { id: string }) => {
  const kind = kindIn(id);
  const file = useSignal<PickedFile | undefined>(undefined);
  const problem = useSignal<OfficeProblem | undefined>(undefined);
  const results = useSignal<readonly ImportLineResult[] | undefined>(undefined);
  const isBusy = useSignal(false);
  const input = useId();
  const pick = async (picked: File | undefined) => {
    [problem.value, results.value, file.value] = [undefined, undefined, undefined];
    if (!picked) return;
    const text = (await picked.text()).replace(/^\uFEFF/, '');
    file.value = { name: picked.name, text, lines: text.split(/\r?\n/) };
  };
  const send = async ({ text }: PickedFile) => {
    isBusy.value = true;
    const answer = await api.importEntries({ path: { kind }, body: text }).catch(() => undefined);
    isBusy.value = false;
    problem.value = answer?.ok ? undefined : (answer?.problem ?? 'far');
    results.value = answer?.ok ? answer.body.lines : undefined;
  };
  const picked = file.value;
  const count = picked ? picked.lines.slice(1).filter((line) => line.trim() !== '').length : 0;
  const isTooLarge = picked !== undefined && new TextEncoder().encode(picked.text).length > MAX_BYTES;
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
          // Without this, choosing the same file again changes nothing.
          onClick={({ currentTarget }) => (currentTarget.value = '')}
          onChange={({ currentTarget }) => void pick(currentTarget.files?.[0])}
        />
        {picked && <b>{picked.name}</b>}
      </div>
      {picked && !results.value && !faults && (
        <>
          {isTooLarge && (
            <p class="notice" role="alert">
              {to('tooLarge')}
            </p>
          )}
          {count === 0 && (
            <p class="notice" role="alert">
              {to('fileEmpty')}
            </p>
          )}
          <button
            type="button"
            class="primary"
            disabled={isBusy.value || isTooLarge || count === 0}
            onClick={() => void send(picked)}
          >
            {to('importDo', count)}
          </button>
        </>
      )}
      {faults && picked ? <Faults faults={faults} lines={picked.lines} /> : <ProblemNotice problem={problem.value} />}
      {results.value && <Results results={results.value} />}
    </Page>
  );
};

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
        <b>{to(conflicts.length === 0 ? 'importDone' : 'importSome')}</b>{' '}
        {(['created', 'changed', 'unchanged', 'conflict'] as const)
          .map((did) => [did, results.filter((one) => one.did === did).length] as const)
          .filter(([, count]) => count > 0)
          .map(([did, count]) => to(`did_${did}`, count))
          .join(' · ')}
      </p>
      <ul class="faults">
        {conflicts.map(({ line, id }) => (
          <li key={line}>{to('importConflict', line, id)}</li>
        ))}
      </ul>
    </section>
  );
};
