import { useSignal } from '@preact/signals';
import type { DistrictId, ItemId, ProducerId, StockLocationId } from '../../shared/kernel/ids.ts';
import { dayOf, instantOf } from '../../shared/kernel/time.ts';
import type { Measure } from '../../shared/kernel/units.ts';
import type { CardNumber, Pin } from '../../shared/materials/pin.ts';
import type { Producer, Product } from '../../shared/registry/entries.ts';
import type { Item } from '../../shared/registry/item.ts';
import { allPages, api } from '../app/api.ts';
import { toLatinDigits } from '../app/format.ts';
import { Field, Page } from '../app/parts.tsx';
import { language } from '../app/texts.ts';
import { materialsById, readItems } from '../materials/known.ts';
import { PassbookAccounts } from '../materials/passbook.tsx';
import { itemName } from '../materials/quantities.ts';
import { CardFields, FindProducer, ProblemNotice } from '../materials/request-parts.tsx';
import { tm } from '../materials/texts.ts';
import { isDepot, loadPlaces, nameOfArea } from './areas.ts';
import { bodyOf, Loading, type OfficeProblem, problemIn, useLoaded } from './loading.tsx';
import { Choice, DoneNotice } from './office-parts.tsx';
import { officeAddress } from './route.ts';
import { to } from './texts.ts';

const loadProducer = async (producer: ProducerId) => {
  const { entry } = await bodyOf(api.getEntry({ path: { kind: 'producers', id: producer } }));
  const { district, depots: others = [] } = entry as Producer;
  const [passbook, places, materials] = await Promise.all([
    bodyOf(api.getPassbook({ path: { producer } })),
    loadPlaces(district),
    materialsOf(district),
  ]);
  const depots = [...places.map(({ id }) => id).filter(isDepot), ...others] as StockLocationId[];
  const items = [...new Set([...passbook.accounts.map(({ item }) => item), ...materials])];
  await readItems(items);
  return { producer, entry: entry as Producer, passbook, depots, items };
};

/** Items of a district whose product is a raw material. */
const materialsOf = async (area: DistrictId): Promise<readonly ItemId[]> => {
  const [products, items] = await Promise.all(
    (['products', 'items'] as const).map(async (kind) => {
      const pages = await allPages((query) =>
        api.listEntries({ path: { kind }, query: { ...(kind === 'items' && { area }), ...query } }),
      );
      return pages.flatMap(({ entries }) => entries);
    }),
  );
  const materials = new Set(products?.flatMap(({ id, entry }) => ((entry as Product).material ? [id] : [])));
  return (items ?? []).flatMap(({ id, entry }) => (materials.has((entry as Item).product) ? [id as ItemId] : []));
};

type LoadedProducer = Awaited<ReturnType<typeof loadProducer>>;

/** `id`: a producer, or empty. */
export const EntitlementsScreen = ({ id }: { id: string }) => {
  return (
    <Page title={to('entitlements')} back={officeAddress('more')}>
      <FindProducer typed={id} hrefOf={(producer) => officeAddress('entitlements', producer)} />
      {id === '' ? <p class="quiet">{to('findHint')}</p> : <OneProducer id={id as ProducerId} />}
    </Page>
  );
};

const OneProducer = ({ id }: { id: ProducerId }) => {
  const loaded = useLoaded(() => loadProducer(id), [id]);
  const notice = useSignal('');
  const done = (text: string) => {
    notice.value = text;
    loaded.reload();
  };
  return (
    <Loading loaded={loaded}>
      {(found) => (
        <div class="stack">
          <Accounts found={found} />
          <DoneNotice text={notice.value} />
          {found.items.length === 0 || found.depots.length === 0 ? (
            <p class="quiet">{to(found.items.length === 0 ? 'noMaterials' : 'noDepots')}</p>
          ) : (
            <GrantForm found={found} onDone={done} />
          )}
          <PinForm producer={id} onDone={done} />
        </div>
      )}
    </Loading>
  );
};

const Accounts = ({ found: { producer, entry, passbook } }: { found: LoadedProducer }) => (
  <section class="paper">
    <p class="paper-head">
      <b>{language.value === 'hi' ? entry.nameHi : entry.name}</b>
      <span class="number">{producer}</span>
      <span class="quiet">
        {nameOfArea(entry.district)} · {tm('season', passbook.season)}
      </span>
    </p>
    <PassbookAccounts passbook={passbook} />
  </section>
);

/** Each form has one id, so that a repeat after a lost answer grants once. */
const drawGrantId = (): string => {
  const drawn = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  return `G-${dayOf(instantOf(Date.now())).replaceAll('-', '').slice(2)}-${drawn.toString(36).toUpperCase()}`;
};

/** A bare number is base units, if the item has no larger unit. */
const measureIn = (text: string): Measure => {
  const typed = toLatinDigits(text).trim();
  return (/^\d+$/.test(typed) ? Number(typed) : typed) as Measure;
};

type FormProps<Fields> = Fields & { readonly onDone: (text: string) => void };

const GrantForm = ({ found: { producer, depots, items }, onDone }: FormProps<{ found: LoadedProducer }>) => {
  const item = useSignal<string>(items[0] ?? '');
  const depot = useSignal<string>(depots[0] ?? '');
  const quantity = useSignal('');
  const why = useSignal('');
  const grant = useSignal(drawGrantId());
  const problem = useSignal<OfficeProblem | undefined>(undefined);
  const isDoubtful = problem.value !== 'far' && problem.value?.code === 'IMPLAUSIBLE';
  const send = async (event: Event) => {
    event.preventDefault();
    problem.value = await problemIn(
      api.grantEntitlement({
        path: { producer, item: item.value as ItemId, grant: grant.value },
        body: {
          depot: depot.value as StockLocationId,
          quantity: measureIn(quantity.value),
          why: why.value.trim(),
          ...(isDoubtful && { confirmed: true }),
        },
      }),
    );
    if (problem.value === undefined) onDone(to('grantDone', quantity.value.trim()));
  };
  return (
    <form class="stack" onSubmit={send} onInput={() => (problem.value = undefined)}>
      <h2>{to('grant')}</h2>
      <Choice
        label={to('grantMaterial')}
        value={item.value}
        options={items.map((one) => ({ value: one as string, text: itemName(materialsById.value.get(one), one) }))}
        onChange={(chosen) => (item.value = chosen)}
      />
      <Field
        label={to('grantQuantity')}
        value={quantity.value}
        onChange={(text) => (quantity.value = text)}
        autocomplete="off"
      />
      <Choice
        label={to('grantDepot')}
        value={depot.value}
        options={depots.map((one) => ({ value: one as string, text: nameOfArea(one) }))}
        onChange={(chosen) => (depot.value = chosen)}
      />
      <Field label={to('why')} value={why.value} onChange={(text) => (why.value = text)} autocomplete="off" />
      <ProblemNotice problem={problem.value} />
      <button type="submit" class="primary" disabled={quantity.value.trim() === '' || why.value.trim() === ''}>
        {to(isDoubtful ? 'grantConfirm' : 'grant')}
      </button>
    </form>
  );
};

const PinForm = ({ producer, onDone }: FormProps<{ producer: ProducerId }>) => {
  const card = useSignal({ number: '', pin: '' });
  const problem = useSignal<OfficeProblem | undefined>(undefined);
  const send = async (event: Event) => {
    event.preventDefault();
    const number = card.value.number.trim().toUpperCase();
    problem.value = await problemIn(
      api.setPin({
        path: { producer },
        body: { card: number as CardNumber, pin: toLatinDigits(card.value.pin) as Pin },
      }),
    );
    if (problem.value === undefined) onDone(to('pinDone', number));
  };
  return (
    <form class="stack" onSubmit={send}>
      <h2>{to('pinTitle')}</h2>
      <CardFields card={card} />
      <ProblemNotice problem={problem.value} />
      <button type="submit" class="secondary" disabled={card.value.number === '' || card.value.pin === ''}>
        {to('pinSave')}
      </button>
    </form>
  );
};
