import { useComputed, useSignal } from '@preact/signals';
import { GST_STATES } from '../../shared/kernel/gstin.ts';
import { instantOf } from '../../shared/kernel/time.ts';
import type { Tender } from '../../shared/ledger/kinds/sale-claim.ts';
import { rupees, spacedNumber } from '../app/format.ts';
import { lazy } from '../app/lazy.tsx';
import { Icon, Page } from '../app/parts.tsx';
import { addressOf, replaceWith } from '../app/route.ts';
import { by, place } from '../app/session.ts';
import { language, t } from '../app/texts.ts';
import { terminals } from '../outbox/enrolment.ts';
import { capture, DraftGoneError } from '../outbox/outbox.ts';
import { sendAll } from '../outbox/send.ts';
import {
  bill,
  billDraft,
  billsOf,
  changeLine,
  exchangedReturnOf,
  type LastTender,
  lineAmount,
  type OpenBillLine,
  reloadBill,
  type SellerBill,
  setExchange,
  setPaidParts,
  storedBill,
} from './bill.ts';
import { itemsById, nameOf, priceNow, rates, sellerName, sellers } from './catalogue.ts';
import { LineSheet } from './line-sheet.tsx';
import { PaySheet } from './pay-sheet.tsx';
import { lastChange } from './voucher-screen.tsx';

const BuyerSheet = lazy(async () => (await import('./buyer-sheet.tsx')).BuyerSheet);

/** The bill before it is paid. */
export const Bill = () => {
  const tender = useSignal<Tender | undefined>(undefined);
  const edited = useSignal<OpenBillLine | undefined>(undefined);
  const problem = useSignal('');
  const isSaving = useSignal(false);
  const isNaming = useSignal(false);
  const bills = useComputed(() => billsFor({ tender: 'upi' }));
  const total = sum(bills.value, ({ total }) => total);
  const tax = sum(bills.value, ({ tax }) => tax);
  const due = sum(bills.value, ({ due }) => due);
  const exchanged = sum(bills.value, ({ exchanged }) => exchanged);
  const { parts, exchange, buyer } = billDraft.value;
  const tooMuch = sum(parts, ({ amount }) => amount) - (total - due - exchanged);
  const refused = bills.value.find(({ refusal }) => refusal && refusal.refused !== 'PAYMENT_MISMATCH')?.refusal;
  const unable = bills.value.find(({ seller }) => !terminalOf(seller));
  const cannotPay = refused !== undefined || unable !== undefined || tooMuch > 0;
  const back = exchangedReturnOf(billDraft.value, bills.value);

  const save = async (given: number, last: LastTender) => {
    const { value: person } = by;
    if (!person || isSaving.value) return;
    isSaving.value = true;
    const draft = billDraft.value;
    const final = billsFor(last);
    const returned = exchangedReturnOf(draft, final);
    const sales = final.flatMap(({ seller, draft: sale }) => {
      const terminal = terminalOf(seller);
      return terminal ? [{ terminal: terminal.terminal, draft: sale }] : [];
    });
    try {
      const captured = await capture(
        [...(returned ? [returned.entry] : []), ...sales],
        person,
        await storedBill(draft),
      );
      const sale = captured.find(({ claim }) => claim.kind === 'S');
      const change = (returned?.rest ?? 0) + Math.max(0, given - sum(final, (one) => one.due));
      lastChange.value = sale && change > 0 ? { number: sale.number, amount: change } : undefined;
      await reloadBill();
      void sendAll();
      if (sale) replaceWith('voucher', sale.number);
    } catch (error) {
      await reloadBill();
      if (error instanceof DraftGoneError) replaceWith('day');
      else problem.value = t('notSaved');
    }
    isSaving.value = false;
  };

  if (bill.value.length === 0 && !exchange && parts.length === 0)
    return (
      <Page title={t('bill')} back={addressOf('sell')}>
        <p class="empty">{t('billEmpty')}</p>
      </Page>
    );
  const unreasoned = needingReason(bills.value);
  return (
    <Page title={t('bill')} back={addressOf('sell')}>
      {bill.value.length === 0 && <p class="empty">{t('billEmpty')}</p>}
      <ul class="lines">
        {bill.value.map((line) => (
          <Line
            key={line.item}
            line={line}
            needsReason={unreasoned.has(line.item)}
            onEdit={() => (edited.value = line)}
          />
        ))}
      </ul>
      <dl class="totals">
        {bills.value.length > 1 &&
          bills.value.map((one) => <TotalRow key={one.seller} text={sellerName(one.seller)} amount={one.total} />)}
        <div class="total-row grand">
          <dt>
            {t('total')} {tax > 0 && <small class="quiet">{t('taxIncluded', rupees(tax))}</small>}
          </dt>
          <dd>{rupees(total)}</dd>
        </div>
        {exchange && <TotalRow text={t('exchanged', spacedNumber(exchange.draft.of))} amount={-exchange.due} />}
        {parts.map(({ tender: paid, amount }, at) => (
          <div key={`${paid} ${at}`} class="total-row">
            <dt>
              {t('partPaid', t(paid))}{' '}
              <button type="button" class="link" onClick={() => setPaidParts(parts.filter((_part, n) => n !== at))}>
                {t('remove')}
              </button>
            </dt>
            <dd>− {rupees(amount)}</dd>
          </div>
        ))}
        {(exchange || parts.length > 0) && due > 0 && <TotalRow text={t('stillDue')} amount={due} />}
        {back && back.rest > 0 && <TotalRow text={t('giveBack')} amount={back.rest} />}
      </dl>
      <p class="buyer">
        {buyer && <span>{buyer.name ?? buyer.gstin ?? (buyer.state && GST_STATES[buyer.state][language.value])}</span>}{' '}
        <button type="button" class="link" onClick={() => (isNaming.value = true)}>
          {t(buyer ? 'buyerChange' : 'buyerAdd')}
        </button>
      </p>
      {exchange && (
        <button type="button" class="secondary" onClick={() => setExchange(undefined)}>
          {t('exchangeDrop')}
        </button>
      )}
      {bills.value.length > 1 && <p class="quiet">{t('twoSellers', bills.value.length)}</p>}
      {tooMuch > 0 && <Notice text={t('tooMuchPaid', rupees(tooMuch))} />}
      {refused && <Notice text={refused.refused === 'PRICE_BELOW_FLOOR' ? t('belowFloor') : refused.detail} />}
      {unable && (
        <p class="notice" role="alert">
          {t('enrolMissing', sellerName(unable.seller))} <a href={addressOf('more', 'enrol')}>{t('enrolDo')}</a>
        </p>
      )}
      {problem.value && <Notice text={problem.value} />}
      {bill.value.length > 0 && due === 0 && total > 0 ? (
        <button
          type="button"
          class="primary"
          disabled={cannotPay || isSaving.value}
          onClick={() => save(0, { tender: 'upi' })}
        >
          {t('saveSale')}
        </button>
      ) : (
        <div class="tenders">
          {(['cash', 'upi', 'card'] as const).map((one) => (
            <button
              key={one}
              type="button"
              class={one === 'cash' ? 'primary' : 'primary other'}
              disabled={cannotPay || bill.value.length === 0}
              onClick={() => (tender.value = one)}
            >
              <Icon name={one} />
              {t(one)}
            </button>
          ))}
        </div>
      )}
      {edited.value && (
        <LineSheet
          line={edited.value}
          needsReason={unreasoned.has(edited.value.item)}
          onClose={() => (edited.value = undefined)}
        />
      )}
      {isNaming.value && <BuyerSheet onClose={() => (isNaming.value = false)} />}
      {tender.value && (
        <PaySheet
          tender={tender.value}
          bills={billsFor({ tender: tender.value })}
          isSaving={isSaving.value}
          onSave={save}
          onPart={(part) => {
            setPaidParts([...parts, part]);
            tender.value = undefined;
          }}
          onClose={() => (tender.value = undefined)}
        />
      )}
    </Page>
  );
};

const sum = <One,>(all: readonly One[], of: (one: One) => number): number =>
  all.reduce((total, one) => total + of(one), 0);

const TotalRow = ({ text, amount }: { text: string; amount: number }) => (
  <div class="total-row">
    <dt>{text}</dt>
    <dd>{amount < 0 ? `− ${rupees(-amount)}` : rupees(amount)}</dd>
  </div>
);

const Notice = ({ text }: { text: string }) => (
  <p class="notice" role="alert">
    {text}
  </p>
);

const billsFor = (last: LastTender): SellerBill[] =>
  billsOf(billDraft.value, last, { items: itemsById.value, sellers: sellers.value, rates: rates.value }, Date.now());

/** Items whose price is below the floor and has no reason. */
const needingReason = (bills: readonly SellerBill[]): ReadonlySet<string> =>
  new Set(
    bills.flatMap(({ lines, refusal }) => {
      if (refusal?.refused !== 'PRICE_BELOW_FLOOR') return [];
      const { fields } = refusal.facts as { readonly fields: readonly { readonly path: string }[] };
      return fields.flatMap(({ path }) => lines[Number(path.split('.')[1])]?.item ?? []);
    }),
  );

const terminalOf = (seller: string) =>
  terminals.value.find((one) => one.location === place.value && one.seller === seller);

type LineProps = { readonly line: OpenBillLine; readonly needsReason: boolean; readonly onEdit: () => void };

const Line = ({ line, needsReason, onEdit }: LineProps) => {
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
          {line.reason && <span class="quiet">{line.reason}</span>}
          <span class={needsReason ? 'link danger' : 'link'}>{t(needsReason ? 'reasonNeeded' : 'change')}</span>
        </span>
      </button>
      <b class="line-amount">{rupees(lineAmount(line, item, instantOf(Date.now())))}</b>
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
