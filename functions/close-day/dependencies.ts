import { S3Client } from '@aws-sdk/client-s3';
import { alertJudge } from '../../shared/alerts/alert-judge-service.ts';
import { matterStore } from '../../shared/alerts/exception-alert-store.ts';
import { failedWork } from '../../shared/alerts/failed-work-service.ts';
import { closeStore } from '../../shared/day-close/close-store.ts';
import { firstDay } from '../../shared/day-close/first-day-service.ts';
import { bucketSeals, type Seals } from '../../shared/day-close/seal-store.ts';
import { heldStore } from '../../shared/ledger/held-store.ts';
import { ledgerStore } from '../../shared/ledger/ledger-store.ts';
import { readEarly } from '../../shared/ledger/pending-return-service.ts';
import { waitingStore } from '../../shared/ledger/pending-return-store.ts';
import { backStore } from '../../shared/ledger/returned-quantity-store.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import { transferStore } from '../../shared/transfers/transfer-store.ts';

/** What this function uses. */
export const dependencies = (runtime: Runtime & { readonly seals?: Seals }) => {
  const { clock, count, environment, tables } = runtime;
  const registry = registryStore(tables);
  const matters = matterStore(tables);
  const ledger = ledgerStore(tables);
  const back = backStore(tables);
  const judgeMatter = alertJudge({ tables, clock });
  return {
    clock,
    closes: closeStore(tables),
    count,
    failedWork: failedWork({ matters, judgeMatter, clock, count }),
    firstDay: firstDay({ registry, clock }),
    held: heldStore(tables),
    judgeMatter,
    ledger,
    readEarly: readEarly({ back, ledger }),
    registry,
    seals: runtime.seals ?? bucketSeals(new S3Client(), environment.seals),
    transfers: transferStore(tables),
    waiting: waitingStore(tables),
  };
};
