import { exceptionAlertEvaluator } from '../../shared/alerts/exception-alert-service.ts';
import { ledgerStore } from '../../shared/ledger/ledger-store.ts';
import { allocationRunStore } from '../../shared/materials/allocation-run-store.ts';
import { confirmationCodeStore, confirmationCountStore } from '../../shared/materials/confirmation-store.ts';
import { openAccounts } from '../../shared/materials/entitlement-service.ts';
import { passbookStore, requestedDepotStore } from '../../shared/materials/passbook-store.ts';
import { pinService } from '../../shared/materials/pin-service.ts';
import { pinStore } from '../../shared/materials/pin-store.ts';
import { requestStore } from '../../shared/materials/request-store.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import { terminalKeyCache } from '../../shared/registry/terminal-key-cache.ts';
import { stockStore } from '../../shared/stock/stock-store.ts';

export const dependencies = ({ clock, count, tables }: Runtime) => {
  const registry = registryStore(tables);
  const passbook = passbookStore(tables);
  return {
    requestedDepots: requestedDepotStore(tables),
    clock,
    codes: confirmationCodeStore(tables),
    confirmations: confirmationCountStore(tables),
    count,
    evaluateException: exceptionAlertEvaluator({ tables, clock }),
    keys: terminalKeyCache(),
    ledger: ledgerStore(tables),
    lookAtAccounts: openAccounts({ passbook, registry }, 'look'),
    openAccounts: openAccounts({ passbook, registry }),
    passbook,
    pins: pinService(pinStore(tables)),
    registry,
    requests: requestStore(tables),
    runs: allocationRunStore(tables),
    stock: stockStore(tables),
  };
};
