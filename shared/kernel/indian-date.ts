import type { Day } from './time.ts';

/** `22 November`, `22 नवंबर`. */
export const formatDate = (language: 'en-IN' | 'hi-IN', day: Day): string =>
  new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(Date.parse(day));
