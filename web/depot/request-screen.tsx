import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ItemId, ProducerId } from '../../shared/kernel/ids.ts';
import { measureOf } from '../../shared/kernel/units.ts';
import type { VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import type { MaterialRequest } from '../../shared/materials/material-request.ts';
import { type ApiProblem, api } from '../app/api.ts';
import { spacedNumber } from '../app/format.ts';
import { Page } from '../app/parts.tsx';
import { by } from '../app/session.ts';
import { materialsById, readItems, readName } from '../materials/known.ts';
import { itemName, type Quantities, quantityText } from '../materials/quantities.ts';
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
import { ConfirmSheet } from './confirm-sheet.tsx';
import { issueOf, issueQuantities } from './issue.ts';
import { queued } from './queue.ts';
import { IssueSheet, QuantitiesSheet, RejectSheet } from './request-sheets.tsx';
import { depotAddress } from './route.ts';
import { td } from './texts.ts';

type Open = 'approve' | 'reject' | 'issue' | 'confirm' | undefined;

/** One request with its next steps at the counter. `id`: producer and number. */
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

  /** Shows the changed request, or why the change was refused. */
  const settle = async (
    answer: { ok: true; body: MaterialRequest } | { ok: false; problem: ApiProblem } | undefined,
  ): Promise<void> => {
    open.value = undefined;
    if (answer?.ok) {
      problem.value = undefined;
      request.value = answer.body;
      return;
    }
    // The change may be stored, or somebody else changed the request: read it again.
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
