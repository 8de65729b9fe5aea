import type { TotalsStore } from '../../shared/day-close/area-totals-store.ts';
import type { CloseStore } from '../../shared/day-close/close-store.ts';
import { StockLocationId } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import { isOpenOn } from '../../shared/registry/entry-status.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import type { ReportCompleteness } from '../../shared/reports/report-contract.ts';
import type { AnyReport } from '../../shared/reports/reports.ts';
import { unsummedDays } from '../../shared/reports/seller-month-service.ts';
import type { ReportQuery } from './location-reports.ts';

export type ReportCompletenessDeps = {
  readonly closes: CloseStore;
  readonly registry: RegistryStore;
  readonly totals: TotalsStore;
};

const MAX_MISSING = 100;

/** The kinds of locations that must have closed. None for a report of what there is now. */
const kindsIn = (report: AnyReport): readonly ('outlets' | 'depots')[] => {
  switch (report.from) {
    case 'area':
    case 'districts':
    case 'sellers':
      return ['outlets', 'depots'];
    case 'closes':
      return report.at === 'everywhere' ? ['outlets', 'depots'] : [report.at];
    default:
      return [];
  }
};

/** Eventually consistent. Undefined for a report that reads no closes. */
export const readCompleteness = async (
  report: AnyReport,
  { area, window }: Pick<ReportQuery, 'area' | 'window'>,
  { closes, registry, totals }: ReportCompletenessDeps,
): Promise<Omit<ReportCompleteness, 'asOf'> | undefined> => {
  const kinds = kindsIn(report);
  if (kinds.length === 0) return undefined;
  const entries = await Promise.all(kinds.map((kind) => allPages((after) => registry.list(kind, after))));
  const open = entries
    .flat()
    .filter(({ entry }) => (area === 'state' || entry.district === area) && isOpenOn(entry, window.to))
    .map(({ id }) => StockLocationId.parse(id))
    .toSorted();
  const [heads, unsummed] = await Promise.all([
    closes.heads(open),
    report.from === 'closes' ? [] : unsummedDays(area, { registry, totals }),
  ]);
  const missing = open.flatMap((location) => {
    const closedTo = heads.get(location)?.to;
    if (closedTo !== undefined && closedTo >= window.to) return [];
    return [{ location, ...(closedTo && { closedTo }) }];
  });
  const toSum = [...unsummed].filter((day) => day >= window.from && day <= window.to).toSorted();
  return {
    complete: missing.length === 0 && toSum.length === 0,
    locations: open.length,
    missing: missing.slice(0, MAX_MISSING),
    missingCount: missing.length,
    toSum,
  };
};
