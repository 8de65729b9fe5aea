import { alertStore } from '../../shared/alerts/alert-store.ts';
import { exceptionAlertEvaluator } from '../../shared/alerts/exception-alert-service.ts';
import { failureAlertService } from '../../shared/alerts/failure-alert-service.ts';
import { areaTotalsStore } from '../../shared/day-close/area-totals-store.ts';
import { closeStore } from '../../shared/day-close/close-store.ts';
import { makerDayStore } from '../../shared/day-close/maker-day-store.ts';
import { sellerDayStore } from '../../shared/day-close/seller-day-store.ts';
import { areaWorker } from '../../shared/platform/job-handler.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import { sumDays } from './sum-days.ts';

const dependencies = ({ clock, count, tables }: Runtime) => {
  const alerts = alertStore(tables);
  const evaluateException = exceptionAlertEvaluator({ tables, clock });
  return {
    clock,
    closes: closeStore(tables),
    count,
    failureAlerts: failureAlertService({ alerts, evaluateException, clock, count }),
    makerDays: makerDayStore(tables),
    registry: registryStore(tables),
    sellerDays: sellerDayStore(tables),
    totals: areaTotalsStore(tables),
  };
};

export const handler = areaWorker(dependencies, sumDays);
