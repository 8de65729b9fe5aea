import { useSignal } from '@preact/signals';
import { addressOf, replaceWith } from '../app/route.ts';
import { by } from '../app/session.ts';
import { t, textsOf } from '../app/texts.ts';
import { capture, type Ended } from '../outbox/outbox.ts';
import { sendAll } from '../outbox/send.ts';
import { sellerName } from './catalogue.ts';
import { isComplete, type VoucherEntries } from './voucher-entries.ts';

const say = textsOf({
  sellerless: {
    hi: '{0} का विक्रेता इस फ़ोन को पता नहीं। लिंक मिलने पर यह पन्ना फिर खोलें, या यह सामान हटाएँ।',
    en: 'This phone does not know the seller of {0}. Open this page again with a link, or remove the item.',
  },
});

type SaveVouchersProps = {
  readonly text: string;
  readonly isReady: boolean;
  /** Read when it is pressed. */
  readonly entries: () => VoucherEntries;
  readonly ended?: Ended | undefined;
  /** `false`: something has changed, so the person looks again first. */
  readonly confirm?: () => Promise<boolean>;
};

/** Saves vouchers all or none, and shows the first. Says why if it cannot. */
export const SaveVouchers = ({ text, isReady, entries, ended, confirm }: SaveVouchersProps) => {
  const problem = useSignal('');
  const isSaving = useSignal(false);
  const incomplete = useSignal<VoucherEntries | undefined>(undefined);
  const save = async () => {
    if (!by.value || isSaving.value) return;
    const made = entries();
    incomplete.value = isComplete(made) ? undefined : made;
    if (incomplete.value || made.entries.length === 0) return;
    isSaving.value = true;
    try {
      if (!confirm || (await confirm())) {
        const [first] = await capture(made.entries, by.value, ended);
        void sendAll();
        if (first) return replaceWith('voucher', first.number);
      }
    } catch {
      problem.value = t('notSaved');
    }
    isSaving.value = false;
  };
  return (
    <>
      {incomplete.value && <IncompleteNotice {...incomplete.value} />}
      {problem.value && (
        <p class="notice" role="alert">
          {problem.value}
        </p>
      )}
      <button type="button" class="primary" disabled={!isReady || isSaving.value} onClick={save}>
        {text}
      </button>
    </>
  );
};

/** Why nothing is saved: a line would be left out. */
export const IncompleteNotice = ({ unable, sellerless }: Omit<VoucherEntries, 'entries'>) => (
  <>
    {unable.map((seller) => (
      <p key={seller} class="notice" role="alert">
        {t('enrolMissing', sellerName(seller))} <a href={addressOf('more', 'enrol')}>{t('enrolDo')}</a>
      </p>
    ))}
    {sellerless.length > 0 && (
      <p class="notice" role="alert">
        {say('sellerless', sellerless.join(', '))}
      </p>
    )}
  </>
);
