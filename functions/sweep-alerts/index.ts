import { placeWorker } from '../../shared/platform/job.ts';
import { dependencies } from './dependencies.ts';
import { raiseAlerts } from './sweep-alerts.ts';

export const handler = placeWorker(dependencies, raiseAlerts);
