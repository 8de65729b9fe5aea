import { alertStore } from '../../shared/alerts/alert-store.ts';
import { exceptionAlertEvaluator } from '../../shared/alerts/exception-alert-service.ts';
import { failureAlertService } from '../../shared/alerts/failure-alert-service.ts';
import { allocationRunStore } from '../../shared/materials/allocation-run-store.ts';
import { openAccounts } from '../../shared/materials/entitlement-service.ts';
import { passbookStore } from '../../shared/materials/passbook-store.ts';
import { requestStore } from '../../shared/materials/request-store.ts';
import { stockLocationWorker } from '../../shared/platform/job-handler.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import { stockStore } from '../../shared/stock/stock-store.ts';
import { allocateMaterials } from './allocate-materials.ts';

const dependencies = ({ clock, count, tables }: Runtime) => {
  const registry = registryStore(tables);
  const passbook = passbookStore(tables);
  const alerts = alertStore(tables);
  const evaluateException = exceptionAlertEvaluator({ tables, clock });
  return {
    clock,
    count,
    failureAlerts: failureAlertService({ alerts, evaluateException, clock, count }),
    openAccounts: openAccounts({ passbook, registry }),
    registry,
    requests: requestStore(tables),
    runs: allocationRunStore(tables),
    stock: stockStore(tables),
  };
};

export const handler = stockLocationWorker(dependencies, allocateMaterials);
