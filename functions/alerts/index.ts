import { http } from '../../shared/middleware/http.ts';
import { listAlerts } from './list-alerts.ts';

export const handler = http(listAlerts);
