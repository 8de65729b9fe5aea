import { alertJudge } from '../../shared/alerts/alert-judge-service.ts';
import { overdueOf } from '../../shared/alerts/overdue-transfer-service.ts';
import { sayTransfer } from '../../shared/alerts/transfer-alert-service.ts';
import { closeStore } from '../../shared/day-close/close-store.ts';
import { askedStore } from '../../shared/day-close/missing-number-store.ts';
import { basketStore } from '../../shared/ledger/basket-store.ts';
import { countSheetStore } from '../../shared/ledger/count-sheet-store.ts';
import { customerStore } from '../../shared/ledger/customer-store.ts';
import { heldStore } from '../../shared/ledger/held-store.ts';
import { ledgerStore } from '../../shared/ledger/ledger-store.ts';
import { readEarly } from '../../shared/ledger/pending-return-service.ts';
import { waitingStore } from '../../shared/ledger/pending-return-store.ts';
import { backStore } from '../../shared/ledger/returned-quantity-store.ts';
import { requestStore } from '../../shared/materials/request-store.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { auditStore } from '../../shared/reconciliation/drift-store.ts';
import { enrolmentStore } from '../../shared/registry/enrolment-store.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import { terminalKeys } from '../../shared/registry/terminal-key-cache.ts';
import { countedOn } from '../../shared/reports/arrivals-service.ts';
import { stockStore } from '../../shared/stock/stock-store.ts';
import { closeTransfer } from '../../shared/transfers/close-transfer-store.ts';
import { transferStore } from '../../shared/transfers/transfer-store.ts';

/** What this function uses. */
export const dependencies = ({ clock, count, tables }: Runtime) => {
  const registry = registryStore(tables);
  const transfers = transferStore(tables);
  const ledger = ledgerStore(tables);
  const overdue = overdueOf({ transfers, clock });
  const back = backStore(tables);
  const judgeMatter = alertJudge({ tables, clock });
  return {
    asked: askedStore(tables),
    audits: auditStore(tables),
    back,
    baskets: basketStore(tables),
    clock,
    closeTransfer: closeTransfer(tables, transfers),
    closes: closeStore(tables),
    count,
    countSheets: countSheetStore(tables),
    countedOn: countedOn(overdue),
    customers: customerStore(tables),
    enrolments: enrolmentStore(tables, registry),
    held: heldStore(tables),
    judgeMatter,
    keys: terminalKeys(),
    ledger,
    readEarly: readEarly({ back, ledger }),
    registry,
    requests: requestStore(tables),
    sayTransfer: sayTransfer({ transfers, judgeMatter, clock }),
    stock: stockStore(tables),
    transfers,
    waiting: waitingStore(tables),
  };
};
