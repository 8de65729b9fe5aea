import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { type ApiProblem, RefusedError } from '../app/api.ts';
import { t } from '../app/texts.ts';
import { ProblemNotice } from '../materials/request-parts.tsx';

export type OfficeProblem = ApiProblem | 'far';

type Answer<Body> = { readonly ok: true; readonly body: Body } | { readonly ok: false; readonly problem: ApiProblem };

/** The body of an answer. Throws a `RefusedError`, which `useLoaded` shows. */
export const bodyOf = async <Body,>(answering: Promise<Answer<Body>>): Promise<Body> => {
  const answer = await answering;
  if (!answer.ok) throw new RefusedError(answer.problem);
  return answer.body;
};

/** `undefined` if the request succeeded. */
export const problemIn = async (answering: Promise<Answer<unknown>>): Promise<OfficeProblem | undefined> => {
  const answer = await answering.catch(() => undefined);
  return answer?.ok ? undefined : (answer?.problem ?? 'far');
};

export type LoadedState<Value> = {
  readonly value: Value | undefined;
  readonly problem: OfficeProblem | undefined;
  readonly isLoading: boolean;
  readonly reload: () => void;
};

/** The old value is shown until the new one comes. Of two loads, the later one counts. */
const useLoader = <Value,>() => {
  const state = useSignal<Omit<LoadedState<Value>, 'reload'>>({
    value: undefined,
    problem: undefined,
    isLoading: true,
  });
  const latest = useRef(0);
  const start = (load: () => Promise<Value>) => {
    latest.current += 1;
    const own = latest.current;
    state.value = { ...state.value, isLoading: true };
    load().then(
      (value) => {
        if (own === latest.current) state.value = { value, problem: undefined, isLoading: false };
      },
      (error: unknown) => {
        const problem = error instanceof RefusedError ? error.problem : 'far';
        if (own === latest.current) state.value = { ...state.value, problem, isLoading: false };
      },
    );
  };
  return { state, start };
};

/** Loads again when a key changes. */
export const useLoaded = <Value,>(load: () => Promise<Value>, keys: readonly unknown[]): LoadedState<Value> => {
  const { state, start } = useLoader<Value>();
  const reload = () => start(load);
  useEffect(reload, keys);
  return { ...state.value, reload };
};

/** Rows so far. `cursor`: of the next page, if there is one. */
export type RowsRead<Row> = { readonly rows: readonly Row[]; readonly cursor: string | undefined };

export type LoadedPages<Row> = LoadedState<RowsRead<Row>> & {
  readonly loadMore: () => void;
  readonly remove: (row: Row) => void;
};

/** A list that grows by a page at each `loadMore`. Loads again when a key changes. */
export const usePages = <Row,>(
  read: (cursor: string | undefined) => Promise<RowsRead<Row>>,
  keys: readonly unknown[],
): LoadedPages<Row> => {
  const { state, start } = useLoader<RowsRead<Row>>();
  const reload = () => start(() => read(undefined));
  useEffect(reload, keys);
  const shown = () => state.value.value ?? { rows: [], cursor: undefined };
  return {
    ...state.value,
    reload,
    loadMore: () =>
      start(async () => {
        const page = await read(shown().cursor);
        return { rows: [...shown().rows, ...page.rows], cursor: page.cursor };
      }),
    remove: (row) => {
      const { rows, cursor } = shown();
      state.value = { ...state.value, value: { rows: rows.filter((one) => one !== row), cursor } };
    },
  };
};

type LoadingProps<Value> = {
  readonly loaded: LoadedState<Value>;
  readonly children: (value: Value) => ComponentChildren;
};

/** Shows the value, whether it loads, and a problem with a button that tries again. */
export const Loading = <Value,>({ loaded, children }: LoadingProps<Value>) => (
  <>
    {loaded.problem && (
      <div class="retry">
        <ProblemNotice problem={loaded.problem} />
        <button type="button" class="secondary" disabled={loaded.isLoading} onClick={loaded.reload}>
          {t('tryAgain')}
        </button>
      </div>
    )}
    <p class={loaded.isLoading ? 'progress-line' : 'progress-line done'} role="status">
      {loaded.isLoading && <span class={loaded.value === undefined ? 'quiet' : 'sr-only'}>{t('loading')}</span>}
    </p>
    {loaded.value === undefined ? (
      loaded.isLoading && <div class="skeleton" aria-hidden="true" />
    ) : (
      <div aria-busy={loaded.isLoading}>{children(loaded.value)}</div>
    )}
  </>
);
