import { locationAndAreaWorker } from '../../shared/platform/job-handler.ts';
import { dependencies } from './dependencies.ts';
import { sweepAlerts, sweepAreaAlerts } from './sweep-alerts.ts';

export const handler = locationAndAreaWorker(dependencies, sweepAlerts, sweepAreaAlerts);
