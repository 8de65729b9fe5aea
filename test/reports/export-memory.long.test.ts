/** @module-tag long */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');

it('A month of ten times as many vouchers takes no more memory.', () => {
  const [month, large] = [exportOf(1_000), exportOf(10_000)];
  expect([month.vouchers, large.vouchers]).toEqual([31_000, 310_000]);
  expect(large.sent).toBe(large.bytes);
  expect(large.bytes).toBeGreaterThan(9 * month.bytes);
  console.log(`${month.megabytes} MB for ${month.vouchers}, ${large.megabytes} MB for ${large.vouchers}`);
  expect(large.megabytes).toBeLessThan(month.megabytes + 100);
});

/** Vouchers are made page by page, as a query gives them, and the bytes are counted and dropped. */
const script = (vouchersPerDay: number): string => `
import { writeMonth } from '${ROOT}/functions/export-vouchers/write-month.ts';
import { daysIn } from '${ROOT}/shared/kernel/time.ts';
import { windowOf } from '${ROOT}/shared/reports/period.ts';
const PAGE = 100;
const voucher = (day, n) => ({
  number: '7KQ2MS' + day.slice(2).replaceAll('-', '') + String(n).padStart(4, '0'),
  location: 'LKO-01', seller: 'LKO1', recordedAt: day + 'T05:00:01.000Z', enteredBy: 'lko-01-phone',
  claim: { kind: 'S', occurredAt: day + 'T05:00:00.000Z', by: 'S001', previous: null,
    lines: Array.from({ length: 3 }, (_, line) => ({ item: 'LKO-KURTA-' + (n + line) % 90, quantity: 1, unitPrice: 89900 + n })) },
  admission: { way: 'live', goodsInHand: false },
  outcome: { total: 269700 + n, tax: [{ gstBasisPoints: 500, taxable: 256857, cgst: 6421, sgst: 6422 }] },
});
const ledger = { dayBook: async (_location, day, after) => {
  const from = Number(after?.[0] ?? 0);
  const rows = Array.from({ length: PAGE }, (_, n) => voucher(day, from + n));
  return { rows, next: from + PAGE < ${vouchersPerDay} ? [String(from + PAGE)] : undefined };
} };
let bytes = 0;
const exports = { open: () => ({ write: async (part) => { bytes += part.length; }, finish: async () => {}, abort: async () => {} }) };
const days = daysIn(windowOf('2026-10')).map((day) => ({ day, district: 'LKO' }));
const files = ['csv', 'parquet'].map((format) => ({ key: format, format }));
const written = await writeMonth({ location: 'LKO-01', days, files }, { exports, ledger });
console.log(JSON.stringify({ ...written, sent: bytes, megabytes: Math.round(process.resourceUsage().maxRSS / 1024) }));
`;

const exportOf = (vouchersPerDay: number) =>
  JSON.parse(
    execFileSync(process.execPath, ['--max-old-space-size=64', '--input-type=module', '-e', script(vouchersPerDay)], {
      encoding: 'utf8',
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
