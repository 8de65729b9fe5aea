import type { ComponentChildren, ComponentType } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { toLatinDigits } from './format.ts';
import { t } from './texts.ts';

/**
 * A page: its heading takes the focus, so that a screen reader says where one is. A number pad
 * keeps it.
 */
export const Page = ({ title, back, children }: { title: string; back?: string; children: ComponentChildren }) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${t('appName')}`;
    if (!heading.current?.closest('.page')?.contains(document.activeElement))
      heading.current?.focus({ preventScroll: true });
  }, [title]);
  return (
    <section class="page">
      <div class="page-head">
        {back !== undefined && (
          <a class="icon-button" href={back} aria-label={t('back')}>
            <Icon name="back" />
          </a>
        )}
        <h1 tabIndex={-1} ref={heading}>
          {title}
        </h1>
      </div>
      {children}
    </section>
  );
};

/** A sheet over the page. Escape and the cross close it; the browser keeps the focus inside. */
export const Sheet = ({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
}) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLInputElement>('.pad-value')?.focus();
  }, []);
  return (
    <dialog ref={dialog} class="sheet" aria-labelledby={id} onClose={onClose}>
      <div class="sheet-head">
        <h2 id={id}>{title}</h2>
        <button type="button" class="icon-button" aria-label={t('close')} onClick={() => dialog.current?.close()}>
          <Icon name="close" />
        </button>
      </div>
      {children}
    </dialog>
  );
};

type NumberPadProps = {
  readonly label: string;
  /** As typed, in Latin digits. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onEnter?: () => void;
  /** Rupees, with two decimals at most. */
  readonly money?: boolean;
};

const MAX_DIGITS = 9;

/**
 * The own number pad of a stall: no keyboard covers the screen. A keyboard works too, with Latin or
 * Devanagari digits. The first key replaces what stands there: 3 never becomes 30.
 */
export const NumberPad = ({ label, value, onChange, onEnter, money = false }: NumberPadProps) => {
  // Keys come faster than a slow phone draws, so the state is not that of the last drawing.
  const typing = useRef({ fresh: true, value });
  typing.current.value = value;
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  useLayoutEffect(() => input.current?.focus({ preventScroll: true }), []);
  const set = (text: string) => {
    typing.current.fresh = false;
    const typed = toLatinDigits(text).replace(money ? /[^\d.]/g : /\D/g, '');
    if ((money ? /^\d*\.?\d{0,2}$/ : /^\d*$/).test(typed) && typed.length <= MAX_DIGITS) {
      typing.current.value = typed;
      onChange(typed);
    }
  };
  const press = (key: string) => set(typing.current.fresh ? key : typing.current.value + key);
  return (
    <div class="pad">
      <label for={id}>{label}</label>
      <input
        id={id}
        ref={input}
        class="pad-value"
        inputMode="none"
        autocomplete="off"
        placeholder="0"
        value={value}
        onFocus={({ currentTarget }) => currentTarget.select()}
        onInput={({ currentTarget, data }) => {
          set(typing.current.fresh && data ? data : currentTarget.value);
          currentTarget.value = typing.current.value;
        }}
        onKeyDown={({ key }) => key === 'Enter' && onEnter?.()}
      />
      <div class="pad-keys">
        {['1', '2', '3', '4', '5', '6', '7', '8', '9', money ? '.' : '00', '0'].map((key) => (
          <button key={key} type="button" onClick={() => press(key)}>
            {key}
          </button>
        ))}
        <button type="button" aria-label={t('erase')} onClick={() => set(typing.current.value.slice(0, -1))}>
          <Icon name="erase" />
        </button>
      </div>
    </div>
  );
};

const PATHS = {
  back: 'M15 5l-7 7 7 7',
  close: 'M6 6l12 12M18 6L6 18',
  erase: 'M9 6h11v12H9l-6-6zM12 9.5l5 5M17 9.5l-5 5',
  sell: 'M4 8h16l-1.5 11h-13zM8.5 8a3.5 3.5 0 0 1 7 0',
  day: 'M6 4h13v16H6zM6 4v16M10 9h5M10 13h5',
  goods: 'M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  scan: 'M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M8 8v8M12 8v8M16 8v8',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  check: 'M5 13l5 5L19 7',
  next: 'M9 5l7 7-7 7',
  cash: 'M3 7h18v10H3zM12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5',
  upi: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 18h2v2h-2z',
  card: 'M3 6h18v12H3zM3 10h18',
  map: 'M9 4L3 6.5v13.5l6-2.5 6 2.5 6-2.5V4l-6 2.5zM9 4v13.5M15 6.5V20',
  bell: 'M6 17h12l-1.5-3v-4a4.5 4.5 0 0 0-9 0v4zM10.5 20h3',
  chart: 'M4 20h16M7 17v-5M12 17V6M17 17v-8',
  share: 'M12 4v16M5 8h14M5 8l-2.5 6h5zM19 8l-2.5 6h5zM9 20h6',
} as const;

export type IconName = keyof typeof PATHS;

export const Icon = ({ name }: { name: IconName }) => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d={PATHS[name]} />
  </svg>
);

/** A text field with its label, in 16 px at least, so that a phone does not zoom. */
export const Field = ({
  label,
  value,
  onChange,
  ...rest
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  autocapitalize?: 'characters' | 'none';
  autocomplete?: string;
  inputMode?: 'numeric' | 'decimal';
  maxLength?: number;
  min?: string;
  type?: 'date' | 'datetime-local' | 'password';
}) => {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input id={id} value={value} onInput={({ currentTarget }) => onChange(currentTarget.value)} {...rest} />
    </div>
  );
};

type TabBarProps = {
  readonly tabs: readonly {
    readonly href: string;
    readonly text: string;
    readonly icon: IconName;
    readonly isCurrent: boolean;
  }[];
};

export const TabBar = ({ tabs }: TabBarProps) => (
  <nav class="tabs" aria-label={t('menu')}>
    {tabs.map(({ href, text, icon, isCurrent }) => (
      <a key={href} href={href} aria-current={isCurrent ? 'page' : undefined}>
        <Icon name={icon} />
        <span>{text}</span>
      </a>
    ))}
  </nav>
);

export const Loaded = ({ load }: { load: () => Promise<ComponentType> }) => {
  const [Screens, setScreens] = useState<ComponentType | undefined>();
  const [isFar, setFar] = useState(false);
  const open = () => {
    setFar(false);
    load().then(
      (found) => setScreens(() => found),
      () => setFar(true),
    );
  };
  useEffect(open, []);
  if (Screens) return <Screens />;
  return (
    <main id="main" class="welcome">
      <h1>{isFar ? t('screensFar') : t('loading')}</h1>
      {isFar && (
        <button type="button" class="primary" onClick={open}>
          {t('tryAgain')}
        </button>
      )}
    </main>
  );
};

export const SignOut = ({ onSignOut }: { onSignOut: () => Promise<{ readonly unsent: number } | undefined> }) => {
  const [unsent, setUnsent] = useState(0);
  return (
    <>
      {unsent > 0 && (
        <p class="notice" role="alert">
          {t('signOutUnsent', unsent)}
        </p>
      )}
      <button
        type="button"
        class="secondary"
        onClick={() => onSignOut().then((refused) => setUnsent(refused?.unsent ?? 0))}
      >
        {t('signOut')}
      </button>
    </>
  );
};
