import * as z from 'zod';
import { DistrictId, StockLocationId } from '../kernel/ids.ts';
import { daysWithMargin } from '../kernel/time.ts';
import type { ConfirmationReport, ReportWindow } from './report.ts';

const count = z.int().min(0);

/**
 * Per IST month. `byIssuer`: signatures that the issuer entered. `share` and `limit` in percent.
 */
export const Confirmations = z.strictObject({
  location: StockLocationId,
  district: DistrictId,
  month: z.string().regex(/^\d{4}-\d{2}$/),
  confirmed: z.int().min(1),
  byCode: count,
  byCard: count,
  bySignature: count,
  byIssuer: count,
  share: z.number().min(0).max(100),
  limit: z.int().min(0).max(100),
});
export type Confirmations = z.infer<typeof Confirmations>;

export const monthsIn = ({ from, to }: ReportWindow): readonly string[] => [
  ...new Set(daysWithMargin(from, to).map((day) => day.slice(0, 7))),
];

export const confirmations = {
  title:
    'How receipt of materials was confirmed at depots, by month: whole months, also where from or to is within one; depots and months without confirmations left out',
  row: Confirmations,
  key: ({ location, month }) => [location, month],
  from: 'confirmations',
  rows: (months, { location, district, limit }) =>
    months.map(({ month, confirmed, byCode, byCard, bySignature, byIssuer }) => ({
      location,
      district,
      month,
      confirmed,
      byCode,
      byCard,
      bySignature,
      byIssuer,
      // One decimal: 20.4 exceeds a limit of 20.
      share: Math.round((1_000 * byIssuer) / confirmed) / 10,
      limit,
    })),
} as const satisfies ConfirmationReport<Confirmations>;
