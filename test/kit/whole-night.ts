import { expect } from 'vitest';
import { ReportName } from '../../shared/reports/reports.ts';
import { type Book, expectOk } from './book.ts';
import { closeAt } from './day-closes.ts';
import { sweep, workOff } from './jobs.ts';

const DISTRICTS = ['LKO', 'PBT'];

/** Works off every nightly job for these locations and for the areas. Throws if one fails. */
export const wholeNight = async (locations: readonly string[]): Promise<void> => {
  for (const location of locations) await closeAt(location);
  for (const area of [...DISTRICTS, 'state']) await workOff('sum-days', area);
  await workOff('update-demand-model', 'state');
  for (const location of locations) {
    if (!/^P\d+$/.test(location)) await workOff('plan-replenishment', location);
    await workOff('reconcile-ledger', location);
    await sweep(location);
  }
};

/** An officer reads each report and list of alerts of these days. Throws if one fails. */
export const readReportsAndAlerts = async (book: Book, from: string, to: string) => {
  const officer = await book.as('officer', 'state');
  const reports: Record<string, readonly object[]> = {};
  for (const report of ReportName.options)
    for (const area of ['state', ...DISTRICTS]) {
      const { rows } = expectOk(await officer.getReport({ path: { report }, query: { area, from, to } }));
      const csv = await officer.getReport({ path: { report }, query: { area, from, to, format: 'csv' } });
      expect(csv.ok).toBe(true);
      if (area === 'state') reports[report] = rows;
    }
  for (const area of DISTRICTS) expectOk(await officer.listAlerts({ query: { area } }));
  const { alerts } = expectOk(await officer.listAlerts({ query: { area: 'state' } }));
  return { reports, alerts };
};
