import { useSignal } from '@preact/signals';
import type { Quantity } from '../../shared/kernel/quantity.ts';
import { formatQuantity, type Measure, toBaseUnits, unitNameHi } from '../../shared/kernel/units.ts';
import { NumberPad, Sheet } from '../app/parts.tsx';
import { language, t } from '../app/texts.ts';
import type { MeasuredItem } from './quantities.ts';
import { tm } from './texts.ts';

/** A measure as typed: `2.5` and `kg`. */
type TypedMeasure = { readonly number: string; readonly unit: string };

const unitNames = ({ unit, units = [] }: MeasuredItem): string[] => [...units.map((one) => one.unit), unit];

export const typedMeasureOf = (item: MeasuredItem, quantity: number | undefined): TypedMeasure => {
  const [first = item.unit] = unitNames(item);
  if (!quantity) return { number: quantity === undefined ? '' : '0', unit: first };
  const text = formatQuantity(quantity as Quantity, { unit: item.unit, units: item.units ?? [] });
  const space = text.indexOf(' ');
  return { number: text.slice(0, space), unit: text.slice(space + 1) };
};

/** Base units, or why the measure is none. */
export const quantityIn = (
  item: MeasuredItem,
  { number, unit }: TypedMeasure,
): { readonly quantity: number } | { readonly problem: string } => {
  if (!/[1-9]/.test(number)) return { quantity: 0 };
  return toBaseUnits(`${number} ${unit}` as Measure, { unit: item.unit, units: item.units ?? [] });
};

type MeasurePadProps = {
  readonly item: MeasuredItem;
  readonly label: string;
  readonly typed: TypedMeasure;
  readonly onChange: (typed: TypedMeasure) => void;
  readonly onEnter: () => void;
};

/** The number pad, with the units of the item above it if it has several. */
export const MeasurePad = ({ item, label, typed, onChange, onEnter }: MeasurePadProps) => {
  const names = unitNames(item);
  return (
    <>
      {names.length > 1 && (
        <fieldset class="choices" aria-label={tm('unit')}>
          {names.map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={typed.unit === name}
              onClick={() => onChange({ number: typed.number, unit: name })}
            >
              {language.value === 'hi' ? unitNameHi(name) : name}
            </button>
          ))}
        </fieldset>
      )}
      <NumberPad
        label={label}
        value={typed.number}
        onChange={(number) => onChange({ number, unit: typed.unit })}
        onEnter={onEnter}
        money={names.length > 1}
      />
    </>
  );
};

type MeasureSheetProps = {
  readonly title: string;
  readonly item: MeasuredItem;
  /** Base units; `undefined`: none yet. */
  readonly quantity: number | undefined;
  readonly onSave: (quantity: number) => void;
  readonly onClose: () => void;
};

/** A quantity with its unit. If there was none and nothing is typed, nothing is saved. */
export const MeasureSheet = ({ title, item, quantity, onSave, onClose }: MeasureSheetProps) => {
  const typed = useSignal(typedMeasureOf(item, quantity));
  const problem = useSignal('');
  const save = () => {
    const measured = quantityIn(item, typed.value);
    if ('problem' in measured) {
      problem.value = measured.problem;
      return;
    }
    if (quantity !== undefined || typed.value.number !== '') onSave(measured.quantity);
    onClose();
  };
  return (
    <Sheet title={title} onClose={onClose}>
      <MeasurePad
        item={item}
        label={t('quantity')}
        typed={typed.value}
        onChange={(next) => (typed.value = next)}
        onEnter={save}
      />
      {problem.value && (
        <p class="notice" role="alert">
          {problem.value}
        </p>
      )}
      <button type="button" class="primary" onClick={save}>
        {t('done')}
      </button>
    </Sheet>
  );
};
