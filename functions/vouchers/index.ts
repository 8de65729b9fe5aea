import { httpHandler } from '../../shared/platform/http-handler.ts';
import { acceptTransferRequest } from './accept-transfer-request.ts';
import { closeTransfer } from './close-transfer.ts';
import { dependencies } from './dependencies.ts';
import { eraseCustomer } from './erase-customer.ts';
import { eraseCustomerPhone } from './erase-customer-phone.ts';
import { getCustomer } from './get-customer.ts';
import { getDay } from './get-day.ts';
import { getDayTotals } from './get-day-totals.ts';
import { getNumbers } from './get-numbers.ts';
import { getVoucher } from './get-voucher.ts';
import { listHeld } from './list-held.ts';
import { recordVoucher } from './record-voucher.ts';
import { settleExchange } from './settle-exchange.ts';
import { settleHeld } from './settle-held.ts';
import { settleReturns } from './settle-returns.ts';
import { syncVouchers } from './sync-vouchers.ts';

export const handler = httpHandler(
  dependencies,
  recordVoucher,
  acceptTransferRequest,
  syncVouchers,
  listHeld,
  settleHeld,
  settleExchange,
  settleReturns,
  closeTransfer,
  getNumbers,
  getVoucher,
  getDay,
  getDayTotals,
  getCustomer,
  eraseCustomer,
  eraseCustomerPhone,
);
