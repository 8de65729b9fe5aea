import type { SellerId } from '../../shared/kernel/ids.ts';
import { type Refusal, refuse } from '../../shared/kernel/refusal.ts';
import { addDays, type Clock, dayOf } from '../../shared/kernel/time.ts';
import { csvOperation } from '../../shared/platform/csv.ts';
import { ok } from '../../shared/platform/operation.ts';
import { type CsvTableRow, cursorField } from '../../shared/platform/operation-contract.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import type { ReportPage } from '../../shared/reports/report-contract.ts';
import * as contract from '../../shared/reports/report-contract.ts';
import { type AnyReport, type ReportName, reportOf } from '../../shared/reports/reports.ts';
import { type ReportCompletenessDeps, readCompleteness } from './read-completeness.ts';
import { type ReportNamesDeps, readReportNames } from './read-report-names.ts';
import { type ReportRowsDeps, readReportRows } from './report-rows.ts';

/** Rows. A row takes under 200 bytes: a page stays below API Gateway's 6 MB. */
const MAX_ROWS = { json: 1_000, csv: 20_000 };

type GetReportDeps = { readonly clock: Clock; readonly registry: RegistryStore } & ReportNamesDeps &
  ReportCompletenessDeps &
  ReportRowsDeps;

export const getReport = csvOperation(
  contract.getReport,
  async ({ path: { report }, query, csv }, deps: GetReportDeps) => {
    const { area, from, to, seller, cursor } = query;
    const yesterday = addDays(dayOf(deps.clock.now()), -1);
    if (to > yesterday) {
      const fields = [{ path: 'to', problem: `is at most ${yesterday}` }];
      return refuse(
        'INVALID_REQUEST',
        `A report is of days that are over: to is at most ${yesterday}. For an open day, read GET /locations/{location}/days/{day}/totals.`,
        { fields },
      );
    }
    if (area !== 'state' && !(await deps.registry.entry('districts', area)))
      return refuse('NOT_FOUND', `There is no district ${area}.`);

    const kind = reportOf(report);
    if (seller !== undefined && !('seller' in kind.row.shape)) return refuseSeller(report);
    if (seller !== undefined && !(await deps.registry.entry('sellers', seller)))
      return refuse('NOT_FOUND', `There is no seller ${seller}.`);

    const asked = {
      area,
      window: { from, to },
      seller,
      after: cursor ?? [],
      maxRows: MAX_ROWS[csv ? 'csv' : 'json'],
    };
    const [{ rows, next, unreadable, made }, completeness] = await Promise.all([
      readReportRows(seller === undefined ? kind : onlySeller(kind, seller), asked, deps),
      cursor ? undefined : readCompleteness(kind, asked, deps),
    ]);
    const closed = completeness && { closed: { ...(made && { asOf: made }), ...completeness } };
    // The compiler cannot match rows to reports; the reply schema checks them.
    const names = await readReportNames(rows, deps);
    const leftOut = unreadable.length > 0 && { unreadable: [...unreadable] };
    return ok({
      report,
      area,
      from,
      to,
      rows,
      names,
      ...closed,
      ...leftOut,
      ...cursorField(next),
    } as ReportPage);
  },
);

const refuseSeller = (report: ReportName): Refusal =>
  refuse('INVALID_REQUEST', `The report ${report} has no rows of sellers: leave out seller.`, {
    fields: [{ path: 'seller', problem: 'is not a parameter of this report' }],
  });

/** The same report, with the rows of one seller. */
const onlySeller = <Report extends AnyReport>(report: Report, seller: SellerId): Report => {
  const compute = report.rows as (...given: never[]) => CsvTableRow[];
  return { ...report, rows: (...given: never[]) => compute(...given).filter((row) => row.seller === seller) };
};
