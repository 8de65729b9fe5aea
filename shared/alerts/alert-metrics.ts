import type { MetricName } from '../platform/metric-names.ts';
import type { AlertOutcome } from './alert-state.ts';

/** What became of an alert, as it is counted. */
export const ALERT_COUNTS: Record<AlertOutcome, MetricName> = {
  opened: 'AlertsOpened',
  refreshed: 'AlertsRefreshed',
  woken: 'AlertsWoken',
  escalated: 'AlertsEscalated',
  resolved: 'AlertsResolved',
};
