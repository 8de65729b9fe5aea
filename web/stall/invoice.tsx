import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Bill } from '../../shared/billing/bill.ts';
import { renderBillHtml } from '../../shared/billing/bill-html.ts';
import { DOCUMENT_TITLES } from '../../shared/billing/document-kind.ts';
import { isRefusal, type Refusal } from '../../shared/kernel/refusal.ts';
import type { Language } from '../../shared/kernel/units.ts';
import { dateAndTime, rupees, spacedNumber } from '../app/format.ts';
import { Page } from '../app/parts.tsx';
import { addressOf } from '../app/route.ts';
import { language, textsOf } from '../app/texts.ts';
import type { PhoneVoucher } from '../outbox/database.ts';
import { changes } from '../outbox/outbox.ts';
import { sellers } from './catalogue.ts';
import { StateMark } from './day-book.tsx';
import { type OwnBill, readBill } from './own-bill.ts';
import { UpiQr } from './pay-sheet.tsx';
import { saveFile, shareFile } from './share.ts';

const say = textsOf({
  title: { hi: 'बिल', en: 'Bill' },
  none: { hi: 'यह बिल इस फ़ोन में नहीं है। लिंक के साथ फिर खोलें।', en: 'This bill is not on this phone. Open it with a link.' },
  incomplete: {
    hi: 'बिल छापने के लिए बही में विक्रेता की पूरी जानकारी नहीं है। अधिकारी से जुड़वाएँ।',
    en: 'The registry lacks facts of the seller that a bill must show. Ask your officer to add them.',
  },
  unsent: {
    hi: 'सर्वर ने इसे अभी दर्ज नहीं किया: लिंक आते ही होगा। नंबर और रकम यही रहेंगे।',
    en: 'The server has not recorded it yet: it will once there is a link. Number and amount stay.',
  },
  refused: {
    hi: 'सर्वर ने इसे अभी नहीं लिया। ग्राहक का बिल यही रहेगा; कारण वाउचर में देखें।',
    en: 'The server has not taken it. The customer’s bill stays; see the voucher for the reason.',
  },
  held: {
    hi: 'अधिकारी इसे जाँचेंगे, तब यह बही में गिना जाएगा।',
    en: 'An officer checks it; then it counts in the book.',
  },
  recorded: { hi: 'सर्वर की बही में दर्ज', en: 'In the server’s book' },
  bill: { hi: 'बिल की भाषा', en: 'Language of the bill' },
  print: { hi: 'छापें', en: 'Print' },
  share: { hi: 'ग्राहक को भेजें', en: 'Send to the customer' },
  save: { hi: 'फ़ाइल रखें', en: 'Save as a file' },
  receipt: { hi: 'छोटे प्रिंटर पर', en: 'Small printer' },
  upi: { hi: 'UPI QR: {0}', en: 'UPI QR: {0}' },
});

const STATE_TEXTS = {
  unsent: 'unsent',
  refused: 'refused',
  held: 'held',
  recorded: 'recorded',
  repeated: 'recorded',
} as const;

/** The bill as the customer gets it, also right after a sale without a link. */
export const Invoice = ({ id }: { id: string }) => {
  const found = useSignal<OwnBill | Refusal | 'none' | undefined>(undefined);
  const chosen = useSignal<Language>(language.value);
  const version = changes.value;
  useEffect(() => {
    readBill(id).then((bill) => {
      found.value = bill ?? 'none';
    });
  }, [version]);
  const own = found.value;
  if (own === undefined) return <Page title={say('title')} back={addressOf('voucher', id)} children={null} />;
  if (own === 'none' || isRefusal(own))
    return (
      <Page title={say('title')} back={addressOf('voucher', id)}>
        <p class="notice" role="alert">
          {own === 'none' ? say('none') : say('incomplete')}
        </p>
        {isRefusal(own) && <p class="quiet">{own.detail}</p>}
      </Page>
    );
  const { bill, voucher } = own;
  const html = renderBillHtml(bill, chosen.value, location.origin);
  const name = DOCUMENT_TITLES[bill.document][chosen.value];
  const file = () => new File([html], `${bill.number}.html`, { type: 'text/html' });
  const summary = [
    `${name} ${spacedNumber(bill.number)}`,
    `${bill.seller.name}, ${dateAndTime(voucher.capturedAt)}`,
    ...bill.lines.map(
      (line) => `${chosen.value === 'hi' ? line.nameHi : line.name} × ${line.quantity}: ${rupees(line.amount)}`,
    ),
    `${rupees(bill.total)} (${bill.totalInWords[chosen.value]})`,
  ].join('\n');
  return (
    <Page title={DOCUMENT_TITLES[bill.document][language.value]} back={addressOf('voucher', id)}>
      <BillState voucher={voucher} />
      <fieldset class="choices screen-only" aria-label={say('bill')}>
        {(['hi', 'en'] as const).map((one) => (
          <button
            key={one}
            type="button"
            lang={one}
            aria-pressed={chosen.value === one}
            onClick={() => (chosen.value = one)}
          >
            {one === 'hi' ? 'हिन्दी' : 'English'}
          </button>
        ))}
      </fieldset>
      <BillPaper html={html} language={chosen.value} />
      <UnpaidQr own={own} />
      <div class="sheet-actions screen-only">
        <button type="button" class="primary" onClick={() => print()}>
          {say('print')}
        </button>
        <button type="button" class="secondary" onClick={() => shareFile(file(), name, summary)}>
          {say('share')}
        </button>
        <button type="button" class="secondary" onClick={() => saveFile(file())}>
          {say('save')}
        </button>
        <ReceiptButton bill={bill} language={chosen.value} />
      </div>
    </Page>
  );
};

type ReceiptProps = { readonly bill: Bill; readonly language: Language };

/** Font and printer code are loaded when a person asks for them. */
const ReceiptButton = ({ bill, language: chosen }: ReceiptProps) => {
  const loaded = useSignal<typeof import('../print/print-sheet.tsx') | undefined>(undefined);
  const load = async () => {
    loaded.value = await import('../print/print-sheet.tsx');
  };
  const Sheet = loaded.value?.PrintSheet;
  return (
    <>
      <button type="button" class="secondary" onClick={() => void load()}>
        {say('receipt')}
      </button>
      {Sheet && <Sheet bill={bill} language={chosen} onClose={() => (loaded.value = undefined)} />}
    </>
  );
};

const BillState = ({ voucher }: { voucher: PhoneVoucher }) => (
  <p class={`bill-state screen-only state ${voucher.state}`} role="status">
    <StateMark voucher={voucher} /> {say(STATE_TEXTS[voucher.state])}
  </p>
);

/** A UPI payment without a reference may still be on its way. */
const UnpaidQr = ({ own: { bill } }: { own: OwnBill }) => {
  const amount = bill.payments.reduce(
    (sum, { tender, amount: paid, reference }) => (tender === 'upi' && !reference ? sum + paid : sum),
    0,
  );
  const [seller] = Object.entries(sellers.value).find(([, { name }]) => name === bill.seller.name) ?? [];
  if (amount === 0 || bill.document === 'credit-note' || !seller) return null;
  return (
    <details class="screen-only">
      <summary class="link">{say('upi', rupees(amount))}</summary>
      <UpiQr seller={seller} number={bill.number} amount={amount} />
    </details>
  );
};

/** Letters grow with those of the phone; the paper has its own sizes. */
const SCREEN_SIZES = `@media screen{:host{display:block;overflow-x:auto;background:#fff}
body{font-size:.8125rem}h1{font-size:.9375rem}h2,.total td{font-size:1.0625rem}small{font-size:.75rem}}
@media print{body{max-width:none}}`;

/** In a shadow root: the bill has its own style, and the content policy allows no inline one. */
const BillPaper = ({ html, language: chosen }: { html: string; language: Language }) => {
  const host = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!host.current) return;
    const page = new DOMParser().parseFromString(html, 'text/html');
    const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [page.querySelector('style')?.textContent ?? '', SCREEN_SIZES].map((text) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      return sheet;
    });
    root.replaceChildren(document.importNode(page.body, true));
  }, [html]);
  return <div ref={host} class="bill-paper" lang={chosen} />;
};
