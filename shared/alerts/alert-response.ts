import * as z from 'zod';
import { Told } from '../kernel/bilingual-text.ts';
import { AlertKey } from './alert-key.ts';
import { Matter } from './exception-alert.ts';
import { StockAlert } from './stock-alert.ts';

/** What an alert is shown with: the key by which it is taken on, and one plain sentence of it. */
const shown = { alert: AlertKey, says: Told };

const [held, unproven, overdue, mismatch, silent, drift, unmatched, exchange, pin, underpriced, stranger, failed] =
  Matter.options;

/** An alert as replies have it. */
export const ShownAlert = z.union([
  StockAlert.extend(shown),
  z.discriminatedUnion('type', [
    held.extend(shown),
    unproven.extend(shown),
    overdue.extend(shown),
    mismatch.extend(shown),
    silent.extend(shown),
    drift.extend(shown),
    unmatched.extend(shown),
    exchange.extend(shown),
    pin.extend(shown),
    underpriced.extend(shown),
    stranger.extend(shown),
    failed.extend(shown),
  ]),
]);
export type ShownAlert = z.infer<typeof ShownAlert>;
