import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { readCsvFile } from '../app/api.ts';
import { Field, Icon, Sheet } from '../app/parts.tsx';
import { t } from '../app/texts.ts';
import { ProblemNotice } from '../materials/request-parts.tsx';
import type { LoadedPages, OfficeProblem } from './loading.tsx';
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

type LinkListProps = {
  readonly links: readonly { readonly href: string; readonly text: string }[];
  readonly isWide?: boolean;
};

/** `isWide`: two columns where there is room. */
export const LinkList = ({ links, isWide = false }: LinkListProps) => (
  <ul class={isWide ? 'rows two-columns' : 'rows'}>
    {links.map(({ href, text }) => (
      <li key={href}>
        <a class="row" href={href}>
          <span class="row-main">
            <b>{text}</b>
          </span>
          <Icon name="next" />
        </a>
      </li>
    ))}
  </ul>
);

/** Reads the next page of a list, if there is one. */
export const MoreButton = <Row,>({ loaded }: { loaded: LoadedPages<Row> }) =>
  loaded.value?.cursor === undefined ? null : (
    <button type="button" class="secondary" disabled={loaded.isLoading} onClick={loaded.loadMore}>
      {to('more')}
    </button>
  );

type ReasonSheetProps = {
  readonly title: string;
  readonly action: string;
  readonly isReady?: boolean;
  readonly children?: ComponentChildren;
  /** The sheet closes if it returns `undefined`. */
  readonly onSend: (why: string) => Promise<OfficeProblem | undefined>;
  readonly onClose: () => void;
};

/** Asks for the reason of a decision. If the server refuses it, the sheet shows the problem. */
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

/** Confirms an action. It takes the focus, since the pressed row may be gone. */
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

const saveFile = (name: string, text: string): void => {
  // With a byte order mark, so that spreadsheets read Hindi.
  const url = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
};

/** `download` saves all pages of a list as a CSV file; `outcome` shows what became of it. */
export const useCsvDownload = () => {
  const problem = useSignal<OfficeProblem | undefined>(undefined);
  const notice = useSignal('');
  const download = async (route: string, name: string) => {
    const file = await readCsvFile(route).catch(() => undefined);
    problem.value = file?.ok ? undefined : (file?.problem ?? 'far');
    if (!file?.ok) return;
    const saved = file.isComplete ? name : name.replace(/(?=\.csv$)/, '-incomplete');
    saveFile(saved, file.text);
    notice.value = to('downloaded', saved);
  };
  const outcome = (
    <>
      <DoneNotice text={notice.value} />
      <ProblemNotice problem={problem.value} />
    </>
  );
  return { download, outcome };
};

const added = new Set<string>();

/** Adds a style sheet once. The content policy allows constructed sheets, not inline styles. */
export const addStyle = (name: string, text: string): void => {
  if (added.has(name)) return;
  added.add(name);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
};

export const addOfficeStyle = (): void => addStyle('office', style);
