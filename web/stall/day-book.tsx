import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { addUp } from '../../shared/kernel/sum.ts';
import { dayOf, formatDate, instantOf } from '../../shared/kernel/time.ts';
import { dateAndTime, rupees, timeOfDay } from '../app/format.ts';
import { lazy } from '../app/lazy.tsx';
import { Page } from '../app/parts.tsx';
import { addressOf } from '../app/route.ts';
import { language, type TextKey, t } from '../app/texts.ts';
import type { PhoneVoucher } from '../outbox/database.ts';
import { changes, unsent, vouchersOfDay } from '../outbox/outbox.ts';
import { link, sendAll } from '../outbox/send.ts';
import { catalogueItem, nameOf } from './catalogue.ts';
import { readStallBook, type StallBook, withOthers } from './server-lists.ts';

type Money = { readonly tender: string; readonly amount: number };

/** Paise that a sale took, or a return gave, by tender. */
export const moneyOf = ({ claim }: PhoneVoucher): readonly Money[] => {
  const taken = (claim.payments ?? []) as readonly Money[];
  const given = ((claim.refund ?? []) as readonly Money[]).map(({ tender, amount }) => ({ tender, amount: -amount }));
  return [...taken, ...given];
};

/** Today: what this phone did, sent or not, and what the server has of the stall's other phones. */
export const DayBook = () => {
  const vouchers = useSignal<readonly PhoneVoucher[]>([]);
  const stallBook = useSignal<StallBook | undefined>(undefined);
  const isWhole = useSignal(false);
  const today = dayOf(instantOf(Date.now()));
  const version = changes.value;
  useEffect(() => {
    vouchersOfDay(today).then((found) => {
      vouchers.value = found;
    });
  }, [version]);
  useEffect(() => {
    if (isWhole.value)
      readStallBook(today).then((book) => {
        stallBook.value = book;
      });
  }, [isWhole.value]);
  const shown = isWhole.value ? withOthers(vouchers.value, stallBook.value) : vouchers.value;
  const all = shown.flatMap(moneyOf);
  const tenders = ['cash', 'upi', 'card'] as const;
  const sums = tenders.map((tender) => addUp(all.filter((one) => one.tender === tender).map(({ amount }) => amount)));
  const sales = shown.filter(({ claim }) => claim.kind === 'S').length;
  return (
    <Page title={t('day')}>
      <fieldset class="choices" aria-label={t('day')}>
        {[false, true].map((whole) => (
          <button
            key={String(whole)}
            type="button"
            aria-pressed={isWhole.value === whole}
            onClick={() => (isWhole.value = whole)}
          >
            {t(whole ? 'dayWholeStall' : 'dayThisPhone')}
          </button>
        ))}
      </fieldset>
      {isWhole.value && stallBook.value && (
        <p class="quiet" role="status">
          {stallBook.value.at === 0 ? t('dayOthersNever') : t('dayAsOf', timeOfDay(stallBook.value.at))}
        </p>
      )}
      <section class="day-sum" aria-label={t('daySales')}>
        <p class="day-head">
          <span class="quiet">{formatDate(language.value === 'hi' ? 'hi-IN' : 'en-IN', today)}</span>
          <span class="quiet">{t('dayBills', sales)}</span>
        </p>
        <p class="day-total">{rupees(addUp(sums))}</p>
        <dl>
          {tenders.map((tender, at) => (
            <div key={tender}>
              <dt>{t(tender)}</dt>
              <dd>{rupees(sums[at] ?? 0)}</dd>
            </div>
          ))}
        </dl>
      </section>
      {shown.length === 0 ? <p class="empty">{t('dayNothing')}</p> : <VoucherList vouchers={shown} />}
    </Page>
  );
};

const VoucherList = ({ vouchers }: { vouchers: readonly PhoneVoucher[] }) => (
  <ul class="rows">
    {vouchers.map((voucher) => (
      <li key={voucher.number}>
        <a class="row" href={addressOf('voucher', voucher.number)}>
          <span class="row-main">
            <b>
              {t(`kind_${voucher.claim.kind}` as TextKey)} {voucher.number.slice(12)}
            </b>
            <span class="quiet one-line">{contentsOf(voucher)}</span>
          </span>
          <span class="row-side">
            <b>{moneyText(voucher)}</b>
            <span class={`state ${voucher.state}`}>
              {timeOfDay(voucher.capturedAt)}
              <StateMark voucher={voucher} />
            </span>
          </span>
        </a>
      </li>
    ))}
  </ul>
);

const moneyText = (voucher: PhoneVoucher): string => {
  const money = moneyOf(voucher);
  return money.length === 0 ? '' : rupees(addUp(money.map(({ amount }) => amount)));
};

/** Names of the goods, the first `shown` of them. */
export const contentsOf = ({ claim }: PhoneVoucher, shown = 3): string => {
  const lines = (claim.lines ?? []) as readonly { readonly item: string; readonly quantity: unknown }[];
  const names = lines.slice(0, shown).map(({ item, quantity }) => {
    const known = catalogueItem(item);
    return `${known ? nameOf(known) : item} ×${quantity}`;
  });
  return names.join(', ') + (lines.length > shown ? ` +${lines.length - shown}` : '');
};

/** A shape and words, not a colour alone. */
export const StateMark = ({ voucher: { state } }: { voucher: Pick<PhoneVoucher, 'state'> }) => {
  const mark = { recorded: '✓✓', repeated: '✓✓', unsent: '◷', held: '⚑', refused: '!' }[state];
  return (
    <span class="mark" role="img" aria-label={t(`state_${state}`)} title={t(`state_${state}`)}>
      {mark}
    </span>
  );
};

/** Vouchers that the server does not have yet, each with the reason. */
export const Unsent = () => (
  <Page title={t('unsentTitle')} back={addressOf('day')}>
    {unsent.value.length === 0 ? (
      <p class="empty good-news">{t('unsentNone')}</p>
    ) : (
      <>
        <p>{t('unsentSafe')}</p>
        <button type="button" class="primary" disabled={link.value === 'sending'} onClick={() => void sendAll()}>
          {t('sendNow')}
        </button>
        <ul class="rows">
          {unsent.value.map((voucher) => (
            <li key={voucher.number}>
              <a class="row" href={addressOf('voucher', voucher.number)}>
                <span class="row-main">
                  <b>
                    {t(`kind_${voucher.claim.kind}` as TextKey)} {voucher.number.slice(12)} {moneyText(voucher)}
                  </b>
                  <span class="quiet">{dateAndTime(voucher.capturedAt)}</span>
                  {voucher.problem && <span class="problem">{voucher.problem.detail}</span>}
                </span>
                <StateMark voucher={voucher} />
              </a>
            </li>
          ))}
        </ul>
      </>
    )}
    <MissingNumbers />
  </Page>
);

const MissingNumbers = lazy(async () => (await import('./missing-numbers.tsx')).MissingNumbers);
