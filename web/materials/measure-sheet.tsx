import { useSignal } from '@preact/signals';
import type { Quantity } from '../../shared/kernel/quantity.ts';
import { formatQuantity, type Measure, toBaseUnits, unitNameHi } from '../../shared/kernel/units.ts';
import { NumberPad, Sheet } from '../app/parts.tsx';
import { language, t } from '../app/texts.ts';
import type { MeasuredItem } from './quantities.ts';
import { tm } from './texts.ts';

type MeasureSheetProps = {
  readonly title: string;
  readonly item: MeasuredItem;
  /** Base units; 0: none yet. */
  readonly quantity: number;
  readonly onSave: (quantity: number) => void;
  readonly onClose: () => void;
};

/** A quantity with its unit: `2.5` and `kg`. The number pad takes one or the other, never both. */
export const MeasureSheet = ({ title, item, quantity, onSave, onClose }: MeasureSheetProps) => {
  const definitions = { unit: item.unit, units: item.units ?? [] };
  const names = [...definitions.units.map(({ unit }) => unit), item.unit];
  const [number = '', ...unitWords] = quantity > 0 ? formatQuantity(quantity as Quantity, definitions).split(' ') : [];
  const typed = useSignal(number);
  const unit = useSignal(unitWords.join(' ') || (names[0] ?? item.unit));
  const problem = useSignal('');
  const save = () => {
    if (!/[1-9]/.test(typed.value)) {
      onSave(0);
      return onClose();
    }
    const measured = toBaseUnits(`${typed.value} ${unit.value}` as Measure, definitions);
    if ('problem' in measured) {
      problem.value = measured.problem;
      return;
    }
    onSave(measured.quantity);
    onClose();
  };
  return (
    <Sheet title={title} onClose={onClose}>
      {names.length > 1 && (
        <fieldset class="choices" aria-label={tm('unit')}>
          {names.map((name) => (
            <button key={name} type="button" aria-pressed={unit.value === name} onClick={() => (unit.value = name)}>
              {language.value === 'hi' ? unitNameHi(name) : name}
            </button>
          ))}
        </fieldset>
      )}
      <NumberPad
        label={t('quantity')}
        value={typed.value}
        onChange={(text) => (typed.value = text)}
        onEnter={save}
        money
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
