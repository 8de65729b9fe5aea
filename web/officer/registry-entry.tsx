import { useSignal } from '@preact/signals';
import type { ProducerId } from '../../shared/kernel/ids.ts';
import type { FieldProblem } from '../../shared/kernel/problems.ts';
import type { EditableKind } from '../../shared/registry/registry-kinds.ts';
import { type ApiProblem, api } from '../app/api.ts';
import { dateAndTime, toLatinDigits } from '../app/format.ts';
import { Field, Page } from '../app/parts.tsx';
import { language } from '../app/texts.ts';
import { ProblemNotice } from '../materials/request-parts.tsx';
import { ConsentSection } from './consent.tsx';
import { bodyOf, Loading, type OfficeProblem, useLoaded } from './loading.tsx';
import { DoneNotice } from './office-parts.tsx';
import { columnsOfKind, csvOfChange, csvPlaceOf, formCellsOf, kindIn } from './registry-entries.ts';
import { columnText, kindText } from './registry-texts.ts';
import { officeAddress } from './route.ts';
import { to } from './texts.ts';

type Cells = Readonly<Record<string, string>>;

type History = Extract<Awaited<ReturnType<typeof api.getEntryHistory>>, { ok: true }>['body']['changes'];

const loadEntry = async (kind: EditableKind, id: string) => {
  if (id === '') return { cells: {} as Cells, version: 0, updatedAt: undefined, history: [] };
  const path = { kind, id };
  const [{ entry, version, updatedAt }, { changes }] = await Promise.all([
    bodyOf(api.getEntry({ path })),
    bodyOf(api.getEntryHistory({ path })),
  ]);
  return { cells: formCellsOf(kind, id, entry), version, updatedAt, history: changes };
};

/** `id`: a kind and an id; without the id, a new entry. */
export const EntryScreen = ({ id: both }: { id: string }) => {
  const [kindName = '', id = ''] = both.split(' ');
  const kind = kindIn(kindName);
  const loaded = useLoaded(() => loadEntry(kind, id), [both]);
  const notice = useSignal('');
  const saved = (savedId: string) => {
    notice.value = to('entrySaved');
    if (id === '') location.replace(officeAddress('entry', kind, savedId));
    else loaded.reload();
  };
  const name = loaded.value?.cells.nameHi && language.value === 'hi' ? 'nameHi' : 'name';
  return (
    <Page
      title={id === '' ? to('newEntry', kindText(kind)) : (loaded.value?.cells[name] ?? id)}
      back={officeAddress('kind', kind)}
    >
      {id !== '' && (
        <p class="quiet">
          <span class="number">{id}</span>
          {loaded.value?.updatedAt &&
            ` · ${to('versionText', loaded.value.version, dateAndTime(Date.parse(loaded.value.updatedAt)))}`}
        </p>
      )}
      <DoneNotice text={notice.value} />
      <Loading loaded={loaded}>
        {({ cells, version, history }) => (
          <>
            <EntryForm key={`${both} ${version}`} kind={kind} id={id} cells={cells} onSaved={saved} />
            {kind === 'producers' && id !== '' && <ConsentSection producer={id as ProducerId} />}
            {history.length > 0 && <EntryHistory kind={kind} id={id} history={history} />}
          </>
        )}
      </Loading>
    </Page>
  );
};

type EntryFormProps = {
  readonly kind: EditableKind;
  readonly id: string;
  readonly cells: Cells;
  readonly onSaved: (id: string) => void;
};

/** Saves by an import of one CSV line, so that rules and faults are those of an import. */
const EntryForm = ({ kind, id, cells, onSaved }: EntryFormProps) => {
  const typedId = useSignal(id);
  const edited = useSignal<Cells>({});
  const problem = useSignal<OfficeProblem | undefined>(undefined);
  const faults = useSignal<ReadonlyMap<string, string>>(new Map());
  const isBusy = useSignal(false);
  const columns = columnsOfKind(kind);
  const changed = Object.fromEntries(
    Object.entries(edited.value)
      .map(([name, cell]) => [name, withLatinNumber(cell)] as const)
      .filter(([name, cell]) => cell !== (cells[name] ?? '')),
  );
  const isChanged = Object.keys(changed).length > 0;
  const save = async (event: Event) => {
    event.preventDefault();
    const own = id === '' ? typedId.value.trim().toUpperCase() : id;
    isBusy.value = true;
    const answer = await api.importEntries({ path: { kind }, body: csvOfChange(own, changed) }).catch(() => undefined);
    isBusy.value = false;
    problem.value = answer?.ok ? undefined : (answer?.problem ?? 'far');
    faults.value = new Map();
    if (answer?.ok) return onSaved(own);
    const { fields } = (answer?.problem as ApiProblem | undefined) ?? {};
    if (fields) faults.value = faultsByColumn(fields);
  };
  const field = (name: string) => (
    <div key={name} class={faults.value.has(name) ? 'form-field wrong' : 'form-field'}>
      <Field
        label={columnText(name)}
        value={edited.value[name] ?? cells[name] ?? ''}
        onChange={(text) => (edited.value = { ...edited.value, [name]: text })}
        autocomplete="off"
      />
      {faults.value.has(name) && <p class="problem">{faults.value.get(name)}</p>}
    </div>
  );
  const isMain = (name: string, at: number) => at < MAIN_FIELDS || (cells[name] ?? '') !== '' || faults.value.has(name);
  const others = columns.filter((name, at) => !isMain(name, at));
  return (
    <form class="entry-form" onSubmit={save}>
      {id === '' && (
        <div class={faults.value.has('id') ? 'form-field wrong' : 'form-field'}>
          <Field
            label={to('entryId')}
            value={typedId.value}
            onChange={(text) => (typedId.value = text)}
            autocapitalize="characters"
            autocomplete="off"
          />
        </div>
      )}
      {columns.filter(isMain).map(field)}
      {others.length > 0 && (
        <details>
          <summary>{to('moreFields')}</summary>
          <div class="entry-form">{others.map(field)}</div>
        </details>
      )}
      <div class="form-end">
        <ProblemNotice problem={problem.value} />
        {faults.value.get('id') && <p class="problem">{faults.value.get('id')}</p>}
        <button
          type="submit"
          class="primary"
          disabled={!isChanged || isBusy.value || (id === '' && typedId.value === '')}
        >
          {to(isChanged || id === '' ? 'saveChanges' : 'nothingChanged')}
        </button>
      </div>
    </form>
  );
};

/** Hindi keyboards type ०-९, in phone numbers too. In a name they stay. */
const withLatinNumber = (cell: string): string => (/^[+\d०-९\s.,:/-]+$/.test(cell) ? toLatinDigits(cell) : cell);

/** Further fields are folded away while they are empty. */
const MAIN_FIELDS = 5;

/** The first fault of each column. */
const faultsByColumn = (fields: readonly FieldProblem[]): ReadonlyMap<string, string> =>
  new Map(fields.toReversed().map(({ path, problem }) => [csvPlaceOf(path).column || 'id', problem] as const));

const EntryHistory = ({ kind, id, history }: { kind: EditableKind; id: string; history: History }) => (
  <section>
    <h2>{to('history')}</h2>
    <ol class="history">
      {history.map(({ version, at, by, before, after }) => (
        <li key={version}>
          <p>
            <b>{dateAndTime(Date.parse(at))}</b> <span class="quiet">{by}</span>
          </p>
          {before === undefined ? (
            <p>{to('created')}</p>
          ) : (
            <ul>
              {changesOf(formCellsOf(kind, id, before), formCellsOf(kind, id, after)).map(({ name, from, till }) => (
                <li key={name}>{to('fromValue', columnText(name), from || to('empty'), till || to('empty'))}</li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ol>
  </section>
);

const changesOf = (before: Cells, after: Cells) =>
  Object.keys(after).flatMap((name) => {
    const [from = '', till = ''] = [before[name], after[name]];
    return from === till ? [] : [{ name, from, till }];
  });
