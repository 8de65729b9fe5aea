import { useSignal } from '@preact/signals';
import type { LocationId } from '../../shared/kernel/ids.ts';
import { type ApiProblem, readPdf } from '../app/api.ts';
import { spacedNumber } from '../app/format.ts';
import { language, textsOf } from '../app/texts.ts';
import { ProblemNotice } from '../materials/request-parts.tsx';
import type { PhoneVoucher } from '../outbox/database.ts';
import { shareFile } from './share.ts';

const say = textsOf({
  open: { hi: 'डिलीवरी चालान (PDF, 3 प्रतियाँ)', en: 'Delivery challan (PDF, 3 copies)' },
  later: {
    hi: 'डिलीवरी चालान तब मिलेगा जब सर्वर इसे दर्ज कर ले।',
    en: 'The delivery challan can be had once the server has recorded this.',
  },
});

/** Goods travel with their challan, which the server makes. */
export const ChallanOfVoucher = ({ voucher: { number, location, state } }: { voucher: PhoneVoucher }) =>
  state === 'recorded' || state === 'repeated' ? (
    <ChallanButton number={number} location={location} />
  ) : (
    <p class="quiet">{say('later')}</p>
  );

/** `location`: the sender, or the addressee. */
export const ChallanButton = ({ number, location }: { number: string; location: LocationId }) => {
  const problem = useSignal<ApiProblem | 'far' | undefined>(undefined);
  const isReading = useSignal(false);
  const open = async () => {
    isReading.value = true;
    const route = `/locations/${location}/vouchers/${number}/challan.pdf?language=${language.value}`;
    const answer = await readPdf(route).catch(() => undefined);
    isReading.value = false;
    problem.value = answer?.ok ? undefined : (answer?.problem ?? 'far');
    if (!answer?.ok) return;
    const file = new File([answer.pdf], `${number}.pdf`, { type: 'application/pdf' });
    await shareFile(file, say('open'), spacedNumber(number));
  };
  const fields = typeof problem.value === 'object' ? (problem.value.fields ?? []) : [];
  return (
    <>
      <ProblemNotice problem={problem.value} />
      {fields.map(({ path, problem: lack }) => (
        <p key={path} class="quiet">
          {path}: {lack}
        </p>
      ))}
      <button type="button" class="secondary" disabled={isReading.value} onClick={open}>
        {say('open')}
      </button>
    </>
  );
};
