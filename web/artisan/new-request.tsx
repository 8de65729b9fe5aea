import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ProducerId, StaffId, StockLocationId } from '../../shared/kernel/ids.ts';
import { isServedBy } from '../../shared/materials/entitlement-account.ts';
import { type ApiProblem, allPages, api } from '../app/api.ts';
import { Icon, Page } from '../app/parts.tsx';
import { Enrol } from '../app/sign-in.tsx';
import { language } from '../app/texts.ts';
import { addMaterials } from '../materials/known.ts';
import { RequestForm } from '../materials/request-form.tsx';
import { ProblemNotice } from '../materials/request-parts.tsx';
import { tm } from '../materials/texts.ts';
import type { CatalogueItem } from '../outbox/database.ts';
import { terminals } from '../outbox/enrolment.ts';
import { artisanAddress } from './route.ts';

type KnownDepot = {
  readonly id: StockLocationId;
  readonly name: string;
  readonly nameHi: string;
  readonly sellers: readonly string[];
};

/** The depots of the artisan's district, and those that their entry names. */
const readDepots = async (producer: ProducerId): Promise<KnownDepot[] | ApiProblem | 'far'> => {
  const own = await api.getEntry({ path: { kind: 'producers', id: producer } }).catch(() => undefined);
  if (!own?.ok) return own?.problem ?? 'far';
  const pages = await allPages((query) => api.listEntries({ path: { kind: 'depots' }, query })).catch(() => undefined);
  if (!pages) return 'far';
  return pages
    .flatMap(({ entries }) => entries)
    .flatMap(({ id, entry }) => {
      if (!('nameHi' in entry && 'sellers' in entry && 'district' in entry)) return [];
      const depot = id as StockLocationId;
      const { name, nameHi, sellers, district } = entry;
      return isServedBy(own.body.entry, depot, district) ? [{ id: depot, name, nameHi, sellers }] : [];
    });
};

export const NewRequest = ({ producer }: { producer: ProducerId }) => {
  const depots = useSignal<readonly KnownDepot[]>([]);
  const chosen = useSignal<KnownDepot | undefined>(undefined);
  const materials = useSignal<readonly CatalogueItem[]>([]);
  const problem = useSignal<ApiProblem | 'far' | undefined>(undefined);
  const isRead = useSignal(false);
  const choose = async (depot: KnownDepot) => {
    const pages = await allPages((query) => api.getCatalogue({ path: { location: depot.id }, query })).catch(
      () => undefined,
    );
    problem.value = pages ? undefined : 'far';
    if (!pages) return;
    materials.value = pages.flatMap(({ catalogue }) => catalogue) as CatalogueItem[];
    addMaterials(materials.value);
    chosen.value = depot;
  };
  useEffect(() => {
    readDepots(producer).then((found) => {
      isRead.value = true;
      if (!Array.isArray(found)) problem.value = found as ApiProblem | 'far';
      else {
        depots.value = found;
        if (found.length === 1 && found[0]) void choose(found[0]);
      }
    });
  }, [producer]);
  const terminal = terminals.value.find(({ location }) => location === producer);
  const seller = (chosen.value ?? depots.value[0])?.sellers[0];
  if (!terminal && seller) return <Enrol seller={seller} onEnrolled={() => undefined} />;
  return (
    <Page title={tm('newRequest')} back={artisanAddress('requests')}>
      <ProblemNotice problem={problem.value} />
      {problem.value === 'far' && <p class="quiet">{tm('needsLink')}</p>}
      {isRead.value && !problem.value && depots.value.length === 0 && <p class="empty">{tm('noDepot')}</p>}
      {depots.value.length > 1 && (
        <>
          <h2>{tm('chooseDepot')}</h2>
          <ul class="rows">
            {depots.value.map((depot) => (
              <li key={depot.id}>
                <button
                  type="button"
                  class="row"
                  aria-pressed={chosen.value?.id === depot.id}
                  onClick={() => void choose(depot)}
                >
                  <span class="row-main">
                    <b>{language.value === 'hi' ? depot.nameHi : depot.name}</b>
                  </span>
                  <Icon name={chosen.value?.id === depot.id ? 'check' : 'next'} />
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      {chosen.value && terminal && (
        <>
          {depots.value.length === 1 && <p>{language.value === 'hi' ? chosen.value.nameHi : chosen.value.name}</p>}
          <RequestForm
            key={chosen.value.id}
            producer={producer}
            depot={chosen.value.id}
            materials={materials.value}
            terminal={terminal}
            by={producer as string as StaffId}
            hasCard={false}
            onDone={({ request }) => location.replace(artisanAddress('request', request))}
          />
        </>
      )}
    </Page>
  );
};
