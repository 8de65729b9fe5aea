import * as z from 'zod';
import { AlertKey } from '../../domain/alerts/alert-key.ts';
import { Matter } from '../../domain/alerts/matter.ts';
import { StockAlert } from '../../domain/alerts/stock-alert.ts';

/** What an alert is shown with: the key by which it is taken on. */
const shown = { alert: AlertKey };

const [held, unproven, overdue, mismatch] = Matter.options;

/** An alert as replies have it. */
export const ShownAlert = z.union([
  StockAlert.extend(shown),
  z.discriminatedUnion('type', [
    held.extend(shown),
    unproven.extend(shown),
    overdue.extend(shown),
    mismatch.extend(shown),
  ]),
]);
export type ShownAlert = z.infer<typeof ShownAlert>;
