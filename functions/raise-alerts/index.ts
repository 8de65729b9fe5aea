import { placeWorker } from '../../shared/middleware/job.ts';
import { raiseAlerts } from './raise-alerts.ts';

export const handler = placeWorker(raiseAlerts);
