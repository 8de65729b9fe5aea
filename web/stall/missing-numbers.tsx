import { useSignal } from '@preact/signals';
import { api, hasToken } from '../app/api.ts';
import { spacedNumber } from '../app/format.ts';
import { place } from '../app/session.ts';
import { t, textsOf } from '../app/texts.ts';
import { findVoucher, sendAgain } from '../outbox/outbox.ts';
import { sendAll } from '../outbox/send.ts';

const say = textsOf({
  check: { hi: 'देखें कि सर्वर को कोई नंबर नहीं मिला', en: 'Check for numbers that the server lacks' },
  none: { hi: 'पिछले 7 दिन के सब नंबर सर्वर के पास हैं।', en: 'The server has all numbers of the last 7 days.' },
  here: { hi: 'इस फ़ोन में है: फिर भेजा जा रहा है', en: 'It is on this phone: it is sent again' },
  elsewhere: {
    hi: 'इस फ़ोन में नहीं है: दूसरा फ़ोन खोलकर भेजें, नहीं तो अधिकारी को बताएँ',
    en: 'It is not on this phone: send from the other phone, or tell your officer',
  },
});

type MissingNumber = { readonly number: string; readonly isHere: boolean };

/** Numbers of this stall's phones that were used and did not reach the server. */
export const MissingNumbers = () => {
  const missing = useSignal<readonly MissingNumber[] | undefined>(undefined);
  const problem = useSignal('');
  const check = async () => {
    problem.value = '';
    try {
      missing.value = await findMissing();
    } catch {
      problem.value = t('signInFar');
    }
  };
  return (
    <>
      <button type="button" class="secondary" onClick={check}>
        {say('check')}
      </button>
      {problem.value && (
        <p class="notice" role="alert">
          {problem.value}
        </p>
      )}
      {missing.value?.length === 0 && (
        <p class="good-news" role="status">
          {say('none')}
        </p>
      )}
      <ul class="rows">
        {missing.value?.map(({ number, isHere }) => (
          <li key={number} class="row">
            <span class="row-main">
              <b class="number">{spacedNumber(number)}</b>
              <span class={isHere ? 'quiet' : 'problem'}>{say(isHere ? 'here' : 'elsewhere')}</span>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
};

const findMissing = async (): Promise<MissingNumber[]> => {
  const location = place.value;
  if (!location || !hasToken()) throw new Error('There is no link.');
  const list = await api.listTerminals({ path: { location } });
  if (!list.ok) throw new Error(list.problem.detail);
  const current = list.body.terminals.filter(({ revoked }) => !revoked);
  const answers = await Promise.all(
    current.map(({ terminal }) => api.getNumbers({ path: { location, terminal }, query: {} })),
  );
  const numbers = answers.flatMap((answer) => (answer.ok ? answer.body.missing : []));
  const found = await Promise.all(
    numbers.map(async (number) => ({ number, isHere: (await findVoucher(number)) !== undefined })),
  );
  await sendAgain(found.filter(({ isHere }) => isHere).map(({ number }) => number));
  void sendAll();
  return found;
};
