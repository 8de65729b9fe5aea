import { useSignal } from '@preact/signals';
import type { ItemId } from '../../shared/kernel/ids.ts';
import { paiseIn } from '../app/format.ts';
import { Field, Page } from '../app/parts.tsx';
import { t } from '../app/texts.ts';
import { MeasureSheet } from '../materials/measure-sheet.tsx';
import { measured, quantityText } from '../materials/quantities.ts';
import { items, itemsById, nameOf } from '../stall/catalogue.ts';
import { entriesOfLines, freshLotNumber, knownItem } from '../stall/goods-lines.tsx';
import { SaveVouchers } from '../stall/save-vouchers.tsx';
import { depotAddress } from './route.ts';
import { td } from './texts.ts';

type Lot = {
  readonly item: ItemId | '';
  readonly quantity: number;
  readonly invoiced: number;
  readonly lot: string;
  readonly origin: string;
  readonly cost: string;
};

const freshLot = (at: number): Lot => ({
  item: '',
  quantity: 0,
  invoiced: 0,
  lot: freshLotNumber(at),
  origin: '',
  cost: '',
});

/** A supplier's delivery, lot by lot. Works without a link. */
export const ReceiveLot = () => {
  const supplier = useSignal('');
  const document = useSignal('');
  const lots = useSignal<readonly Lot[]>([freshLot(0)]);
  const edited = useSignal<{ readonly at: number; readonly field: 'quantity' | 'invoiced' } | undefined>(undefined);
  const change = (at: number, part: Partial<Lot>) =>
    (lots.value = lots.value.map((lot, index) => (index === at ? { ...lot, ...part } : lot)));
  const isReady =
    supplier.value.trim() !== '' &&
    lots.value.every(({ item, quantity, lot }) => item !== '' && quantity > 0 && lot.trim() !== '');

  const entries = () =>
    entriesOfLines(lots.value.filter(isChosen).map(lineOf), {
      kind: 'R',
      from: { supplier: supplier.value.trim() },
      ...(document.value.trim() !== '' && { document: document.value.trim() }),
    });
  const at = edited.value?.at ?? 0;
  const item = itemsById.value.get((lots.value[at]?.item ?? '') as ItemId);
  return (
    <Page title={td('receiveLot')} back={depotAddress('shelf')}>
      <Field
        label={t('receiveSupplier')}
        value={supplier.value}
        onChange={(text) => (supplier.value = text)}
        maxLength={80}
      />
      <Field
        label={t('receiveDocument')}
        value={document.value}
        onChange={(text) => (document.value = text)}
        maxLength={80}
      />
      {lots.value.map((lot, index) => (
        <LotFields
          key={index}
          lot={lot}
          onChange={(part) => change(index, part)}
          onEdit={(field) => (edited.value = { at: index, field })}
        />
      ))}
      <button
        type="button"
        class="secondary"
        onClick={() => (lots.value = [...lots.value, freshLot(lots.value.length)])}
      >
        {td('addLot')}
      </button>
      <SaveVouchers text={t('receiveSave')} isReady={isReady} entries={entries} />
      {edited.value && item && (
        <MeasureSheet
          title={nameOf(item)}
          item={item}
          quantity={lots.value[at]?.[edited.value.field] || undefined}
          onSave={(quantity) => edited.value && change(at, { [edited.value.field]: quantity })}
          onClose={() => (edited.value = undefined)}
        />
      )}
    </Page>
  );
};

type LotFieldsProps = {
  readonly lot: Lot;
  readonly onChange: (part: Partial<Lot>) => void;
  readonly onEdit: (field: 'quantity' | 'invoiced') => void;
};

const LotFields = ({ lot, onChange, onEdit }: LotFieldsProps) => {
  const known = itemsById.value.get(lot.item as ItemId);
  return (
    <fieldset class="paper lot">
      <div class="field">
        <label for={`material ${lot.lot}`}>{td('material')}</label>
        <select
          id={`material ${lot.lot}`}
          value={lot.item}
          onChange={({ currentTarget }) => onChange({ item: currentTarget.value as ItemId, quantity: 0, invoiced: 0 })}
        >
          <option value="" />
          {items.value.map((item) => (
            <option key={item.item} value={item.item}>
              {nameOf(item)}
            </option>
          ))}
        </select>
      </div>
      <div class="choices tall">
        <button type="button" disabled={!known} onClick={() => onEdit('quantity')}>
          {t('quantity')}
          <b>{lot.quantity > 0 ? quantityText(lot.quantity, known) : '–'}</b>
        </button>
        <button type="button" disabled={!known} onClick={() => onEdit('invoiced')}>
          {td('invoiced')}
          <b>{lot.invoiced > 0 ? quantityText(lot.invoiced, known) : '–'}</b>
        </button>
      </div>
      <Field
        label={td('lot')}
        value={lot.lot}
        onChange={(text) => onChange({ lot: text })}
        autocapitalize="characters"
        autocomplete="off"
        maxLength={20}
      />
      <Field label={td('origin')} value={lot.origin} onChange={(origin) => onChange({ origin })} maxLength={80} />
      <Field
        label={td('cost')}
        value={lot.cost}
        onChange={(cost) => onChange({ cost })}
        inputMode="decimal"
        autocomplete="off"
      />
    </fieldset>
  );
};

const lineOf = ({ item, quantity, invoiced, lot, origin, cost }: Lot & { readonly item: ItemId }) => {
  const known = knownItem(item);
  const paise = paiseIn(cost);
  return {
    item,
    quantity: measured(quantity, known),
    lot: lot.trim().toUpperCase(),
    ...(invoiced > 0 && { invoiced: measured(invoiced, known) }),
    ...(paise !== undefined && { cost: paise }),
    ...(origin.trim() !== '' && { origin: origin.trim() }),
  };
};

const isChosen = (lot: Lot): lot is Lot & { readonly item: ItemId } => lot.item !== '';
