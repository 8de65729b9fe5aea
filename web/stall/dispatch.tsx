import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ItemId } from '../../shared/kernel/ids.ts';
import type { TransferRequest } from '../../shared/replenishment/transfer-request-contract.ts';
import { Field, Icon, Page } from '../app/parts.tsx';
import { addressOf } from '../app/route.ts';
import { textsOf } from '../app/texts.ts';
import { materialsById } from '../materials/known.ts';
import type { Quantities } from '../materials/quantities.ts';
import { itemsById, knownStock, sellerName } from './catalogue.ts';
import { entriesOf, GoodsLines, quantityOf } from './goods-lines.tsx';
import { SaveVouchers } from './save-vouchers.tsx';
import { searchKey } from './search.ts';
import { type Destination, readDestinations, readTransferRequests } from './server-lists.ts';

const say = textsOf({
  title: { hi: 'माल भेजें', en: 'Send goods' },
  to: { hi: 'कहाँ भेजना है (नाम या नंबर)', en: 'Where to (name or number)' },
  none: { hi: 'ऐसी कोई दुकान या डिपो नहीं मिला', en: 'No such stall or depot' },
  unknown: {
    hi: 'दुकानों की सूची अभी नहीं आई। लिंक के साथ एक बार यह पन्ना खोलें।',
    en: 'The list of locations has not come yet. Open this page once with a link.',
  },
  change: { hi: 'दूसरी जगह', en: 'Another place' },
  document: { hi: 'चालान नंबर', en: 'Challan number' },
  only: { hi: 'बही में सिर्फ़ {0} हैं', en: 'The book has only {0}' },
  notThere: { hi: '{0} में {1} का माल नहीं बिकता', en: '{1} does not trade at {0}' },
  changed: {
    hi: 'माँग बदल गई है: नई गिनती देखें, फिर भेजें।',
    en: 'The request has changed: check the new quantities, then send.',
  },
  over: { hi: 'अब इस माल की ज़रूरत नहीं रही।', en: 'These goods are no longer needed.' },
  save: { hi: 'भेजा हुआ दर्ज करें', en: 'Save dispatch' },
});

/** `id`: of the location whose request is answered, if any. */
export const Dispatch = ({ id }: { id: string }) => {
  const destinations = useSignal<readonly Destination[]>([]);
  const to = useSignal<Destination | undefined>(undefined);
  const query = useSignal('');
  const document = useSignal('');
  const lines = useSignal<Quantities>(new Map());
  const request = useSignal<TransferRequest | undefined>(undefined);
  const change = useSignal<'changed' | 'over' | undefined>(undefined);
  const take = (asked: TransferRequest | undefined) => {
    request.value = asked;
    if (asked) lines.value = new Map(asked.lines.map(({ item, quantity }) => [item, quantity]));
  };
  useEffect(() => {
    readDestinations().then(({ rows }) => {
      destinations.value = rows;
      to.value = rows.find((one) => one.id === id);
    });
    if (id !== '')
      readTransferRequests().then(({ rows }) => {
        take(rows.find((one) => one.to === id));
      });
  }, []);
  const strangers = [...lines.value.keys()].flatMap((item) => {
    const seller = itemsById.value.get(item)?.seller;
    return to.value && seller && !to.value.sellers.includes(seller) ? [seller] : [];
  });
  /** A request may change while it is packed. Without a link it goes as it was asked. */
  const isStillAsked = async (): Promise<boolean> => {
    const before = request.value;
    if (!before) return true;
    const { rows, isFresh } = await readTransferRequests();
    const now = rows.find((one) => one.to === before.to);
    if (!isFresh || (now && isSame(now, before))) return true;
    take(now);
    change.value = now ? 'changed' : 'over';
    return false;
  };
  /** The request states the unit of an item that this phone does not know. */
  const asStated = (item: ItemId) => {
    const asked = request.value?.lines.find((line) => line.item === item)?.quantity;
    const stated = request.value?.dispatch.lines.find((line) => line.item === item)?.quantity;
    return !materialsById.value.has(item) && stated && asked === lines.value.get(item) ? { quantity: stated } : {};
  };
  const entries = () =>
    entriesOf(
      lines.value,
      {
        kind: 'D',
        to: to.value?.id,
        ...(document.value.trim() !== '' && { document: document.value.trim() }),
      },
      { seller: request.value?.seller, more: asStated },
    );
  if (!to.value)
    return (
      <Page title={say('title')} back={addressOf('goods')}>
        <Field label={say('to')} value={query.value} onChange={(text) => (query.value = text)} autocomplete="off" />
        <Found destinations={destinations.value} query={query.value} onPick={(one) => (to.value = one)} />
      </Page>
    );
  return (
    <Page title={say('title')} back={addressOf(id === '' ? 'goods' : 'alerts')}>
      <p class="day-head">
        <b>
          {to.value.name} <span class="quiet">{to.value.id}</span>
        </b>
        <button type="button" class="link" onClick={() => (to.value = undefined)}>
          {say('change')}
        </button>
      </p>
      {change.value && (
        <p class="notice" role="alert">
          {say(change.value)}
        </p>
      )}
      <GoodsLines
        lines={lines.value}
        onChange={(next) => (lines.value = next)}
        note={(item, quantity) => <LineNote item={item} quantity={quantity} />}
      />
      {[...new Set(strangers)].map((seller) => (
        <p key={seller} class="notice" role="alert">
          {say('notThere', to.value?.name ?? '', sellerName(seller))}
        </p>
      ))}
      <Field
        label={say('document')}
        value={document.value}
        onChange={(text) => (document.value = text)}
        maxLength={80}
      />
      <SaveVouchers
        text={say('save')}
        isReady={lines.value.size > 0 && strangers.length === 0}
        entries={entries}
        confirm={isStillAsked}
      />
    </Page>
  );
};

const isSame = (one: TransferRequest, other: TransferRequest): boolean =>
  JSON.stringify(one.dispatch.lines) === JSON.stringify(other.dispatch.lines);

const LineNote = ({ item, quantity }: { item: ItemId; quantity: number }) => {
  const known = knownStock(item);
  return known !== undefined && quantity > known ? (
    <span class="stock few">{say('only', quantityOf(item, Math.max(0, known)))}</span>
  ) : null;
};

type FoundProps = {
  readonly destinations: readonly Destination[];
  readonly query: string;
  readonly onPick: (one: Destination) => void;
};

const SHOWN = 8;

const Found = ({ destinations, query, onPick }: FoundProps) => {
  if (destinations.length === 0) return <p class="empty">{say('unknown')}</p>;
  const key = searchKey(query);
  const found = destinations.filter(({ id, name }) => searchKey(`${id} ${name}`).includes(key)).slice(0, SHOWN);
  return found.length === 0 ? (
    <p class="empty" role="status">
      {say('none')}
    </p>
  ) : (
    <ul class="rows">
      {found.map((one) => (
        <li key={one.id}>
          <button type="button" class="row" onClick={() => onPick(one)}>
            <span class="row-main">
              <b>{one.name}</b>
              <span class="quiet">{one.id}</span>
            </span>
            <Icon name="next" />
          </button>
        </li>
      ))}
    </ul>
  );
};
