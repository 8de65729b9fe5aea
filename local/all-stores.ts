import { alertJudge } from '../shared/alerts/alert-judge-service.ts';
import { alertStore } from '../shared/alerts/alert-store.ts';
import { matterStore } from '../shared/alerts/exception-alert-store.ts';
import { failedWork } from '../shared/alerts/failed-work-service.ts';
import { overdueOf } from '../shared/alerts/overdue-transfer-service.ts';
import { lookSilent } from '../shared/alerts/silent-outlet-service.ts';
import { judgeStock } from '../shared/alerts/stock-alert-service.ts';
import { sayTransfer } from '../shared/alerts/transfer-alert-service.ts';
import { closeStore } from '../shared/day-close/close-store.ts';
import { firstDay } from '../shared/day-close/first-day-service.ts';
import { askedStore } from '../shared/day-close/missing-number-store.ts';
import type { Seals } from '../shared/day-close/seal-store.ts';
import { totalsStore } from '../shared/day-close/totals-store.ts';
import { basketStore } from '../shared/ledger/basket-store.ts';
import { countSheetStore } from '../shared/ledger/count-sheet-store.ts';
import { customerStore } from '../shared/ledger/customer-store.ts';
import { heldStore } from '../shared/ledger/held-store.ts';
import { ledgerStore } from '../shared/ledger/ledger-store.ts';
import { readEarly } from '../shared/ledger/pending-return-service.ts';
import { waitingStore } from '../shared/ledger/pending-return-store.ts';
import { backStore } from '../shared/ledger/returned-quantity-store.ts';
import { runStore } from '../shared/materials/allocation-run-store.ts';
import { codeStore } from '../shared/materials/confirmation-code-store.ts';
import { confirmationCounts } from '../shared/materials/confirmation-count-store.ts';
import { openAccounts } from '../shared/materials/entitlement-service.ts';
import { passbookStore } from '../shared/materials/passbook-store.ts';
import { pinStore } from '../shared/materials/pin-store.ts';
import { requestStore } from '../shared/materials/request-store.ts';
import { askedDepotStore } from '../shared/materials/requested-depot-store.ts';
import { settleReserved } from '../shared/materials/reservation-service.ts';
import type { Messages } from '../shared/notifications/channel.ts';
import { messageStore } from '../shared/notifications/notification-store.ts';
import { sayOnce } from '../shared/notifications/send-once-service.ts';
import { currentRuntime, type Runtime } from '../shared/platform/runtime.ts';
import { auditStore } from '../shared/reconciliation/drift-store.ts';
import { enrolmentStore } from '../shared/registry/enrolment-store.ts';
import { registryStore } from '../shared/registry/registry-store.ts';
import { terminalKeys } from '../shared/registry/terminal-key-cache.ts';
import { lessonStore } from '../shared/replenishment/calibration-store.ts';
import { pacesStore } from '../shared/replenishment/demand-model-store.ts';
import { festivalCalendar } from '../shared/replenishment/seasonal-calendar-service.ts';
import { countedOn } from '../shared/reports/arrivals-service.ts';
import { stockStore } from '../shared/stock/stock-store.ts';
import { closeTransfer } from '../shared/transfers/close-transfer-store.ts';
import { transferStore } from '../shared/transfers/transfer-store.ts';
import { localOutbox } from './outbox.ts';
import { localSeals } from './seals.ts';

export type AllStores = ReturnType<typeof allStores>;

/** Every store and service on one runtime, for tests and the local machine. A function makes only what it uses. */
export const allStores = (
  runtime: Runtime & { readonly messages?: Messages; readonly seals?: Seals } = currentRuntime(),
) => {
  const { clock, count, tables } = runtime;
  const stock = stockStore(tables);
  const registry = registryStore(tables);
  const alerts = alertStore(tables);
  const requests = requestStore(tables);
  const passbook = passbookStore(tables);
  const runs = runStore(tables);
  const matters = matterStore(tables);
  const transfers = transferStore(tables);
  const ledger = ledgerStore(tables);
  const lessons = lessonStore(tables);
  const overdue = overdueOf({ transfers, clock });
  const back = backStore(tables);
  const judgeMatter = alertJudge({ tables, clock });
  const told = messageStore(tables);
  const messages = runtime.messages ?? localOutbox();
  return {
    alerts,
    asked: askedStore(tables),
    askedDepots: askedDepotStore(tables),
    audits: auditStore(tables),
    back,
    baskets: basketStore(tables),
    calendar: festivalCalendar(registry, lessons),
    clock,
    closeTransfer: closeTransfer(tables, transfers),
    closes: closeStore(tables),
    codes: codeStore(tables),
    confirmations: confirmationCounts(tables),
    count,
    countSheets: countSheetStore(tables),
    countedOn: countedOn(overdue),
    customers: customerStore(tables),
    enrolments: enrolmentStore(tables, registry),
    failedWork: failedWork({ matters, judgeMatter, clock, count }),
    firstDay: firstDay({ registry, clock }),
    held: heldStore(tables),
    judge: judgeStock({ stock, registry, alerts, overdueOf: overdue, clock }),
    judgeMatter,
    keys: terminalKeys(),
    ledger,
    lessons,
    lookAtAccounts: openAccounts({ passbook, registry }, 'look'),
    lookSilent: lookSilent({ ledger, clock }),
    matters,
    messages,
    openAccounts: openAccounts({ passbook, registry }),
    overdueOf: overdue,
    paces: pacesStore(tables),
    passbook,
    pins: pinStore(tables),
    readEarly: readEarly({ back, ledger }),
    registry,
    requests,
    runs,
    sayOnce: sayOnce({ told, messages }),
    sayTransfer: sayTransfer({ transfers, judgeMatter, clock }),
    seals: runtime.seals ?? localSeals(),
    settleReserved: settleReserved({ stock, requests, runs, registry, clock }),
    stock,
    told,
    totals: totalsStore(tables),
    transfers,
    waiting: waitingStore(tables),
  };
};
