import { exceptionAlertEvaluator } from '../../shared/alerts/exception-alert-service.ts';
import { readExpectedStock, readOverdueQuantities } from '../../shared/alerts/stock-alert-service.ts';
import { evaluateTransferAlerts } from '../../shared/alerts/voucher-alert-service.ts';
import { missingNumberStore } from '../../shared/day-close/close-evidence-store.ts';
import { closeStore } from '../../shared/day-close/close-store.ts';
import { basketStore } from '../../shared/ledger/basket-store.ts';
import { countSheetStore } from '../../shared/ledger/count-sheet-store.ts';
import { customerStore } from '../../shared/ledger/customer-store.ts';
import { heldStore } from '../../shared/ledger/held-store.ts';
import { ledgerStore } from '../../shared/ledger/ledger-store.ts';
import { paymentReferenceStore } from '../../shared/ledger/payment-reference-store.ts';
import { loadPendingReturns } from '../../shared/ledger/pending-return-service.ts';
import { pendingReturnStore } from '../../shared/ledger/pending-return-store.ts';
import { returnedQuantityStore } from '../../shared/ledger/returned-quantity-store.ts';
import { requestStore } from '../../shared/materials/request-store.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { reconciliationStore } from '../../shared/reconciliation/reconciliation-store.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import { terminalKeyCache } from '../../shared/registry/terminal-key-cache.ts';
import { stockStore } from '../../shared/stock/stock-store.ts';
import { closeTransferShort } from '../../shared/transfers/transfer-service.ts';
import { transferStore } from '../../shared/transfers/transfer-store.ts';

export const dependencies = ({ clock, count, tables }: Runtime) => {
  const registry = registryStore(tables);
  const transfers = transferStore(tables);
  const ledger = ledgerStore(tables);
  const overdue = readOverdueQuantities({ transfers, clock });
  const returnedQuantities = returnedQuantityStore(tables);
  const evaluateException = exceptionAlertEvaluator({ tables, clock });
  return {
    missingNumbers: missingNumberStore(tables),
    audits: reconciliationStore(tables),
    returnedQuantities,
    baskets: basketStore(tables),
    clock,
    closeTransfer: closeTransferShort(tables, transfers),
    closes: closeStore(tables),
    count,
    countSheets: countSheetStore(tables),
    readExpectedStock: readExpectedStock(overdue),
    customers: customerStore(tables),
    paymentReferences: paymentReferenceStore(tables),
    held: heldStore(tables),
    evaluateException,
    keys: terminalKeyCache(),
    ledger,
    pendingReturnsOf: loadPendingReturns({ returnedQuantities, ledger }),
    registry,
    requests: requestStore(tables),
    evaluateTransfer: evaluateTransferAlerts({ transfers, evaluateException, clock }),
    stock: stockStore(tables),
    transfers,
    pendingReturns: pendingReturnStore(tables),
  };
};
