import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { Tracer } from '@aws-lambda-powertools/tracer';

/** Powertools reads its own environment (POWERTOOLS_…): level, sampling, whether metrics and traces are on. */
const serviceName = 'bahi';
export const logger = new Logger({ serviceName });
export const metrics = new Metrics({ namespace: 'Bahi', serviceName });
export const tracer = new Tracer({ serviceName });

/** How often something happened; the names are the dashboard's. */
export type Count = (what: CountName, times: number) => void;
export type CountName =
  | 'VouchersRecorded'
  | 'VouchersRepeated'
  | 'VouchersRefused'
  | 'LocationsPlanned'
  | 'LocationsSwept'
  | 'AlertsOpened'
  | 'AlertsRefreshed'
  | 'AlertsResolved';

export const countInMetrics: Count = (what, times) => metrics.addMetric(what, MetricUnit.Count, times);
