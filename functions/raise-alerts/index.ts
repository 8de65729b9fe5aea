import { worker } from '../../shared/middleware/job.ts';
import { raiseAlerts } from './raise-alerts.ts';

export const handler = worker(raiseAlerts);
