import { alertStore } from '../../shared/alerts/alert-store.ts';
import { exceptionAlertEvaluator, readSilentState } from '../../shared/alerts/exception-alert-service.ts';
import { failureAlertService } from '../../shared/alerts/failure-alert-service.ts';
import { evaluateStockAlerts, readOverdueQuantities } from '../../shared/alerts/stock-alert-service.ts';
import { evaluateTransferAlerts } from '../../shared/alerts/voucher-alert-service.ts';
import { missingNumberStore } from '../../shared/day-close/close-evidence-store.ts';
import { closeStore } from '../../shared/day-close/close-store.ts';
import { basketStore } from '../../shared/ledger/basket-store.ts';
import { heldStore } from '../../shared/ledger/held-store.ts';
import { ledgerStore } from '../../shared/ledger/ledger-store.ts';
import { loadPendingReturns } from '../../shared/ledger/pending-return-service.ts';
import { pendingReturnStore } from '../../shared/ledger/pending-return-store.ts';
import { returnedQuantityStore } from '../../shared/ledger/returned-quantity-store.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import { stockStore } from '../../shared/stock/stock-store.ts';
import { transferStore } from '../../shared/transfers/transfer-store.ts';

export const dependencies = ({ clock, count, tables }: Runtime) => {
  const stock = stockStore(tables);
  const registry = registryStore(tables);
  const alerts = alertStore(tables);
  const transfers = transferStore(tables);
  const ledger = ledgerStore(tables);
  const overdue = readOverdueQuantities({ transfers, clock });
  const returnedQuantities = returnedQuantityStore(tables);
  const evaluateException = exceptionAlertEvaluator({ tables, clock });
  return {
    alerts,
    missingNumbers: missingNumberStore(tables),
    baskets: basketStore(tables),
    clock,
    closes: closeStore(tables),
    count,
    failureAlerts: failureAlertService({ alerts, evaluateException, clock, count }),
    held: heldStore(tables),
    evaluateStock: evaluateStockAlerts({ stock, registry, alerts, overdueOf: overdue, clock }),
    evaluateException,
    silentStateOf: readSilentState({ ledger, registry, clock }),
    overdueOf: overdue,
    pendingReturnsOf: loadPendingReturns({ returnedQuantities, ledger }),
    registry,
    evaluateTransfer: evaluateTransferAlerts({ transfers, evaluateException, clock }),
    stock,
    transfers,
    pendingReturns: pendingReturnStore(tables),
  };
};
