import * as z from 'zod';

/** One sentence for the artisan. */
export const Told = z.strictObject({ en: z.string(), hi: z.string() });

export type Told = z.infer<typeof Told>;

export const Language = z.enum(['hi', 'en'], 'a language is hi or en');

export type Language = z.infer<typeof Language>;
