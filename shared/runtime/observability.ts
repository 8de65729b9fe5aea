import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { Tracer } from '@aws-lambda-powertools/tracer';
import type { Did } from '../domain/alerts/life.ts';

/** Powertools reads its own environment (POWERTOOLS_…): service name, level, whether metrics and traces are on. */
export const logger = new Logger();
export const metrics = new Metrics({ namespace: 'Bahi' });
export const tracer = new Tracer();

/** How often something happened; the names are the dashboard's. */
export type Count = (what: CountName, times: number) => void;
export type CountName =
  | 'VouchersRecorded'
  | 'VouchersRepeated'
  | 'VouchersRefused'
  | 'VouchersHeld'
  | 'LocationsPlanned'
  | 'AreasPlanned'
  | 'DaysClosed'
  | 'DaysLookedAt'
  | 'DaysSummed'
  | 'DaysFolded'
  | 'ClosesMissing'
  | 'PlansChanged'
  | 'LocationsReplanned'
  | 'LocationsSwept'
  | 'AlertsOpened'
  | 'AlertsRefreshed'
  | 'AlertsWoken'
  | 'AlertsEscalated'
  | 'EventsPublished'
  | 'MessagesSent'
  | 'AlertsResolved'
  | 'RequestsLapsed'
  | 'RequestsReduced'
  | 'RequestsAllocated'
  | 'RequestsWaiting'
  | 'RunsFinished'
  | 'LocationsAudited'
  | 'DriftsFound';

/** What became of an alert, as it is counted. */
export const ALERT_COUNTS: Record<Did, CountName> = {
  opened: 'AlertsOpened',
  refreshed: 'AlertsRefreshed',
  woken: 'AlertsWoken',
  escalated: 'AlertsEscalated',
  resolved: 'AlertsResolved',
};

export const countInMetrics: Count = (what, times) => metrics.addMetric(what, MetricUnit.Count, times);
