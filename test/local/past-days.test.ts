import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reconcileLocation } from '../../functions/reconcile-ledger/reconcile-location.ts';
import { allStores } from '../../local/all-stores.ts';
import { LocationId } from '../../shared/kernel/ids.ts';
import type { ReportName } from '../../shared/reports/reports.ts';
import { REPORTS } from '../../shared/reports/reports.ts';
import { expectOk } from '../kit/book.ts';
import { openDemoDays } from '../kit/demo-days.ts';

let demo: Awaited<ReturnType<typeof openDemoDays>>;
beforeAll(async () => {
  demo = await openDemoDays();
});
afterAll(() => demo.bahi.stop());

const area = 'state';
const window = { from: '2026-11-19', to: '2026-11-21' };

describe('The demo book has three closed days', () => {
  /** Nothing is in transit for so long in a book of four days. */
  const names = (Object.keys(REPORTS) as ReportName[]).filter((name) => name !== 'transit-overdue');

  it.each(names)('The first %s has figures.', async (report) => {
    // Dead stock was there before the window.
    const from = report === 'dead-stock' ? '2026-11-20' : window.from;
    const query = { area, from, to: window.to };
    const { rows } = expectOk(await demo.admin.getReport({ path: { report }, query }));
    expect(rows.length).toBeGreaterThan(0);
  });

  it.each(['LKO-01', 'LKO-02', 'CNB-01', 'CNB-02', 'PBE-01', 'BSB-01', 'PBE-D1'])(
    'Stock and vouchers agree at %s.',
    async (location) => {
      const { drifts, vouchers } = await reconcileLocation(LocationId.parse(location), 'the whole book', allStores());
      expect(drifts).toEqual([]);
      expect(vouchers).toBeGreaterThan(0);
    },
  );

  it('The price change, the signed receipt and the HSN codes are those that the days have.', async () => {
    const read = async (report: ReportName) =>
      expectOk(await demo.admin.getReport({ path: { report }, query: { area, ...window } })).rows;
    expect(await read('price-changes')).toMatchObject([
      { item: 'LKO-KURTA-XL', by: 'demo-officer', from: '2026-11-22', priceBefore: 85_000, price: 87_000 },
    ]);
    expect(await read('signed-receipts')).toMatchObject([
      { location: 'PBE-D1', issuedBy: 'S026', issues: 3, confirmed: 3, bySignature: 1, byIssuer: 0, signedShare: 33.3 },
    ]);
    const [byHsn, byRate] = [await read('sales-by-hsn'), await read('tax-by-rate')];
    const total = (rows: readonly object[]) =>
      rows.reduce((sum, row) => sum + ('taxable' in row ? Number(row.taxable) : 0), 0);
    expect(total(byHsn)).toBe(total(byRate));
  });

  it('A seller that the report has no rows of is refused by name.', async () => {
    const query = { area, ...window, seller: 'LKO1' };
    const answer = await demo.admin.getReport({ path: { report: 'silent-outlets' }, query });
    expect(answer).toMatchObject({ status: 400, problem: { fields: [{ path: 'seller' }] } });
  });

  it('A stall that opens today has an entry that says so, and stock.', async () => {
    const path = { kind: 'outlets', id: 'LKO-04' } as const;
    expect(expectOk(await demo.admin.getEntry({ path })).entry).toMatchObject({
      status: 'open',
      statusFrom: '2026-11-22',
    });
    const { stock } = expectOk(await demo.admin.getLocationStock({ path: { location: 'LKO-04' } }));
    expect(stock.length).toBeGreaterThan(0);
  });
});
