import { expect, it } from 'vitest';
import type * as z from 'zod';
import { CSV_COLUMNS } from '../../shared/registry/csv-columns.ts';
import { REPORTS } from '../../shared/reports/reports.ts';
import { columnText } from '../../web/officer/registry-texts.ts';
import { reportColumnText } from '../../web/officer/report-texts.ts';

it('Each column of the registry has words in the office.', () => {
  const columns = Object.values(CSV_COLUMNS).flatMap((kind) => Object.keys(kind));
  expect(columns.filter((column) => columnText(column) === column)).toEqual([]);
});

it('Each column of a report has words in the office.', () => {
  const columns = Object.values(REPORTS).flatMap(({ row }) => Object.keys((row as unknown as z.ZodObject).shape));
  expect(columns.filter((column) => reportColumnText(column) === column)).toEqual([]);
});
