import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { QueuedRequest } from '../../shared/materials/depot-request-contract.ts';
import { QUEUE_PARTS } from '../../shared/materials/material-request.ts';
import type { ApiProblem } from '../app/api.ts';
import { dateAndTime } from '../app/format.ts';
import { Icon, Page } from '../app/parts.tsx';
import { place } from '../app/session.ts';
import { materialsById, nameIfKnown } from '../materials/known.ts';
import { quantityText } from '../materials/quantities.ts';
import { dateText, FindProducer, linesText, ProblemNotice, RequestStateMark } from '../materials/request-parts.tsx';
import { tm } from '../materials/texts.ts';
import { part, queueOf, readQueue } from './queue.ts';
import { depotAddress } from './route.ts';
import { td } from './texts.ts';

/** The artisans' requests, oldest first. Without a link: the phone's last copy. */
export const Queue = () => {
  const problem = useSignal<ApiProblem | 'far' | undefined>(undefined);
  const depot = place.value;
  const shown = part.value;
  const read = async (more = false) => {
    if (depot) problem.value = await readQueue(depot, shown, more);
  };
  useEffect(() => void read(), [depot, shown]);
  const { requests, at, cursor } = queueOf(shown);
  return (
    <Page title={td('queue')}>
      <FindProducer hrefOf={(producer) => depotAddress('artisan', producer)} />
      <fieldset class="choices" aria-label={td('queue')}>
        {QUEUE_PARTS.toSorted(waitingFirst).map((one) => (
          <button key={one} type="button" aria-pressed={shown === one} onClick={() => (part.value = one)}>
            {td(`part_${one}`)}
          </button>
        ))}
      </fieldset>
      {problem.value === 'far' ? (
        <p class="notice" role="status">
          {at > 0 && tm('lastSeen', dateAndTime(at))} {td('worksOffline')}
        </p>
      ) : (
        <ProblemNotice problem={problem.value} />
      )}
      {requests.length === 0 && <p class="empty">{td('queueEmpty')}</p>}
      <ul class="rows">
        {requests.map((request) => (
          <QueueRow key={request.request} request={request} />
        ))}
      </ul>
      {cursor !== undefined && (
        <button type="button" class="secondary" onClick={() => void read(true)}>
          {td('showMore')}
        </button>
      )}
    </Page>
  );
};

const waitingFirst = (one: string, other: string): number => Number(other === 'waiting') - Number(one === 'waiting');

export const requestId = ({ producer, request }: Pick<QueuedRequest, 'producer' | 'request'>): string =>
  `${producer} ${request}`;

const QueueRow = ({ request }: { request: QueuedRequest }) => {
  const items = materialsById.value;
  const served = request.canServe
    .filter(({ quantity }) => quantity > 0)
    .map(({ item, quantity }) => quantityText(quantity, items.get(item)));
  return (
    <li>
      <a class="row" href={depotAddress('request', requestId(request))}>
        <span class="row-main">
          <b>{nameIfKnown(request.producer) ?? request.producer}</b>
          <span>{linesText(request, items)}</span>
          <span class="quiet">
            {tm('neededBy', dateText(request.neededBy))}
            {request.state === 'submitted' &&
              ` · ${served.length > 0 ? td('canServe', served.join(', ')) : td('cannotServe')}`}
          </span>
          {request.unconfirmed && <span class="problem">{td('overdue')}</span>}
        </span>
        <RequestStateMark state={request.state} />
        <Icon name="next" />
      </a>
    </li>
  );
};
