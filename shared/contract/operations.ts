import type { Operation } from './operation.ts';
import { acknowledgeAlert, listAlerts, snoozeAlert } from './operations/alerts.ts';
import { acceptAsk, listAsks } from './operations/asks.ts';
import { bringVouchers, listHeld, settleHeld } from './operations/captured.ts';
import { getAllocation, getDepotShelf } from './operations/depot-materials.ts';
import { approveRequest, listRequests, rejectRequest } from './operations/depot-requests.ts';
import { settleReturns } from './operations/early-returns.ts';
import { settleExchange } from './operations/exchanges.ts';
import { listFestivals } from './operations/festivals.ts';
import { getNumbers } from './operations/numbers.ts';
import { getPassbook, grantEntitlement, setPin } from './operations/passbook.ts';
import { getEntry, importEntries, listEntries, putEntry } from './operations/registry.ts';
import { getReport } from './operations/reports.ts';
import { cancelRequest, confirmRequest, getRequest, submitRequest } from './operations/requests.ts';
import { getHealth, getOpenApi } from './operations/service.ts';
import { getCatalogue, getItemStock, getLocationStock } from './operations/stock.ts';
import { getSuggestions } from './operations/suggestions.ts';
import { enrolTerminal, issueEnrolmentCode, listTerminals, revokeTerminal } from './operations/terminals.ts';
import { closeTransfer, getTransfer, listTransfers } from './operations/transfers.ts';
import {
  eraseCustomer,
  eraseCustomerPhone,
  getCustomer,
  getDay,
  getVoucher,
  recordVoucher,
} from './operations/vouchers.ts';

/** Everything Bahi answers. Routes, docs, the local server, the client and the access tests are made from this. */
export const contract = {
  submitRequest,
  getRequest,
  cancelRequest,
  confirmRequest,
  getPassbook,
  grantEntitlement,
  listRequests,
  approveRequest,
  rejectRequest,
  getAllocation,
  getDepotShelf,
  setPin,
  recordVoucher,
  bringVouchers,
  listHeld,
  settleHeld,
  settleExchange,
  settleReturns,
  getNumbers,
  getVoucher,
  getDay,
  getCustomer,
  eraseCustomer,
  eraseCustomerPhone,
  getLocationStock,
  getCatalogue,
  getItemStock,
  getSuggestions,
  listAsks,
  acceptAsk,
  listTransfers,
  getTransfer,
  closeTransfer,
  listAlerts,
  acknowledgeAlert,
  snoozeAlert,
  getReport,
  listFestivals,
  issueEnrolmentCode,
  enrolTerminal,
  listTerminals,
  revokeTerminal,
  getEntry,
  listEntries,
  putEntry,
  importEntries,
  getHealth,
  getOpenApi,
};
export type Contract = typeof contract;

/** The same as a list, for who walks over all of them. */
export const operations: readonly Operation[] = Object.values(contract);
