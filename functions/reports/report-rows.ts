import { type Composition, issuerShareAt } from '../../shared/api/composition.ts';
import { everything } from '../../shared/kernel/pages.ts';
import { addDays } from '../../shared/kernel/time.ts';
import { monthsIn } from '../../shared/reports/confirmations.ts';
import { firstOf, rowsAfter } from '../../shared/reports/report-page.ts';
import type { AnyReport } from '../../shared/reports/reports.ts';
import { type AskedReport, byLocation, type ReportRows } from './location-reports.ts';
import { districtsOf } from './locations-in-scope.ts';

/** A page of a report's rows, read from where it says. */
export const rowsOf = async (report: AnyReport, asked: AskedReport, tools: Composition): Promise<ReportRows> => {
  const { area, window, after, most } = asked;
  switch (report.from) {
    case 'area': {
      const { days, unreadable } = await tools.totals.between(area, window);
      return { ...firstOf(rowsAfter(report.rows(days), report.key, after), report.key, most), unreadable };
    }
    case 'districts': {
      const summed = await Promise.all(
        (await districtsOf(area, tools)).map(async (district) => ({
          district,
          ...(await tools.totals.between(district, window)),
        })),
      );
      const days = summed.flatMap(({ district, days: all }) => all.map((day) => ({ ...day, district })));
      return {
        ...firstOf(rowsAfter(report.rows(days), report.key, after), report.key, most),
        unreadable: summed.flatMap(({ unreadable }) => unreadable),
      };
    }
    case 'closes':
      return byLocation(report, asked, tools, async (stand) => {
        const first = addDays(window.from, -report.earlier);
        return report.rows(await tools.closes.between(stand.location, { ...window, from: first }), stand, window);
      });
    case 'confirmations':
      return byLocation(report, asked, tools, async (stand) => {
        const limit = await issuerShareAt(stand.location, tools);
        return report.rows(await tools.confirmations.months(stand.location, monthsIn(window)), { ...stand, limit });
      });
    case 'transfers':
      return byLocation(report, asked, tools, async (stand) =>
        report.rows(
          await everything((page) => tools.transfers.of('incoming', stand.location, 'open', page)),
          stand,
          window,
        ),
      );
  }
};
