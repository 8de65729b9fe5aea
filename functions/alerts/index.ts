import { alertStore } from '../../shared/alerts/alert-store.ts';
import { httpHandler } from '../../shared/platform/http-handler.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import { acknowledgeAlert } from './acknowledge-alert.ts';
import { countAlerts } from './count-alerts.ts';
import { listAlerts } from './list-alerts.ts';
import { snoozeAlert } from './snooze-alert.ts';

const dependencies = ({ clock, tables }: Runtime) => ({
  alerts: alertStore(tables),
  clock,
  registry: registryStore(tables),
});

export const handler = httpHandler(dependencies, listAlerts, countAlerts, acknowledgeAlert, snoozeAlert);
