import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { TillVoucher } from '../../shared/ledger/decision.ts';
import { shiftVouchersOf, tillBalanceOf } from '../../shared/ledger/till.ts';
import { paiseIn, rupees } from '../app/format.ts';
import { Field, NumberPad, Page } from '../app/parts.tsx';
import { addressOf, replaceWith } from '../app/route.ts';
import { by, place } from '../app/session.ts';
import { t } from '../app/texts.ts';
import { database, type PhoneTerminal, type PhoneVoucher } from '../outbox/database.ts';
import { terminals } from '../outbox/enrolment.ts';
import { capture, lastNumbersOf } from '../outbox/outbox.ts';
import { sendAll } from '../outbox/send.ts';
import { sellerName } from './catalogue.ts';

const PARTS = ['float', 'cash', 'deposit'] as const;
type Part = (typeof PARTS)[number];
const LABELS = { float: 'shiftFloat', cash: 'shiftCash', deposit: 'shiftDeposit' } as const;

/** The till of one seller: what should be in it, what is, and the difference. */
export const Shift = () => {
  const own = terminals.value.filter(({ location }) => location === place.value);
  const terminal = useSignal<PhoneTerminal | undefined>(own[0]);
  const vouchers = useSignal<readonly PhoneVoucher[]>([]);
  const amounts = useSignal<Readonly<Record<Part, string>>>({ float: '', cash: '', deposit: '' });
  const part = useSignal<Part>('float');
  const slip = useSignal('');
  const problem = useSignal('');
  const isSaving = useSignal(false);
  useEffect(() => {
    database()
      .then((db) => db.getAll('vouchers'))
      .then((all) => {
        vouchers.value = all;
      });
  }, []);
  const till = terminal.value;
  if (!till) return <Page title={t('shift')} back={addressOf('more')} children={null} />;

  const since = vouchersSinceClose(till, vouchers.value);
  const paise = (one: Part) => paiseIn(amounts.value[one]) ?? 0;
  const deposits = paise('deposit') > 0 ? [{ amount: paise('deposit'), reference: slip.value.trim() || '–' }] : [];
  const counted = [{ tender: 'cash' as const, amount: paise('cash') }];
  const { expected, over } = tillBalanceOf({ float: paise('float'), counted, deposits }, since);
  const difference = Number(over[0]?.amount ?? 0);
  const isCounted = amounts.value.cash !== '';

  const save = async () => {
    if (!by.value || isSaving.value) return;
    isSaving.value = true;
    const draft = {
      kind: 'K' as const,
      float: paise('float'),
      counted,
      last: lastNumbersOf(till, 'K'),
      ...(deposits.length > 0 && { deposits }),
    };
    try {
      const [voucher] = await capture([{ terminal: till.terminal, draft }], by.value);
      void sendAll();
      if (voucher) replaceWith('voucher', voucher.number);
    } catch {
      problem.value = t('notSaved');
      isSaving.value = false;
    }
  };
  return (
    <Page title={t('shift')} back={addressOf('more')}>
      {own.length > 1 && (
        <fieldset class="choices" aria-label={t('seller')}>
          {own.map((one) => (
            <button
              key={one.terminal}
              type="button"
              aria-pressed={one.terminal === till.terminal}
              onClick={() => (terminal.value = one)}
            >
              {sellerName(one.seller)}
            </button>
          ))}
        </fieldset>
      )}
      <dl class="totals">
        {expected
          .filter(({ tender, amount }) => tender === 'cash' || amount !== 0)
          .map(({ tender, amount }) => (
            <div key={tender} class="total-row">
              <dt>
                {t(tender)} <small class="quiet">{t('shiftExpected')}</small>
              </dt>
              <dd>{rupees(amount)}</dd>
            </div>
          ))}
      </dl>
      <fieldset class="choices tall">
        {PARTS.map((one) => (
          <button key={one} type="button" aria-pressed={part.value === one} onClick={() => (part.value = one)}>
            {t(LABELS[one])}
            <b>{amounts.value[one] || '0'}</b>
          </button>
        ))}
      </fieldset>
      <NumberPad
        key={part.value}
        label={t(LABELS[part.value])}
        value={amounts.value[part.value]}
        onChange={(text) => (amounts.value = { ...amounts.value, [part.value]: text })}
        money
      />
      {paise('deposit') > 0 && (
        <Field
          label={t('shiftDepositSlip')}
          value={slip.value}
          onChange={(text) => (slip.value = text)}
          maxLength={80}
        />
      )}
      {isCounted && (
        <p class={difference === 0 ? 'change-due' : 'change-due short'} role="status">
          <span>{difference === 0 ? t('shiftEven') : ''}</span>
          <b>
            {difference > 0
              ? t('shiftOver', rupees(difference))
              : difference < 0
                ? t('shiftShort', rupees(-difference))
                : '✓'}
          </b>
        </p>
      )}
      {problem.value && (
        <p class="notice" role="alert">
          {problem.value}
        </p>
      )}
      <button type="button" class="primary" disabled={!isCounted || isSaving.value} onClick={save}>
        {t('shiftSave')}
      </button>
    </Page>
  );
};

/** By the code of the server, from the vouchers of this phone. */
const vouchersSinceClose = (till: PhoneTerminal, all: readonly PhoneVoucher[]): readonly TillVoucher[] => {
  const known = all.map(({ number, claim, clock }) => ({
    number,
    claim,
    admission: { ...(clock && { skew: clock.skew }) },
  })) as unknown as TillVoucher[];
  return shiftVouchersOf(till.terminal, undefined, known).vouchers;
};
