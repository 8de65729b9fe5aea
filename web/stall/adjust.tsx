import { useSignal } from '@preact/signals';
import { ADJUSTMENT_REASONS } from '../../shared/ledger/kinds/adjustment.ts';
import { Field, Page } from '../app/parts.tsx';
import { addressOf } from '../app/route.ts';
import { textsOf } from '../app/texts.ts';
import type { Quantities } from '../materials/quantities.ts';
import { knownStock } from './catalogue.ts';
import { entriesOf, GoodsLines, quantityOf } from './goods-lines.tsx';
import { SaveVouchers } from './save-vouchers.tsx';

const say = textsOf({
  title: { hi: 'खराब, खोया या मिला', en: 'Damage, loss or find' },
  why: {
    hi: 'जो माल बिका नहीं पर कम या ज़्यादा हुआ, उसे यहाँ लिखें।',
    en: 'Goods that left or came without a sale, a dispatch or a receipt.',
  },
  damaged: { hi: 'खराब हुआ', en: 'Damaged' },
  lost: { hi: 'खो गया', en: 'Lost' },
  sample: { hi: 'नमूना दिया', en: 'Sample' },
  display: { hi: 'सजावट में', en: 'Display' },
  found: { hi: 'मिल गया', en: 'Found' },
  note: { hi: 'कैसे हुआ', en: 'What happened' },
  only: { hi: 'बही में सिर्फ़ {0} हैं', en: 'The book has only {0}' },
  save: { hi: 'सुधार दर्ज करें', en: 'Save' },
  limit: {
    hi: 'ज़्यादा दाम का सुधार अधिकारी की मंज़ूरी के बाद गिना जाता है।',
    en: 'A large adjustment counts once an officer has approved it.',
  },
});

type Reason = (typeof ADJUSTMENT_REASONS)[number];

/** Goods that are gone, or turned up. */
export const Adjust = () => {
  const reason = useSignal<Reason>('damaged');
  const note = useSignal('');
  const lines = useSignal<Quantities>(new Map());
  const entries = () =>
    entriesOf(lines.value, {
      kind: 'A',
      reason: reason.value,
      ...(note.value.trim() !== '' && { note: note.value.trim() }),
    });
  return (
    <Page title={say('title')} back={addressOf('goods')}>
      <p>{say('why')}</p>
      <fieldset class="choices" aria-label={say('title')}>
        {ADJUSTMENT_REASONS.map((one) => (
          <button key={one} type="button" aria-pressed={reason.value === one} onClick={() => (reason.value = one)}>
            {say(one)}
          </button>
        ))}
      </fieldset>
      <GoodsLines
        lines={lines.value}
        onChange={(next) => (lines.value = next)}
        note={(item, quantity) => {
          const known = knownStock(item);
          return reason.value !== 'found' && known !== undefined && quantity > known ? (
            <span class="stock few">{say('only', quantityOf(item, Math.max(0, known)))}</span>
          ) : null;
        }}
      />
      <Field label={say('note')} value={note.value} onChange={(text) => (note.value = text)} maxLength={80} />
      <p class="quiet">{say('limit')}</p>
      <SaveVouchers text={say('save')} isReady={lines.value.size > 0} entries={entries} />
    </Page>
  );
};
