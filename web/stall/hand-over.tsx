import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { HandOverOutcome } from '../../shared/ledger/kinds/hand-over.ts';
import { dateAndTime, paiseIn, toLatinDigits } from '../app/format.ts';
import { Field, NumberPad, Page } from '../app/parts.tsx';
import { addressOf, replaceWith } from '../app/route.ts';
import { by, place } from '../app/session.ts';
import { t, textsOf } from '../app/texts.ts';
import type { PhoneVoucher } from '../outbox/database.ts';
import { refreshTerminals, terminals } from '../outbox/enrolment.ts';
import { capture, lastNumbersOf, UnsentError, unsent, vouchersOfToday } from '../outbox/outbox.ts';
import { sendAll } from '../outbox/send.ts';
import { sellerName } from './catalogue.ts';
import { StaffField } from './staff-field.tsx';

const say = textsOf({
  title: { hi: 'दुकान सौंपें', en: 'Hand over the stall' },
  why: {
    hi: 'इसके बाद यह फ़ोन बिल नहीं काटेगा। नए धारक को कोड मिलेगा।',
    en: 'After this, this phone bills no more. The next holder gets a code.',
  },
  unsent: {
    hi: 'पहले सब भेजें: {0} अभी इसी फ़ोन में हैं। तब तक दुकान नहीं सौंपी जा सकती।',
    en: 'Send everything first: {0} are on this phone only. Until then the stall cannot be handed over.',
  },
  next: { hi: 'नया धारक', en: 'The next holder' },
  incoming: { hi: 'नए धारक का कर्मचारी नंबर', en: 'Staff number of the next holder' },
  same: { hi: 'नया धारक दूसरा व्यक्ति होना चाहिए।', en: 'The next holder must be another person.' },
  outgoingName: { hi: 'सौंपने वाले का नाम', en: 'Name of who hands over' },
  incomingName: { hi: 'लेने वाले का नाम', en: 'Name of who takes over' },
  cash: { hi: 'गल्ले में नकद (₹)', en: 'Cash in the till (₹)' },
  sheets: { hi: 'आज की गिनती साथ जाएगी: {0}', en: 'Count sheets of today that go with it: {0}' },
  save: { hi: 'दुकान सौंपें', en: 'Hand over' },
  codes: { hi: 'नए धारक के फ़ोन के लिए कोड', en: 'Code for the phone of the next holder' },
  until: { hi: '{0} तक चलेगा', en: 'Valid until {0}' },
  wait: {
    hi: 'कोड लिंक मिलते ही यहाँ दिखेगा।',
    en: 'The code appears here once there is a link.',
  },
});

/** Ends this phone's terminals at the stall. Refused while anything is unsent. */
export const HandOver = () => {
  const incoming = useSignal('');
  const names = useSignal({ outgoing: '', incoming: '' });
  const cash = useSignal('');
  const sheets = useSignal<readonly PhoneVoucher[]>([]);
  const problem = useSignal('');
  const isSaving = useSignal(false);
  useEffect(() => {
    vouchersOfToday().then((all) => {
      sheets.value = all.filter(({ claim, state }) => claim.kind === 'C' && state !== 'held');
    });
  }, []);
  const own = terminals.value.filter(({ location }) => location === place.value);
  const [first] = own;
  if (unsent.value.length > 0 || !first)
    return (
      <Page title={say('title')} back={addressOf('more')}>
        <p class="notice" role="alert">
          {say('unsent', unsent.value.length)} <a href={addressOf('unsent')}>{t('sendNow')}</a>
        </p>
      </Page>
    );
  const person = toLatinDigits(incoming.value.trim()).toUpperCase();
  const isSame = person !== '' && person === by.value;
  const signed = { outgoing: names.value.outgoing.trim(), incoming: names.value.incoming.trim() };
  const isReady = person !== '' && !isSame && signed.outgoing !== '' && signed.incoming !== '' && cash.value !== '';
  const save = async () => {
    if (!by.value || isSaving.value) return;
    isSaving.value = true;
    const draft = {
      kind: 'H' as const,
      outgoing: by.value,
      incoming: person,
      signed,
      sheets: sheets.value.map(({ number }) => number),
      cash: paiseIn(cash.value) ?? 0,
      terminals: own.map((one) => ({ terminal: one.terminal, last: lastNumbersOf(one, 'H') })),
    };
    try {
      const [voucher] = await capture([{ terminal: first.terminal, draft }], by.value);
      if (voucher) replaceWith('voucher', voucher.number);
      await refreshTerminals();
      void sendAll();
    } catch (error) {
      problem.value = error instanceof UnsentError ? say('unsent', error.count) : t('notSaved');
      isSaving.value = false;
    }
  };
  return (
    <Page title={say('title')} back={addressOf('more')}>
      <p>{say('why')}</p>
      <StaffField
        label={say('next')}
        numberLabel={say('incoming')}
        value={incoming.value}
        onChange={(staff, name) => {
          incoming.value = staff;
          if (name !== undefined) names.value = { ...names.value, incoming: name };
        }}
      />
      {isSame && <p class="problem">{say('same')}</p>}
      {(['outgoing', 'incoming'] as const).map((one) => (
        <Field
          key={one}
          label={say(`${one}Name`)}
          value={names.value[one]}
          onChange={(text) => (names.value = { ...names.value, [one]: text })}
          maxLength={80}
        />
      ))}
      {sheets.value.length > 0 && <p class="quiet">{say('sheets', sheets.value.length)}</p>}
      <NumberPad label={say('cash')} value={cash.value} onChange={(text) => (cash.value = text)} money />
      {problem.value && (
        <p class="notice" role="alert">
          {problem.value}
        </p>
      )}
      <button type="button" class="primary" disabled={!isReady || isSaving.value} onClick={save}>
        {say('save')}
      </button>
    </Page>
  );
};

/** The codes that the next holder types into their phone. */
export const HandOverCodes = ({ voucher }: { voucher: PhoneVoucher }) => {
  const outcome = voucher.outcome as HandOverOutcome | undefined;
  if (!outcome?.codes) return <p class="notice">{say('wait')}</p>;
  return (
    <section aria-label={say('codes')}>
      <p>{say('codes')}</p>
      {outcome.codes.map(({ seller, code }) => (
        <p key={seller} class="change-due">
          <span>{sellerName(seller)}</span>
          <b class="number">{code}</b>
        </p>
      ))}
      <p class="quiet">{say('until', dateAndTime(Date.parse(outcome.expiresAt)))}</p>
    </section>
  );
};
