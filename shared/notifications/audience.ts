import * as z from 'zod';
import type { Alert } from '../alerts/alert.ts';
import { AreaId } from '../day-close/totals.ts';
import { Place } from '../kernel/ids.ts';

/** Whose an alert is to look at: those at a place, the officers of a district, or those of the state. */
export const Audience = z.union([Place, AreaId]);
export type Audience = z.infer<typeof Audience>;

/** Whoever is to look at it now. */
export const audienceOf = ({ level, location, district }: Alert): Audience =>
  ({ outlet: location, district, state: 'state' as const })[level];
