import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Bill } from '../../shared/billing/bill.ts';
import { billDocumentOf, publicLinkOf } from '../../shared/billing/bill-document.ts';
import type { Language } from '../../shared/kernel/units.ts';
import { Sheet } from '../app/parts.tsx';
import { textsOf } from '../app/texts.ts';
import { saveFile, shareFile } from '../stall/share.ts';
import { drawReceipt } from './picture.ts';
import { availableConnections, type ConnectionKind, printReceipt } from './printers.ts';

const say = textsOf({
  title: { hi: 'छोटे प्रिंटर पर छापें', en: 'Print on a small printer' },
  bluetooth: { hi: 'ब्लूटूथ प्रिंटर पर छापें', en: 'Print by Bluetooth' },
  usb: { hi: 'तार वाले प्रिंटर पर छापें', en: 'Print by USB' },
  serial: { hi: 'सीरियल प्रिंटर पर छापें', en: 'Print by serial port' },
  share: { hi: 'तस्वीर भेजें', en: 'Share the picture' },
  save: { hi: 'तस्वीर सहेजें', en: 'Save the picture' },
  shifted: { hi: 'कोड नहीं पढ़ा गया: खिसकाकर छापें', en: 'Code unreadable: move it' },
  failed: { hi: 'नहीं छपा। प्रिंटर देखें, फिर कोशिश करें।', en: 'It was not printed. Check the printer, then try again.' },
});

/** Modules. A corner of a code is 7 wide, so a dead dot that spoils one misses the moved one. */
const CODE_SHIFTS = [0, 8, -8] as const;

type PrintSheetProps = { readonly bill: Bill; readonly language: Language; readonly onClose: () => void };

/** The picture of a bill, and the ways to paper: a printer of 58 mm, another app, or a file. */
export const PrintSheet = ({ bill, language, onClose }: PrintSheetProps) => {
  const picture = useSignal<HTMLCanvasElement | undefined>(undefined);
  const problem = useSignal('');
  const place = useSignal(0);
  useEffect(() => {
    const link = publicLinkOf(bill, location.origin, language);
    drawReceipt({ ...billDocumentOf(bill, language), link }, CODE_SHIFTS[place.value]).then(
      (drawn) => (picture.value = drawn),
      () => (problem.value = say('failed')),
    );
  }, [place.value, language]);

  const print = async (kind: ConnectionKind) => {
    problem.value = '';
    const printed = picture.value && (await printReceipt(kind, picture.value).catch(() => false));
    if (!printed) problem.value = say('failed');
  };
  const send = async (deliver: (file: File) => unknown) => {
    const blob = await new Promise<Blob | null>((made) => picture.value?.toBlob(made, 'image/png'));
    if (blob) deliver(new File([blob], `${bill.number}.png`, { type: 'image/png' }));
  };
  const drawn = picture.value;
  return (
    <Sheet title={say('title')} onClose={onClose}>
      {problem.value && (
        <p class="notice" role="alert">
          {problem.value}
        </p>
      )}
      {drawn && (
        <>
          {availableConnections().map((kind) => (
            <button key={kind} type="button" class="primary" onClick={() => void print(kind)}>
              {say(kind)}
            </button>
          ))}
          <div class="sheet-actions">
            <button
              type="button"
              class="secondary"
              onClick={() => void send((file) => shareFile(file, bill.number, bill.number))}
            >
              {say('share')}
            </button>
            <button type="button" class="secondary" onClick={() => void send(saveFile)}>
              {say('save')}
            </button>
          </div>
          <button
            type="button"
            class="secondary"
            onClick={() => (place.value = (place.value + 1) % CODE_SHIFTS.length)}
          >
            {say('shifted')}
          </button>
          <img class="receipt" alt={bill.number} src={drawn.toDataURL('image/png')} />
        </>
      )}
    </Sheet>
  );
};
