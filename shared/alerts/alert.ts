import * as z from 'zod';
import { Matter } from './exception-alert.ts';
import { StockAlert } from './stock-alert.ts';

/** An alert is about a stock row, or about a matter, such as a held voucher. */
export const Alert = z.union([StockAlert, Matter]);
export type Alert = z.infer<typeof Alert>;

type OfStock<One> = Extract<One, { readonly item: unknown }>;
export const isStockAlert = <One extends object>(alert: One): alert is OfStock<One> => 'item' in alert;
