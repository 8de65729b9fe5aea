import type { Page } from '../../shared/domain/pages.ts';
import type { Row } from '../../shared/domain/reports/report.ts';
import type { AnyReport } from '../../shared/domain/reports/reports.ts';
import { addDays } from '../../shared/domain/time.ts';
import type { Composition } from '../../shared/runtime/composition.ts';
import { type AskedReport, byLocation } from './by-location.ts';

/** A page of a report's rows, read from where it says. */
export const rowsOf = async (report: AnyReport, asked: AskedReport, tools: Composition): Promise<Page<Row>> => {
  const { window } = asked;
  switch (report.from) {
    case 'closes':
      return byLocation(report, asked, tools, async (stand) => {
        const first = addDays(window.from, -report.earlier);
        return report.rows(await tools.closes.between(stand.location, { ...window, from: first }), stand, window);
      });
    default:
      throw new Error(`no report of ${report.from} yet`);
  }
};
