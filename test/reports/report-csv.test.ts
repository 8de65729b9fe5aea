import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toSum } from '../../shared/kernel/sum.ts';
import { reportCsv, toRupees } from '../../shared/reports/report-csv.ts';
import { ReportName } from '../../shared/reports/reports.ts';

const NO_NAMES = { districts: [], locations: [], sellers: [], items: [] };

it.each([
  [0, '0.00'],
  [5, '0.05'],
  [-5, '-0.05'],
  [123_456, '1234.56'],
  [9_007_199_254_740_993n, '90071992547409.93'],
])('%s paise are %s rupees', (paise, rupees) => {
  expect(toRupees(paise)).toBe(rupees);
});

it('Rupees of any sum are the paise again without the point.', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), (paise) => {
      expect(BigInt(toRupees(toSum(paise)).replace('.', ''))).toBe(paise);
    }),
  );
});

it.each(ReportName.options)('The columns of %s are in small letters, each once.', (report) => {
  const { columns } = reportCsv(report, [], NO_NAMES);
  expect(columns.every((name) => /^[a-z0-9]+(_[a-z0-9]+)*$/.test(name))).toBe(true);
  expect(new Set(columns).size).toBe(columns.length);
});

it('An id that the registry does not know has no name.', () => {
  const row = { seller: 'LKO1', gstBasisPoints: 25, taxable: 1, cgst: 0, sgst: 0, igst: 0 };
  expect(reportCsv('tax-by-rate', [row], NO_NAMES).rows).toMatchObject([
    { seller: 'LKO1', seller_name: undefined, gst_percent: 0.25, taxable_rupees: { decimal: '0.01' } },
  ]);
});
