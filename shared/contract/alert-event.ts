import type { Alert } from '../domain/alerts/alert.ts';
import { keyOf } from '../domain/alerts/alert-key.ts';
import type { Happening } from '../domain/alerts/happened.ts';
import type { Told } from '../domain/materials/request.ts';
import type { Instant } from '../domain/time.ts';
import { type AlertEvent, typeOf } from './events.ts';

/** One thing that happened to an alert, for whoever listens. */
export const alertEvent = (happening: Happening, alert: Alert, says: Told): AlertEvent => {
  const { location, district, type, state, level, episode, version, figures, before } = alert;
  const key = keyOf(alert);
  return {
    specversion: '1.0',
    id: `${location}/${key}/${version}/${happening}`,
    source: '/bahi/alerts',
    type: typeOf(happening),
    time: TIMES[happening](alert) ?? alert.openedAt,
    subject: `${location}/${key}`,
    datacontenttype: 'application/json',
    dataschema: 'urn:bahi:schema:alert:v1',
    data: {
      ...{ alert: key, location, district, type, state, level, episode, version },
      ...{ figures, ...(before && { before }), says },
    },
  };
};

const TIMES = {
  opened: ({ openedAt }) => openedAt,
  acknowledged: ({ acknowledged }) => acknowledged?.at,
  snoozed: ({ snoozed }) => snoozed?.at,
  woken: ({ snoozed }) => snoozed?.until,
  escalated: ({ escalatedAt }) => escalatedAt,
  resolved: ({ resolvedAt }) => resolvedAt,
} as const satisfies Record<Happening, (alert: Alert) => Instant | undefined>;
