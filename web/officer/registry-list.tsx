import { useSignal } from '@preact/signals';
import type { EditableKind } from '../../shared/registry/registry-kinds.ts';
import { Field, Icon, Page } from '../app/parts.tsx';
import { searchKey } from '../stall/search.ts';
import { Loading, usePages } from './loading.tsx';
import { LinkList, MoreButton, useCsvDownload } from './office-parts.tsx';
import { areaOfLists, kindIn, OFFICE_KINDS, type RegistryRow, readRegistry } from './registry-entries.ts';
import { kindText } from './registry-texts.ts';
import { officeAddress } from './route.ts';
import { to } from './texts.ts';

export const RegistryScreen = () => (
  <Page title={to('registry')} back={officeAddress('more')}>
    <LinkList
      isWide
      links={OFFICE_KINDS.map((kind) => ({ href: officeAddress('kind', kind), text: kindText(kind) }))}
    />
  </Page>
);

const MAX_SHOWN = 100;

/** `id`: a kind. A search finds its entries by name, in either script, or by id. */
export const KindScreen = ({ id }: { id: string }) => {
  const kind = kindIn(id);
  const area = areaOfLists(kind);
  const search = useSignal('');
  const loaded = usePages((cursor) => readRegistry(kind, area, cursor), [kind]);
  const { download, outcome } = useCsvDownload();
  const text = search.value.trim();
  const key = searchKey(text);
  const matches = (row: RegistryRow) =>
    searchKey(`${row.id} ${row.names}`).includes(key) || row.id.includes(text.toUpperCase());
  return (
    <Page title={kindText(kind)} back={officeAddress('registry')}>
      <div class="actions">
        <a class="secondary" href={officeAddress('entry', kind)}>
          <Icon name="plus" /> {to('addEntry')}
        </a>
        <a class="secondary" href={officeAddress('import', kind)}>
          {to('importCsv')}
        </a>
        <button
          type="button"
          class="secondary"
          onClick={() => void download(`/registry/${kind}${area ? `?area=${area}` : ''}`, `${kind}.csv`)}
        >
          {to('downloadCsv')}
        </button>
      </div>
      {outcome}
      <Field
        label={to('search')}
        value={search.value}
        onChange={(typed) => (search.value = typed)}
        autocomplete="off"
      />
      <Loading loaded={loaded}>
        {({ rows, cursor }) => {
          const found = rows.filter(matches);
          return (
            <>
              {found.length === 0 && <NotFound kind={kind} text={text} />}
              <ul class="rows">
                {found.slice(0, MAX_SHOWN).map((row) => (
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
                {to('shownOf', `${Math.min(found.length, MAX_SHOWN)} / ${rows.length}${cursor ? '+' : ''}`)}
              </p>
              <MoreButton loaded={loaded} />
            </>
          );
        }}
      </Loading>
    </Page>
  );
};

/** An entry that is not listed yet opens by its id. */
const NotFound = ({ kind, text }: { kind: EditableKind; text: string }) => (
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
