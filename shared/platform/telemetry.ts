import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { Tracer } from '@aws-lambda-powertools/tracer';
import { withoutData } from './log-fields.ts';
import { type CountName, METRICS } from './metric-names.ts';

const { namespace, service: serviceName } = METRICS;

/** Powertools reads its own environment (POWERTOOLS_…): level, whether metrics and traces are on. */
export const logger = new Logger({ serviceName, jsonReplacerFn: withoutData });
export const metrics = new Metrics({ namespace, serviceName });
export const tracer = new Tracer({ serviceName });

/** How often something happened. */
export type Count = (what: CountName, times: number) => void;

export const countInMetrics: Count = (what, times) => metrics.addMetric(what, MetricUnit.Count, times);
