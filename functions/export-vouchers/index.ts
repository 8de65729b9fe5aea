import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { alertStore } from '../../shared/alerts/alert-store.ts';
import { exceptionAlertEvaluator } from '../../shared/alerts/exception-alert-service.ts';
import { failureAlertService } from '../../shared/alerts/failure-alert-service.ts';
import { ledgerStore } from '../../shared/ledger/ledger-store.ts';
import { type ExportFileStore, exportFileStore } from '../../shared/platform/export-file-store.ts';
import { type JobQueue, jobQueue, jobWorker } from '../../shared/platform/job-handler.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import { ExportMessage } from '../../shared/reports/export-request.ts';
import { exportStore } from '../../shared/reports/export-store.ts';
import { exportVouchers } from './export-vouchers.ts';
import { exportPart, queueLocations } from './requested-export.ts';

const dependencies = (runtime: Runtime & { readonly exports?: ExportFileStore; readonly queue?: JobQueue }) => {
  const { clock, count, environment, tables } = runtime;
  const alerts = alertStore(tables);
  const evaluateException = exceptionAlertEvaluator({ tables, clock });
  return {
    clock,
    count,
    exports: runtime.exports ?? exportFileStore(new S3Client(), environment.exports),
    failureAlerts: failureAlertService({ alerts, evaluateException, clock, count }),
    ledger: ledgerStore(tables),
    queue: runtime.queue ?? jobQueue(new SQSClient(), environment.queues),
    registry: registryStore(tables),
    exportRequests: exportStore(tables),
  };
};

export const handler = jobWorker(ExportMessage, dependencies, (message, deps) => {
  if ('area' in message) return queueLocations(message, deps);
  return 'export' in message ? exportPart(message, deps) : exportVouchers(message, deps);
});
