import * as z from 'zod';
import { Told } from '../kernel/bilingual-text.ts';
import { DistrictId, Place } from '../kernel/ids.ts';
import { Version } from '../kernel/quantity.ts';
import { Instant } from '../kernel/time.ts';
import { HAPPENINGS, type Happening } from './alert-change.ts';
import { AlertKey } from './alert-key.ts';
import { AlertState, Level } from './alert-state.ts';
import { AlertType } from './alert-type.ts';

/** `in.gov.up.bahi.alert.opened.v1`: what a consumer filters by. A field is only ever added to a version; else there is a next one. */
export const typeOf = (happening: Happening): `in.gov.up.bahi.alert.${Happening}.v1` =>
  `in.gov.up.bahi.alert.${happening}.v1`;

/**
 * What happened to an alert, as a CloudEvent 1.0. Its `id` is the same however often it is sent: `source` and `id` tell a repeat. `figures` are those of the
 * alert's type, as in the contract.
 */
export const AlertEvent = z.strictObject({
  specversion: z.literal('1.0'),
  id: z.string().min(1),
  source: z.literal('/bahi/alerts'),
  type: z.enum(HAPPENINGS.map(typeOf)),
  time: Instant,
  subject: z.string().min(1),
  datacontenttype: z.literal('application/json'),
  dataschema: z.literal('urn:bahi:schema:alert:v1'),
  data: z.strictObject({
    alert: AlertKey,
    location: Place,
    district: DistrictId,
    type: AlertType,
    state: AlertState,
    level: Level,
    episode: z.int().min(1),
    version: Version,
    figures: z.record(z.string(), z.unknown()),
    before: z.record(z.string(), z.unknown()).optional(),
    says: Told,
  }),
});
export type AlertEvent = z.infer<typeof AlertEvent>;
