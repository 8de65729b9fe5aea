import { locationKind } from '../../shared/kernel/ids.ts';
import { addDays, type Day } from '../../shared/kernel/time.ts';
import type { LocationMessage } from '../../shared/platform/jobs.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { daysInArea } from '../../shared/reports/export-request.ts';
import { Period } from '../../shared/reports/period.ts';
import { EXPORT_FORMATS, exportKey } from '../../shared/reports/voucher-export.ts';
import { type WriteMonthDeps, writeMonth } from './write-month.ts';

export type ExportVouchersDeps = { readonly count: CountMetric; readonly registry: RegistryStore } & WriteMonthDeps;

/** The two months before: a late voucher joins the older one. */
export const periodsBefore = (day: Day): readonly [older: Period, last: Period] => {
  const last = addDays(`${day.slice(0, 7)}-01` as Day, -1);
  const older = addDays(`${last.slice(0, 7)}-01` as Day, -1);
  return [Period.parse(older.slice(0, 7)), Period.parse(last.slice(0, 7))];
};

/** Writes the months of one location, in each format. Repeatable: each file is replaced whole. */
export const exportVouchers = async ({ location, day }: LocationMessage, deps: ExportVouchersDeps): Promise<void> => {
  const place = await deps.registry.entry(locationKind(location), location);
  if (!place) return;
  for (const period of periodsBefore(day)) {
    const files = EXPORT_FORMATS.map((format) => ({ key: exportKey(format, period, location), format }));
    const days = daysInArea(place, 'state', period);
    const { vouchers } = await writeMonth({ location, days, files }, deps);
    deps.count('VouchersExported', vouchers);
  }
};
