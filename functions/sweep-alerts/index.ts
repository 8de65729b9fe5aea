import { locationWorker } from '../../shared/platform/job-handler.ts';
import { dependencies } from './dependencies.ts';
import { sweepAlerts } from './sweep-alerts.ts';

export const handler = locationWorker(dependencies, sweepAlerts);
