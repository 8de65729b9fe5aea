import { useEffect, useState } from 'preact/hooks';
import type { VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import type { Tender } from '../../shared/ledger/kinds/sale-claim.ts';
import { paiseIn, rupees } from '../app/format.ts';
import { Field, NumberPad, Sheet } from '../app/parts.tsx';
import { place } from '../app/session.ts';
import { t } from '../app/texts.ts';
import { terminals } from '../outbox/enrolment.ts';
import { nextNumber } from '../outbox/outbox.ts';
import type { LastTender, PaidPart, SellerBill } from './bill.ts';
import { sellers } from './catalogue.ts';

type PaySheetProps = {
  readonly tender: Tender;
  readonly bills: readonly SellerBill[];
  readonly isSaving: boolean;
  /** `given`: paise that the customer handed over. */
  readonly onSave: (given: number, last: LastTender) => void;
  /** Pays less than what is due; another tender pays the rest. */
  readonly onPart: (part: PaidPart) => void;
  readonly onClose: () => void;
};

export const PaySheet = ({ tender, bills, onClose, ...rest }: PaySheetProps) => {
  const total = bills.reduce((sum, { due }) => sum + due, 0);
  return (
    <Sheet title={`${t(tender)} · ${rupees(total)}`} onClose={onClose}>
      {tender === 'cash' ? (
        <Cash total={total} {...rest} />
      ) : (
        <Cashless tender={tender} bills={bills} total={total} {...rest} />
      )}
    </Sheet>
  );
};

type PayProps = { readonly total: number } & Pick<PaySheetProps, 'isSaving' | 'onSave' | 'onPart'>;

/** Amounts that a customer is likely to hand over, in paise: the next notes above the total. */
const likelyNotes = (total: number): number[] => {
  const above = [100, 500, 1_000, 2_000].map((rupee) => Math.ceil(total / (rupee * 100)) * rupee * 100);
  return [...new Set(above)].filter((paise) => paise > total).slice(0, 3);
};

const Cash = ({ total, isSaving, onSave, onPart }: PayProps) => {
  const [typed, setTyped] = useState('');
  const given = paiseIn(typed) ?? total;
  const isEnough = given >= total;
  const save = () => (isEnough ? onSave(given, { tender: 'cash' }) : undefined);
  return (
    <>
      <div class="notes">
        <button type="button" onClick={() => setTyped('')} aria-pressed={typed === ''}>
          {t('exact')}
        </button>
        {likelyNotes(total).map((paise) => (
          <button
            key={paise}
            type="button"
            aria-pressed={given === paise}
            onClick={() => setTyped(String(paise / 100))}
          >
            {rupees(paise)}
          </button>
        ))}
      </div>
      <NumberPad label={t('cashGiven')} value={typed} onChange={setTyped} onEnter={save} money />
      <p class={isEnough ? 'change-due' : 'change-due short'} role="status">
        <span>{isEnough ? t('changeDue') : t('stillDue')}</span>
        <b>{rupees(Math.abs(given - total))}</b>
      </p>
      {!isEnough && given > 0 && (
        <button type="button" class="secondary" onClick={() => onPart({ tender: 'cash', amount: given })}>
          {t('partTake', rupees(given))}
        </button>
      )}
      <button type="button" class="primary" disabled={!isEnough || isSaving} onClick={save}>
        {t('saveSale')}
      </button>
    </>
  );
};

type CashlessProps = PayProps & { readonly tender: 'upi' | 'card'; readonly bills: readonly SellerBill[] };

const Cashless = ({ tender, bills, total, isSaving, onSave, onPart }: CashlessProps) => {
  const [reference, setReference] = useState('');
  const [typed, setTyped] = useState<string | undefined>();
  const amount = typed === undefined ? total : (paiseIn(typed) ?? 0);
  const isPart = amount < total;
  const slip = reference.trim() === '' ? {} : { reference: reference.trim() };
  const save = () => (isPart ? onPart({ tender, amount, ...slip }) : onSave(0, { tender, ...slip }));
  return (
    <>
      {tender === 'upi' && <UpiCodes bills={bills} part={isPart ? amount : undefined} />}
      <p>{t(tender === 'upi' ? 'upiHow' : 'cardHow', rupees(amount))}</p>
      {typed === undefined ? (
        <button type="button" class="link" onClick={() => setTyped('')}>
          {t('partOnly')}
        </button>
      ) : (
        <NumberPad label={t('partAmount')} value={typed} onChange={setTyped} money />
      )}
      <Field label={t('reference')} value={reference} onChange={setReference} maxLength={80} autocomplete="off" />
      <button type="button" class="primary" disabled={isSaving || amount === 0 || amount > total} onClick={save}>
        {isPart ? t('partTake', rupees(amount)) : t('saveSale')}
      </button>
    </>
  );
};

/** A QR for each seller; of a part, for the only one. */
const UpiCodes = ({ bills, part }: { bills: readonly SellerBill[]; part: number | undefined }) => {
  const numbered = bills.map(({ seller, due }, at) => {
    const before = bills.slice(0, at).filter((one) => one.seller === seller).length;
    const terminal = terminals.value.find((one) => one.location === place.value && one.seller === seller);
    return { seller, due, number: terminal && nextNumber(terminal, 'S', Date.now(), before) };
  });
  if (part !== undefined && bills.length > 1) return null;
  return (
    <>
      {numbered.map(
        ({ seller, due, number }) =>
          number && due > 0 && <UpiQr key={number} seller={seller} number={number} amount={part ?? due} />,
      )}
    </>
  );
};

type UpiQrProps = { readonly seller: string; readonly number: VoucherNumber; readonly amount: number };

/** The seller's own QR with amount and bill number, where the registry has the UPI address. */
export const UpiQr = ({ seller, number, amount }: UpiQrProps) => {
  const [picture, setPicture] = useState('');
  const entry = sellers.value[seller];
  useEffect(() => {
    if (!entry?.vpa) return;
    const { name, vpa, merchantCategory } = entry;
    const payee = { name, vpa, merchantCategory };
    import('../../shared/billing/upi-link.ts').then(({ qrSvgOf, upiLinkOf }) =>
      setPicture(qrSvgOf(upiLinkOf({ payee, number, amount: amount as never, mode: 'qr' }))),
    );
  }, [entry?.vpa, number, amount]);
  if (picture === '' || !entry?.vpa) return null;
  return (
    <figure class="upi">
      <img class="qr" alt={`UPI ${rupees(amount)}`} src={`data:image/svg+xml,${encodeURIComponent(picture)}`} />
      <figcaption>
        <b>{rupees(amount)}</b> {entry.name} <span class="quiet">{entry.vpa}</span>
      </figcaption>
    </figure>
  );
};
