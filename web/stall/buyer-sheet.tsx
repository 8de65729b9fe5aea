import { useState } from 'preact/hooks';
import { GST_STATES, gstinProblemOf, HOME_STATE, stateOfGstin } from '../../shared/kernel/gstin.ts';
import { type Buyer, NAMED_BUYER_AMOUNT } from '../../shared/ledger/buyer.ts';
import { rupees } from '../app/format.ts';
import { Field, Sheet } from '../app/parts.tsx';
import { language, t, textsOf } from '../app/texts.ts';
import { billDraft, setBuyer } from './bill.ts';

const tb = textsOf({
  title: { hi: 'ख़रीदार', en: 'Buyer' },
  how: {
    hi: 'दुकान के लिए ख़रीदने वाले का GSTIN लिखें। बिना GSTIN वाले का राज्य काफ़ी है।',
    en: 'Enter the GSTIN of a buyer who has one. Of others, the State is enough.',
  },
  gstin: { hi: 'GSTIN (हो तो)', en: 'GSTIN (if any)' },
  gstinWrong: {
    hi: 'यह GSTIN सही नहीं है: पंद्रहों अक्षर प्रमाणपत्र से मिलाएँ।',
    en: 'This GSTIN is not right: compare all 15 characters with the certificate.',
  },
  gstinState: { hi: 'राज्य: {0}।', en: 'State: {0}.' },
  otherState: {
    hi: 'दूसरे राज्य का ख़रीदार: बिल पर IGST होगा।',
    en: 'The buyer is of another State: the bill has IGST.',
  },
  name: { hi: 'नाम', en: 'Name' },
  address: { hi: 'पता', en: 'Address' },
  needBoth: { hi: 'GSTIN के साथ नाम और पता भी लिखें।', en: 'With a GSTIN, enter name and address too.' },
  state: { hi: 'राज्य', en: 'State' },
  pickState: { hi: 'राज्य चुनें', en: 'Choose the State' },
  named: {
    hi: '{0} से बिल पर नाम और पता छपते हैं। उससे कम पर सिर्फ़ राज्य रखा जाता है।',
    en: 'From {0} the bill shows name and address. Below that only the State is kept.',
  },
  save: { hi: 'बिल पर लिखें', en: 'Put on the bill' },
  remove: { hi: 'ख़रीदार हटाएँ', en: 'Take the buyer off' },
});

const STATES = Object.entries(GST_STATES).toSorted(([one], [other]) => (one < other ? -1 : 1));

/** Asks for the GSTIN or State of the buyer. Most bills need neither. */
export const BuyerSheet = ({ onClose }: { onClose: () => void }) => {
  const known = billDraft.value.buyer;
  const [gstin, setGstin] = useState<string>(known?.gstin ?? '');
  const [state, setState] = useState<string>(known?.state ?? '');
  const [name, setName] = useState<string>(known?.name ?? '');
  const [address, setAddress] = useState<string>(known?.address ?? '');
  const [wasTried, setWasTried] = useState(false);
  const typed = gstin.trim().toUpperCase();
  const named = { name: name.trim(), address: address.trim() };
  const gstinState = typed === '' ? undefined : stateOfGstin(typed);
  const isWrong = typed !== '' && (gstinProblemOf(typed) !== undefined || gstinState === undefined);
  const lacksName = typed !== '' && (named.name === '' || named.address === '');
  const isReady = typed === '' ? state !== '' : !isWrong && !lacksName;
  const save = () => {
    setWasTried(true);
    if (!isReady) return;
    const fields = { ...(named.name && { name: named.name }), ...(named.address && { address: named.address }) };
    setBuyer({ ...(typed === '' ? { state } : { gstin: typed }), ...fields } as Buyer);
    onClose();
  };
  return (
    <Sheet title={tb('title')} onClose={onClose}>
      <p class="quiet">{tb('how')}</p>
      <Field
        label={tb('gstin')}
        value={gstin}
        onChange={(text) => setGstin(text.toUpperCase())}
        maxLength={15}
        autocapitalize="characters"
        autocomplete="off"
      />
      {isWrong && (wasTried || typed.length === 15) && (
        <p class="notice" role="alert">
          {tb('gstinWrong')}
        </p>
      )}
      {!isWrong && gstinState && (
        <p class="quiet" role="status">
          {tb('gstinState', GST_STATES[gstinState][language.value])} {gstinState !== HOME_STATE && tb('otherState')}
        </p>
      )}
      {typed === '' && (
        <div class="field">
          <label for="buyer-state">{tb('state')}</label>
          <select id="buyer-state" value={state} onChange={({ currentTarget }) => setState(currentTarget.value)}>
            <option value="">{tb('pickState')}</option>
            {STATES.map(([code, names]) => (
              <option key={code} value={code}>
                {names[language.value]}
              </option>
            ))}
          </select>
        </div>
      )}
      <Field label={tb('name')} value={name} onChange={setName} maxLength={120} autocomplete="off" />
      <Field label={tb('address')} value={address} onChange={setAddress} maxLength={200} autocomplete="off" />
      {typed === '' && <p class="quiet">{tb('named', rupees(NAMED_BUYER_AMOUNT))}</p>}
      {wasTried && !isWrong && lacksName && (
        <p class="notice" role="alert">
          {tb('needBoth')}
        </p>
      )}
      <button type="button" class="primary" disabled={!isReady && wasTried} onClick={save}>
        {tb('save')}
      </button>
      {known && (
        <button
          type="button"
          class="secondary"
          onClick={() => {
            setBuyer(undefined);
            onClose();
          }}
        >
          {tb('remove')}
        </button>
      )}
      <button type="button" class="link" onClick={onClose}>
        {t('back')}
      </button>
    </Sheet>
  );
};
