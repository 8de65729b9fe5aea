import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ProducerId } from '../../shared/kernel/ids.ts';
import type { MaterialRequest } from '../../shared/materials/material-request.ts';
import { type ApiProblem, api } from '../app/api.ts';
import { Icon, Page } from '../app/parts.tsx';
import { by, place } from '../app/session.ts';
import { materialsById, readItems, readName } from '../materials/known.ts';
import { RequestForm } from '../materials/request-form.tsx';
import { dayText, linesText, ProblemNotice, RequestStateMark } from '../materials/request-parts.tsx';
import { tm } from '../materials/texts.ts';
import { terminals } from '../outbox/enrolment.ts';
import { items } from '../stall/catalogue.ts';
import { requestId } from './queue-screen.tsx';
import { depotAddress } from './route.ts';
import { td } from './texts.ts';

/** An artisan at the counter: their requests here, their passbook, and a new request. */
export const Artisan = ({ producer }: { producer: ProducerId }) => {
  const requests = useSignal<readonly MaterialRequest[] | undefined>(undefined);
  const name = useSignal('');
  const problem = useSignal<ApiProblem | 'far' | undefined>(undefined);
  const load = async () => {
    name.value = (await readName(producer)) ?? '';
    const answer = await api.listProducerRequests({ path: { producer } }).catch(() => undefined);
    problem.value = answer?.ok ? undefined : (answer?.problem ?? 'far');
    if (!answer?.ok) return;
    await readItems(answer.body.requests.flatMap(({ lines }) => lines.map(({ item }) => item)));
    requests.value = answer.body.requests;
  };
  useEffect(() => void load(), [producer]);
  return (
    <Page title={name.value || producer} back={depotAddress('queue')}>
      <div class="sheet-actions">
        <a class="primary" href={depotAddress('ask', producer)}>
          {tm('newRequest')}
        </a>
        <a class="secondary" href={depotAddress('passbook', producer)}>
          {tm('passbook')}
        </a>
      </div>
      <ProblemNotice problem={problem.value} />
      <h2>{td('artisanRequests')}</h2>
      {requests.value?.length === 0 && <p class="empty">{td('queueEmpty')}</p>}
      <ul class="rows">
        {requests.value?.map((request) => (
          <li key={request.request}>
            <a class="row" href={depotAddress('request', requestId(request))}>
              <span class="row-main">
                <b>{linesText(request, materialsById.value)}</b>
                <span class="quiet">{dayText(request.submittedAt)}</span>
              </span>
              <RequestStateMark state={request.state} />
              <Icon name="next" />
            </a>
          </li>
        ))}
      </ul>
    </Page>
  );
};

/** For an artisan without a phone of their own. */
export const AskAtCounter = ({ producer }: { producer: ProducerId }) => {
  const depot = place.value;
  const terminal = terminals.value.find(({ location }) => location === depot);
  if (!depot || !terminal || !by.value) return null;
  return (
    <Page title={tm('newRequest')} back={depotAddress('artisan', producer)}>
      <RequestForm
        producer={producer}
        depot={depot}
        materials={items.value}
        terminal={terminal}
        by={by.value}
        hasCard
        onDone={(request) => location.replace(depotAddress('request', requestId(request)))}
      />
    </Page>
  );
};
