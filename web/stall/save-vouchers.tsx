import { useSignal } from '@preact/signals';
import type { SellerId } from '../../shared/kernel/ids.ts';
import { addressOf, replaceWith } from '../app/route.ts';
import { by } from '../app/session.ts';
import { t } from '../app/texts.ts';
import { capture, type Ended, type Entry } from '../outbox/outbox.ts';
import { sendAll } from '../outbox/send.ts';
import { sellerName } from './catalogue.ts';

type SaveVouchersProps = {
  readonly text: string;
  readonly isReady: boolean;
  /** Read when it is pressed. `unable`: sellers without a terminal on this phone. */
  readonly entries: () => { readonly entries: readonly Entry[]; readonly unable: readonly SellerId[] };
  readonly ended?: Ended | undefined;
  /** `false`: something has changed, so the person looks again first. */
  readonly confirm?: () => Promise<boolean>;
};

/** Saves vouchers all or none, and shows the first. Says why if it cannot. */
export const SaveVouchers = ({ text, isReady, entries, ended, confirm }: SaveVouchersProps) => {
  const problem = useSignal('');
  const isSaving = useSignal(false);
  const unable = useSignal<readonly SellerId[]>([]);
  const save = async () => {
    if (!by.value || isSaving.value) return;
    const made = entries();
    unable.value = made.unable;
    if (made.unable.length > 0 || made.entries.length === 0) return;
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
      {unable.value.map((seller) => (
        <p key={seller} class="notice" role="alert">
          {t('enrolMissing', sellerName(seller))} <a href={addressOf('more', 'enrol')}>{t('enrolDo')}</a>
        </p>
      ))}
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
