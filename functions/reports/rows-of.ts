import { everything, type Page } from '../../shared/domain/pages.ts';
import { firstOf, rowsAfter } from '../../shared/domain/reports/paged.ts';
import type { Row } from '../../shared/domain/reports/report.ts';
import type { AnyReport } from '../../shared/domain/reports/reports.ts';
import { addDays } from '../../shared/domain/time.ts';
import type { Composition } from '../../shared/runtime/composition.ts';
import { type AskedReport, byLocation } from './by-location.ts';
import { districtsOf } from './stands.ts';

/** A page of a report's rows, read from where it says. */
export const rowsOf = async (report: AnyReport, asked: AskedReport, tools: Composition): Promise<Page<Row>> => {
  const { area, window, after, most } = asked;
  switch (report.from) {
    case 'area': {
      const rows = report.rows(await tools.totals.between(area, window));
      return firstOf(rowsAfter(rows, report.key, after), report.key, most);
    }
    case 'districts': {
      const days = await Promise.all(
        (await districtsOf(area, tools)).map(async (district) =>
          (await tools.totals.between(district, window)).map((day) => ({ ...day, district })),
        ),
      );
      return firstOf(rowsAfter(report.rows(days.flat()), report.key, after), report.key, most);
    }
    case 'closes':
      return byLocation(report, asked, tools, async (stand) => {
        const first = addDays(window.from, -report.earlier);
        return report.rows(await tools.closes.between(stand.location, { ...window, from: first }), stand, window);
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
