import * as z from 'zod';
import { AreaId } from '../kernel/ids.ts';
import { Version } from '../kernel/quantity.ts';
import { Instant } from '../kernel/time.ts';
import { BilingualText } from '../kernel/units.ts';
import { Audience } from '../registry/staff.ts';
import { type Alert, AlertType, alertKeyOf } from './alert.ts';
import { AlertKey } from './alert-source.ts';
import { AlertState, EscalationLevel, isUnresolved } from './alert-state.ts';

export const ALERT_EVENT_NAMES = ['opened', 'acknowledged', 'snoozed', 'woken', 'escalated', 'resolved'] as const;
export type AlertEventName = (typeof ALERT_EVENT_NAMES)[number];

/** Event names between two writes, in order. Changed figures are no event. */
export const alertEventNames = (before: Alert | undefined, after: Alert): readonly AlertEventName[] => {
  if (!before || !isUnresolved(before) || before.episode !== after.episode)
    return isUnresolved(after) ? ['opened'] : [];
  if (!isUnresolved(after)) return ['resolved'];
  const event = EVENT_OF_STATE[after.state];
  const isNewSnooze = after.state === 'snoozed' && before.snoozed?.until !== after.snoozed?.until;
  return [
    ...(event && (before.state !== after.state || isNewSnooze) ? [event] : []),
    ...(before.level === after.level ? [] : (['escalated'] as const)),
  ];
};

const EVENT_OF_STATE = {
  open: 'woken',
  acknowledged: 'acknowledged',
  snoozed: 'snoozed',
  resolved: undefined,
} as const;

export const alertEventOf = (event: AlertEventName, alert: Alert, says: BilingualText): AlertEvent => {
  const { location, district, type, state, level, episode, version, figures, before } = alert;
  const key = alertKeyOf(alert);
  return {
    specversion: '1.0',
    id: `${location}/${key}/${version}/${event}`,
    source: '/bahi/alerts',
    type: eventTypeOf(event),
    time: EVENT_TIMES[event](alert) ?? alert.openedAt,
    subject: `${location}/${key}`,
    datacontenttype: 'application/json',
    dataschema: 'urn:bahi:schema:alert:v1',
    data: {
      alert: key,
      location,
      district,
      type,
      state,
      level,
      episode,
      version,
      figures,
      ...(before && { before }),
      says,
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

/** A version only gains fields. Other changes need a new version. */
export const eventTypeOf = (event: AlertEventName): `in.gov.up.bahi.alert.${AlertEventName}.v1` =>
  `in.gov.up.bahi.alert.${event}.v1`;

/** CloudEvents 1.0. Repeats have the same `source` and `id`. */
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
    location: Audience,
    district: AreaId,
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
