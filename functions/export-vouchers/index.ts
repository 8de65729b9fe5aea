import { S3Client } from '@aws-sdk/client-s3';
import { alertStore } from '../../shared/alerts/alert-store.ts';
import { exceptionAlertEvaluator } from '../../shared/alerts/exception-alert-service.ts';
import { failureAlertService } from '../../shared/alerts/failure-alert-service.ts';
import { ledgerStore } from '../../shared/ledger/ledger-store.ts';
import { locationWorker } from '../../shared/platform/job-handler.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import { type ExportFileStore, exportFileStore } from '../../shared/reports/export-file-store.ts';
import { exportVouchers } from './export-vouchers.ts';

const dependencies = (runtime: Runtime & { readonly exports?: ExportFileStore }) => {
  const { clock, count, environment, tables } = runtime;
  const alerts = alertStore(tables);
  const evaluateException = exceptionAlertEvaluator({ tables, clock });
  return {
    count,
    exports: runtime.exports ?? exportFileStore(new S3Client(), environment.exports),
    failureAlerts: failureAlertService({ alerts, evaluateException, clock, count }),
    ledger: ledgerStore(tables),
    registry: registryStore(tables),
  };
};

export const handler = locationWorker(dependencies, exportVouchers);
