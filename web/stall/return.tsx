import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Tender } from '../../shared/ledger/kinds/sale-claim.ts';
import { rupees, spacedNumber } from '../app/format.ts';
import { Field, Icon, Page } from '../app/parts.tsx';
import { addressOf, replaceWith } from '../app/route.ts';
import { by, place } from '../app/session.ts';
import { t } from '../app/texts.ts';
import type { PhoneVoucher } from '../outbox/database.ts';
import { terminals } from '../outbox/enrolment.ts';
import { capture } from '../outbox/outbox.ts';
import { sendAll } from '../outbox/send.ts';
import { billDraft, setExchange } from './bill.ts';
import { catalogueItem, itemsById, nameOf } from './catalogue.ts';
import { moneyOf } from './day-book.tsx';
import { findSales, type ReturnableSale, readSale, refundOf } from './returns.ts';

/** Without a number: asks for its last digits. */
export const Return = ({ id }: { id: string }) => (id === '' ? <FindBill /> : <TakeBack number={id} />);

const FindBill = () => {
  const ending = useSignal('');
  const found = useSignal<readonly PhoneVoucher[] | undefined>(undefined);
  const search = async (event: Event) => {
    event.preventDefault();
    found.value = await findSales(ending.value);
  };
  return (
    <Page title={t('takeBack')} back={addressOf('more')}>
      <form onSubmit={search}>
        <Field
          label={t('findBill')}
          value={ending.value}
          onChange={(text) => (ending.value = text)}
          autocomplete="off"
        />
        <button type="submit" class="primary" disabled={ending.value.trim() === ''}>
          {t('takeBack')}
        </button>
      </form>
      {found.value?.length === 0 && (
        <p class="empty" role="status">
          {t('findBillNone')}
        </p>
      )}
      {found.value && (
        <ul class="rows">
          {found.value.map((sale) => (
            <li key={sale.number}>
              <a class="row" href={addressOf('return', sale.number)}>
                <span class="row-main">
                  <b class="number">{spacedNumber(sale.number)}</b>
                </span>
                <Icon name="next" />
              </a>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
};

const TENDERS = ['cash', 'upi', 'card'] as const;

/** `exchange`: other goods instead of money. */
type RefundWay = Tender | 'exchange';
const WAYS = [...TENDERS, 'exchange'] as const;

const TakeBack = ({ number }: { number: string }) => {
  const known = useSignal<ReturnableSale | 'none' | undefined>(undefined);
  const quantities = useSignal<ReadonlyMap<number, number>>(new Map());
  const goods = useSignal<'to shelf' | 'written off'>('to shelf');
  const tender = useSignal<RefundWay>('cash');
  const problem = useSignal('');
  const isSaving = useSignal(false);
  useEffect(() => {
    readSale(number, itemsById.value).then((found) => {
      known.value = found ?? 'none';
      const [paid] = found ? moneyOf(found.sale) : [];
      tender.value = TENDERS.find((one) => one === paid?.tender) ?? 'cash';
    });
  }, []);
  const sale = known.value;
  if (sale === undefined) return <Page title={t('takeBack')} back={addressOf('day')} children={null} />;
  if (sale === 'none')
    return (
      <Page title={t('takeBack')} back={addressOf('day')}>
        <p class="empty">{t('findBillNone')}</p>
      </Page>
    );
  const { original, returned } = sale;
  const lines = original.lines.flatMap(({ item }, at) => {
    const quantity = quantities.value.get(at + 1) ?? 0;
    return quantity > 0 ? [{ line: at + 1, item, quantity }] : [];
  });
  const refund = refundOf(sale, lines, tender.value === 'cash');
  const isOver = original.lines.every(({ moved }, at) => (returned.get(at + 1) ?? 0) >= Math.abs(moved));
  const isExchange = tender.value === 'exchange';
  const save = async () => {
    const terminal = terminalFor(lines[0]?.item);
    if (!terminal || !by.value || isSaving.value) return;
    const returned = {
      kind: 'V' as const,
      of: sale.sale.number,
      reason: 'return' as const,
      goods: goods.value,
      lines,
    };
    if (isExchange) {
      if (billDraft.value.exchange) {
        problem.value = t('exchangeOpen');
        return;
      }
      const { due, isLast } = refund;
      setExchange({ seller: terminal.seller, terminal: terminal.terminal, due, isLast, draft: returned });
      replaceWith('sell');
      return;
    }
    isSaving.value = true;
    const draft = {
      ...returned,
      refund: [{ tender: tender.value, amount: refund.due }],
      ...(refund.roundOff !== 0 && { roundOff: refund.roundOff }),
    };
    try {
      const [voucher] = await capture([{ terminal: terminal.terminal, draft }], by.value);
      void sendAll();
      if (voucher) replaceWith('voucher', voucher.number);
    } catch {
      problem.value = t('notSaved');
      isSaving.value = false;
    }
  };
  return (
    <Page title={t('takeBack')} back={addressOf('voucher', number)}>
      <p class="number quiet">{spacedNumber(number)}</p>
      {isOver && <p class="empty">{t('takeBackNone')}</p>}
      <p>{t('takeBackCount')}</p>
      <ul class="lines">
        {original.lines.map(({ item, moved }, at) => {
          const line = at + 1;
          const left = Math.abs(moved) - (returned.get(line) ?? 0);
          const quantity = quantities.value.get(line) ?? 0;
          const entry = itemsById.value.get(item);
          const name = entry ? nameOf(entry) : item;
          const set = (next: number) => (quantities.value = new Map(quantities.value).set(line, next));
          return (
            <li key={line} class="line">
              <span class="line-main">
                <span class="item-name">{name}</span>
                <span class="quiet">
                  {quantity} / {left}
                </span>
              </span>
              <span class="stepper">
                <button
                  type="button"
                  aria-label={t('oneLess', name)}
                  disabled={quantity === 0}
                  onClick={() => set(quantity - 1)}
                >
                  <Icon name="minus" />
                </button>
                <output aria-label={t('quantity')}>{quantity}</output>
                <button
                  type="button"
                  aria-label={t('oneMore', name)}
                  disabled={quantity >= left}
                  onClick={() => set(quantity + 1)}
                >
                  <Icon name="plus" />
                </button>
              </span>
            </li>
          );
        })}
      </ul>
      <fieldset class="choices">
        {(['to shelf', 'written off'] as const).map((one) => (
          <button key={one} type="button" aria-pressed={goods.value === one} onClick={() => (goods.value = one)}>
            {t(one === 'to shelf' ? 'toShelf' : 'writtenOff')}
          </button>
        ))}
      </fieldset>
      <p>{t('refundBy')}</p>
      <fieldset class="choices" aria-label={t('refundBy')}>
        {WAYS.map((one) => (
          <button key={one} type="button" aria-pressed={tender.value === one} onClick={() => (tender.value = one)}>
            {t(one)}
          </button>
        ))}
      </fieldset>
      {problem.value && (
        <p class="notice" role="alert">
          {problem.value}
        </p>
      )}
      <button type="button" class="primary" disabled={lines.length === 0 || isSaving.value} onClick={save}>
        {t(isExchange ? 'exchangeDo' : 'refundDo', rupees(refund.due))}
      </button>
    </Page>
  );
};

const terminalFor = (item: string | undefined) => {
  const seller = item === undefined ? undefined : catalogueItem(item)?.seller;
  return terminals.value.find((one) => one.location === place.value && one.seller === seller);
};
