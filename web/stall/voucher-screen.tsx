import { signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { addUp } from '../../shared/kernel/sum.ts';
import { dateAndTime, rupees, spacedNumber } from '../app/format.ts';
import { lazy } from '../app/lazy.tsx';
import { Icon, Page } from '../app/parts.tsx';
import { ProblemText } from '../app/problem-text.tsx';
import { addressOf } from '../app/route.ts';
import { user } from '../app/session.ts';
import { type TextKey, t } from '../app/texts.ts';
import type { PhoneVoucher } from '../outbox/database.ts';
import { changes } from '../outbox/outbox.ts';
import { catalogueItem, nameOf } from './catalogue.ts';
import { moneyOf, StateMark } from './day-book.tsx';
import { readVoucher } from './returns.ts';

/** The change of the last sale, in paise: shown until the next sale. */
export const lastChange = signal<{ readonly number: string; readonly amount: number } | undefined>(undefined);

const SAVED: Partial<Record<string, TextKey>> = { S: 'saleSaved', R: 'received', C: 'countSaved', K: 'shiftSaved' };

/** After so many tries without an answer the screen offers another way. */
const STUCK_ATTEMPTS = 5;

const HandOverCodes = lazy(async () => (await import('./hand-over.tsx')).HandOverCodes);
const ChallanOfVoucher = lazy(async () => (await import('./challan.tsx')).ChallanOfVoucher);
const StuckVoucher = lazy(async () => (await import('./stuck-voucher.tsx')).StuckVoucher);

type ShownLine = {
  readonly item: string;
  readonly quantity: unknown;
  readonly unitPrice?: number;
  readonly discount?: number;
};

/** One voucher: right after it is saved, and from the day book. */
export const VoucherScreen = ({ id: number }: { id: string }) => {
  const voucher = useSignal<PhoneVoucher | undefined>(undefined);
  const version = changes.value;
  useEffect(() => {
    readVoucher(number).then((found) => {
      voucher.value = found;
    });
  }, [version]);
  const shown = voucher.value;
  if (!shown) return <Page title={t('billNumber')} back={addressOf('day')} children={null} />;
  const { claim, state, problem, capturedAt, attempts, sameReference = [] } = shown;
  const isFresh = Date.now() - capturedAt < 60_000;
  const change = lastChange.value?.number === number ? lastChange.value.amount : 0;
  const lines = (claim.lines ?? []) as readonly ShownLine[];
  const title = (isFresh && SAVED[claim.kind]) || (`kind_${claim.kind}` as TextKey);
  const money = moneyOf(shown);
  const isDepot = user.value?.role === 'depot';
  return (
    <Page title={t(title)} back={isDepot ? addressOf('day') : addressOf(isFresh ? 'sell' : 'day')}>
      {change > 0 && (
        <p class="change-due" role="status">
          <span>{t('changeDue')}</span>
          <b>{rupees(change)}</b>
        </p>
      )}
      <div class="paper">
        <p class="paper-head">
          <span>
            <span class="quiet">{t('billNumber')}</span>
            <b class="number">{spacedNumber(number)}</b>
          </span>
          <span class="quiet">{dateAndTime(capturedAt)}</span>
        </p>
        <ul class="paper-lines">
          {lines.map(({ item, quantity, unitPrice, discount }) => (
            <li key={item}>
              <span>
                {nameOf(catalogueItem(item) ?? { name: item, nameHi: item })}
                <span class="quiet">
                  {' '}
                  × {String(quantity)} {discount ? `− ${rupees(discount)}` : ''}
                </span>
              </span>
              {unitPrice !== undefined && typeof quantity === 'number' && (
                <span>{rupees(unitPrice * quantity - (discount ?? 0))}</span>
              )}
            </li>
          ))}
        </ul>
        {money.map(({ tender, amount }) => (
          <p key={tender} class="paper-total">
            <span>{t(tender as TextKey)}</span>
            <b>{rupees(addUp([amount]))}</b>
          </p>
        ))}
        <p class={`paper-state state ${state}`}>
          <StateMark voucher={shown} /> {t(`state_${state}`)}
        </p>
        {sameReference.map(({ number: other, location }) => (
          <p key={other} class="notice" role="alert">
            {t('samePayment', spacedNumber(other), location)}
          </p>
        ))}
        {problem && <ProblemText code={problem.code} detail={problem.detail} />}
      </div>
      {claim.kind === 'D' && claim.cancelled === undefined && <ChallanOfVoucher voucher={shown} />}
      {claim.kind === 'H' && <HandOverCodes voucher={shown} />}
      {(state === 'refused' || (state === 'unsent' && attempts >= STUCK_ATTEMPTS)) && <StuckVoucher voucher={shown} />}
      {isFresh && claim.kind !== 'H' && !isDepot && (
        <a class="primary" href={addressOf('sell')}>
          {t('nextSale')} <Icon name="next" />
        </a>
      )}
      {hasBill(shown) && (
        <a class="secondary" href={addressOf('invoice', number)}>
          {t('billShow')}
        </a>
      )}
      {claim.kind === 'S' && (
        <a class="secondary" href={addressOf('return', number)}>
          {t('takeBack')}
        </a>
      )}
    </Page>
  );
};

const hasBill = ({ claim }: PhoneVoucher): boolean =>
  claim.cancelled === undefined && (claim.kind === 'S' || (claim.kind === 'V' && claim.reason === 'return'));
