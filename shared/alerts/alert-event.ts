import * as z from 'zod';
import { BilingualText } from '../kernel/bilingual-text.ts';
import { DistrictId, LocationId } from '../kernel/ids.ts';
import { Version } from '../kernel/quantity.ts';
import { Instant } from '../kernel/time.ts';
import type { Alert } from './alert.ts';
import { ALERT_EVENT_NAMES, type AlertEventName } from './alert-event-name.ts';
import { AlertKey, alertKeyOf } from './alert-key.ts';
import { AlertState, EscalationLevel } from './alert-state.ts';
import { AlertType } from './alert-type.ts';

/** One thing that happened to an alert, for whoever listens. */
export const alertEventOf = (happening: AlertEventName, alert: Alert, says: BilingualText): AlertEvent => {
  const { location, district, type, state, level, episode, version, figures, before } = alert;
  const key = alertKeyOf(alert);
  return {
    specversion: '1.0',
    id: `${location}/${key}/${version}/${happening}`,
    source: '/bahi/alerts',
    type: eventTypeOf(happening),
    time: EVENT_TIMES[happening](alert) ?? alert.openedAt,
    subject: `${location}/${key}`,
    datacontenttype: 'application/json',
    dataschema: 'urn:bahi:schema:alert:v1',
    data: {
      ...{ alert: key, location, district, type, state, level, episode, version },
      ...{ figures, ...(before && { before }), says },
    },
  };
};

const EVENT_TIMES = {
  opened: ({ openedAt }) => openedAt,
  acknowledged: ({ acknowledged }) => acknowledged?.at,
  snoozed: ({ snoozed }) => snoozed?.at,
  woken: ({ snoozed }) => snoozed?.until,
  escalated: ({ escalatedAt }) => escalatedAt,
  resolved: ({ resolvedAt }) => resolvedAt,
} as const satisfies Record<AlertEventName, (alert: Alert) => Instant | undefined>;

/** `in.gov.up.bahi.alert.opened.v1`: what a consumer filters by. A field is only ever added to a version; else there is a next one. */
export const eventTypeOf = (happening: AlertEventName): `in.gov.up.bahi.alert.${AlertEventName}.v1` =>
  `in.gov.up.bahi.alert.${happening}.v1`;

/**
 * What happened to an alert, as a CloudEvent 1.0. Its `id` is the same however often it is sent: `source` and `id` tell a repeat. `figures` are those of the
 * alert's type, as in the contract.
 */
export const AlertEvent = z.strictObject({
  specversion: z.literal('1.0'),
  id: z.string().min(1),
  source: z.literal('/bahi/alerts'),
  type: z.enum(ALERT_EVENT_NAMES.map(eventTypeOf)),
  time: Instant,
  subject: z.string().min(1),
  datacontenttype: z.literal('application/json'),
  dataschema: z.literal('urn:bahi:schema:alert:v1'),
  data: z.strictObject({
    alert: AlertKey,
    location: LocationId,
    district: DistrictId,
    type: AlertType,
    state: AlertState,
    level: EscalationLevel,
    episode: z.int().min(1),
    version: Version,
    figures: z.record(z.string(), z.unknown()),
    before: z.record(z.string(), z.unknown()).optional(),
    says: BilingualText,
  }),
});

export type AlertEvent = z.infer<typeof AlertEvent>;
