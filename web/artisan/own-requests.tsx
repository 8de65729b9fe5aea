import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ProducerId } from '../../shared/kernel/ids.ts';
import type { VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import type { MaterialRequest } from '../../shared/materials/material-request.ts';
import { type ApiProblem, api } from '../app/api.ts';
import { dateAndTime, spacedNumber } from '../app/format.ts';
import { Icon, Page } from '../app/parts.tsx';
import { language } from '../app/texts.ts';
import { materialsById, readItems } from '../materials/known.ts';
import {
  dateText,
  dayText,
  linesText,
  ProblemNotice,
  RequestHistory,
  RequestLines,
  RequestStateMark,
} from '../materials/request-parts.tsx';
import { confirmationQrText } from '../materials/submission.ts';
import { tm } from '../materials/texts.ts';
import { database } from '../outbox/database.ts';
import { artisanAddress } from './route.ts';
import { ta } from './texts.ts';

type KnownRequests = { readonly at: number; readonly requests: readonly MaterialRequest[]; readonly cursor?: string };

/** The sentence of the last allocation, or the reason of the last move. */
const lastWord = ({ state, history }: MaterialRequest): string | undefined => {
  // They have it, so the day of collection is over.
  if (state === 'issued' || state === 'received') return undefined;
  return history.findLast(({ told }) => told)?.told?.[language.value] ?? history.findLast(({ why }) => why)?.why;
};

export const OwnRequests = ({ producer }: { producer: ProducerId }) => {
  const known = useSignal<KnownRequests>({ at: 0, requests: [] });
  const problem = useSignal<ApiProblem | 'far' | undefined>(undefined);
  const load = async (more = false) => {
    const db = await database();
    const key = `requests ${producer}`;
    if (known.value.at === 0) known.value = ((await db.get('settings', key)) as KnownRequests) ?? known.value;
    const { cursor, requests: earlier } = known.value;
    const query = more && cursor ? { cursor } : {};
    const answer = await api.listProducerRequests({ path: { producer }, query }).catch(() => undefined);
    problem.value = answer?.ok ? undefined : (answer?.problem ?? 'far');
    if (!answer?.ok) return;
    const { requests: fresh, cursor: next } = answer.body;
    await readItems(fresh.flatMap(({ lines }) => lines.map(({ item }) => item)));
    const requests = more ? [...earlier, ...fresh] : fresh;
    known.value = { at: Date.now(), requests, ...(next && { cursor: next }) };
    await db.put('settings', known.value, key);
  };
  useEffect(() => void load(), [producer]);
  const { requests, at, cursor } = known.value;
  return (
    <Page title={ta('requests')}>
      <a class="primary" href={artisanAddress('ask')}>
        {tm('newRequest')}
      </a>
      {problem.value === 'far' && at > 0 ? (
        <p class="notice" role="status">
          {tm('lastSeen', dateAndTime(at))}
        </p>
      ) : (
        <ProblemNotice problem={problem.value} />
      )}
      {at > 0 && requests.length === 0 && <p class="empty">{ta('none')}</p>}
      <ul class="rows">
        {requests.map((request) => (
          <li key={request.request}>
            <a class="row" href={artisanAddress('request', request.request)}>
              <span class="row-main">
                <b>{linesText(request, materialsById.value)}</b>
                <RequestStateMark state={request.state} />
                {lastWord(request) && <span>{lastWord(request)}</span>}
                <span class="quiet">{dayText(request.submittedAt)}</span>
              </span>
              <Icon name="next" />
            </a>
          </li>
        ))}
      </ul>
      {cursor !== undefined && (
        <button type="button" class="secondary" onClick={() => void load(true)}>
          {ta('showMore')}
        </button>
      )}
    </Page>
  );
};

type OwnRequest = Extract<Awaited<ReturnType<typeof api.getRequest>>, { ok: true }>['body'];

export const OwnRequestScreen = ({ producer, number }: { producer: ProducerId; number: VoucherNumber }) => {
  const request = useSignal<OwnRequest | undefined>(undefined);
  const problem = useSignal<ApiProblem | 'far' | undefined>(undefined);
  const sure = useSignal<'cancel' | 'confirm' | undefined>(undefined);
  const path = { producer, number };
  const load = async () => {
    const answer = await api.getRequest({ path }).catch(() => undefined);
    problem.value = answer?.ok ? undefined : (answer?.problem ?? 'far');
    if (!answer?.ok) return;
    await readItems(answer.body.lines.map(({ item }) => item));
    request.value = answer.body;
  };
  useEffect(() => void load(), [number]);
  const now = request.value;

  /** The second press does it. */
  const press = async (action: 'cancel' | 'confirm') => {
    if (!now) return;
    if (sure.value !== action) {
      sure.value = action;
      return;
    }
    const code = now.confirmWith?.code ?? '';
    const answer = await (action === 'cancel'
      ? api.cancelRequest({ path, body: {}, ifMatch: now.version })
      : api.confirmRequest({ path, body: { proof: 'code', code }, ifMatch: now.version })
    ).catch(() => undefined);
    sure.value = undefined;
    await load();
    if (!answer?.ok) problem.value = answer?.problem ?? 'far';
  };
  const canCancel = now?.state === 'submitted' || now?.state === 'approved';
  return (
    <Page title={tm('request')} back={artisanAddress('requests')}>
      <ProblemNotice problem={problem.value} />
      {now && (
        <>
          <p class="paper-head">
            <RequestStateMark state={now.state} />
            <span class="number quiet">{spacedNumber(now.request)}</span>
            <span class="quiet">
              {ta('depotAt', now.depot)} · {tm('neededBy', dateText(now.neededBy))}
            </span>
          </p>
          {lastWord(now) && <p class="why">{lastWord(now)}</p>}
          {now.confirmWith && now.state === 'issued' && <Code number={now.request} {...now.confirmWith} />}
          <RequestLines lines={now.lines} items={materialsById.value} />
          <div class="sheet-actions">
            {now.confirmWith && now.state === 'issued' && (
              <button type="button" class="primary" onClick={() => void press('confirm')}>
                {sure.value === 'confirm' ? ta('gotItSure') : ta('gotIt')}
              </button>
            )}
            {canCancel && (
              <button type="button" class="secondary danger" onClick={() => void press('cancel')}>
                {sure.value === 'cancel' ? ta('cancelSure') : ta('cancel')}
              </button>
            )}
          </div>
          <RequestHistory history={now.history} />
        </>
      )}
    </Page>
  );
};

type CodeProps = { readonly number: VoucherNumber; readonly code: string; readonly until: string };

/** Digits to read out, and the same for a camera. */
const Code = ({ number, code, until }: CodeProps) => {
  const picture = useSignal('');
  useEffect(() => {
    import('../../shared/billing/upi-link.ts').then(({ qrSvgOf }) => {
      picture.value = qrSvgOf(confirmationQrText(number, code));
    });
  }, [number, code]);
  return (
    <section class="paper code-paper" aria-label={ta('code')}>
      <p>{ta('code')}</p>
      <p class="code-digits">{code}</p>
      {picture.value && <img class="qr" alt="" src={`data:image/svg+xml,${encodeURIComponent(picture.value)}`} />}
      <p class="quiet">{ta('codeWhen', dateAndTime(Date.parse(until)))}</p>
    </section>
  );
};
