import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { ItemId, SellerId } from '../../shared/kernel/ids.ts';
import { dayOf, instantOf } from '../../shared/kernel/time.ts';
import { Field, Icon } from '../app/parts.tsx';
import { addressOf, hashOf } from '../app/route.ts';
import { place, user } from '../app/session.ts';
import { t, textsOf } from '../app/texts.ts';
import { materialsById, readItems } from '../materials/known.ts';
import { MeasureSheet } from '../materials/measure-sheet.tsx';
import { type MeasuredItem, measured, type Quantities, shortQuantity } from '../materials/quantities.ts';
import { terminals } from '../outbox/enrolment.ts';
import { nameOf, searchIndex } from './catalogue.ts';
import { searchItems } from './search.ts';
import { type ClaimLine, type CommonClaim, entriesBySeller, type VoucherEntries } from './voucher-entries.ts';

const say = textsOf({
  unknown: {
    hi: 'यह नंबर इस फ़ोन की सूची में अभी नहीं है। माल इसी नंबर से दर्ज होगा।',
    en: 'This number is not in this phone’s list yet. The goods are saved under it.',
  },
});

type GoodsLinesProps = {
  readonly lines: Quantities;
  readonly onChange: (lines: Quantities) => void;
  /** The text below the name. */
  readonly note?: (item: ItemId, quantity: number) => ComponentChildren;
};

/** Goods with their quantities, and a search that adds others. A quantity of 0 removes a line. */
export const GoodsLines = ({ lines, onChange, note }: GoodsLinesProps) => {
  const edited = useSignal<ItemId | undefined>(undefined);
  const query = useSignal('');
  const found = query.value.trim() === '' ? [] : searchItems(searchIndex.value, query.value).slice(0, 8);
  const set = (item: ItemId, quantity: number) => {
    const next = new Map(lines).set(item, quantity);
    if (quantity === 0) next.delete(item);
    onChange(next);
  };
  return (
    <>
      <ul class="lines">
        {[...lines].map(([item, quantity]) => (
          <li key={item} class="line">
            <button type="button" class="line-main" onClick={() => (edited.value = item)}>
              <span class="item-name">{itemName(item)}</span>
              <UnknownItemHint item={item} />
              {note?.(item, quantity)}
            </button>
            <button
              type="button"
              class="quantity-button"
              aria-label={`${itemName(item)}: ${quantityOf(item, quantity)}`}
              onClick={() => (edited.value = item)}
            >
              {quantityOf(item, quantity)}
            </button>
          </li>
        ))}
      </ul>
      <Field label={t('addGoods')} value={query.value} onChange={(text) => (query.value = text)} autocomplete="off" />
      <ul class="rows">
        {found.map(({ item }) => (
          <li key={item}>
            <button
              type="button"
              class="row"
              onClick={() => {
                edited.value = item;
                query.value = '';
              }}
            >
              <span class="row-main">{itemName(item)}</span>
              <Icon name="plus" />
            </button>
          </li>
        ))}
      </ul>
      {edited.value && (
        <MeasureSheet
          title={itemName(edited.value)}
          item={knownItem(edited.value)}
          quantity={lines.get(edited.value)}
          onSave={(quantity) => edited.value && set(edited.value, quantity)}
          onClose={() => (edited.value = undefined)}
        />
      )}
    </>
  );
};

export const itemName = (item: ItemId): string => nameOf(knownItem(item));

/** An item that this phone does not know shows its id, in base units. */
export const knownItem = (item: ItemId): MeasuredItem =>
  materialsById.value.get(item) ?? { name: item, nameHi: item, unit: 'piece' };

/** A hint below an item that neither the phone's list nor the registry has named yet. */
export const UnknownItemHint = ({ item }: { item: ItemId }) => {
  const isKnown = materialsById.value.has(item);
  useEffect(() => {
    if (!isKnown) void readItems([item]);
  }, [item, isKnown]);
  return isKnown ? null : <span class="stock few">{say('unknown')}</span>;
};

export const quantityOf = (item: ItemId, quantity: number): string => shortQuantity(quantity, knownItem(item));

export const isAtDepot = (): boolean => user.value?.role === 'depot';

/** The menu of goods, of a stall or of a depot. */
export const goodsMenu = (): string => (isAtDepot() ? hashOf('shelf') : addressOf('goods'));

/** The day, and a number after the receipts of this phone today. */
export const freshLotNumber = (at: number): string => {
  const today = dayOf(instantOf(Date.now()));
  const next = Math.max(0, ...ownTerminals().map(({ last }) => last[`R${today}`] ?? 0)) + 1;
  return `${today.slice(2).replaceAll('-', '')}-${next + at}`;
};

const ownTerminals = () => terminals.value.filter(({ location }) => location === place.value);

/** `seller`: of the document that is answered. */
export const entriesOfLines = (lines: readonly ClaimLine[], common: CommonClaim, seller?: SellerId): VoucherEntries =>
  entriesBySeller(lines, common, {
    terminals: ownTerminals(),
    sellerOfItem: (item) => materialsById.value.get(item)?.seller,
    sellerOfDocument: seller,
  });

type MoreOfLines = {
  readonly seller?: SellerId | undefined;
  /** Further fields of an item's line. */
  readonly more?: (item: ItemId) => object;
};

export const entriesOf = (
  quantities: Quantities,
  common: CommonClaim,
  { seller, more = () => ({}) }: MoreOfLines = {},
): VoucherEntries => {
  const lines = [...quantities].map(([item, quantity]) => ({
    item,
    quantity: measured(quantity, knownItem(item)),
    ...more(item),
  }));
  return entriesOfLines(lines, common, seller);
};
