import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ItemId, ProducerId } from '../../shared/kernel/ids.ts';
import { measureOf } from '../../shared/kernel/units.ts';
import type { VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import type { MaterialRequest } from '../../shared/materials/material-request.ts';
import { type ApiProblem, api } from '../app/api.ts';
import { spacedNumber } from '../app/format.ts';
import { Field, Page, Sheet } from '../app/parts.tsx';
import { by, place } from '../app/session.ts';
import { t } from '../app/texts.ts';
import { materialsById, readItems, readName } from '../materials/known.ts';
import { MeasureSheet } from '../materials/measure-sheet.tsx';
import { itemName, quantityText } from '../materials/quantities.ts';
import {
  dateText,
  ProblemNotice,
  RequestHistory,
  RequestLines,
  RequestStateMark,
} from '../materials/request-parts.tsx';
import { tm } from '../materials/texts.ts';
import type { PhoneVoucher } from '../outbox/database.ts';
import { changes } from '../outbox/outbox.ts';
import { sendAll } from '../outbox/send.ts';
import { ConfirmSheet } from './confirm-sheet.tsx';
import { captureIssue, issueOf, issueQuantities } from './issue.ts';
import { queued } from './queue.ts';
import { depotAddress } from './route.ts';
import { td } from './texts.ts';

type Open = 'approve' | 'reject' | 'issue' | 'confirm' | undefined;

/** One request: what was asked, and what the counter does next. `id`: producer and number. */
export const RequestScreen = ({ id }: { id: string }) => {
  const [producer, number] = id.split(' ') as [ProducerId, VoucherNumber];
  const request = useSignal<MaterialRequest | undefined>(queued(number));
  const left = useSignal<ReadonlyMap<ItemId, number>>(new Map());
  const name = useSignal('');
  const problem = useSignal<ApiProblem | 'far' | undefined>(undefined);
  const open = useSignal<Open>(undefined);
  const issues = useSignal<readonly PhoneVoucher[]>([]);

  const load = async () => {
    name.value = (await readName(producer)) ?? producer;
    const answer = await api.getRequest({ path: { producer, number } }).catch(() => undefined);
    if (!answer?.ok) {
      problem.value = answer?.problem ?? 'far';
      return;
    }
    await readItems(answer.body.lines.map(({ item }) => item));
    request.value = answer.body;
    if (answer.body.state !== 'submitted') return;
    const passbook = await api.getPassbook({ path: { producer } }).catch(() => undefined);
    if (passbook?.ok) left.value = new Map(passbook.body.accounts.map((account) => [account.item, account.left]));
  };
  const version = changes.value;
  useEffect(() => {
    issueOf(number).then((found) => {
      const isNew = found.some(({ state }) => state === 'recorded') && version > 0;
      issues.value = found;
      if (isNew) void load();
    });
  }, [version, number]);
  useEffect(() => void load(), [id]);

  /** The answer is the request as it stands now, or why it was refused. */
  const settle = async (
    answer: { ok: true; body: MaterialRequest } | { ok: false; problem: ApiProblem } | undefined,
  ): Promise<void> => {
    open.value = undefined;
    if (answer?.ok) {
      problem.value = undefined;
      request.value = answer.body;
      return;
    }
    // It may be done, or somebody else changed it: show how it stands.
    await load();
    problem.value = answer?.problem ?? 'far';
  };

  const now = request.value;
  const waiting = issues.value.find(({ state }) => state === 'unsent' || state === 'refused');
  const held = issues.value.find(({ state }) => state === 'held');
  const reserved = now ? issueQuantities(now, issues.value) : new Map<ItemId, number>();
  return (
    <Page title={name.value || producer} back={depotAddress('queue')}>
      {now && (
        <>
          <p class="paper-head">
            <RequestStateMark state={now.state} />
            <span class="number quiet">{spacedNumber(now.request)}</span>
            <span>{tm('neededBy', dateText(now.neededBy))}</span>
          </p>
          <RequestLines lines={now.lines} items={materialsById.value} />
          {now.state === 'submitted' &&
            now.lines.map(({ item }) =>
              left.value.has(item) ? (
                <p key={item} class="quiet">
                  {itemName(materialsById.value.get(item), item)}:{' '}
                  {td('leftInPassbook', quantityText(left.value.get(item) ?? 0, materialsById.value.get(item)))}
                </p>
              ) : null,
            )}
        </>
      )}
      <ProblemNotice problem={problem.value} />
      {waiting && (
        <p class="notice" role="status">
          {td('issueUnsent')} {waiting.problem?.detail}
        </p>
      )}
      {held && (
        <p class="notice" role="alert">
          {td('issueHeld')} {held.problem?.detail}
        </p>
      )}
      <div class="sheet-actions">
        {now?.state === 'submitted' && (
          <>
            <button type="button" class="primary" onClick={() => (open.value = 'approve')}>
              {td('approve')}
            </button>
            <button type="button" class="secondary danger" onClick={() => (open.value = 'reject')}>
              {td('reject')}
            </button>
          </>
        )}
        {now?.state === 'issued' && !waiting && (
          <button type="button" class="primary" onClick={() => (open.value = 'confirm')}>
            {td('confirm')}
          </button>
        )}
        {reserved.size > 0 && (
          <button
            type="button"
            class={now?.state === 'issued' ? 'primary other' : 'primary'}
            onClick={() => (open.value = 'issue')}
          >
            {td('issue')}
          </button>
        )}
        <a class="secondary" href={depotAddress('passbook', producer)}>
          {tm('passbook')}
        </a>
      </div>
      {now && <RequestHistory history={now.history} />}
      {now && open.value === 'approve' && (
        <QuantitiesSheet
          title={td('approveHow')}
          quantities={new Map(now.lines.map((line) => [line.item, servable(now.request, line)]))}
          action={td('approve')}
          onSave={async (quantities) => settle(await approve(now, quantities))}
          onClose={() => (open.value = undefined)}
        />
      )}
      {now && open.value === 'reject' && (
        <RejectSheet onSave={async (why) => settle(await reject(now, why))} onClose={() => (open.value = undefined)} />
      )}
      {now && open.value === 'issue' && (
        <IssueSheet request={now} quantities={reserved} onClose={() => (open.value = undefined)} />
      )}
      {now && open.value === 'confirm' && (
        <ConfirmSheet request={now} onDone={settle} onClose={() => (open.value = undefined)} />
      )}
    </Page>
  );
};

const servable = (number: VoucherNumber, { item, asked }: MaterialRequest['lines'][number]): number =>
  queued(number)?.canServe.find((one) => one.item === item)?.quantity ?? asked;

type Quantities = ReadonlyMap<ItemId, number>;

const approve = async ({ depot, request: number, version }: MaterialRequest, quantities: Quantities) => {
  const lines = [...quantities].flatMap(([item, quantity]) => {
    const known = materialsById.value.get(item);
    return quantity > 0 && known
      ? [{ item, quantity: measureOf(quantity, { unit: known.unit, units: known.units ?? [] }) }]
      : [];
  });
  const body = { lines, ...(by.value && { by: by.value }) };
  return api.approveRequest({ path: { depot, number }, body, ifMatch: version }).catch(() => undefined);
};

const reject = async ({ depot, request: number, version }: MaterialRequest, why: string) => {
  const body = { why, ...(by.value && { by: by.value }) };
  return api.rejectRequest({ path: { depot, number }, body, ifMatch: version }).catch(() => undefined);
};

type QuantitiesSheetProps = {
  readonly title: string;
  /** Base units per item, as proposed. */
  readonly quantities: Quantities;
  readonly action: string;
  readonly onSave: (quantities: Quantities) => Promise<void>;
  readonly onClose: () => void;
};

const QuantitiesSheet = ({ title, quantities, action, onSave, onClose }: QuantitiesSheetProps) => {
  const chosen = useSignal(quantities);
  const edited = useSignal<ItemId | undefined>(undefined);
  const isSaving = useSignal(false);
  const items = materialsById.value;
  const known = edited.value && items.get(edited.value);
  const save = async () => {
    if (isSaving.value) return;
    isSaving.value = true;
    await onSave(chosen.value);
    isSaving.value = false;
  };
  if (edited.value && known)
    return (
      <MeasureSheet
        key={edited.value}
        title={itemName(known, edited.value)}
        item={known}
        quantity={chosen.value.get(edited.value) ?? 0}
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

const RejectSheet = ({ onSave, onClose }: { onSave: (why: string) => Promise<void>; onClose: () => void }) => {
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

const IssueSheet = ({ request, quantities, onClose }: IssueSheetProps) => {
  const problem = useSignal('');
  const save = async (chosen: Quantities) => {
    const { value: depot } = place;
    if (!depot || !by.value) return;
    try {
      await captureIssue(depot, request.request, chosen, by.value);
      void sendAll();
      onClose();
    } catch {
      problem.value = t('notSaved');
    }
  };
  return (
    <>
      {problem.value && (
        <p class="notice" role="alert">
          {problem.value}
        </p>
      )}
      <QuantitiesSheet
        title={td('issueHow')}
        quantities={quantities}
        action={td('issueSave')}
        onSave={save}
        onClose={onClose}
      />
    </>
  );
};
