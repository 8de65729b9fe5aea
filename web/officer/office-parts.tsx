import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Field, Sheet } from '../app/parts.tsx';
import { t } from '../app/texts.ts';
import { ProblemNotice } from '../materials/request-parts.tsx';
import type { OfficeProblem } from './loading.tsx';
import style from './office.css' with { type: 'text' };
import { to } from './texts.ts';

type ChoiceProps<Value extends string> = {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly text: string }[];
  readonly onChange: (value: Value) => void;
};

export const Choice = <Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>) => {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value as Value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </div>
  );
};

type ReasonSheetProps = {
  readonly title: string;
  readonly action: string;
  readonly isReady?: boolean;
  readonly children?: ComponentChildren;
  /** `undefined`: done, and the sheet closes. */
  readonly onSend: (why: string) => Promise<OfficeProblem | undefined>;
  readonly onClose: () => void;
};

/** A decision with its reason. What is refused stays open with what to do. */
export const ReasonSheet = ({ title, action, isReady = true, children, onSend, onClose }: ReasonSheetProps) => {
  const why = useSignal('');
  const problem = useSignal<OfficeProblem | undefined>(undefined);
  const isBusy = useSignal(false);
  const send = async (event: Event) => {
    event.preventDefault();
    isBusy.value = true;
    problem.value = await onSend(why.value.trim());
    isBusy.value = false;
    if (problem.value === undefined) onClose();
  };
  return (
    <Sheet title={title} onClose={onClose}>
      <form class="sheet-form" onSubmit={send}>
        {children}
        <Field label={to('why')} value={why.value} onChange={(text) => (why.value = text)} autocomplete="off" />
        <ProblemNotice problem={problem.value} />
        <div class="sheet-actions">
          <button type="button" class="secondary" onClick={onClose}>
            {t('cancel')}
          </button>
          <button type="submit" class="primary" disabled={isBusy.value || !isReady || why.value.trim() === ''}>
            {action}
          </button>
        </div>
      </form>
    </Sheet>
  );
};

/** What was just done. It takes the focus, since the row that was pressed may be gone. */
export const DoneNotice = ({ text }: { text: string }) => {
  const notice = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (text !== '') notice.current?.focus();
  }, [text]);
  return (
    <p ref={notice} class={text === '' ? 'sr-only' : 'done-notice'} role="status" tabIndex={-1}>
      {text}
    </p>
  );
};

/** Hands a text over as a file. */
export const saveFile = (name: string, text: string): void => {
  // With a byte order mark, so that spreadsheets read Hindi.
  const url = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
};

const added = new Set<string>();

/** Once. The content policy allows no inline style; a constructed sheet is none. */
export const addStyle = (name: string, text: string): void => {
  if (added.has(name)) return;
  added.add(name);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
};

/** What only an office needs, so that a stall's first load stays small. */
export const addOfficeStyle = (): void => addStyle('office', style);
