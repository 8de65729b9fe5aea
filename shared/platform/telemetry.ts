import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { withoutData } from './log-fields.ts';
import { MaskedTracer } from './masked-tracer.ts';
import { METRIC_SOURCE, type MetricName } from './metric-names.ts';

const { namespace, service: serviceName } = METRIC_SOURCE;

/** Powertools reads POWERTOOLS_… for level, metrics and traces. */
export const logger = new Logger({ serviceName, jsonReplacerFn: withoutData });
export const metrics = new Metrics({ namespace, serviceName });
export const tracer = new MaskedTracer({ serviceName });

export type CountMetric = (what: MetricName, times: number) => void;

export const countInMetrics: CountMetric = (what, times) => metrics.addMetric(what, MetricUnit.Count, times);
