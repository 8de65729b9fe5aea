import { useComputed, useSignal } from '@preact/signals';
import { memo } from 'preact/compat';
import { useEffect, useRef } from 'preact/hooks';
import type { ItemId } from '../../shared/kernel/ids.ts';
import { dayOf, instantOf } from '../../shared/kernel/time.ts';
import { Icon, Page } from '../app/parts.tsx';
import { place } from '../app/session.ts';
import { t } from '../app/texts.ts';
import { MeasureSheet } from '../materials/measure-sheet.tsx';
import { type CatalogueItem, readSetting, writeSetting } from '../outbox/database.ts';
import { terminals } from '../outbox/enrolment.ts';
import { slices } from './bill.ts';
import { items, knownStock, nameOf } from './catalogue.ts';
import { entriesOf, goodsMenu, quantityOf } from './goods-lines.tsx';
import { SaveVouchers } from './save-vouchers.tsx';

/** A count in progress. Each line is stored as it is written. */
type CountDraft = {
  readonly id: string;
  readonly place: string | undefined;
  readonly blind: boolean;
  readonly lines: Readonly<Record<string, number>>;
};

const fresh = (): CountDraft => ({ id: crypto.randomUUID(), place: place.value, blind: true, lines: {} });

/**
 * Added one by one while the list scrolls, laid out and drawn apart: 900 rows in one list would
 * stop a cheap phone.
 */
const ROWS_PER_BLOCK = 6;

/** Below the screen. */
const AHEAD = '0px 0px 800px 0px';

export const Count = () => {
  const draft = useSignal<CountDraft | undefined>(undefined);
  const blocks = useComputed(() => slices(items.value, ROWS_PER_BLOCK));
  const shown = useSignal(3);
  const edited = useSignal<CatalogueItem | undefined>(undefined);
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    readSetting('count').then((stored) => {
      const known = stored as CountDraft | undefined;
      draft.value = known?.place === place.value ? known : fresh();
    });
  }, []);
  const areAllShown = shown.value >= blocks.value.length;
  // Observed anew after each block, since the end may still be in sight.
  useEffect(() => {
    if (areAllShown || !end.current) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) shown.value += 1;
      },
      { rootMargin: AHEAD },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [shown.value, areAllShown]);
  const keep = (next: CountDraft) => {
    draft.value = next;
    void writeSetting('count', next);
  };
  const now = draft.value;
  const done = Object.keys(now?.lines ?? {}).length;
  const write = (item: CatalogueItem, quantity: number) => {
    if (!now) return;
    keep({ ...now, lines: { ...now.lines, [item.item]: quantity } });
  };
  const entries = () => {
    const seen = terminals.value.flatMap(({ previous }) => (previous ? [previous] : []));
    const name = `${dayOf(instantOf(Date.now()))} ${now?.id.slice(0, 6)}`;
    const common = { kind: 'C' as const, count: name, blind: now?.blind, ...(seen.length > 0 && { seen }) };
    return entriesOf(new Map(Object.entries(now?.lines ?? {}) as [ItemId, number][]), common);
  };
  return (
    <Page title={t('count')} back={goodsMenu()}>
      <p>{t('countWhy')}</p>
      <label class="check">
        <input
          type="checkbox"
          checked={now?.blind ?? true}
          onChange={({ currentTarget }) => now && keep({ ...now, blind: currentTarget.checked })}
        />
        {t('countBlind')}
      </label>
      <p class="progress" role="status">
        {t('countProgress', done, items.value.length)}
        <progress value={done} max={items.value.length} aria-label={t('count')} />
      </p>
      <div>
        {blocks.value.slice(0, shown.value).map((rows, at) => (
          <CountBlock
            key={at}
            rows={rows}
            lines={now?.lines ?? NO_LINES}
            isBlind={now?.blind ?? true}
            onEdit={(one) => (edited.value = one)}
          />
        ))}
      </div>
      <div ref={end} />
      <div class="sticky-actions">
        <SaveVouchers
          text={t('countSave', done)}
          isReady={done > 0}
          entries={entries}
          ended={now && { setting: 'count', id: now.id }}
        />
      </div>
      {edited.value && (
        <MeasureSheet
          key={edited.value.item}
          title={nameOf(edited.value)}
          item={edited.value}
          quantity={now?.lines[edited.value.item]}
          onSave={(quantity) => edited.value && write(edited.value, quantity)}
          onClose={() => (edited.value = undefined)}
        />
      )}
    </Page>
  );
};

const NO_LINES: CountDraft['lines'] = {};

type CountBlockProps = {
  readonly rows: readonly CatalogueItem[];
  readonly lines: CountDraft['lines'];
  readonly isBlind: boolean;
  readonly onEdit: (item: CatalogueItem) => void;
};

const CountBlock = memo(
  ({ rows, lines, isBlind, onEdit }: CountBlockProps) => (
    <ul class="lines block">
      {rows.map((item) => (
        <CountRow key={item.item} item={item} counted={lines[item.item]} isBlind={isBlind} onEdit={onEdit} />
      ))}
    </ul>
  ),
  (before, after) =>
    before.rows === after.rows &&
    before.isBlind === after.isBlind &&
    after.rows.every(({ item }) => before.lines[item] === after.lines[item]),
);

type CountRowProps = {
  readonly item: CatalogueItem;
  readonly counted: number | undefined;
  readonly isBlind: boolean;
  readonly onEdit: (item: CatalogueItem) => void;
};

const bookText = ({ item }: CatalogueItem): string => {
  const known = knownStock(item);
  return known === undefined ? '?' : quantityOf(item, known);
};

const CountRow = memo(
  ({ item, counted, isBlind, onEdit }: CountRowProps) => (
    <li class="line">
      <button type="button" class="line-main" onClick={() => onEdit(item)}>
        <span class="item-name">{nameOf(item)}</span>
        {!isBlind && <span class="quiet">{t('countBook', bookText(item))}</span>}
      </button>
      <button
        type="button"
        class={counted === undefined ? 'quantity-button open' : 'quantity-button'}
        aria-label={`${nameOf(item)}: ${counted === undefined ? t('quantity') : quantityOf(item.item, counted)}`}
        onClick={() => onEdit(item)}
      >
        {counted === undefined ? <Icon name="plus" /> : quantityOf(item.item, counted)}
      </button>
    </li>
  ),
  (before, after) => before.item === after.item && before.counted === after.counted && before.isBlind === after.isBlind,
);
