import { useState } from 'preact/hooks';
import { paiseIn, wholeNumberIn } from '../app/format.ts';
import { Field, NumberPad, Sheet } from '../app/parts.tsx';
import { t } from '../app/texts.ts';
import { changeLine, type OpenBillLine } from './bill.ts';
import { itemsById, nameOf } from './catalogue.ts';

type LineSheetProps = {
  readonly line: OpenBillLine;
  /** The price is below the floor: the server takes it only with a reason. */
  readonly needsReason: boolean;
  readonly onClose: () => void;
};

/** Quantity, discount and its reason of one line. */
export const LineSheet = ({ line, needsReason, onClose }: LineSheetProps) => {
  const [quantity, setQuantity] = useState(String(line.quantity));
  const [discount, setDiscount] = useState(line.discount ? String(line.discount / 100) : '');
  const [reason, setReason] = useState(line.reason ?? '');
  const [part, setPart] = useState<'quantity' | 'discount'>(needsReason ? 'discount' : 'quantity');
  const item = itemsById.value.get(line.item);
  const unit = item && item.unit !== 'piece' ? item.unit : undefined;
  const save = () => {
    const off = paiseIn(discount) ?? 0;
    changeLine(line.item, {
      quantity: wholeNumberIn(quantity) ?? line.quantity,
      discount: off > 0 ? off : undefined,
      reason: reason.trim() === '' ? undefined : reason.trim(),
    });
    onClose();
  };
  const drop = () => {
    changeLine(line.item, { quantity: 0 });
    onClose();
  };
  return (
    <Sheet title={item ? nameOf(item) : line.item} onClose={onClose}>
      <fieldset class="choices">
        {(['quantity', 'discount'] as const).map((one) => (
          <button key={one} type="button" aria-pressed={part === one} onClick={() => setPart(one)}>
            {t(one)}
          </button>
        ))}
      </fieldset>
      {part === 'quantity' ? (
        <NumberPad
          key="quantity"
          label={unit ? t('quantityIn', unit) : t('quantity')}
          value={quantity}
          onChange={setQuantity}
          onEnter={save}
        />
      ) : (
        <>
          <NumberPad
            key="discount"
            label={t('discountRupees')}
            value={discount}
            onChange={setDiscount}
            onEnter={save}
            money
          />
          {needsReason && <p class="problem">{t('belowFloor')}</p>}
          <Field label={t('reason')} value={reason} onChange={setReason} maxLength={80} />
        </>
      )}
      <div class="sheet-actions">
        <button type="button" class="secondary danger" onClick={drop}>
          {t('remove')}
        </button>
        <button type="button" class="primary" onClick={save}>
          {t('done')}
        </button>
      </div>
    </Sheet>
  );
};
