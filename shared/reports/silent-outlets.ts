import * as z from 'zod';
import { DistrictId, StockLocationId } from '../kernel/ids.ts';
import { Day } from '../kernel/time.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import type { LocationReport, ReportedClose } from './report.ts';

const MAX_NUMBERS = 20;

/**
 * `lastDay`: last day with a voucher. `provenTo`: all numbers up to this day are present and
 * proven.
 */
export const SilentOutlet = z.strictObject({
  location: StockLocationId,
  district: DistrictId,
  lastDay: Day.optional(),
  silentDays: z.int().min(0),
  closedTo: Day.optional(),
  provenTo: Day.optional(),
  missing: z.int().min(0),
  missingNumbers: z.array(VoucherNumber).max(MAX_NUMBERS),
});
export type SilentOutlet = z.infer<typeof SilentOutlet>;

const lastProvenDayOf = (closes: readonly ReportedClose[]): Day | undefined => {
  const doubtful = closes.findIndex(({ terminals }) => terminals.some(({ state }) => state !== 'proven'));
  return closes[(doubtful < 0 ? closes.length : doubtful) - 1]?.day;
};

export const silentOutlets = {
  title: 'Outlets with no voucher for a whole day or longer, and how far their figures can be trusted',
  row: SilentOutlet,
  key: ({ location }) => [location],
  from: 'closes',
  at: 'outlets',
  earlier: 0,
  rows: (closes, { location, district }) => {
    const spoke = closes.findLastIndex(({ vouchers }) => vouchers > 0);
    if (closes.length > 0 && spoke === closes.length - 1) return [];
    const missing = closes.flatMap(({ terminals }) => terminals.flatMap((terminal) => terminal.missing));
    const lastDay = closes[spoke]?.day;
    const closedTo = closes.at(-1)?.day;
    const proven = lastProvenDayOf(closes);
    return [
      {
        location,
        district,
        ...(lastDay && { lastDay }),
        silentDays: closes.length - 1 - spoke,
        ...(closedTo && { closedTo }),
        ...(proven && { provenTo: proven }),
        missing: missing.length,
        missingNumbers: missing.slice(0, MAX_NUMBERS),
      },
    ];
  },
} as const satisfies LocationReport<SilentOutlet>;
