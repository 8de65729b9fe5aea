import { closeStore } from '../day-close/close-store.ts';
import { basketStore } from '../ledger/basket-store.ts';
import { heldStore } from '../ledger/held-store.ts';
import { ledgerStore } from '../ledger/ledger-store.ts';
import { readEarly } from '../ledger/pending-return-service.ts';
import { backStore } from '../ledger/returned-quantity-store.ts';
import { pinStore } from '../materials/pin-store.ts';
import type { Runtime } from '../platform/runtime.ts';
import { auditStore } from '../reconciliation/drift-store.ts';
import { registryStore } from '../registry/registry-store.ts';
import { transferStore } from '../transfers/transfer-store.ts';
import { lookAt } from './alert-sources-service.ts';
import { type JudgeMatter, judgeMatter } from './exception-alert-service.ts';
import { matterStore } from './exception-alert-store.ts';
import { lookSilent } from './silent-outlet-service.ts';

/** Opens, refreshes and resolves exception alerts. It reads each alert's source in the stores on these tables. */
export const alertJudge = ({ tables, clock }: Pick<Runtime, 'tables' | 'clock'>): JudgeMatter => {
  const registry = registryStore(tables);
  const held = heldStore(tables);
  const matters = matterStore(tables);
  const closes = closeStore(tables);
  const transfers = transferStore(tables);
  const audits = auditStore(tables);
  const ledger = ledgerStore(tables);
  const silent = lookSilent({ ledger, clock });
  const back = backStore(tables);
  const baskets = basketStore(tables);
  const early = readEarly({ back, ledger });
  const pins = pinStore(tables);
  const look = lookAt({
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
    lookSilent: silent,
    clock,
  });
  return judgeMatter({ registry, matters, clock }, look);
};
