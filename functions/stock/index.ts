import { http } from '../../shared/platform/http.ts';
import { getCatalogue } from './get-catalogue.ts';
import { getDepotShelf } from './get-depot-shelf.ts';
import { getItemStock } from './get-item-stock.ts';
import { getLocationStock } from './get-location-stock.ts';
import { getSuggestions } from './get-suggestions.ts';
import { getTransfer } from './get-transfer.ts';
import { listAsks } from './list-transfer-requests.ts';
import { listTransfers } from './list-transfers.ts';

export const handler = http(
  getLocationStock,
  getCatalogue,
  getItemStock,
  getDepotShelf,
  getSuggestions,
  listAsks,
  listTransfers,
  getTransfer,
);
