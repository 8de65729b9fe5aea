import { closeStore } from '../day-close/close-store.ts';
import { basketStore } from '../ledger/basket-store.ts';
import { heldStore } from '../ledger/held-store.ts';
import { ledgerStore } from '../ledger/ledger-store.ts';
import { loadPendingReturns } from '../ledger/pending-return-service.ts';
import { returnedQuantityStore } from '../ledger/returned-quantity-store.ts';
import { pinStore } from '../materials/pin-store.ts';
import type { Runtime } from '../platform/runtime.ts';
import { reconciliationStore } from '../reconciliation/reconciliation-store.ts';
import { registryStore } from '../registry/registry-store.ts';
import { transferStore } from '../transfers/transfer-store.ts';
import { readAlertSource } from './alert-sources-service.ts';
import { type EvaluateExceptionAlert, evaluateExceptionAlert } from './exception-alert-service.ts';
import { exceptionAlertStore } from './exception-alert-store.ts';
import { readSilentOutlet } from './silent-outlet-service.ts';

/** Opens, refreshes and resolves exception alerts. It reads each alert's source in the stores on these tables. */
export const exceptionAlertEvaluator = ({
  tables,
  clock,
}: Pick<Runtime, 'tables' | 'clock'>): EvaluateExceptionAlert => {
  const registry = registryStore(tables);
  const held = heldStore(tables);
  const matters = exceptionAlertStore(tables);
  const closes = closeStore(tables);
  const transfers = transferStore(tables);
  const audits = reconciliationStore(tables);
  const ledger = ledgerStore(tables);
  const silent = readSilentOutlet({ ledger, clock });
  const back = returnedQuantityStore(tables);
  const baskets = basketStore(tables);
  const early = loadPendingReturns({ back, ledger });
  const pins = pinStore(tables);
  const look = readAlertSource({
    back,
    ledger,
    registry,
    held,
    matters,
    baskets,
    closes,
    audits,
    transfers,
    pins,
    readEarly: early,
    readSilent: silent,
    clock,
  });
  return evaluateExceptionAlert({ registry, matters, clock }, look);
};
