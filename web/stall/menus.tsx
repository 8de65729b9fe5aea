import { useSignal } from '@preact/signals';
import { Icon, Page } from '../app/parts.tsx';
import { addressOf, type Screen } from '../app/route.ts';
import { by, place, signOut } from '../app/session.ts';
import { missingSellers } from '../app/sign-in.tsx';
import { type TextKey, t } from '../app/texts.ts';
import { unsent } from '../outbox/outbox.ts';

const Entry = ({ text, to, id }: { text: TextKey; to: Screen; id?: string }) => (
  <li>
    <a class="row" href={addressOf(to, id)}>
      <span class="row-main">
        <b>{t(text)}</b>
      </span>
      <Icon name="next" />
    </a>
  </li>
);

export const Goods = () => (
  <Page title={t('goods')}>
    <ul class="rows">
      <Entry text="receive" to="receive" />
      <Entry text="count" to="count" />
      <Entry text="dispatch" to="dispatch" />
      <Entry text="adjust" to="adjust" />
      <Entry text="alerts" to="alerts" />
    </ul>
  </Page>
);

/** Sign-out is refused while anything is on this phone only. */
export const More = () => {
  const problem = useSignal('');
  const leave = async () => {
    const refused = await signOut();
    problem.value = refused ? t('signOutUnsent', refused.unsent) : '';
  };
  return (
    <Page title={t('more')}>
      <p class="quiet">{t('signedInAs', place.value ?? '', by.value ?? '')}</p>
      <ul class="rows">
        <Entry text="shift" to="shift" />
        <Entry text="handOver" to="handover" />
        <Entry text="findBill" to="return" />
        <Entry text="unsentTitle" to="unsent" />
        {missingSellers().length > 0 && <Entry text="enrolTitle" to="more" id="enrol" />}
      </ul>
      {problem.value && unsent.value.length > 0 && (
        <p class="notice" role="alert">
          {problem.value} <a href={addressOf('unsent')}>{t('sendNow')}</a>
        </p>
      )}
      <button type="button" class="secondary" onClick={leave}>
        {t('signOut')}
      </button>
    </Page>
  );
};
