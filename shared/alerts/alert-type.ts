import * as z from 'zod';

export const STOCK_ALERT_TYPES = ['short', 'out', 'discrepancy', 'overstock', 'material'] as const;
export const StockAlertType = z.enum(STOCK_ALERT_TYPES);
export type StockAlertType = z.infer<typeof StockAlertType>;

/** Of what is not about a stock row. */
export const EXCEPTION_ALERT_TYPES = [
  'held',
  'unproven',
  'overdue',
  'mismatch',
  'silent',
  'drift',
  'unmatched',
  'exchange',
  'pin',
  'underpriced',
  'stranger',
  'failed',
] as const;

export const AlertType = z.enum([...STOCK_ALERT_TYPES, ...EXCEPTION_ALERT_TYPES]);
export type AlertType = z.infer<typeof AlertType>;
