import type { Told } from '../kernel/bilingual-text.ts';
import type { Instant } from '../kernel/time.ts';
import type { Alert } from './alert.ts';
import type { Happening } from './alert-change.ts';
import { type AlertEvent, typeOf } from './alert-event-schema.ts';
import { keyOf } from './alert-key.ts';

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
