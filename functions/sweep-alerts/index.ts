import { placeWorker } from '../../shared/platform/job.ts';
import { raiseAlerts } from './sweep-alerts.ts';

export const handler = placeWorker(raiseAlerts);
