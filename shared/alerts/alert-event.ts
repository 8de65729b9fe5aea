import type { BilingualText } from '../kernel/bilingual-text.ts';
import type { Instant } from '../kernel/time.ts';
import type { Alert } from './alert.ts';
import type { AlertEventName } from './alert-change.ts';
import { type AlertEvent, eventTypeOf } from './alert-event-schema.ts';
import { alertKeyOf } from './alert-key.ts';

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
