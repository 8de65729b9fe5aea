import type { DistrictId } from '../../shared/kernel/ids.ts';
import type { Page, Position } from '../../shared/kernel/pages.ts';
import { daysBetween } from '../../shared/kernel/time.ts';
import { Busy } from '../../shared/kernel/unavailable-error.ts';
import { atOnce } from '../../shared/platform/concurrently.ts';
import type { Row } from '../../shared/platform/operation-contract.ts';
import { type Count, logger } from '../../shared/platform/telemetry.ts';
import type { ConfirmationReport, LocationReport, Stand, TransitReport, Window } from '../../shared/reports/report.ts';
import { endOf, firstOf, isAfter, rowsAfter } from '../../shared/reports/report-page.ts';
import { type LocationsInScopeDeps, standsOf } from './locations-in-scope.ts';

export type AskedReport = {
  readonly area: 'state' | DistrictId;
  readonly window: Window;
  readonly after: Position;
  readonly most: number;
};

/** A page of rows, and what it leaves out as it cannot be read: locations, or days of areas. */
export type ReportRows = Pick<Page<Row>, 'rows' | 'next'> & { readonly unreadable: readonly string[] };

/** Locations that are read at once. */
const TOGETHER = 25;

/** Days of locations that a page reads at most: 200 outlets over a month, which a function parses in a few seconds. */
const MOST_DAYS = 6_000;

const atOf = (report: LocationReport<Row> | ConfirmationReport<Row> | TransitReport<Row>) => {
  if (report.from === 'closes') return report.at;
  return report.from === 'confirmations' ? 'depots' : 'everywhere';
};

export type LocationReportsDeps = { readonly count: Count } & LocationsInScopeDeps;

/** Location by location, in the order of their ids, until the page is full or enough was read for one call. */
export const byLocation = async (
  report: LocationReport<Row> | ConfirmationReport<Row> | TransitReport<Row>,
  { area, window, after, most }: AskedReport,
  deps: LocationReportsDeps,
  rowsAt: (stand: Stand) => Promise<Row[]>,
): Promise<ReportRows> => {
  const at = atOf(report);
  const stands = (await standsOf(area, at, deps)).filter(({ location }) => isAfter(endOf(location), after));
  const days = report.from === 'closes' ? daysBetween(window.from, window.to).length : 1;
  const rows: Row[] = [];
  const unreadable: string[] = [];
  for (let read = 0; read < stands.length; read += TOGETHER) {
    const these = stands.slice(read, read + TOGETHER);
    const last = stands[read - 1];
    if (last && (rows.length > most || read * days >= MOST_DAYS))
      return {
        ...(rows.length > most ? firstOf(rows, report.key, most) : { rows, next: endOf(last.location) }),
        unreadable,
      };
    const found: Row[] = [];
    await atOnce(TOGETHER, these, async (stand) => {
      try {
        found.push(...(await rowsAt(stand)));
      } catch (error) {
        // What may pass by itself is worth another try; what cannot be read is left out, and named.
        if (error instanceof Busy) throw error;
        unreadable.push(stand.location);
        deps.count('RowsUnreadable', 1);
        logger.error(`a report leaves out ${stand.location}`, { error });
      }
    });
    rows.push(...rowsAfter(found, report.key, after));
  }
  return { ...firstOf(rows, report.key, most), unreadable: unreadable.toSorted() };
};
