import * as z from 'zod';
import { BilingualText } from '../kernel/bilingual-text.ts';
import { AlertKey } from './alert-key.ts';
import { ExceptionAlert } from './exception-alert.ts';
import { StockAlert } from './stock-alert.ts';

/** What an alert is shown with: the key by which it is taken on, and one plain sentence of it. */
const responseFields = { alert: AlertKey, says: BilingualText };

const [held, unproven, overdue, mismatch, silent, drift, unmatched, exchange, pin, underpriced, stranger, failed] =
  ExceptionAlert.options;

/** An alert as replies have it. */
export const AlertResponse = z.union([
  StockAlert.extend(responseFields),
  z.discriminatedUnion('type', [
    held.extend(responseFields),
    unproven.extend(responseFields),
    overdue.extend(responseFields),
    mismatch.extend(responseFields),
    silent.extend(responseFields),
    drift.extend(responseFields),
    unmatched.extend(responseFields),
    exchange.extend(responseFields),
    pin.extend(responseFields),
    underpriced.extend(responseFields),
    stranger.extend(responseFields),
    failed.extend(responseFields),
  ]),
]);
export type AlertResponse = z.infer<typeof AlertResponse>;
