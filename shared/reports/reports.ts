import * as z from 'zod';
import type { CsvTableRow } from '../platform/operation-contract.ts';
import { confirmations } from './confirmations.ts';
import { deadStock } from './dead-stock.ts';
import { discrepancies } from './discrepancies.ts';
import { goodsInHand } from './goods-in-hand.ts';
import { salesByHsn } from './hsn-sales.ts';
import { priceChanges } from './price-changes.ts';
import type {
  AreaReport,
  ConfirmationReport,
  DistrictReport,
  LocationReport,
  PriceReport,
  ReceiptReport,
  SellerReport,
  TransitReport,
} from './report.ts';
import {
  salesByDay,
  salesByDistrict,
  salesByItem,
  salesByOutlet,
  salesBySeller,
  salesByTender,
  taxByRate,
} from './sales.ts';
import { signedReceipts } from './signed-receipts.ts';
import { silentOutlets } from './silent-outlets.ts';
import { materialsIssued, stockValue } from './stock.ts';
import { stockOuts } from './stock-outs.ts';
import { transitOverdue } from './transit-overdue.ts';

export const REPORTS = {
  'sales-by-day': salesByDay,
  'sales-by-district': salesByDistrict,
  'sales-by-item': salesByItem,
  'sales-by-seller': salesBySeller,
  'sales-by-outlet': salesByOutlet,
  'sales-by-tender': salesByTender,
  'tax-by-rate': taxByRate,
  'sales-by-hsn': salesByHsn,
  'stock-value': stockValue,
  'materials-issued': materialsIssued,
  'dead-stock': deadStock,
  'stock-outs': stockOuts,
  discrepancies,
  'silent-outlets': silentOutlets,
  'transit-overdue': transitOverdue,
  'goods-in-hand': goodsInHand,
  confirmations,
  'signed-receipts': signedReceipts,
  'price-changes': priceChanges,
} as const;

export type Reports = typeof REPORTS;

export const ReportName = z.enum(Object.keys(REPORTS) as (keyof Reports)[]);
export type ReportName = z.infer<typeof ReportName>;

export type AnyReport =
  | AreaReport<CsvTableRow>
  | DistrictReport<CsvTableRow>
  | LocationReport<CsvTableRow>
  | ConfirmationReport<CsvTableRow>
  | TransitReport<CsvTableRow>
  | SellerReport<CsvTableRow>
  | PriceReport<CsvTableRow>
  | ReceiptReport<CsvTableRow>;
export const reportOf = (name: ReportName): AnyReport => REPORTS[name];
