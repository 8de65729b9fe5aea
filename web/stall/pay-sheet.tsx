import { useState } from 'preact/hooks';
import type { Tender } from '../../shared/ledger/kinds/sale.ts';
import { paiseIn, rupees } from '../app/format.ts';
import { Field, NumberPad, Sheet } from '../app/parts.tsx';
import { place } from '../app/session.ts';
import { t } from '../app/texts.ts';
import { terminals } from '../outbox/enrolment.ts';
import { nextNumber } from '../outbox/outbox.ts';
import type { SellerBill } from './bill.ts';
import { UpiQr } from './upi-qr.tsx';

type PaySheetProps = {
  readonly tender: Tender;
  readonly bills: readonly SellerBill[];
  readonly isSaving: boolean;
  /** `given`: paise that the customer handed over. */
  readonly onSave: (given: number, reference?: string) => void;
  readonly onClose: () => void;
};

export const PaySheet = ({ tender, bills, isSaving, onSave, onClose }: PaySheetProps) => {
  const total = bills.reduce((sum, one) => sum + one.total, 0);
  return (
    <Sheet title={`${t(tender)} · ${rupees(total)}`} onClose={onClose}>
      {tender === 'cash' ? (
        <Cash total={total} isSaving={isSaving} onSave={onSave} />
      ) : (
        <Cashless tender={tender} bills={bills} total={total} isSaving={isSaving} onSave={onSave} />
      )}
    </Sheet>
  );
};

type PayProps = { readonly total: number; readonly isSaving: boolean; readonly onSave: PaySheetProps['onSave'] };

/** What a customer is likely to hand over, in paise: the next notes above the total. */
const likelyNotes = (total: number): number[] => {
  const above = [100, 500, 1_000, 2_000].map((rupee) => Math.ceil(total / (rupee * 100)) * rupee * 100);
  return [...new Set(above)].filter((paise) => paise > total).slice(0, 3);
};

const Cash = ({ total, isSaving, onSave }: PayProps) => {
  const [typed, setTyped] = useState('');
  const given = paiseIn(typed) ?? total;
  const isEnough = given >= total;
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
      <NumberPad
        label={t('cashGiven')}
        value={typed}
        onChange={setTyped}
        onEnter={() => isEnough && onSave(given)}
        money
      />
      <p class={isEnough ? 'change-due' : 'change-due short'} role="status">
        <span>{isEnough ? t('changeDue') : t('stillDue')}</span>
        <b>{rupees(Math.abs(given - total))}</b>
      </p>
      <button type="button" class="primary" disabled={!isEnough || isSaving} onClick={() => onSave(given)}>
        {t('saveSale')}
      </button>
    </>
  );
};

const Cashless = ({
  tender,
  bills,
  total,
  isSaving,
  onSave,
}: PayProps & { tender: 'upi' | 'card'; bills: readonly SellerBill[] }) => {
  const [reference, setReference] = useState('');
  const save = () => onSave(total, reference.trim() || undefined);
  return (
    <>
      {tender === 'upi' && bills.map((one) => <UpiCode key={one.seller} bill={one} />)}
      <p>{t(tender === 'upi' ? 'upiHow' : 'cardHow', rupees(total))}</p>
      <Field label={t('reference')} value={reference} onChange={setReference} maxLength={80} autocomplete="off" />
      <button type="button" class="primary" disabled={isSaving} onClick={save}>
        {t('saveSale')}
      </button>
    </>
  );
};

const UpiCode = ({ bill: { seller, total } }: { bill: SellerBill }) => {
  const terminal = terminals.value.find((one) => one.location === place.value && one.seller === seller);
  return terminal ? <UpiQr seller={seller} number={nextNumber(terminal, 'S', Date.now())} amount={total} /> : null;
};
