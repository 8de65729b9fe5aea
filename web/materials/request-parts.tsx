import { type Signal, useSignal } from '@preact/signals';
import { dayOf, formatDate, type Instant } from '../../shared/kernel/time.ts';
import type { MaterialRequest, RequestChange } from '../../shared/materials/material-request.ts';
import type { ApiProblem } from '../app/api.ts';
import { dateAndTime, toLatinDigits } from '../app/format.ts';
import { Field } from '../app/parts.tsx';
import { language, t } from '../app/texts.ts';
import { itemName, type MeasuredItem, quantityText } from './quantities.ts';
import { tm } from './texts.ts';

export const dateText = (day: string): string =>
  formatDate(language.value === 'hi' ? 'hi-IN' : 'en-IN', day as ReturnType<typeof dayOf>);

/** The problem and its remedy. `far`: no answer came. */
export const ProblemNotice = ({ problem }: { problem: ApiProblem | 'far' | undefined }) =>
  problem ? (
    <p class="notice" role="alert">
      {problem === 'far' ? (
        t('signInFar')
      ) : (
        <>
          <b>{problem.title ?? problem.code}</b> {problem.whatToDo ?? problem.detail}
          {language.value === 'en' && problem.whatToDo && <span class="quiet"> {problem.detail}</span>}
        </>
      )}
    </p>
  ) : null;

/** Colours of the book: settled, to do, over. */
const TONES: Readonly<Record<MaterialRequest['state'], string>> = {
  submitted: 'unsent',
  approved: 'recorded',
  issued: 'unsent',
  received: 'recorded',
  rejected: 'held',
  cancelled: '',
  lapsed: 'held',
};

type Card = { readonly number: string; readonly pin: string };

export const CardFields = ({ card }: { card: Signal<Card> }) => (
  <>
    <Field
      label={tm('card')}
      value={card.value.number}
      onChange={(number) => (card.value = { ...card.value, number })}
      autocapitalize="characters"
      autocomplete="off"
    />
    <Field
      label={tm('pin')}
      value={card.value.pin}
      onChange={(pin) => (card.value = { ...card.value, pin })}
      type="password"
      inputMode="numeric"
      autocomplete="off"
      maxLength={6}
    />
  </>
);

/** `P0042`, or only `42`. */
const producerNumberIn = (text: string): string | undefined => {
  const digits = /^\s*[Pp]?\s*(\d{1,6})\s*$/.exec(toLatinDigits(text))?.[1];
  return digits && `P${digits.padStart(4, '0')}`;
};

type FindProducerProps = { readonly typed?: string; readonly hrefOf: (producer: string) => string };

/** Opens the page of the producer whose number is typed. */
export const FindProducer = ({ typed: first = '', hrefOf }: FindProducerProps) => {
  const typed = useSignal(first);
  const number = producerNumberIn(typed.value);
  const open = (event: Event) => {
    event.preventDefault();
    if (number) location.hash = hrefOf(number);
  };
  return (
    <form class="with-button" onSubmit={open}>
      <Field
        label={tm('findProducer')}
        value={typed.value}
        onChange={(text) => (typed.value = text)}
        autocomplete="off"
      />
      <button type="submit" class="secondary" disabled={number === undefined}>
        {tm('findDo')}
      </button>
    </form>
  );
};

export const RequestStateMark = ({ state }: Pick<MaterialRequest, 'state'>) => (
  <span class={`state ${TONES[state]}`}>{tm(`state_${state}`)}</span>
);

type Items = ReadonlyMap<string, MeasuredItem>;

/** `बांसुरी का बाँस 5.5 किग्रा, …` */
export const linesText = ({ lines }: Pick<MaterialRequest, 'lines'>, items: Items): string =>
  lines
    .map(({ item, asked }) => `${itemName(items.get(item), item)} ${quantityText(asked, items.get(item))}`)
    .join(', ');

export const RequestLines = ({ lines, items }: { lines: MaterialRequest['lines']; items: Items }) => (
  <ul class="lines">
    {lines.map(({ item, asked, approved, issued }) => {
      const known = items.get(item);
      return (
        <li key={item} class="line measured">
          <b class="item-name">{itemName(known, item)}</b>
          <dl class="figures">
            <Figure name={tm('asked')} value={quantityText(asked, known)} />
            <Figure name={tm('approved')} value={quantityText(approved, known, asked)} />
            <Figure name={tm('issued')} value={quantityText(issued, known, asked)} />
          </dl>
        </li>
      );
    })}
  </ul>
);

export const Figure = ({ name, value }: { name: string; value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);

/** Newest first, with the sentence for the artisan. */
export const RequestHistory = ({ history }: Pick<MaterialRequest, 'history'>) => (
  <section>
    <h2>{tm('history')}</h2>
    <ol class="history">
      {history.toReversed().map((change) => (
        <li key={`${change.did} ${change.at}`}>
          <p>
            <b>{tm(`did_${change.did}`)}</b> <span class="quiet">{whenAndWho(change)}</span>
          </p>
          {change.told && <p>{change.told[language.value]}</p>}
          {change.why && <p>“{change.why}”</p>}
        </li>
      ))}
    </ol>
  </section>
);

const whenAndWho = ({ at, staff }: RequestChange): string =>
  [dateAndTime(Date.parse(at)), ...(staff ? [tm('byStaff', staff)] : [])].join(' · ');

export const dayText = (at: Instant): string => dateText(dayOf(at));
