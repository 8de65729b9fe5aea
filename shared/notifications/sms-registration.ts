import * as z from 'zod';
import { Language } from '../kernel/bilingual-text.ts';
import { SmsKind } from './sms.ts';

const RegisteredId = z.string().min(1).max(50);

/** India's DLT registration. */
export const SmsRegistration = z.strictObject({
  sender: z.string().regex(/^[A-Za-z]{6}$/, 'a header in India is six letters'),
  entity: RegisteredId,
  templates: z.record(SmsKind, z.record(Language, RegisteredId)),
});
export type SmsRegistration = z.infer<typeof SmsRegistration>;

export const parseSmsRegistration = (text: string): SmsRegistration => SmsRegistration.parse(JSON.parse(text));
