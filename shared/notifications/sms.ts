import * as z from 'zod';
import { BilingualText, Language } from '../kernel/units.ts';

/**
 * Networks in India deliver registered texts only. A changed word needs a new registration
 * (docs/runbook.md).
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

export const Sms = z.strictObject({ kind: SmsKind, ...BilingualText.shape });
export type Sms = z.infer<typeof Sms>;

const VARIABLE = '{#var#}';
/** Characters: the networks' limit. */
export const MAX_VARIABLE_LENGTH = 30;

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

/** Any other letter cuts an SMS from 160 to 70 characters. */
const toGsmLetters = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[‘’]/g, "'")
    .replace(/[–—]/g, '-')
    .replace(/[^A-Za-z0-9 .,:;!?'"()/&%+*=<>@#_-]/g, '')
    .replace(/ {2,}/g, ' ')
    .trim();

/** Never cuts within a grapheme. */
const truncateVariable = (text: string): string => {
  let shortened = '';
  for (const { segment } of new Intl.Segmenter('hi').segment(text)) {
    if (shortened.length + segment.length > MAX_VARIABLE_LENGTH) break;
    shortened += segment;
  }
  return shortened.trim();
};

const RegisteredId = z.string().min(1).max(50);

/** India's DLT registration. */
export const SmsRegistration = z.strictObject({
  sender: z.string().regex(/^[A-Za-z]{6}$/, 'a header in India is six letters'),
  entity: RegisteredId,
  templates: z.record(SmsKind, z.record(Language, RegisteredId)),
});

export type SmsRegistration = z.infer<typeof SmsRegistration>;

export const parseSmsRegistration = (text: string): SmsRegistration => SmsRegistration.parse(JSON.parse(text));
