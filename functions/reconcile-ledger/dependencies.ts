import { S3Client } from '@aws-sdk/client-s3';
import { alertJudge } from '../../shared/alerts/alert-judge-service.ts';
import { matterStore } from '../../shared/alerts/exception-alert-store.ts';
import { failedWork } from '../../shared/alerts/failed-work-service.ts';
import { closeStore } from '../../shared/day-close/close-store.ts';
import { firstDay } from '../../shared/day-close/first-day-service.ts';
import { bucketSeals, type Seals } from '../../shared/day-close/seal-store.ts';
import { ledgerStore } from '../../shared/ledger/ledger-store.ts';
import { runStore } from '../../shared/materials/allocation-run-store.ts';
import { passbookStore } from '../../shared/materials/passbook-store.ts';
import { requestStore } from '../../shared/materials/request-store.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { auditStore } from '../../shared/reconciliation/drift-store.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import { stockStore } from '../../shared/stock/stock-store.ts';
import { transferStore } from '../../shared/transfers/transfer-store.ts';

/** What this function uses. */
export const dependencies = (runtime: Runtime & { readonly seals?: Seals }) => {
  const { clock, count, environment, tables } = runtime;
  const registry = registryStore(tables);
  const matters = matterStore(tables);
  const judgeMatter = alertJudge({ tables, clock });
  return {
    audits: auditStore(tables),
    clock,
    closes: closeStore(tables),
    count,
    failedWork: failedWork({ matters, judgeMatter, clock, count }),
    firstDay: firstDay({ registry, clock }),
    judgeMatter,
    ledger: ledgerStore(tables),
    passbook: passbookStore(tables),
    registry,
    requests: requestStore(tables),
    runs: runStore(tables),
    seals: runtime.seals ?? bucketSeals(new S3Client(), environment.seals),
    stock: stockStore(tables),
    transfers: transferStore(tables),
  };
};
