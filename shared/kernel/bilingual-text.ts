import * as z from 'zod';

export const BilingualText = z.strictObject({ en: z.string(), hi: z.string() });

export type BilingualText = z.infer<typeof BilingualText>;

export const Language = z.enum(['hi', 'en'], 'a language is hi or en');

export type Language = z.infer<typeof Language>;
