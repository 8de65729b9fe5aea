import { dateAndTime, rupees, spacedNumber } from '../app/format.ts';
import { type TextKey, t, textsOf } from '../app/texts.ts';
import type { PhoneVoucher } from '../outbox/database.ts';
import { syncBodyOf } from '../outbox/send.ts';
import { contentsOf, moneyOf } from './day-book.tsx';
import { shareFile } from './share.ts';

const say = textsOf({
  why: {
    hi: 'सर्वर इसे नहीं ले रहा। फ़ाइल अधिकारी को भेजें: वे इसे दर्ज कर सकते हैं। वाउचर फ़ोन में भी रहेगा।',
    en: 'The server does not take it. Send the file to your officer, who can enter it. It also stays on this phone.',
  },
  send: { hi: 'अधिकारी के लिए फ़ाइल', en: 'File for the officer' },
});

/**
 * For a voucher that does not go: all that the server needs, signed, as the body of
 * `POST /locations/{location}/vouchers`, and the same in words.
 */
export const StuckVoucher = ({ voucher }: { voucher: PhoneVoucher }) => {
  const share = async () => {
    const { number, location, claim, capturedAt, problem } = voucher;
    const content = { location, body: { vouchers: [await syncBodyOf(voucher)] }, problem };
    const file = new File([JSON.stringify(content, null, 2)], `${number}.json`, { type: 'application/json' });
    const text = [
      `${t(`kind_${claim.kind}` as TextKey)} ${spacedNumber(number)}, ${location}`,
      `${dateAndTime(capturedAt)}, ${claim.by}`,
      contentsOf(voucher, Number.POSITIVE_INFINITY),
      ...moneyOf(voucher).map(({ tender, amount }) => `${t(tender as TextKey)} ${rupees(amount)}`),
      ...(problem ? [`${problem.code}: ${problem.detail}`] : []),
    ].join('\n');
    await shareFile(file, number, text);
  };
  return (
    <>
      <p class="quiet">{say('why')}</p>
      <button type="button" class="secondary" onClick={share}>
        {say('send')}
      </button>
    </>
  );
};
