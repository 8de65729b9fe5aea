import * as z from 'zod';
import { valueAtAverage } from '../day-close/average-cost.ts';
import { DistrictId, LocationId, SellerId, StockLocationId } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import { addUp, multiply, NonNegativeSum } from '../kernel/sum.ts';
import { addDays, type Day, dayOf, Instant } from '../kernel/time.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import { OVERDUE_DAYS } from '../transfers/in-transit.ts';
import { inTransitOf } from '../transfers/transfer.ts';
import type { TransitReport } from './report.ts';

/**
 * `location`: destination. Paise at the sender's cost at dispatch (ADR 24), else `unitCost`, else
 * 0.
 */
export const TransitOverdue = z.strictObject({
  location: StockLocationId,
  district: DistrictId,
  dispatch: VoucherNumber,
  from: LocationId,
  seller: SellerId,
  sentAt: Instant,
  days: z.int(),
  quantity: z.int().min(1),
  value: NonNegativeSum,
});
export type TransitOverdue = z.infer<typeof TransitOverdue>;

const daysUntil = (day: Day, to: Day): number => {
  let days = 0;
  while (addDays(day, days) < to) days++;
  return days;
};

export const transitOverdue = {
  title:
    'Dispatches of whatever day of which something has not been received, more than 7 days old at the end of the last day asked for',
  row: TransitOverdue,
  key: ({ location, dispatch }) => [location, dispatch],
  from: 'transfers',
  rows: (open, { location, district }, window) =>
    open.flatMap((transfer) => {
      const { dispatch, seller, sent, averages } = transfer;
      const due = inTransitOf(transfer);
      const left = transfer.lines.map(({ item, unitCost = 0 }) => {
        const quantity = due.get(item) ?? 0;
        const average = averages.get(item);
        return { quantity, value: average ? valueAtAverage(average, quantity) : multiply(quantity, unitCost) };
      });
      const quantity = sumOf(left.map((line) => line.quantity));
      if (!sent || quantity === 0) return [];
      const days = daysUntil(dayOf(sent.at), addDays(window.to, 1));
      if (days <= OVERDUE_DAYS) return [];
      const value = addUp(left.map((line) => line.value));
      return [{ location, district, dispatch, from: sent.from, seller, sentAt: sent.at, days, quantity, value }];
    }),
} as const satisfies TransitReport<TransitOverdue>;
