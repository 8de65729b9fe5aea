import type { CountName } from '../platform/metric-names.ts';
import type { Did } from './alert-state.ts';

/** What became of an alert, as it is counted. */
export const ALERT_COUNTS: Record<Did, CountName> = {
  opened: 'AlertsOpened',
  refreshed: 'AlertsRefreshed',
  woken: 'AlertsWoken',
  escalated: 'AlertsEscalated',
  resolved: 'AlertsResolved',
};
