import { S3Client } from '@aws-sdk/client-s3';
import { alertStore } from '../../shared/alerts/alert-store.ts';
import { exceptionAlertEvaluator } from '../../shared/alerts/exception-alert-service.ts';
import { failureAlertService } from '../../shared/alerts/failure-alert-service.ts';
import { closeStore } from '../../shared/day-close/close-store.ts';
import { type SealStore, sealStore } from '../../shared/day-close/seal-store.ts';
import { ledgerStore } from '../../shared/ledger/ledger-store.ts';
import { allocationRunStore } from '../../shared/materials/allocation-run-store.ts';
import { passbookStore } from '../../shared/materials/passbook-store.ts';
import { requestStore } from '../../shared/materials/request-store.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { reconciliationStore } from '../../shared/reconciliation/reconciliation-store.ts';
import { findFirstDay } from '../../shared/registry/enrolment-service.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import { stockStore } from '../../shared/stock/stock-store.ts';
import { transferStore } from '../../shared/transfers/transfer-store.ts';

export const dependencies = (runtime: Runtime & { readonly seals?: SealStore }) => {
  const { clock, count, environment, tables } = runtime;
  const registry = registryStore(tables);
  const alerts = alertStore(tables);
  const evaluateException = exceptionAlertEvaluator({ tables, clock });
  return {
    audits: reconciliationStore(tables),
    clock,
    closes: closeStore(tables),
    count,
    failureAlerts: failureAlertService({ alerts, evaluateException, clock, count }),
    firstDay: findFirstDay({ registry, clock }),
    evaluateException,
    ledger: ledgerStore(tables),
    passbook: passbookStore(tables),
    registry,
    requests: requestStore(tables),
    runs: allocationRunStore(tables),
    seals: runtime.seals ?? sealStore(new S3Client(), environment.seals),
    stock: stockStore(tables),
    transfers: transferStore(tables),
  };
};
