import { useEffect, useState } from 'preact/hooks';
import { language } from './texts.ts';

/** Titles of all error codes, as web/build/build.ts writes them. */
type ProblemTitles = Readonly<Record<string, { readonly hi: string; readonly en: string }>>;

let reading: Promise<ProblemTitles> | undefined;

/** The server's refusal in the language of the screen, then its detail. */
export const ProblemText = ({ code, detail }: { code: string; detail: string }) => {
  const [titles, setTitles] = useState<ProblemTitles>({});
  useEffect(() => {
    reading ??= fetch('/problems.json').then((answer) => answer.json());
    reading.then(setTitles).catch(() => {
      reading = undefined;
    });
  }, []);
  const title = titles[code]?.[language.value];
  return (
    <p class="problem">
      {title && <b>{title}. </b>}
      <span lang="en">{detail}</span>
    </p>
  );
};
