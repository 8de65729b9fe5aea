import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { ItemId } from '../../shared/kernel/ids.ts';
import type { MaterialRequest } from '../../shared/materials/material-request.ts';
import { Field, Sheet } from '../app/parts.tsx';
import { by } from '../app/session.ts';
import { t } from '../app/texts.ts';
import { materialsById } from '../materials/known.ts';
import { MeasureSheet } from '../materials/measure-sheet.tsx';
import { itemName, type Quantities, quantityText } from '../materials/quantities.ts';
import { capture } from '../outbox/outbox.ts';
import { sendAll } from '../outbox/send.ts';
import { knownItem } from '../stall/goods-lines.tsx';
import { IncompleteNotice } from '../stall/save-vouchers.tsx';
import { isComplete, type VoucherEntries } from '../stall/voucher-entries.ts';
import { issueEntries } from './issue.ts';
import { td } from './texts.ts';

type QuantitiesSheetProps = {
  readonly title: string;
  /** As proposed. */
  readonly quantities: Quantities;
  readonly action: string;
  readonly onSave: (quantities: Quantities) => Promise<void>;
  readonly onClose: () => void;
  /** Why it was not saved. */
  readonly children?: ComponentChildren;
};

export const QuantitiesSheet = ({ title, quantities, action, onSave, onClose, children }: QuantitiesSheetProps) => {
  const chosen = useSignal(quantities);
  const edited = useSignal<ItemId | undefined>(undefined);
  const isSaving = useSignal(false);
  const items = materialsById.value;
  const save = async () => {
    if (isSaving.value) return;
    isSaving.value = true;
    await onSave(chosen.value);
    isSaving.value = false;
  };
  if (edited.value)
    return (
      <MeasureSheet
        key={edited.value}
        title={itemName(items.get(edited.value), edited.value)}
        item={knownItem(edited.value)}
        quantity={chosen.value.get(edited.value) || undefined}
        onSave={(quantity) => {
          if (edited.value) chosen.value = new Map(chosen.value).set(edited.value, quantity);
        }}
        onClose={() => (edited.value = undefined)}
      />
    );
  return (
    <Sheet title={title} onClose={onClose}>
      <ul class="lines">
        {[...chosen.value].map(([item, quantity]) => (
          <li key={item} class="line">
            <button type="button" class="line-main" onClick={() => (edited.value = item)}>
              <span class="item-name">{itemName(items.get(item), item)}</span>
            </button>
            <button
              type="button"
              class="quantity-button"
              aria-label={`${itemName(items.get(item), item)}: ${t('change')}`}
              onClick={() => (edited.value = item)}
            >
              {quantityText(quantity, items.get(item))}
            </button>
          </li>
        ))}
      </ul>
      {children}
      <button
        type="button"
        class="primary"
        disabled={isSaving.value || [...chosen.value.values()].every((quantity) => quantity <= 0)}
        onClick={save}
      >
        {action}
      </button>
    </Sheet>
  );
};

const REASONS = ['reason_noStock', 'reason_elsewhere', 'reason_twice', 'reason_quantity'] as const;

export const RejectSheet = ({ onSave, onClose }: { onSave: (why: string) => Promise<void>; onClose: () => void }) => {
  const why = useSignal('');
  const isSaving = useSignal(false);
  return (
    <Sheet title={td('reject')} onClose={onClose}>
      <fieldset class="choices reasons" aria-label={td('rejectWhy')}>
        {REASONS.map((reason) => (
          <button
            key={reason}
            type="button"
            aria-pressed={why.value === td(reason)}
            onClick={() => (why.value = td(reason))}
          >
            {td(reason)}
          </button>
        ))}
      </fieldset>
      <Field label={td('rejectWhy')} value={why.value} onChange={(text) => (why.value = text)} maxLength={80} />
      <button
        type="button"
        class="primary"
        disabled={why.value.trim() === '' || isSaving.value}
        onClick={async () => {
          isSaving.value = true;
          await onSave(why.value.trim());
          isSaving.value = false;
        }}
      >
        {td('reject')}
      </button>
    </Sheet>
  );
};

type IssueSheetProps = {
  readonly request: MaterialRequest;
  readonly quantities: Quantities;
  readonly onClose: () => void;
};

export const IssueSheet = ({ request, quantities, onClose }: IssueSheetProps) => {
  const problem = useSignal('');
  const incomplete = useSignal<VoucherEntries | undefined>(undefined);
  const save = async (chosen: Quantities) => {
    if (!by.value) return;
    const made = issueEntries(request.request, chosen);
    incomplete.value = isComplete(made) ? undefined : made;
    if (incomplete.value) return;
    try {
      await capture(made.entries, by.value);
      void sendAll();
      onClose();
    } catch {
      problem.value = t('notSaved');
    }
  };
  return (
    <QuantitiesSheet
      title={td('issueHow')}
      quantities={quantities}
      action={td('issueSave')}
      onSave={save}
      onClose={onClose}
    >
      {incomplete.value && <IncompleteNotice {...incomplete.value} />}
      {problem.value && (
        <p class="notice" role="alert">
          {problem.value}
        </p>
      )}
    </QuantitiesSheet>
  );
};
