import { http } from '../../shared/middleware/http.ts';
import { getDay } from './get-day.ts';
import { getVoucher } from './get-voucher.ts';
import { recordVoucher } from './record-voucher.ts';

export const handler = http(recordVoucher, getVoucher, getDay);
