import { alertStore } from '../../shared/alerts/alert-store.ts';
import { matterStore } from '../../shared/alerts/exception-alert-store.ts';
import { http } from '../../shared/platform/http.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import { acknowledgeAlert } from './acknowledge-alert.ts';
import { listAlerts } from './list-alerts.ts';
import { snoozeAlert } from './snooze-alert.ts';

const dependencies = ({ clock, tables }: Runtime) => ({
  alerts: alertStore(tables),
  clock,
  matters: matterStore(tables),
  registry: registryStore(tables),
});

export const handler = http(dependencies, listAlerts, acknowledgeAlert, snoozeAlert);
