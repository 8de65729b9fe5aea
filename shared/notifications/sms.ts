import * as z from 'zod';
import { BilingualText, type Language } from '../kernel/bilingual-text.ts';

/**
 * All that is said by SMS, word for word: networks in India deliver only what was registered with them, variables apart. Whoever changes a word registers it
 * anew (docs/runbook.md).
 */
export const SMS_TEMPLATES = {
  urgent: {
    en: 'Bahi, urgent at {#var#}: {#var#}. Please open Bahi, look at the alert and take it on.',
    hi: 'बही, ज़रूरी: {#var#}, {#var#}। बही में देखें।',
  },
  digest: {
    en: 'Bahi: new alerts for you {#var#}, of them urgent {#var#}. The first: {#var#}. Please open Bahi and look at the list of alerts.',
    hi: 'बही: आपके लिए नई सूचनाएँ {#var#}, ज़रूरी {#var#}। पहली: {#var#}। बही में सूची देखें।',
  },
} as const satisfies Record<string, Record<Language, string>>;

export const SmsKind = z.enum(Object.keys(SMS_TEMPLATES) as (keyof typeof SMS_TEMPLATES)[]);
export type SmsKind = z.infer<typeof SmsKind>;

/** What one SMS says, and by which template. */
export const Sms = z.strictObject({ kind: SmsKind, ...BilingualText.shape });
export type Sms = z.infer<typeof Sms>;

const VARIABLE = '{#var#}';
/** Networks take a variable of so many characters. */
export const MAX_VARIABLE_LENGTH = 30;

/** An SMS of one kind: its template in both languages, with what is said in each place. */
export const renderSms = (kind: SmsKind, variables: readonly BilingualText[]): Sms => ({
  kind,
  en: fillTemplate(
    SMS_TEMPLATES[kind].en,
    variables.map(({ en }) => toGsmLetters(en)),
  ),
  hi: fillTemplate(
    SMS_TEMPLATES[kind].hi,
    variables.map(({ hi }) => hi.normalize('NFC').replace(/\s+/g, ' ')),
  ),
});

const fillTemplate = (template: string, variables: readonly string[]): string =>
  template.split(VARIABLE).reduce((said, part, at) => `${said}${truncateVariable(variables[at - 1] ?? '')}${part}`);

/** Letters that an SMS carries in seven bits each: one other makes it hold 70 instead of 160. */
const toGsmLetters = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[‘’]/g, "'")
    .replace(/[–—]/g, '-')
    .replace(/[^A-Za-z0-9 .,:;!?'"()/&%+*=<>@#_-]/g, '')
    .replace(/ {2,}/g, ' ')
    .trim();

/** A whole letter with its signs is left out, never a part of it. */
const truncateVariable = (text: string): string => {
  let kept = '';
  for (const { segment } of new Intl.Segmenter('hi').segment(text)) {
    if (kept.length + segment.length > MAX_VARIABLE_LENGTH) break;
    kept += segment;
  }
  return kept.trim();
};
