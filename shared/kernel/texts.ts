import type { BilingualText, Language } from './units.ts';

/** Texts by name in one language. `{0}` in a text is the first of the values, `{1}` the second. */
export const textsIn =
  <Name extends string>(texts: Readonly<Record<Name, BilingualText>>, language: Language) =>
  (name: Name, ...values: readonly (string | number)[]): string =>
    texts[name][language].replace(/\{(\d)\}/g, (_whole, at: string) => String(values[Number(at)] ?? ''));

const DIRECTION_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * They could show an amount or a name in reverse on a bill. Hindi needs none of them; its joiners
 * (U+200C, U+200D) stay.
 */
export const withoutDirectionMarks = (text: string): string => text.replace(DIRECTION_MARKS, '');
