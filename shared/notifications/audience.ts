import type { Alert } from '../alerts/alert.ts';
import type { Audience } from '../registry/contact.ts';

/** Whoever is to look at it now. */
export const audienceOf = ({ level, location, district }: Alert): Audience =>
  ({ outlet: location, district, state: 'state' as const })[level];
