import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { ItemId, SellerId } from '../../shared/kernel/ids.ts';
import { dayOf, instantOf } from '../../shared/kernel/time.ts';
import type { LedgerKind } from '../../shared/ledger/voucher-kind.ts';
import { Field, Icon } from '../app/parts.tsx';
import { addressOf, hashOf } from '../app/route.ts';
import { place, user } from '../app/session.ts';
import { t } from '../app/texts.ts';
import { MeasureSheet } from '../materials/measure-sheet.tsx';
import { type MeasuredItem, measured, type Quantities, shortQuantity } from '../materials/quantities.ts';
import type { CatalogueItem } from '../outbox/database.ts';
import { terminals } from '../outbox/enrolment.ts';
import type { Entry } from '../outbox/outbox.ts';
import { MAX_LINES, slices } from './bill.ts';
import { itemsById, nameOf, searchIndex } from './catalogue.ts';
import { searchItems } from './search.ts';

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

/** An item that this phone does not know shows its id, in pieces. */
export const knownItem = (item: ItemId): MeasuredItem =>
  itemsById.value.get(item) ?? { name: item, nameHi: item, unit: 'piece' };

export const quantityOf = (item: ItemId, quantity: number): string => shortQuantity(quantity, knownItem(item));

export const isAtDepot = (): boolean => user.value?.role === 'depot';

/** The menu of goods, of a stall or of a depot. */
export const goodsMenu = (): string => (isAtDepot() ? hashOf('shelf') : addressOf('goods'));

/** The day, and a number after the receipts of this phone today. */
export const freshLotNumber = (at: number): string => {
  const today = dayOf(instantOf(Date.now()));
  const own = terminals.value.filter(({ location }) => location === place.value);
  const next = Math.max(0, ...own.map(({ last }) => last[`R${today}`] ?? 0)) + 1;
  return `${today.slice(2).replaceAll('-', '')}-${next + at}`;
};

type CommonClaim = { readonly kind: LedgerKind; readonly [field: string]: unknown };

/**
 * One voucher per seller and 40 lines, each on that seller's terminal. `unable`: sellers for whom
 * this phone has none, so that nothing is left out unseen.
 */
export const entriesOf = (
  lines: Quantities,
  common: CommonClaim,
  more: (item: ItemId) => object = () => ({}),
): { readonly entries: Entry[]; readonly unable: SellerId[] } => {
  const known = [...lines].flatMap(([id, quantity]) => {
    const item = itemsById.value.get(id);
    return item ? [{ item, quantity }] : [];
  });
  const bySeller = [...Map.groupBy(known, ({ item }) => item.seller)].map(([seller, own]) => ({
    seller,
    own,
    terminal: terminals.value.find((one) => one.location === place.value && one.seller === seller)?.terminal,
  }));
  return {
    unable: bySeller.flatMap(({ seller, terminal }) => (terminal ? [] : [seller])),
    entries: bySeller.flatMap(({ own, terminal }) =>
      terminal
        ? slices(own, MAX_LINES).map((part) => ({
            terminal,
            draft: { ...common, lines: part.map((line) => ({ ...lineOf(line), ...more(line.item.item) })) },
          }))
        : [],
    ),
  };
};

const lineOf = ({ item, quantity }: { readonly item: CatalogueItem; readonly quantity: number }) => ({
  item: item.item,
  quantity: measured(quantity, item),
});
