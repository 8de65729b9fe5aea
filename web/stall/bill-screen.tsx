import { useComputed, useSignal } from '@preact/signals';
import type { Tender } from '../../shared/ledger/kinds/sale.ts';
import { rupees } from '../app/format.ts';
import { Icon, Page } from '../app/parts.tsx';
import { addressOf, replaceWith } from '../app/route.ts';
import { by, place } from '../app/session.ts';
import { t } from '../app/texts.ts';
import { terminals } from '../outbox/enrolment.ts';
import { capture, DraftGoneError } from '../outbox/outbox.ts';
import { sendAll } from '../outbox/send.ts';
import {
  bill,
  billsOf,
  changeLine,
  lineAmount,
  type OpenBillLine,
  reloadBill,
  type SellerBill,
  storedBill,
} from './bill.ts';
import { itemsById, nameOf, priceNow, sellerName, sellers } from './catalogue.ts';
import { LineSheet } from './line-sheet.tsx';
import { PaySheet } from './pay-sheet.tsx';
import { lastChange } from './voucher-screen.tsx';

/** The bill before it is paid. */
export const Bill = () => {
  const tender = useSignal<Tender | undefined>(undefined);
  const edited = useSignal<OpenBillLine | undefined>(undefined);
  const problem = useSignal('');
  const isSaving = useSignal(false);
  const bills = useComputed(() => billsFor('upi'));
  const total = bills.value.reduce((sum, one) => sum + one.total, 0);
  const tax = bills.value.reduce((sum, one) => sum + one.tax, 0);
  const refused = bills.value.find(({ refusal }) => refusal && refusal.refused !== 'PAYMENT_MISMATCH')?.refusal;
  const unable = bills.value.find(({ seller }) => !terminalOf(seller));

  const save = async (given: number, reference?: string) => {
    const { value: person } = by;
    const final = tender.value ? billsFor(tender.value, reference) : [];
    if (!person || isSaving.value) return;
    isSaving.value = true;
    const entries = final.flatMap(({ seller, draft }) => {
      const terminal = terminalOf(seller);
      return terminal ? [{ terminal: terminal.terminal, draft }] : [];
    });
    try {
      const [first] = await capture(entries, person, await storedBill());
      const due = final.reduce((sum, one) => sum + one.total, 0);
      lastChange.value = first && given > due ? { number: first.number, amount: given - due } : undefined;
      await reloadBill();
      void sendAll();
      if (first) replaceWith('voucher', first.number);
    } catch (error) {
      await reloadBill();
      if (error instanceof DraftGoneError) replaceWith('day');
      else problem.value = t('notSaved');
    }
    isSaving.value = false;
  };

  if (bill.value.length === 0)
    return (
      <Page title={t('bill')} back={addressOf('sell')}>
        <p class="empty">{t('billEmpty')}</p>
      </Page>
    );
  return (
    <Page title={t('bill')} back={addressOf('sell')}>
      <ul class="lines">
        {bill.value.map((line) => (
          <Line key={line.item} line={line} onEdit={() => (edited.value = line)} />
        ))}
      </ul>
      <dl class="totals">
        {bills.value.length > 1 &&
          bills.value.map((one) => (
            <div key={one.seller} class="total-row">
              <dt>{sellerName(one.seller)}</dt>
              <dd>{rupees(one.total)}</dd>
            </div>
          ))}
        <div class="total-row grand">
          <dt>
            {t('total')} {tax > 0 && <small class="quiet">{t('taxIncluded', rupees(tax))}</small>}
          </dt>
          <dd>{rupees(total)}</dd>
        </div>
      </dl>
      {bills.value.length > 1 && <p class="quiet">{t('twoSellers', bills.value.length)}</p>}
      {refused && (
        <p class="notice" role="alert">
          {refused.refused === 'PRICE_BELOW_FLOOR' ? t('belowFloor') : refused.detail}
        </p>
      )}
      {unable && (
        <p class="notice" role="alert">
          {t('enrolMissing', sellerName(unable.seller))} <a href={addressOf('more', 'enrol')}>{t('enrolDo')}</a>
        </p>
      )}
      {problem.value && (
        <p class="notice" role="alert">
          {problem.value}
        </p>
      )}
      <div class="tenders">
        {(['cash', 'upi', 'card'] as const).map((one) => (
          <button
            key={one}
            type="button"
            class={one === 'cash' ? 'primary' : 'primary other'}
            disabled={refused !== undefined || unable !== undefined}
            onClick={() => (tender.value = one)}
          >
            <Icon name={one} />
            {t(one)}
          </button>
        ))}
      </div>
      {edited.value && <LineSheet line={edited.value} onClose={() => (edited.value = undefined)} />}
      {tender.value && (
        <PaySheet
          tender={tender.value}
          bills={billsFor(tender.value)}
          isSaving={isSaving.value}
          onSave={save}
          onClose={() => (tender.value = undefined)}
        />
      )}
    </Page>
  );
};

const billsFor = (tender: Tender, reference?: string): SellerBill[] =>
  billsOf(bill.value, tender, { items: itemsById.value, sellers: sellers.value }, Date.now(), reference);

const terminalOf = (seller: string) =>
  terminals.value.find((one) => one.location === place.value && one.seller === seller);

const Line = ({ line, onEdit }: { line: OpenBillLine; onEdit: () => void }) => {
  const item = itemsById.value.get(line.item);
  if (!item) return null;
  const price = priceNow(item);
  const name = nameOf(item);
  return (
    <li class="line">
      <button type="button" class="line-main" onClick={onEdit}>
        <span class="item-name">{name}</span>
        <span class="item-facts">
          <span>
            {line.quantity} × {price ? rupees(price.price) : t('noPrice')}
          </span>
          {line.discount ? <span class="stock few">− {rupees(line.discount)}</span> : null}
          <span class="link">{t('change')}</span>
        </span>
      </button>
      <b class="line-amount">{rupees(lineAmount(line, item, new Date().toISOString() as never))}</b>
      <span class="stepper">
        <button
          type="button"
          aria-label={t('oneLess', name)}
          onClick={() => changeLine(line.item, { quantity: line.quantity - 1 })}
        >
          <Icon name="minus" />
        </button>
        <output aria-label={t('quantity')}>{line.quantity}</output>
        <button
          type="button"
          aria-label={t('oneMore', name)}
          onClick={() => changeLine(line.item, { quantity: line.quantity + 1 })}
        >
          <Icon name="plus" />
        </button>
      </span>
    </li>
  );
};
