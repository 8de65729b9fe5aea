import { alertStore } from '../../shared/alerts/alert-store.ts';
import { exceptionAlertEvaluator } from '../../shared/alerts/exception-alert-service.ts';
import { failureAlertService } from '../../shared/alerts/failure-alert-service.ts';
import { closeStore } from '../../shared/day-close/close-store.ts';
import { areaWorker } from '../../shared/platform/job-handler.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import { calibrationStore, demandModelStore } from '../../shared/replenishment/demand-model-store.ts';
import { readSeasonalCalendar } from '../../shared/replenishment/seasonal-calendar-service.ts';
import { updateDemandModel } from './update-demand-model.ts';

const dependencies = ({ clock, count, tables }: Runtime) => {
  const registry = registryStore(tables);
  const alerts = alertStore(tables);
  const lessons = calibrationStore(tables);
  const evaluateException = exceptionAlertEvaluator({ tables, clock });
  return {
    calendar: readSeasonalCalendar(registry, lessons),
    clock,
    closes: closeStore(tables),
    count,
    failureAlerts: failureAlertService({ alerts, evaluateException, clock, count }),
    lessons,
    paces: demandModelStore(tables),
    registry,
  };
};

export const handler = areaWorker(dependencies, updateDemandModel);
