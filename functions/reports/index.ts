import { SQSClient } from '@aws-sdk/client-sqs';
import { areaTotalsStore } from '../../shared/day-close/area-totals-store.ts';
import { closeStore } from '../../shared/day-close/close-store.ts';
import { makerDayStore } from '../../shared/day-close/maker-day-store.ts';
import { sellerDayStore } from '../../shared/day-close/seller-day-store.ts';
import { ledgerStore } from '../../shared/ledger/ledger-store.ts';
import { loadPendingReturns } from '../../shared/ledger/pending-return-service.ts';
import { returnedQuantityStore } from '../../shared/ledger/returned-quantity-store.ts';
import { confirmationCountStore } from '../../shared/materials/confirmation-store.ts';
import { requestStore } from '../../shared/materials/request-store.ts';
import { type ExportLinks, exportLinks } from '../../shared/platform/export-links.ts';
import { httpHandler } from '../../shared/platform/http-handler.ts';
import { type JobQueue, jobQueue } from '../../shared/platform/job-handler.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import { calibrationStore } from '../../shared/replenishment/demand-model-store.ts';
import { readSeasonalCalendar } from '../../shared/replenishment/seasonal-calendar-service.ts';
import { exportStore } from '../../shared/reports/export-store.ts';
import { statedFiguresStore } from '../../shared/reports/stated-figures-store.ts';
import { transferStore } from '../../shared/transfers/transfer-store.ts';
import { getExport } from './get-export.ts';
import { getGstr1 } from './get-gstr1.ts';
import { getMakerStatement } from './get-maker-statement.ts';
import { getReport } from './get-report.ts';
import { getStatement } from './get-statement.ts';
import { listBills } from './list-bills.ts';
import { listFestivals } from './list-festivals.ts';
import { requestExport } from './request-export.ts';

const dependencies = (runtime: Runtime & { readonly exports?: ExportLinks; readonly queue?: JobQueue }) => {
  const { clock, count, environment, tables } = runtime;
  const registry = registryStore(tables);
  const ledger = ledgerStore(tables);
  const lessons = calibrationStore(tables);
  return {
    calendar: readSeasonalCalendar(registry, lessons),
    clock,
    closes: closeStore(tables),
    confirmations: confirmationCountStore(tables),
    count,
    exportRequests: exportStore(tables),
    exports: runtime.exports ?? exportLinks(environment.exports),
    ledger,
    makerDays: makerDayStore(tables),
    lessons,
    pendingReturnsOf: loadPendingReturns({ ledger, returnedQuantities: returnedQuantityStore(tables) }),
    queue: runtime.queue ?? jobQueue(new SQSClient(), environment.queues),
    registry,
    requests: requestStore(tables),
    sellerDays: sellerDayStore(tables),
    stated: statedFiguresStore(tables),
    totals: areaTotalsStore(tables),
    transfers: transferStore(tables),
  };
};

export const handler = httpHandler(
  dependencies,
  getExport,
  getGstr1,
  getMakerStatement,
  getReport,
  getStatement,
  listBills,
  listFestivals,
  requestExport,
);
