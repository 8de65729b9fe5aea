import type { BilingualText, Language } from './units.ts';

/** Texts by name in one language. `{0}` in a text is the first of the values, `{1}` the second. */
export const textsIn =
  <Name extends string>(texts: Readonly<Record<Name, BilingualText>>, language: Language) =>
  (name: Name, ...values: readonly (string | number)[]): string =>
    texts[name][language].replace(/\{(\d)\}/g, (_whole, at: string) => String(values[Number(at)] ?? ''));
