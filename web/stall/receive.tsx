import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ItemId } from '../../shared/kernel/ids.ts';
import { measureOf } from '../../shared/kernel/units.ts';
import type { TransferView } from '../../shared/transfers/transfer-contract.ts';
import { allPages, api, hasToken } from '../app/api.ts';
import { spacedNumber, wholeNumberIn } from '../app/format.ts';
import { Field, Icon, NumberPad, Page, Sheet } from '../app/parts.tsx';
import { addressOf, replaceWith } from '../app/route.ts';
import { by, place } from '../app/session.ts';
import { t } from '../app/texts.ts';
import { type CatalogueItem, database } from '../outbox/database.ts';
import { terminals } from '../outbox/enrolment.ts';
import { capture, type Entry } from '../outbox/outbox.ts';
import { sendAll } from '../outbox/send.ts';
import { MAX_LINES, slices } from './bill.ts';
import { itemsById, nameOf, searchIndex } from './catalogue.ts';
import { searchItems } from './search.ts';

/** The dispatches on the way to this stall, as known last. */
const readIncoming = async (): Promise<readonly TransferView[]> => {
  const location = place.value;
  if (!location) return [];
  const db = await database();
  const known = ((await db.get('settings', `incoming ${location}`)) ?? []) as readonly TransferView[];
  if (!hasToken()) return known;
  try {
    const pages = await allPages((query) =>
      api.listTransfers({ path: { location }, query: { ...query, way: 'incoming', state: 'open' } }),
    );
    const fresh = pages.flatMap(({ transfers }) => transfers);
    await db.put('settings', fresh, `incoming ${location}`);
    return fresh;
  } catch {
    return known;
  }
};

/** Goods of a dispatch, or of anybody else. */
export const Receive = () => {
  const incoming = useSignal<readonly TransferView[]>([]);
  const chosen = useSignal<TransferView | 'other' | undefined>(undefined);
  useEffect(() => {
    readIncoming().then((found) => {
      incoming.value = found;
    });
  }, []);
  if (chosen.value) return <ReceiveGoods transfer={chosen.value === 'other' ? undefined : chosen.value} />;
  return (
    <Page title={t('receive')} back={addressOf('goods')}>
      <h2>{t('receiveComing')}</h2>
      {incoming.value.length === 0 && <p class="empty">{t('receiveNothing')}</p>}
      <ul class="rows">
        {incoming.value.map((transfer) => (
          <li key={transfer.dispatch}>
            <button type="button" class="row" onClick={() => (chosen.value = transfer)}>
              <span class="row-main">
                <b>{transfer.sent?.from}</b>
                <span class="number quiet">{spacedNumber(transfer.dispatch)}</span>
              </span>
              <Icon name="next" />
            </button>
          </li>
        ))}
      </ul>
      <button type="button" class="secondary" onClick={() => (chosen.value = 'other')}>
        {t('receiveOther')}
      </button>
    </Page>
  );
};

const stillComing = ({ lines }: TransferView): Map<ItemId, number> =>
  new Map(
    lines.map(({ item, dispatched, accepted, rejected, takenBack }) => [
      item,
      Math.max(0, dispatched - takenBack - accepted - rejected),
    ]),
  );

const ReceiveGoods = ({ transfer }: { transfer: TransferView | undefined }) => {
  const sent = transfer ? stillComing(transfer) : undefined;
  const lines = useSignal<ReadonlyMap<ItemId, number>>(sent ?? new Map());
  const supplier = useSignal('');
  const document = useSignal('');
  const isFinal = useSignal(false);
  const edited = useSignal<ItemId | undefined>(undefined);
  const query = useSignal('');
  const problem = useSignal('');
  const isSaving = useSignal(false);
  const found = query.value.trim() === '' ? [] : searchItems(searchIndex.value, query.value).slice(0, 8);
  const set = (item: ItemId, quantity: number) => (lines.value = new Map(lines.value).set(item, quantity));

  const save = async () => {
    if (!by.value || isSaving.value) return;
    isSaving.value = true;
    const from = transfer ? { dispatch: transfer.dispatch } : { supplier: supplier.value.trim() };
    const common = {
      kind: 'R' as const,
      from,
      ...(document.value.trim() !== '' && { document: document.value.trim() }),
      ...(transfer && isFinal.value && { final: true }),
    };
    try {
      const [first] = await capture(entriesOf([...lines.value], common), by.value);
      void sendAll();
      if (first) replaceWith('voucher', first.number);
    } catch {
      problem.value = t('notSaved');
      isSaving.value = false;
    }
  };
  const isReady = [...lines.value.values()].some((quantity) => quantity > 0 || transfer !== undefined);
  return (
    <Page title={t('receive')} back={addressOf('goods')}>
      {!transfer && (
        <Field
          label={t('receiveSupplier')}
          value={supplier.value}
          onChange={(text) => (supplier.value = text)}
          maxLength={80}
        />
      )}
      <Field
        label={t('receiveDocument')}
        value={document.value}
        onChange={(text) => (document.value = text)}
        maxLength={80}
      />
      <ul class="lines">
        {[...lines.value].map(([item, quantity]) => (
          <li key={item} class="line">
            <button type="button" class="line-main" onClick={() => (edited.value = item)}>
              <span class="item-name">{itemName(item)}</span>
              {sent && <span class="quiet">{t('receiveSent', sent.get(item) ?? 0)}</span>}
            </button>
            <button type="button" class="quantity-button" onClick={() => (edited.value = item)}>
              {quantity}
            </button>
          </li>
        ))}
      </ul>
      {!transfer && (
        <>
          <Field
            label={t('addGoods')}
            value={query.value}
            onChange={(text) => (query.value = text)}
            autocomplete="off"
          />
          <ul class="rows">
            {found.map((item) => (
              <li key={item.item}>
                <button
                  type="button"
                  class="row"
                  onClick={() => {
                    set(item.item, lines.value.get(item.item) ?? 0);
                    edited.value = item.item;
                    query.value = '';
                  }}
                >
                  <span class="row-main">{nameOf(item)}</span>
                  <Icon name="plus" />
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      {transfer && (
        <label class="check">
          <input
            type="checkbox"
            checked={isFinal.value}
            onChange={({ currentTarget }) => (isFinal.value = currentTarget.checked)}
          />
          {t('receiveFinal')}
        </label>
      )}
      {problem.value && (
        <p class="notice" role="alert">
          {problem.value}
        </p>
      )}
      <button
        type="button"
        class="primary"
        disabled={!isReady || isSaving.value || (!transfer && supplier.value.trim() === '')}
        onClick={save}
      >
        {t('receiveSave')}
      </button>
      {edited.value && (
        <QuantitySheet
          title={itemName(edited.value)}
          quantity={lines.value.get(edited.value) ?? 0}
          onSave={(quantity) => edited.value && set(edited.value, quantity)}
          onClose={() => (edited.value = undefined)}
        />
      )}
    </Page>
  );
};

const itemName = (item: ItemId): string => {
  const known = itemsById.value.get(item);
  return known ? nameOf(known) : item;
};

/** One voucher per seller and 40 lines, each on that seller's terminal. */
export const entriesOf = (
  lines: readonly (readonly [item: ItemId, quantity: number])[],
  common: { readonly kind: 'R' | 'C'; readonly [field: string]: unknown },
): Entry[] => {
  const known = lines.flatMap(([id, quantity]) => {
    const item = itemsById.value.get(id);
    return item ? [{ item, quantity }] : [];
  });
  return [...Map.groupBy(known, ({ item }) => item.seller)].flatMap(([seller, own]) => {
    const terminal = terminals.value.find((one) => one.location === place.value && one.seller === seller)?.terminal;
    if (!terminal) return [];
    return slices(own, MAX_LINES).map((part) => ({ terminal, draft: { ...common, lines: part.map(lineOf) } }));
  });
};

const lineOf = ({ item, quantity }: { readonly item: CatalogueItem; readonly quantity: number }) => ({
  item: item.item,
  quantity: quantity === 0 ? 0 : measureOf(quantity, { unit: item.unit, units: item.units ?? [] }),
});

type QuantitySheetProps = {
  readonly title: string;
  readonly quantity: number | undefined;
  readonly onSave: (quantity: number) => void;
  readonly onClose: () => void;
};

export const QuantitySheet = ({ title, quantity, onSave, onClose }: QuantitySheetProps) => {
  const typed = useSignal(quantity === undefined ? '' : String(quantity));
  const save = () => {
    const number = wholeNumberIn(typed.value);
    if (number !== undefined) onSave(number);
    onClose();
  };
  return (
    <Sheet title={title} onClose={onClose}>
      <NumberPad label={t('quantity')} value={typed.value} onChange={(text) => (typed.value = text)} onEnter={save} />
      <button type="button" class="primary" onClick={save}>
        {t('done')}
      </button>
    </Sheet>
  );
};
