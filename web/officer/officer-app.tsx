import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { AlertResponse } from '../../shared/alerts/alert.ts';
import { api } from '../app/api.ts';
import { dateAndTime } from '../app/format.ts';
import { Page, SignOut } from '../app/parts.tsx';
import { signOut, user } from '../app/session.ts';
import { language, t, textsOf } from '../app/texts.ts';

const to = textsOf({
  alerts: { hi: 'सूचनाएँ', en: 'Alerts' },
  none: { hi: 'कोई खुली सूचना नहीं', en: 'No open alerts' },
  rest: {
    hi: 'अधिकारी के बाकी काम (रजिस्टर, रोके गए वाउचर, रिपोर्ट) API से होते हैं।',
    en: 'The other work of an officer (registry, held vouchers, reports) is done by the API.',
  },
  more: { hi: 'और दिखाएँ', en: 'Show more' },
});

const areasOf = (scopes: readonly string[]): string[] =>
  scopes.includes('state') || user.value?.role === 'admin' ? ['state'] : scopes.map((one) => one.replace(/^\w+:/, ''));

export const OfficerApp = () => (
  <main id="main">
    <Page title={to('alerts')}>
      {areasOf(user.value?.scope ?? []).map((area) => (
        <AlertsOf key={area} area={area} />
      ))}
      <p class="quiet">{to('rest')}</p>
      <SignOut onSignOut={signOut} />
    </Page>
  </main>
);

type Listed = { readonly alerts: readonly AlertResponse[]; readonly cursor: string | undefined };

const AlertsOf = ({ area }: { area: string }) => {
  const listed = useSignal<Listed | undefined>(undefined);
  const problem = useSignal('');
  const load = async () => {
    const cursor = listed.value?.cursor;
    const answer = await api.listAlerts({ query: { area, ...(cursor && { cursor }) } }).catch(() => undefined);
    problem.value = answer?.ok ? '' : (answer?.problem.detail ?? t('signInFar'));
    if (!answer?.ok) return;
    const { alerts, cursor: next } = answer.body;
    listed.value = { alerts: [...(listed.value?.alerts ?? []), ...alerts], cursor: next ?? undefined };
  };
  useEffect(() => void load(), []);
  return (
    <section aria-label={area}>
      <h2>{area}</h2>
      {problem.value && (
        <p class="notice" role="alert">
          {problem.value}{' '}
          <button type="button" class="link" onClick={load}>
            {t('tryAgain')}
          </button>
        </p>
      )}
      {listed.value?.alerts.length === 0 && <p class="empty">{to('none')}</p>}
      <ul class="rows">
        {listed.value?.alerts.map((alert) => (
          <li key={`${alert.location} ${alert.alert}`} class="row">
            <span class="row-main">
              <b>{alert.location}</b>
              <span>{alert.says[language.value]}</span>
              <span class="quiet">{dateAndTime(Date.parse(alert.openedAt))}</span>
            </span>
          </li>
        ))}
      </ul>
      {listed.value?.cursor && (
        <button type="button" class="secondary" onClick={load}>
          {to('more')}
        </button>
      )}
    </section>
  );
};
