import { alertJudge } from '../../shared/alerts/alert-judge-service.ts';
import { matterStore } from '../../shared/alerts/exception-alert-store.ts';
import { failedWork } from '../../shared/alerts/failed-work-service.ts';
import { runStore } from '../../shared/materials/allocation-run-store.ts';
import { requestStore } from '../../shared/materials/request-store.ts';
import { settleReserved } from '../../shared/materials/reservation-service.ts';
import { worker } from '../../shared/platform/job.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import { stockStore } from '../../shared/stock/stock-store.ts';
import { expireReservations } from './expire-reservations.ts';

const dependencies = ({ clock, count, tables }: Runtime) => {
  const stock = stockStore(tables);
  const registry = registryStore(tables);
  const requests = requestStore(tables);
  const runs = runStore(tables);
  const matters = matterStore(tables);
  const judgeMatter = alertJudge({ tables, clock });
  return {
    clock,
    count,
    failedWork: failedWork({ matters, judgeMatter, clock, count }),
    registry,
    requests,
    settleReserved: settleReserved({ stock, requests, runs, registry, clock }),
    stock,
  };
};

export const handler = worker(dependencies, expireReservations);
