import type { DistrictId, SellerId } from '../../shared/kernel/ids.ts';
import type { Page, PagePosition } from '../../shared/kernel/pages.ts';
import { daysWithMargin, type Instant } from '../../shared/kernel/time.ts';
import type { CsvTableRow } from '../../shared/platform/operation-contract.ts';
import { UnavailableError } from '../../shared/platform/retry.ts';
import { concurrently } from '../../shared/platform/tasks.ts';
import { type CountMetric, logger } from '../../shared/platform/telemetry.ts';
import {
  type ConfirmationReport,
  endOfLocation,
  firstPageOf,
  isPositionAfter,
  type LocationReport,
  type ReceiptReport,
  type ReportLocation,
  type ReportWindow,
  rowsAfter,
  type TransitReport,
} from '../../shared/reports/report.ts';
import { type LocationsInScopeDeps, locationsInArea } from './locations-in-scope.ts';

export type ReportQuery = {
  readonly area: 'state' | DistrictId;
  readonly window: ReportWindow;
  readonly seller?: SellerId | undefined;
  readonly after: PagePosition;
  readonly maxRows: number;
};

/** `made`: when the newest close or sum that was read was made. */
export type ReportRows = Pick<Page<CsvTableRow>, 'rows' | 'next'> & {
  readonly unreadable: readonly string[];
  readonly made?: Instant | undefined;
};

type ReportByLocation =
  | LocationReport<CsvTableRow>
  | ConfirmationReport<CsvTableRow>
  | TransitReport<CsvTableRow>
  | ReceiptReport<CsvTableRow>;

const CONCURRENCY = 25;

/** Per page: 200 outlets over a month take a few seconds to parse. */
const MAX_LOCATION_DAYS = 6_000;

const atOf = (report: ReportByLocation) => {
  if (report.from === 'closes') return report.at;
  return report.from === 'transfers' ? 'everywhere' : 'depots';
};

export type LocationReportsDeps = { readonly count: CountMetric } & LocationsInScopeDeps;

export const readRowsByLocation = async (
  report: ReportByLocation,
  { area, window, after, maxRows }: ReportQuery,
  deps: LocationReportsDeps,
  rowsAt: (stand: ReportLocation) => Promise<CsvTableRow[]>,
): Promise<ReportRows> => {
  const at = atOf(report);
  const stands = (await locationsInArea(area, at, deps)).filter(({ location }) =>
    isPositionAfter(endOfLocation(location), after),
  );
  const isByDay = report.from === 'closes' || report.from === 'receipts';
  const days = isByDay ? daysWithMargin(window.from, window.to).length : 1;
  const rows: CsvTableRow[] = [];
  const unreadable: string[] = [];
  for (let read = 0; read < stands.length; read += CONCURRENCY) {
    const these = stands.slice(read, read + CONCURRENCY);
    const last = stands[read - 1];
    if (last && (rows.length > maxRows || read * days >= MAX_LOCATION_DAYS))
      return {
        ...(rows.length > maxRows
          ? firstPageOf(rows, report.key, maxRows)
          : { rows, next: endOfLocation(last.location) }),
        unreadable,
      };
    const found: CsvTableRow[] = [];
    await concurrently(CONCURRENCY, these, async (stand) => {
      try {
        found.push(...(await rowsAt(stand)));
      } catch (error) {
        // Transient errors fail the request; unreadable locations are listed.
        if (error instanceof UnavailableError) throw error;
        unreadable.push(stand.location);
        deps.count('RowsUnreadable', 1);
        logger.error(`a report leaves out ${stand.location}`, { error });
      }
    });
    rows.push(...rowsAfter(found, report.key, after));
  }
  return { ...firstPageOf(rows, report.key, maxRows), unreadable: unreadable.toSorted() };
};
