import { useSignal } from '@preact/signals';
import type { StaffId } from '../../shared/kernel/ids.ts';
import { Icon, Page } from '../app/parts.tsx';
import { addressOf, type Screen } from '../app/route.ts';
import { by, place, setPerson, signOut } from '../app/session.ts';
import { missingSellers } from '../app/sign-in.tsx';
import { type TextKey, t } from '../app/texts.ts';
import { unsent } from '../outbox/outbox.ts';
import { StaffSelect, useStaff } from './staff-field.tsx';

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

/** Vouchers name whoever is chosen here. */
export const WhoSells = () => {
  const staff = useStaff();
  const now = by.value ?? '';
  const here =
    staff.some((one) => one.staff === now) || now === '' ? staff : [{ staff: now as StaffId, name: now }, ...staff];
  if (staff.length === 0) return <p class="quiet">{t('signedInAs', place.value ?? '', now)}</p>;
  return (
    <StaffSelect label={t('staffNow')} staff={here} value={now} onChange={(chosen) => setPerson(chosen as StaffId)} />
  );
};

/** Sign-out is refused while anything is on this phone only. */
export const More = () => {
  const problem = useSignal('');
  const leave = async () => {
    const refused = await signOut();
    problem.value = refused ? t('signOutUnsent', refused.unsent) : '';
  };
  return (
    <Page title={t('more')}>
      <WhoSells />
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
