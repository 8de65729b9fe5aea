import { alertStore } from '../shared/alerts/alert-store.ts';
import { exceptionAlertEvaluator, readSilentState } from '../shared/alerts/exception-alert-service.ts';
import { failureAlertService } from '../shared/alerts/failure-alert-service.ts';
import { evaluateStockAlerts, readExpectedStock, readOverdueQuantities } from '../shared/alerts/stock-alert-service.ts';
import { evaluateTransferAlerts } from '../shared/alerts/voucher-alert-service.ts';
import { areaTotalsStore } from '../shared/day-close/area-totals-store.ts';
import { missingNumberStore } from '../shared/day-close/close-evidence-store.ts';
import { closeStore } from '../shared/day-close/close-store.ts';
import { makerDayStore } from '../shared/day-close/maker-day-store.ts';
import type { SealStore } from '../shared/day-close/seal-store.ts';
import { sellerDayStore } from '../shared/day-close/seller-day-store.ts';
import { basketStore } from '../shared/ledger/basket-store.ts';
import { countSheetStore } from '../shared/ledger/count-sheet-store.ts';
import { customerStore } from '../shared/ledger/customer-store.ts';
import { heldStore } from '../shared/ledger/held-store.ts';
import { ledgerStore } from '../shared/ledger/ledger-store.ts';
import { loadPendingReturns } from '../shared/ledger/pending-return-service.ts';
import { pendingReturnStore } from '../shared/ledger/pending-return-store.ts';
import { returnedQuantityStore } from '../shared/ledger/returned-quantity-store.ts';
import { allocationRunStore } from '../shared/materials/allocation-run-store.ts';
import { confirmationCodeStore, confirmationCountStore } from '../shared/materials/confirmation-store.ts';
import { openAccounts } from '../shared/materials/entitlement-service.ts';
import { passbookStore, requestedDepotStore } from '../shared/materials/passbook-store.ts';
import { pinService } from '../shared/materials/pin-service.ts';
import { pinStore } from '../shared/materials/pin-store.ts';
import { requestStore } from '../shared/materials/request-store.ts';
import { reduceReservations } from '../shared/materials/reservation-service.ts';
import type { NotificationChannel } from '../shared/notifications/notification.ts';
import { notificationStore } from '../shared/notifications/notification-store.ts';
import { sendOnce } from '../shared/notifications/send-once-service.ts';
import { currentRuntime, type Runtime } from '../shared/platform/runtime.ts';
import { reconciliationStore } from '../shared/reconciliation/reconciliation-store.ts';
import { enrolmentService, findFirstDay } from '../shared/registry/enrolment-service.ts';
import { enrolmentStore } from '../shared/registry/enrolment-store.ts';
import { registryStore } from '../shared/registry/registry-store.ts';
import { terminalKeyCache } from '../shared/registry/terminal-key-cache.ts';
import { calibrationStore, demandModelStore } from '../shared/replenishment/demand-model-store.ts';
import { readSeasonalCalendar } from '../shared/replenishment/seasonal-calendar-service.ts';
import { statedFiguresStore } from '../shared/reports/stated-figures-store.ts';
import { stockStore } from '../shared/stock/stock-store.ts';
import { closeTransferShort } from '../shared/transfers/transfer-service.ts';
import { transferStore } from '../shared/transfers/transfer-store.ts';
import { localOutbox } from './outbox.ts';
import { localSealStore } from './seals.ts';

export type AllStores = ReturnType<typeof allStores>;

/** For tests and this machine. */
export const allStores = (
  runtime: Runtime & { readonly messages?: NotificationChannel; readonly seals?: SealStore } = currentRuntime(),
) => {
  const { clock, count, tables } = runtime;
  const stock = stockStore(tables);
  const registry = registryStore(tables);
  const alerts = alertStore(tables);
  const requests = requestStore(tables);
  const passbook = passbookStore(tables);
  const runs = allocationRunStore(tables);
  const transfers = transferStore(tables);
  const ledger = ledgerStore(tables);
  const lessons = calibrationStore(tables);
  const overdue = readOverdueQuantities({ transfers, clock });
  const returnedQuantities = returnedQuantityStore(tables);
  const evaluateException = exceptionAlertEvaluator({ tables, clock });
  const notifications = notificationStore(tables);
  const messages = runtime.messages ?? localOutbox();
  return {
    alerts,
    missingNumbers: missingNumberStore(tables),
    requestedDepots: requestedDepotStore(tables),
    audits: reconciliationStore(tables),
    returnedQuantities,
    baskets: basketStore(tables),
    calendar: readSeasonalCalendar(registry, lessons),
    clock,
    closeTransfer: closeTransferShort(tables, transfers),
    closes: closeStore(tables),
    codes: confirmationCodeStore(tables),
    confirmations: confirmationCountStore(tables),
    count,
    countSheets: countSheetStore(tables),
    readExpectedStock: readExpectedStock(overdue),
    customers: customerStore(tables),
    enrolments: enrolmentService(enrolmentStore(tables), registry),
    failureAlerts: failureAlertService({ alerts, evaluateException, clock, count }),
    firstDay: findFirstDay({ registry, clock }),
    held: heldStore(tables),
    evaluateStock: evaluateStockAlerts({ stock, registry, alerts, overdueOf: overdue, clock }),
    evaluateException,
    keys: terminalKeyCache(),
    ledger,
    lessons,
    lookAtAccounts: openAccounts({ passbook, registry }, 'look'),
    silentStateOf: readSilentState({ ledger, registry, clock }),
    messages,
    openAccounts: openAccounts({ passbook, registry }),
    overdueOf: overdue,
    paces: demandModelStore(tables),
    passbook,
    pins: pinService(pinStore(tables)),
    pendingReturnsOf: loadPendingReturns({ returnedQuantities, ledger }),
    registry,
    requests,
    runs,
    sendOnce: sendOnce({ notifications, channel: messages }),
    evaluateTransfer: evaluateTransferAlerts({ transfers, evaluateException, clock }),
    seals: runtime.seals ?? localSealStore(),
    reduceReservations: reduceReservations({ stock, requests, runs, registry, clock }),
    stated: statedFiguresStore(tables),
    stock,
    notifications,
    makerDays: makerDayStore(tables),
    sellerDays: sellerDayStore(tables),
    totals: areaTotalsStore(tables),
    transfers,
    pendingReturns: pendingReturnStore(tables),
  };
};
