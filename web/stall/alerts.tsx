import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { AlertResponse } from '../../shared/alerts/alert.ts';
import type { TransferRequest } from '../../shared/replenishment/transfer-request-contract.ts';
import { api } from '../app/api.ts';
import { dateAndTime } from '../app/format.ts';
import { Icon, Page } from '../app/parts.tsx';
import { addressOf } from '../app/route.ts';
import { language, t, textsOf } from '../app/texts.ts';
import { itemName } from './goods-lines.tsx';
import { type KnownList, readAlerts, readTransferRequests } from './server-lists.ts';

const say = textsOf({
  title: { hi: 'ध्यान दें', en: 'Needs attention' },
  asked: { hi: 'दूसरी दुकानों ने माँगा', en: 'Asked of us' },
  askedNone: { hi: 'किसी ने कुछ नहीं माँगा', en: 'Nobody asks for goods' },
  send: { hi: 'भेजें', en: 'Send' },
  alerts: { hi: 'कम माल और दूसरी बातें', en: 'Short goods and other alerts' },
  alertsNone: { hi: 'सब ठीक है', en: 'Nothing is wrong' },
  take: { hi: 'मैं देख रहा/रही हूँ', en: 'I take care of it' },
  old: { hi: '{0} की सूची: अभी लिंक नहीं है', en: 'As of {0}: there is no link now' },
  never: { hi: 'सूची अभी नहीं आई। लिंक मिलने पर खोलें।', en: 'The list has not come yet. Open it with a link.' },
});

/** Items to restock, other alerts, and transfer requests to this stall. */
export const Alerts = () => {
  const alerts = useSignal<KnownList<AlertResponse> | undefined>(undefined);
  const requests = useSignal<KnownList<TransferRequest> | undefined>(undefined);
  const problem = useSignal('');
  const load = () => {
    readAlerts().then((list) => {
      alerts.value = list;
    });
    readTransferRequests().then((list) => {
      requests.value = list;
    });
  };
  useEffect(load, []);
  const take = async ({ location, alert, version }: AlertResponse) => {
    const answer = await api
      .acknowledgeAlert({ path: { location, alert }, body: {}, ifMatch: version })
      .catch(() => undefined);
    problem.value =
      answer === undefined ? t('signInFar') : answer.ok ? '' : `${answer.problem.title}. ${answer.problem.detail}`;
    load();
  };
  return (
    <Page title={say('title')} back={addressOf('goods')}>
      <Age list={alerts.value} />
      {problem.value && (
        <p class="notice" role="alert">
          {problem.value}
        </p>
      )}
      <h2>{say('asked')}</h2>
      {requests.value?.rows.length === 0 && <p class="quiet">{say('askedNone')}</p>}
      <ul class="rows">
        {requests.value?.rows.map(({ to, name, lines }) => (
          <li key={to}>
            <a class="row" href={addressOf('dispatch', to)}>
              <span class="row-main">
                <b>{name}</b>
                {lines.map(({ item, quantity, why }) => (
                  <span key={item} class="quiet">
                    {itemName(item)} × {quantity}: {why[language.value]}
                  </span>
                ))}
              </span>
              <span class="row-side">
                {say('send')} <Icon name="next" />
              </span>
            </a>
          </li>
        ))}
      </ul>
      <h2>{say('alerts')}</h2>
      {alerts.value?.rows.length === 0 && alerts.value.at > 0 && <p class="quiet good-news">{say('alertsNone')}</p>}
      <ul class="rows">
        {alerts.value?.rows.map((alert) => (
          <li key={alert.alert} class="row">
            <span class="row-main">
              <span>{alert.says[language.value]}</span>
            </span>
            <button type="button" class="link" onClick={() => take(alert)}>
              {say('take')}
            </button>
          </li>
        ))}
      </ul>
    </Page>
  );
};

const Age = ({ list }: { list: KnownList<unknown> | undefined }) => {
  if (!list || list.isFresh) return null;
  return (
    <p class="notice" role="status">
      {list.at === 0 ? say('never') : say('old', dateAndTime(list.at))}
    </p>
  );
};
