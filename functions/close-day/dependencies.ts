import { S3Client } from '@aws-sdk/client-s3';
import { alertStore } from '../../shared/alerts/alert-store.ts';
import { exceptionAlertEvaluator } from '../../shared/alerts/exception-alert-service.ts';
import { failureAlertService } from '../../shared/alerts/failure-alert-service.ts';
import { closeStore } from '../../shared/day-close/close-store.ts';
import { makerDayStore } from '../../shared/day-close/maker-day-store.ts';
import { type SealStore, sealStore } from '../../shared/day-close/seal-store.ts';
import { heldStore } from '../../shared/ledger/held-store.ts';
import { ledgerStore } from '../../shared/ledger/ledger-store.ts';
import { loadPendingReturns } from '../../shared/ledger/pending-return-service.ts';
import { pendingReturnStore } from '../../shared/ledger/pending-return-store.ts';
import { returnedQuantityStore } from '../../shared/ledger/returned-quantity-store.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { findFirstDay } from '../../shared/registry/enrolment-service.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import { transferStore } from '../../shared/transfers/transfer-store.ts';

export const dependencies = (runtime: Runtime & { readonly seals?: SealStore }) => {
  const { clock, count, environment, tables } = runtime;
  const registry = registryStore(tables);
  const alerts = alertStore(tables);
  const ledger = ledgerStore(tables);
  const returnedQuantities = returnedQuantityStore(tables);
  const evaluateException = exceptionAlertEvaluator({ tables, clock });
  return {
    clock,
    closes: closeStore(tables),
    count,
    failureAlerts: failureAlertService({ alerts, evaluateException, clock, count }),
    firstDay: findFirstDay({ registry, clock }),
    held: heldStore(tables),
    evaluateException,
    ledger,
    makerDays: makerDayStore(tables),
    pendingReturnsOf: loadPendingReturns({ returnedQuantities, ledger }),
    registry,
    seals: runtime.seals ?? sealStore(new S3Client(), environment.seals),
    transfers: transferStore(tables),
    pendingReturns: pendingReturnStore(tables),
  };
};
