import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ProducerId } from '../../shared/kernel/ids.ts';
import { addUp } from '../../shared/kernel/sum.ts';
import type { TransferRequest } from '../../shared/replenishment/transfer-request-contract.ts';
import type { TransferView } from '../../shared/transfers/transfer-contract.ts';
import { type ApiProblem, api } from '../app/api.ts';
import { rupees, spacedNumber } from '../app/format.ts';
import { Page } from '../app/parts.tsx';
import { materialsById, readItems } from '../materials/known.ts';
import { itemName, quantityText } from '../materials/quantities.ts';
import { dayText, Figure, ProblemNotice } from '../materials/request-parts.tsx';
import { ta } from './texts.ts';

type Line = TransferView['lines'][number];

/** Paise, at the cost that was agreed when they were sent. */
const worthOf = ({ accepted, unitCost }: Line): number => accepted * (unitCost ?? 0);

/** The stalls' requests to this workshop, its dispatches, and their receipts. */
export const OwnGoods = ({ producer }: { producer: ProducerId }) => {
  const asked = useSignal<readonly TransferRequest[]>([]);
  const sent = useSignal<readonly TransferView[] | undefined>(undefined);
  const cursor = useSignal<string | undefined>(undefined);
  const problem = useSignal<ApiProblem | 'far' | undefined>(undefined);
  const path = { location: producer };
  const load = async () => {
    const query = { way: 'outgoing' as const, ...(cursor.value && { cursor: cursor.value }) };
    const answer = await api.listTransfers({ path, query }).catch(() => undefined);
    problem.value = answer?.ok ? undefined : (answer?.problem ?? 'far');
    if (!answer?.ok) return;
    await readItems(answer.body.transfers.flatMap(({ lines }) => lines.map(({ item }) => item)));
    sent.value = [...(sent.value ?? []), ...answer.body.transfers];
    cursor.value = answer.body.cursor ?? undefined;
  };
  const loadAsked = async () => {
    const answer = await api.listTransferRequests({ path }).catch(() => undefined);
    if (!answer?.ok) return;
    await readItems(answer.body.transferRequests.flatMap(({ lines }) => lines.map(({ item }) => item)));
    asked.value = answer.body.transferRequests;
  };
  useEffect(() => {
    void load();
    void loadAsked();
  }, [producer]);
  const items = materialsById.value;
  const taken = addUp((sent.value ?? []).flatMap(({ lines }) => lines.map(worthOf)));
  return (
    <Page title={ta('goods')}>
      <ProblemNotice problem={problem.value} />
      {taken > 0 && (
        <section class="day-sum" aria-label={ta('takenSum')}>
          <p class="quiet">{ta('takenSum')}</p>
          <p class="day-total">{rupees(taken)}</p>
          <p class="quiet">{ta('takenHow')}</p>
        </section>
      )}
      <h2>{ta('askedOfYou')}</h2>
      {asked.value.length === 0 && <p class="quiet">{ta('askedNone')}</p>}
      <ul class="rows">
        {asked.value.map(({ to, name, lines }) => (
          <li key={to} class="row">
            <span class="row-main">
              <b>{name ?? to}</b>
              {lines.map(({ item, quantity }) => (
                <span key={item}>
                  {itemName(items.get(item), item)} {quantityText(quantity, items.get(item))}
                </span>
              ))}
            </span>
          </li>
        ))}
      </ul>
      <h2>{ta('sent')}</h2>
      {sent.value?.length === 0 && <p class="quiet">{ta('sentNone')}</p>}
      <ul class="lines">
        {sent.value?.map(({ dispatch, sent: header, lines }) => (
          <li key={dispatch} class="line measured">
            <p class="paper-head">
              <b>{header ? ta('to', header.to) : ''}</b>
              <span class="number quiet">{spacedNumber(dispatch)}</span>
              <span class="quiet">{header ? dayText(header.at) : ''}</span>
            </p>
            {lines.map((line) => (
              <SentLine key={line.item} line={line} />
            ))}
          </li>
        ))}
      </ul>
      {cursor.value !== undefined && (
        <button type="button" class="secondary" onClick={() => void load()}>
          {ta('showMore')}
        </button>
      )}
    </Page>
  );
};

const SentLine = ({ line }: { line: Line }) => {
  const { item, dispatched, accepted, rejected, unitCost } = line;
  const known = materialsById.value.get(item);
  return (
    <>
      <span class="item-name">{itemName(known, item)}</span>
      <dl class="figures">
        <Figure name={ta('sentCount')} value={quantityText(dispatched, known)} />
        <Figure name={ta('taken')} value={quantityText(accepted, known)} />
        {rejected > 0 && <Figure name={ta('rejected')} value={quantityText(rejected, known)} />}
        {unitCost !== undefined && <Figure name={ta('worth')} value={rupees(worthOf(line))} />}
      </dl>
    </>
  );
};
