import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ItemId, ProducerId, StaffId, StockLocationId } from '../../shared/kernel/ids.ts';
import { addDays, type Day, dayOf, instantOf } from '../../shared/kernel/time.ts';
import { measureOf } from '../../shared/kernel/units.ts';
import type { MaterialRequest } from '../../shared/materials/material-request.ts';
import type { ApiProblem } from '../app/api.ts';
import { toLatinDigits } from '../app/format.ts';
import { Field, Icon } from '../app/parts.tsx';
import type { PhoneTerminal } from '../outbox/database.ts';
import { MeasureSheet } from './measure-sheet.tsx';
import { itemName, type MeasuredItem, quantityText } from './quantities.ts';
import { CardFields, ProblemNotice } from './request-parts.tsx';
import { numberRequest, type PendingRequest, pendingRequest, type RequestDraft, sendRequest } from './submission.ts';
import { tm } from './texts.ts';

type RequestFormProps = {
  readonly producer: ProducerId;
  readonly depot: StockLocationId;
  readonly materials: readonly (MeasuredItem & { readonly item: ItemId })[];
  readonly terminal: PhoneTerminal;
  readonly by: StaffId;
  /** At a counter the artisan may prove their presence. */
  readonly hasCard: boolean;
  readonly onDone: (request: MaterialRequest) => void;
};

const DAYS_AHEAD = 14;

/** A request whose answer was lost is sent again, and never doubled. */
export const RequestForm = ({ producer, depot, materials, terminal, by, hasCard, onDone }: RequestFormProps) => {
  const today = dayOf(instantOf(Date.now()));
  const lines = useSignal<ReadonlyMap<ItemId, number>>(new Map());
  const neededBy = useSignal<string>(addDays(today, DAYS_AHEAD));
  const card = useSignal({ number: '', pin: '' });
  const edited = useSignal<(MeasuredItem & { readonly item: ItemId }) | undefined>(undefined);
  const pending = useSignal<PendingRequest | undefined>(undefined);
  const problem = useSignal<ApiProblem | 'far' | undefined>(undefined);
  const isSending = useSignal(false);
  useEffect(() => {
    pendingRequest(producer).then((found) => {
      pending.value = found;
    });
  }, [producer]);

  const send = async (request: PendingRequest, isFresh: boolean): Promise<void> => {
    if (isSending.value) return;
    isSending.value = true;
    pending.value = request;
    const { number, pin } = card.value;
    const shown = number.trim() !== '' ? { number: number.trim().toUpperCase(), pin: toLatinDigits(pin) } : undefined;
    const answer = await sendRequest(request, shown);
    isSending.value = false;
    if (typeof answer === 'object' && 'request' in answer) return onDone(answer);
    problem.value = answer;
    if (answer === 'far') return;
    pending.value = undefined;
    // The server answers a request that it has stored. CLOCK_OFF means that it has none.
    if (answer.code === 'CLOCK_OFF' && !isFresh) await start(request);
  };
  const start = async (draft: RequestDraft) => send(await numberRequest(terminal, draft), true);
  const submit = (confirmed?: true) =>
    start({
      producer,
      by,
      depot,
      neededBy: neededBy.value as Day,
      lines: [...lines.value].flatMap(([item, quantity]) => {
        const known = materials.find((one) => one.item === item);
        return known ? [{ item, quantity: measureOf(quantity, { unit: known.unit, units: known.units ?? [] }) }] : [];
      }),
      ...(confirmed && { confirmed }),
    });

  if (pending.value)
    return (
      <>
        <p class="notice" role="status">
          {isSending.value ? tm('sending') : tm('notSent')}
        </p>
        <button
          type="button"
          class="primary"
          disabled={isSending.value}
          onClick={() => pending.value && void send(pending.value, false)}
        >
          {tm('sendAgain')}
        </button>
      </>
    );
  const isImplausible = problem.value !== undefined && problem.value !== 'far' && problem.value.code === 'IMPLAUSIBLE';
  return (
    <>
      <h2>{tm('chooseMaterial')}</h2>
      <ul class="lines">
        {materials.map((material) => {
          const quantity = lines.value.get(material.item) ?? 0;
          const name = itemName(material, material.item);
          return (
            <li key={material.item} class="line">
              <button type="button" class="line-main" onClick={() => (edited.value = material)}>
                <span class="item-name">{name}</span>
              </button>
              <button
                type="button"
                class={quantity > 0 ? 'quantity-button' : 'quantity-button open'}
                aria-label={`${name}: ${quantity > 0 ? quantityText(quantity, material) : '0'}`}
                onClick={() => (edited.value = material)}
              >
                {quantity > 0 ? quantityText(quantity, material) : <Icon name="plus" />}
              </button>
            </li>
          );
        })}
      </ul>
      <Field
        label={tm('needBy')}
        type="date"
        min={today}
        value={neededBy.value}
        onChange={(text) => (neededBy.value = text)}
      />
      {hasCard && (
        <fieldset class="with-button">
          <legend class="quiet">{tm('cardOptional')}</legend>
          <CardFields card={card} />
        </fieldset>
      )}
      <ProblemNotice problem={problem.value} />
      {isImplausible && (
        <button type="button" class="secondary" onClick={() => void submit(true)}>
          {tm('isRight')}
        </button>
      )}
      <button
        type="button"
        class="primary"
        disabled={isSending.value || neededBy.value < today || [...lines.value.values()].every((one) => one === 0)}
        onClick={() => void submit()}
      >
        {tm('submit')}
      </button>
      {edited.value && (
        <MeasureSheet
          key={edited.value.item}
          title={itemName(edited.value, edited.value.item)}
          item={edited.value}
          quantity={lines.value.get(edited.value.item) || undefined}
          onSave={(quantity) => {
            const next = new Map(lines.value);
            if (edited.value && quantity > 0) next.set(edited.value.item, quantity);
            else if (edited.value) next.delete(edited.value.item);
            lines.value = next;
          }}
          onClose={() => (edited.value = undefined)}
        />
      )}
    </>
  );
};
