import type { Alert } from './alert.ts';
import { isUnresolved } from './alert-state.ts';

export const ALERT_EVENT_NAMES = ['opened', 'acknowledged', 'snoozed', 'woken', 'escalated', 'resolved'] as const;
export type AlertEventName = (typeof ALERT_EVENT_NAMES)[number];

/** What happened to an alert from one write to the next, in its order. That figures move is no news of its own. */
export const alertEventNames = (before: Alert | undefined, after: Alert): readonly AlertEventName[] => {
  if (!before || !isUnresolved(before) || before.episode !== after.episode)
    return isUnresolved(after) ? ['opened'] : [];
  if (!isUnresolved(after)) return ['resolved'];
  const turned = EVENT_OF_STATE[after.state];
  const again = after.state === 'snoozed' && before.snoozed?.until !== after.snoozed?.until;
  return [
    ...(turned && (before.state !== after.state || again) ? [turned] : []),
    ...(before.level === after.level ? [] : (['escalated'] as const)),
  ];
};

const EVENT_OF_STATE = {
  open: 'woken',
  acknowledged: 'acknowledged',
  snoozed: 'snoozed',
  resolved: undefined,
} as const;
