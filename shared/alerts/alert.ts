import * as z from 'zod';
import { ExceptionAlert } from './exception-alert.ts';
import { StockAlert } from './stock-alert.ts';

/** An alert is about a stock row, or about a matter, such as a held voucher. */
export const Alert = z.union([StockAlert, ExceptionAlert]);
export type Alert = z.infer<typeof Alert>;

type StockAlertOf<One> = Extract<One, { readonly item: unknown }>;
export const isStockAlert = <One extends object>(alert: One): alert is StockAlertOf<One> => 'item' in alert;
