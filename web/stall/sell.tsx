import { useComputed, useSignal } from '@preact/signals';
import { memo } from 'preact/compat';
import { useEffect, useRef } from 'preact/hooks';
import { rupees, timeOfDay, toLatinDigits } from '../app/format.ts';
import { Icon } from '../app/parts.tsx';
import { addressOf } from '../app/route.ts';
import { t } from '../app/texts.ts';
import type { CatalogueItem } from '../outbox/database.ts';
import { addToBill, bill, billDraft, billsOf, changeLine } from './bill.ts';
import {
  isOnSale,
  items,
  itemsById,
  knownStock,
  nameOf,
  priceNow,
  rates,
  searchIndex,
  sellers,
  stockAt,
} from './catalogue.ts';
import { canScan, Scanner } from './scanner.tsx';
import { searchItems } from './search.ts';

/** More rows than these are never read: a person types another letter. */
const SHOWN_ROWS = 60;

export const Sell = () => {
  const query = useSignal('');
  const isScanning = useSignal(false);
  const field = useRef<HTMLInputElement>(null);
  const found = useComputed(() =>
    (query.value.trim() === '' ? items.value : searchItems(searchIndex.value, query.value)).filter(isOnSale),
  );
  useEffect(() => {
    document.title = `${t('sell')} · ${t('appName')}`;
  }, []);
  const pick = (item: CatalogueItem) => {
    addToBill(item.item);
    navigator.vibrate?.(12);
  };
  const enter = (event: Event) => {
    event.preventDefault();
    const [first] = found.value;
    if (query.value.trim() === '' || !first) return;
    pick(first);
    query.value = '';
  };
  const scanned = (code: string) => {
    isScanning.value = false;
    const [first] = searchItems(searchIndex.value, code).filter(isOnSale);
    if (first) pick(first);
    else query.value = code;
  };
  return (
    <section class="page sell">
      <h1 class="sr-only">{t('sell')}</h1>
      <form class="search" onSubmit={enter}>
        <input
          ref={field}
          type="search"
          aria-label={t('search')}
          placeholder={t('search')}
          autocomplete="off"
          autocorrect="off"
          spellcheck={false}
          enterkeyhint="done"
          value={query.value}
          onInput={({ currentTarget }) => {
            query.value = toLatinDigits(currentTarget.value);
          }}
        />
        {canScan() && (
          <button type="button" class="icon-button" aria-label={t('scan')} onClick={() => (isScanning.value = true)}>
            <Icon name="scan" />
          </button>
        )}
      </form>
      {isScanning.value && <Scanner onCode={scanned} onClose={() => (isScanning.value = false)} />}
      {items.value.length === 0 && <p class="empty">{t('catalogueEmpty')}</p>}
      {items.value.length > 0 && found.value.length === 0 && (
        <p class="empty" role="status">
          {t('nothingFound', query.value)}
        </p>
      )}
      <ul class="items" aria-label={t('goods')}>
        {found.value.slice(0, SHOWN_ROWS).map((item) => (
          <ItemRow key={item.item} item={item} onPick={pick} />
        ))}
      </ul>
      {stockAt.value > 0 && <p class="quiet stock-time">{t('stockAsOf', timeOfDay(stockAt.value))}</p>}
      <BillBar />
    </section>
  );
};

/** Drawn again only when its own quantity or stock changes. */
const ItemRow = memo(({ item, onPick }: { item: CatalogueItem; onPick: (item: CatalogueItem) => void }) => {
  const quantity = useComputed(() => bill.value.find((line) => line.item === item.item)?.quantity ?? 0);
  const left = useComputed(() => knownStock(item.item));
  const price = priceNow(item);
  const name = nameOf(item);
  return (
    <li class={quantity.value > 0 ? 'item picked' : 'item'}>
      <button type="button" class="item-pick" disabled={!price} onClick={() => onPick(item)}>
        <span class="item-name">{name}</span>
        <span class="item-facts">
          <b class="price">{price ? rupees(price.price) : t('noPrice')}</b>
          <StockText left={left.value} />
          {item.keypad && <span class="code">{item.keypad}</span>}
        </span>
      </button>
      {quantity.value > 0 && (
        <span class="stepper">
          <button
            type="button"
            aria-label={t('oneLess', name)}
            onClick={() => changeLine(item.item, { quantity: quantity.value - 1 })}
          >
            <Icon name="minus" />
          </button>
          <output aria-label={t('quantity')}>{quantity.value}</output>
          <button type="button" aria-label={t('oneMore', name)} onClick={() => onPick(item)}>
            <Icon name="plus" />
          </button>
        </span>
      )}
    </li>
  );
});

const StockText = ({ left }: { left: number | undefined }) => {
  if (left === undefined) return <span class="stock">{t('stockUnknown')}</span>;
  if (left <= 0) return <span class="stock none">{t('noneLeft')}</span>;
  return <span class={left <= 2 ? 'stock few' : 'stock'}>{t('left', left)}</span>;
};

/** The bill so far, always in reach of the thumb. */
const BillBar = () => {
  const total = useComputed(() =>
    billsOf(
      billDraft.value,
      { tender: 'upi' },
      { items: itemsById.value, sellers: sellers.value, rates: rates.value },
      Date.now(),
    ).reduce((sum, one) => sum + one.total, 0),
  );
  const count = useComputed(() => bill.value.reduce((sum, { quantity }) => sum + quantity, 0));
  if (bill.value.length === 0 && !billDraft.value.exchange) return null;
  return (
    <a class="bill-bar" href={addressOf('bill')}>
      <span>{t('itemsCount', count.value)}</span>
      <b>{rupees(total.value)}</b>
      <span class="bill-bar-go">
        {t('toPay')} <Icon name="next" />
      </span>
    </a>
  );
};
