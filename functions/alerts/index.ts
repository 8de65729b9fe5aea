import { http } from '../../shared/platform/http.ts';
import { acknowledgeAlert } from './acknowledge-alert.ts';
import { listAlerts } from './list-alerts.ts';
import { snoozeAlert } from './snooze-alert.ts';

export const handler = http(listAlerts, acknowledgeAlert, snoozeAlert);
