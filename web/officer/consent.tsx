import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { ProducerId } from '../../shared/kernel/ids.ts';
import type { Instant } from '../../shared/kernel/time.ts';
import type { BilingualText } from '../../shared/kernel/units.ts';
import { type Consent, PUBLISHED_PARTS, type PublishedPart } from '../../shared/registry/consent.ts';
import { api } from '../app/api.ts';
import { Field } from '../app/parts.tsx';
import { language, textsOf } from '../app/texts.ts';
import { ProblemNotice } from '../materials/request-parts.tsx';
import { bodyOf, Loading, type OfficeProblem, useLoaded } from './loading.tsx';
import { DoneNotice } from './office-parts.tsx';

const say = textsOf({
  title: { hi: 'सहमति: लोगों को क्या दिखे', en: 'Consent: what the public may see' },
  why: {
    hi: 'जिस पर कारीगर ने सहमति नहीं दी, वह इंटरनेट के पन्नों पर नहीं दिखता। सहमति कभी भी वापस ली जा सकती है।',
    en: 'Pages on the web show nothing that the artisan has not agreed to. Consent can be withdrawn at any time.',
  },
  part_name: { hi: 'नाम', en: 'Name' },
  part_picture: { hi: 'तस्वीर', en: 'Picture' },
  part_village: { hi: 'गाँव', en: 'Village' },
  shows_name: {
    hi: 'कोई भी इसे सामान के पन्ने पर, और बिल के QR से खुलने वाले पन्ने पर पढ़ सकता है।',
    en: 'Anybody can read it on the web page of their goods, and on the page that a bill’s QR code opens.',
  },
  shows_picture: {
    hi: 'कोई भी इसे सामान के पन्ने पर देख सकेगा। अभी पन्नों पर तस्वीरें नहीं हैं।',
    en: 'Anybody may see it on the web page of their goods. The pages have no pictures yet.',
  },
  shows_village: {
    hi: 'कोई भी इसे सामान के पन्ने पर पढ़ सकता है।',
    en: 'Anybody can read it on the web page of their goods.',
  },
  record: {
    hi: 'कारीगर के बिक्री के ब्योरे पर छपा कोड अलग है: जिसके पास वह काग़ज़ है, वह नंबर, नाम, ज़िला और बिक्री के जोड़ देख सकता है। काग़ज़ कारीगर या अधिकारी देते हैं; कोड तीन साल चलता है।',
    en: 'The code printed on an artisan’s record is apart from this: whoever holds that paper can see their id, name, district and sums of sales. The artisan or an officer hands it over; the code lasts three years.',
  },
  never: { hi: 'अब तक कोई सहमति दर्ज नहीं है।', en: 'No consent is recorded so far.' },
  agreed: { hi: '{0} को सहमति: {1} ({2})', en: 'Agreed on {0}: {1} ({2})' },
  withdrawn: { hi: '{0} को सहमति वापस ली गई', en: 'Withdrawn on {0}' },
  ownLogin: { hi: 'कारीगर के अपने लॉगिन से', en: 'by their own sign-in' },
  onPaper: { hi: 'फ़ॉर्म {0}', en: 'form {0}' },
  noPaper: { hi: 'अधिकारी ने दर्ज की', en: 'entered by an officer' },
  paper: { hi: 'हस्ताक्षर किए फ़ॉर्म का नंबर (जैसे DIC/2026/118)', en: 'Number of the signed form (such as DIC/2026/118)' },
  paperNeeded: {
    hi: 'नई सहमति के लिए वह फ़ॉर्म चाहिए जिस पर कारीगर ने हस्ताक्षर किए।',
    en: 'New consent needs the form that the artisan signed.',
  },
  withdrawHow: {
    hi: 'यह लगभग एक घंटे में पन्नों से हट जाएगा। फिर दिखाने के लिए नया फ़ॉर्म लगेगा।',
    en: 'It is gone from the pages in about an hour. To show it again you need a new form.',
  },
  save: { hi: 'सहमति दर्ज करें', en: 'Save consent' },
  withdraw: { hi: 'सहमति वापस लें', en: 'Withdraw consent' },
  saved: { hi: 'सहमति दर्ज हुई', en: 'Consent saved' },
  isWithdrawn: { hi: 'सहमति वापस ली गई', en: 'Consent withdrawn' },
  earlier: { hi: 'पहले की सहमतियाँ', en: 'Earlier consents' },
} satisfies Record<string, BilingualText>);

/** Newest first. Empty: no consent is recorded. */
const loadConsents = async (id: ProducerId): Promise<readonly Consent[]> => {
  const answer = await api.getEntryHistory({ path: { kind: 'consents', id } });
  if (!answer.ok && answer.problem.code === 'NOT_FOUND') return [];
  const { changes } = await bodyOf(Promise.resolve(answer));
  return changes.map(({ after }) => after as Consent);
};

/** The consent of a producer, and a form that changes it. */
export const ConsentSection = ({ producer }: { producer: ProducerId }) => {
  const loaded = useLoaded(() => loadConsents(producer), [producer]);
  const notice = useSignal('');
  return (
    <section class="stack consent">
      <h2>{say('title')}</h2>
      <p class="quiet">{say('why')}</p>
      <DoneNotice text={notice.value} />
      <Loading loaded={loaded}>
        {([now, ...earlier]) => (
          <>
            <p>{now ? sentenceOf(now) : say('never')}</p>
            <ConsentForm
              key={now?.at ?? ''}
              producer={producer}
              now={now?.publish ?? []}
              onSaved={(text) => {
                notice.value = text;
                loaded.reload();
              }}
            />
            {earlier.length > 0 && (
              <details>
                <summary>{say('earlier')}</summary>
                <ul class="history">
                  {earlier.map((consent) => (
                    <li key={consent.at}>{sentenceOf(consent)}</li>
                  ))}
                </ul>
              </details>
            )}
          </>
        )}
      </Loading>
      <p class="quiet">{say('record')}</p>
    </section>
  );
};

/** `22 नवंबर 2026` in IST: a consent is read again after years. */
const dayWithYear = (at: Instant): string =>
  new Intl.DateTimeFormat(language.value === 'hi' ? 'hi-IN-u-nu-latn' : 'en-IN', {
    dateStyle: 'long',
    timeZone: 'Asia/Kolkata',
  }).format(Date.parse(at));

const sentenceOf = ({ publish, at, given, paper }: Consent): string => {
  const when = dayWithYear(at);
  if (publish.length === 0) return say('withdrawn', when);
  const how = given === 'own login' ? say('ownLogin') : paper ? say('onPaper', paper) : say('noPaper');
  return say('agreed', when, publish.map((part) => say(`part_${part}`)).join(', '), how);
};

type ConsentFormProps = {
  readonly producer: ProducerId;
  readonly now: readonly PublishedPart[];
  readonly onSaved: (notice: string) => void;
};

/** Withdrawing needs no form. */
const ConsentForm = ({ producer, now, onSaved }: ConsentFormProps) => {
  const chosen = useSignal<readonly PublishedPart[]>(now);
  const paper = useSignal('');
  const problem = useSignal<OfficeProblem | undefined>(undefined);
  const isBusy = useSignal(false);
  const isAdding = chosen.value.some((part) => !now.includes(part));
  const isRemoving = now.some((part) => !chosen.value.includes(part));
  const isOver = isRemoving && chosen.value.length === 0;
  const save = async (event: Event) => {
    event.preventDefault();
    isBusy.value = true;
    const body = { publish: [...chosen.value], ...(isAdding && { paper: paper.value.trim() }) };
    const answer = await api.setConsent({ path: { producer }, body }).catch(() => undefined);
    isBusy.value = false;
    problem.value = answer?.ok ? undefined : (answer?.problem ?? 'far');
    if (answer?.ok) onSaved(say(isOver ? 'isWithdrawn' : 'saved'));
  };
  const faults = problem.value === 'far' ? [] : (problem.value?.fields ?? []);
  return (
    <form class="stack" onSubmit={save} onInput={() => (problem.value = undefined)}>
      {PUBLISHED_PARTS.map((part) => (
        <Part
          key={part}
          part={part}
          isChosen={chosen.value.includes(part)}
          onChange={(isChosen) =>
            (chosen.value = PUBLISHED_PARTS.filter((one) => (one === part ? isChosen : chosen.value.includes(one))))
          }
        />
      ))}
      {isAdding && (
        <div class={faults.length > 0 ? 'form-field wrong' : 'form-field'}>
          <Field
            label={say('paper')}
            value={paper.value}
            onChange={(text) => (paper.value = text)}
            autocomplete="off"
            maxLength={80}
          />
          {faults.map(({ problem: fault }) => (
            <p key={fault} class="problem">
              {fault}
            </p>
          ))}
          <p class="quiet">{say('paperNeeded')}</p>
        </div>
      )}
      {isRemoving && (
        <p class="notice" role="status">
          {say('withdrawHow')}
        </p>
      )}
      <ProblemNotice problem={problem.value} />
      <button
        type="submit"
        class="secondary"
        disabled={isBusy.value || !(isAdding || isRemoving) || (isAdding && paper.value.trim() === '')}
      >
        {say(isOver ? 'withdraw' : 'save')}
      </button>
    </form>
  );
};

type PartProps = {
  readonly part: PublishedPart;
  readonly isChosen: boolean;
  readonly onChange: (isChosen: boolean) => void;
};

const Part = ({ part, isChosen, onChange }: PartProps) => {
  const id = useId();
  return (
    <div>
      <label class="check">
        <input
          type="checkbox"
          checked={isChosen}
          aria-describedby={id}
          onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        />
        <b>{say(`part_${part}`)}</b>
      </label>
      <p id={id} class="quiet">
        {say(`shows_${part}`)}
      </p>
    </div>
  );
};
