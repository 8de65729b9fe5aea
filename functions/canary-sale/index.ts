import { Environment } from '../../shared/platform/environment.ts';
import { countInMetrics, lambdaHandler } from '../../shared/platform/telemetry.ts';
import { tryCanarySale } from './try-canary-sale.ts';

const { api } = Environment.parse(process.env);

export const handler = lambdaHandler<unknown, void>(() => tryCanarySale({ api, count: countInMetrics }));
