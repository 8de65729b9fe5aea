/** Where CloudWatch has our metrics: what counts them and what rings at them say the same. */
export const METRIC_SOURCE = { namespace: 'Bahi', service: 'bahi' } as const;

/** What is counted. */
const METRIC_NAMES = [
  'VouchersRecorded',
  'VouchersRepeated',
  'VouchersRefused',
  'VouchersHeld',
  'AsksAccepted',
  'LocationsPlanned',
  'AreasPlanned',
  'DaysClosed',
  'DaysLookedAt',
  'DaysSummed',
  'DaysFolded',
  'ClosesMissing',
  'FestivalsLearned',
  'PlansChanged',
  'LocationsReplanned',
  'LocationsSwept',
  'AlertsOpened',
  'AlertsRefreshed',
  'AlertsWoken',
  'AlertsEscalated',
  'AlertsResolved',
  'EventsPublished',
  'MessagesSent',
  'RequestsLapsed',
  'RequestsReduced',
  'RequestsAllocated',
  'RequestsWaiting',
  'RunsFinished',
  'LocationsAudited',
  'DriftsFound',
  'WorkFailed',
  'RowsUnreadable',
] as const;
export type MetricName = (typeof METRIC_NAMES)[number];
