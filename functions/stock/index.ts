import { readExpectedStock, readOverdueQuantities } from '../../shared/alerts/stock-alert-service.ts';
import { countSheetStore } from '../../shared/ledger/count-sheet-store.ts';
import { ledgerStore } from '../../shared/ledger/ledger-store.ts';
import { returnedQuantityStore } from '../../shared/ledger/returned-quantity-store.ts';
import { httpHandler } from '../../shared/platform/http-handler.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import { stockStore } from '../../shared/stock/stock-store.ts';
import { transferStore } from '../../shared/transfers/transfer-store.ts';
import { getCatalogue } from './get-catalogue.ts';
import { getCountSheet } from './get-count-sheet.ts';
import { getDepotShelf } from './get-depot-shelf.ts';
import { getItemStock } from './get-item-stock.ts';
import { getLocationStock } from './get-location-stock.ts';
import { getSuggestions } from './get-suggestions.ts';
import { getTransfer } from './get-transfer.ts';
import { listTransferRequests } from './list-transfer-requests.ts';
import { listTransfers } from './list-transfers.ts';
import { readCountSheet } from './read-count-sheet.ts';

const dependencies = ({ clock, tables }: Runtime) => {
  const transfers = transferStore(tables);
  const overdue = readOverdueQuantities({ transfers, clock });
  return {
    clock,
    readExpectedStock: readExpectedStock(overdue),
    countSheets: countSheetStore(tables),
    ledger: ledgerStore(tables),
    registry: registryStore(tables),
    returnedQuantities: returnedQuantityStore(tables),
    stock: stockStore(tables),
    transfers,
  };
};

export const handler = httpHandler(
  dependencies,
  getLocationStock,
  getCatalogue,
  getCountSheet,
  readCountSheet,
  getItemStock,
  getDepotShelf,
  getSuggestions,
  listTransferRequests,
  listTransfers,
  getTransfer,
);
