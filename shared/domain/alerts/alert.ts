import * as z from 'zod';
import { MATTER_TYPES, Matter } from './matter.ts';
import { STOCK_ALERT_TYPES, StockAlert } from './stock-alert.ts';

/** An alert is about a stock row, or about a matter, such as a held voucher. */
export const Alert = z.union([StockAlert, Matter]);
export type Alert = z.infer<typeof Alert>;

export const AlertType = z.enum([...STOCK_ALERT_TYPES, ...MATTER_TYPES]);
export type AlertType = z.infer<typeof AlertType>;

type OfStock<One> = Extract<One, { readonly item: unknown }>;
export const isStockAlert = <One extends object>(alert: One): alert is OfStock<One> => 'item' in alert;
