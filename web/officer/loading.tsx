import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { ApiProblem } from '../app/api.ts';
import { t } from '../app/texts.ts';
import { ProblemNotice } from '../materials/request-parts.tsx';

export type OfficeProblem = ApiProblem | 'far';

class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly problem: ApiProblem;
  constructor(problem: ApiProblem) {
    super(problem.detail);
    this.problem = problem;
  }
}

type Answer<Body> = { readonly ok: true; readonly body: Body } | { readonly ok: false; readonly problem: ApiProblem };

/** The body of an answer. A refusal throws, for `useLoaded`. */
export const bodyOf = async <Body,>(answering: Promise<Answer<Body>>): Promise<Body> => {
  const answer = await answering;
  if (!answer.ok) throw new RefusedError(answer.problem);
  return answer.body;
};

/** `undefined`: done. */
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

/** Loads again when a key changes. What was shown stays until the new answer comes. */
export const useLoaded = <Value,>(load: () => Promise<Value>, keys: readonly unknown[]): LoadedState<Value> => {
  const state = useSignal<Omit<LoadedState<Value>, 'reload'>>({
    value: undefined,
    problem: undefined,
    isLoading: true,
  });
  const latest = useRef(0);
  const reload = () => {
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
  useEffect(reload, keys);
  return { ...state.value, reload };
};

type LoadingProps<Value> = {
  readonly loaded: LoadedState<Value>;
  readonly children: (value: Value) => ComponentChildren;
};

/** Says that it loads, what failed with a way to try again, and shows what there is. */
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
