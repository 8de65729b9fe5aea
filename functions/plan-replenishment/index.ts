import { alertStore } from '../../shared/alerts/alert-store.ts';
import { exceptionAlertEvaluator } from '../../shared/alerts/exception-alert-service.ts';
import { failureAlertService } from '../../shared/alerts/failure-alert-service.ts';
import { closeStore } from '../../shared/day-close/close-store.ts';
import { stockLocationWorker } from '../../shared/platform/job-handler.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import { calibrationStore, demandModelStore } from '../../shared/replenishment/demand-model-store.ts';
import { readSeasonalCalendar } from '../../shared/replenishment/seasonal-calendar-service.ts';
import { stockStore } from '../../shared/stock/stock-store.ts';
import { transferStore } from '../../shared/transfers/transfer-store.ts';
import { planReplenishment } from './plan-replenishment.ts';

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
    paces: demandModelStore(tables),
    registry,
    stock: stockStore(tables),
    transfers: transferStore(tables),
  };
};

export const handler = stockLocationWorker(dependencies, planReplenishment);
