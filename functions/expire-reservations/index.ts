import { alertStore } from '../../shared/alerts/alert-store.ts';
import { exceptionAlertEvaluator } from '../../shared/alerts/exception-alert-service.ts';
import { failureAlertService } from '../../shared/alerts/failure-alert-service.ts';
import { allocationRunStore } from '../../shared/materials/allocation-run-store.ts';
import { requestStore } from '../../shared/materials/request-store.ts';
import { reduceReservations } from '../../shared/materials/reservation-service.ts';
import { stockLocationWorker } from '../../shared/platform/job-handler.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import { stockStore } from '../../shared/stock/stock-store.ts';
import { expireReservations } from './expire-reservations.ts';

const dependencies = ({ clock, count, tables }: Runtime) => {
  const stock = stockStore(tables);
  const registry = registryStore(tables);
  const requests = requestStore(tables);
  const runs = allocationRunStore(tables);
  const alerts = alertStore(tables);
  const evaluateException = exceptionAlertEvaluator({ tables, clock });
  return {
    clock,
    count,
    failureAlerts: failureAlertService({ alerts, evaluateException, clock, count }),
    registry,
    requests,
    reduceReservations: reduceReservations({ stock, requests, runs, registry, clock }),
    stock,
  };
};

export const handler = stockLocationWorker(dependencies, expireReservations);
