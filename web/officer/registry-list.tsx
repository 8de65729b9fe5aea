import { useSignal } from '@preact/signals';
import { readCsvFile } from '../app/api.ts';
import { Field, Icon, Page } from '../app/parts.tsx';
import { ProblemNotice } from '../materials/request-parts.tsx';
import { searchKey } from '../stall/search.ts';
import { Loading, type OfficeProblem, useLoaded } from './loading.tsx';
import { DoneNotice, saveFile } from './office-parts.tsx';
import { areaOfLists, kindIn, OFFICE_KINDS, type RegistryRow, readRegistry } from './registry-entries.ts';
import { kindText } from './registry-texts.ts';
import { officeAddress } from './route.ts';
import { to } from './texts.ts';

export const RegistryScreen = () => (
  <Page title={to('registry')} back={officeAddress('more')}>
    <ul class="rows two-columns">
      {OFFICE_KINDS.map((kind) => (
        <li key={kind}>
          <a class="row" href={officeAddress('kind', kind)}>
            <span class="row-main">
              <b>{kindText(kind)}</b>
            </span>
            <Icon name="next" />
          </a>
        </li>
      ))}
    </ul>
  </Page>
);

const SHOWN = 100;

/** `id`: a kind. Its entries, found by name in either script or by id. */
export const KindScreen = ({ id }: { id: string }) => {
  const kind = kindIn(id);
  const rows = useSignal<readonly RegistryRow[]>([]);
  const cursor = useSignal<string | undefined>(undefined);
  const search = useSignal('');
  const problem = useSignal<OfficeProblem | undefined>(undefined);
  const did = useSignal('');
  const load = async (after: string | undefined) => {
    const part = await readRegistry(kind, areaOfLists(kind), after);
    rows.value = after === undefined ? part.rows : [...rows.value, ...part.rows];
    cursor.value = part.cursor;
    return true;
  };
  const loaded = useLoaded(() => load(undefined), [kind]);
  const download = async () => {
    const area = areaOfLists(kind);
    const file = await readCsvFile(`/registry/${kind}${area ? `?area=${area}` : ''}`).catch(() => undefined);
    problem.value = file?.ok ? undefined : (file?.problem ?? 'far');
    if (!file?.ok) return;
    saveFile(`${kind}.csv`, file.text);
    did.value = to('downloaded', `${kind}.csv`);
  };
  const key = searchKey(search.value.trim());
  const found = rows.value.filter(
    (row) => searchKey(`${row.id} ${row.note}`).includes(key) || row.id.includes(search.value.trim().toUpperCase()),
  );
  return (
    <Page title={kindText(kind)} back={officeAddress('registry')}>
      <div class="actions">
        <a class="secondary" href={officeAddress('entry', kind)}>
          <Icon name="plus" /> {to('addEntry')}
        </a>
        <a class="secondary" href={officeAddress('import', kind)}>
          {to('importCsv')}
        </a>
        <button type="button" class="secondary" onClick={() => void download()}>
          {to('downloadCsv')}
        </button>
      </div>
      <DoneNotice text={did.value} />
      <ProblemNotice problem={problem.value} />
      <Field label={to('search')} value={search.value} onChange={(text) => (search.value = text)} autocomplete="off" />
      <Loading loaded={loaded}>
        {() => (
          <>
            {found.length === 0 && <NotFound kind={kind} text={search.value.trim()} />}
            <ul class="rows">
              {found.slice(0, SHOWN).map((row) => (
                <li key={row.id}>
                  <a class="row" href={officeAddress('entry', kind, row.id)}>
                    <span class="row-main">
                      <b>{row.name}</b>
                      <span class="quiet number">{row.id}</span>
                    </span>
                    <Icon name="next" />
                  </a>
                </li>
              ))}
            </ul>
            <p class="quiet" role="status">
              {to('shownOf', `${Math.min(found.length, SHOWN)} / ${rows.value.length}${cursor.value ? '+' : ''}`)}
            </p>
            {cursor.value !== undefined && (
              <button
                type="button"
                class="secondary"
                onClick={() => load(cursor.value).catch(() => (problem.value = 'far'))}
              >
                {to('more')}
              </button>
            )}
          </>
        )}
      </Loading>
    </Page>
  );
};

/** An entry that is not listed yet opens by its id. */
const NotFound = ({ kind, text }: { kind: ReturnType<typeof kindIn>; text: string }) => (
  <p class="empty">
    {to('searchNone', text)}
    {/^[A-Za-z0-9-]{2,24}$/.test(text) && (
      <>
        <br />
        <a href={officeAddress('entry', kind, text.toUpperCase())}>{to('openId', text.toUpperCase())}</a>
      </>
    )}
  </p>
);
