import { alertJudge } from '../../shared/alerts/alert-judge-service.ts';
import { alertStore } from '../../shared/alerts/alert-store.ts';
import { matterStore } from '../../shared/alerts/exception-alert-store.ts';
import { failedWork } from '../../shared/alerts/failed-work-service.ts';
import { overdueOf } from '../../shared/alerts/overdue-transfer-service.ts';
import { lookSilent } from '../../shared/alerts/silent-outlet-service.ts';
import { judgeStock } from '../../shared/alerts/stock-alert-service.ts';
import { sayTransfer } from '../../shared/alerts/transfer-alert-service.ts';
import { closeStore } from '../../shared/day-close/close-store.ts';
import { askedStore } from '../../shared/day-close/missing-number-store.ts';
import { basketStore } from '../../shared/ledger/basket-store.ts';
import { heldStore } from '../../shared/ledger/held-store.ts';
import { ledgerStore } from '../../shared/ledger/ledger-store.ts';
import { readEarly } from '../../shared/ledger/pending-return-service.ts';
import { waitingStore } from '../../shared/ledger/pending-return-store.ts';
import { backStore } from '../../shared/ledger/returned-quantity-store.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import { stockStore } from '../../shared/stock/stock-store.ts';
import { transferStore } from '../../shared/transfers/transfer-store.ts';

/** What this function uses. */
export const dependencies = ({ clock, count, tables }: Runtime) => {
  const stock = stockStore(tables);
  const registry = registryStore(tables);
  const alerts = alertStore(tables);
  const matters = matterStore(tables);
  const transfers = transferStore(tables);
  const ledger = ledgerStore(tables);
  const overdue = overdueOf({ transfers, clock });
  const back = backStore(tables);
  const judgeMatter = alertJudge({ tables, clock });
  return {
    alerts,
    asked: askedStore(tables),
    baskets: basketStore(tables),
    clock,
    closes: closeStore(tables),
    count,
    failedWork: failedWork({ matters, judgeMatter, clock, count }),
    held: heldStore(tables),
    judge: judgeStock({ stock, registry, alerts, overdueOf: overdue, clock }),
    judgeMatter,
    lookSilent: lookSilent({ ledger, clock }),
    matters,
    overdueOf: overdue,
    readEarly: readEarly({ back, ledger }),
    registry,
    sayTransfer: sayTransfer({ transfers, judgeMatter, clock }),
    stock,
    transfers,
    waiting: waitingStore(tables),
  };
};
