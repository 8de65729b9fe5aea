import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DistrictId, ItemId, SellerId, StockLocationId } from '../../shared/kernel/ids.ts';
import type { PagePosition } from '../../shared/kernel/pages.ts';
import { Paise } from '../../shared/kernel/quantity.ts';
import { addDays, Day, Instant } from '../../shared/kernel/time.ts';
import { VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import type { CsvTableRow } from '../../shared/platform/operation-contract.ts';
import {
  endOfLocation,
  firstPageOf,
  type LocationReport,
  type OpenTransfer,
  rowsAfter,
} from '../../shared/reports/report.ts';
import { REPORTS, ReportName, reportOf } from '../../shared/reports/reports.ts';
import { type ReportedCloses, reportedCloses, sumsOf } from '../kit/random-closes.ts';

describe('Report adding up to the closes', () => {
  it.each(['sales-by-day', 'sales-by-district', 'sales-by-seller', 'sales-by-outlet'] as const)('%s', (name) => {
    fc.assert(
      fc.property(reportedCloses, (of) => {
        const rows = read(name, of);
        for (const column of ['sales', 'amount', 'refunds', 'refunded'])
          expect(total(rows, column)).toBe(total(allSellers(of), column));
        expect(total(rows, 'net')).toBe(total(rows, 'amount') - total(rows, 'refunded'));
      }),
    );
  });

  it('sales-by-item adds up.', () => {
    fc.assert(
      fc.property(reportedCloses, (of) => {
        const moved = allItems(of).filter(({ sold, returned }) => sold + returned > 0);
        const named = new Set(moved.map(({ item }) => item));
        const counted = allItems(of).filter(({ item }) => named.has(item));
        const rows = read('sales-by-item', of);
        expect(rows.map(({ item }) => item).toSorted()).toEqual([...named].toSorted());
        for (const column of ['sold', 'amount', 'returned']) expect(total(rows, column)).toBe(total(counted, column));
      }),
    );
  });

  it('sales-by-tender adds up.', () => {
    fc.assert(
      fc.property(reportedCloses, (of) => {
        const rows = read('sales-by-tender', of);
        const tenders = closesOf(of).flatMap((close) => close.tenders);
        for (const column of ['taken', 'given']) expect(total(rows, column)).toBe(total(tenders, column));
        expect(total(rows, 'net')).toBe(total(rows, 'taken') - total(rows, 'given'));
      }),
    );
  });

  it('tax-by-rate adds up, a row for each seller and rate.', () => {
    fc.assert(
      fc.property(reportedCloses, (of) => {
        const rows = read('tax-by-rate', of);
        const [tax, taxBack] = [allSellers(of).flatMap((one) => one.tax), allSellers(of).flatMap((one) => one.taxBack)];
        for (const column of ['taxable', 'cgst', 'sgst', 'igst'])
          expect(total(rows, column)).toBe(total(tax, column) - total(taxBack, column));
        expect(new Set(rows.map((row) => `${row.seller} ${row.gstBasisPoints}`)).size).toBe(rows.length);
      }),
    );
  });

  it('stock-value is the last close, and materials-issued the sum of issues.', () => {
    fc.assert(
      fc.property(reportedCloses, (of) => {
        const last = of.books.flatMap(({ closes }) => closes.at(-1)?.items ?? []);
        for (const column of ['onHand', 'value'])
          expect(total(read('stock-value', of), column)).toBe(total(last, column));
        expect(total(read('materials-issued', of), 'issued')).toBe(total(allItems(of), 'issued'));
      }),
    );
  });

  it('discrepancies add up, with their value.', () => {
    fc.assert(
      fc.property(reportedCloses, (of) => {
        const rows = read('discrepancies', of);
        for (const column of ['variance', 'writtenOff']) expect(total(rows, column)).toBe(total(allItems(of), column));
        const value = allItems(of).reduce((sum, one) => sum + Math.round((one.average * one.writtenOff) / 1000), 0);
        expect(total(rows, 'writtenOffValue') - value).toBeCloseTo(0);
      }),
    );
  });

  it('stock-outs: days without stock are those not in stock, and no periods overlap.', () => {
    fc.assert(
      fc.property(reportedCloses, ({ books, window }) => {
        // A stock-out of the day before is not new on the first day.
        const of = { books, window: { ...window, from: addDays(window.from, 1) } };
        const rows = read('stock-outs', of);
        const items = books.flatMap(({ closes }) => closes.slice(1).flatMap(({ items }) => items));
        expect(total(rows, 'days')).toBe(items.length - total(items, 'exposure'));
        for (const row of rows)
          for (const other of rows)
            if (row !== other && row.location === other.location && row.item === other.item)
              expect(String(row.to) < String(other.from) || String(other.to) < String(row.from)).toBe(true);
      }),
    );
  });

  it('goods-in-hand adds up.', () => {
    fc.assert(
      fc.property(reportedCloses, (of) => {
        expect(total(read('goods-in-hand', of), 'inHand')).toBe(total(closesOf(of), 'inHand'));
      }),
    );
  });

  it('dead-stock: exactly the goods that were there every day and did not move.', () => {
    fc.assert(
      fc.property(reportedCloses, (of) => {
        const still = of.books.flatMap(({ stand: { location }, closes }) => {
          const items = closes.flatMap((close) => close.items);
          const moved = items.filter(({ sold, issued, exposure }) => sold + issued > 0 || exposure === 0);
          const gone = new Set(moved.map(({ item }) => item));
          const last = closes.at(-1)?.items ?? [];
          return last.flatMap(({ item, onHand }) =>
            onHand > 0 && !gone.has(item) ? [`${location} ${item} ${onHand}`] : [],
          );
        });
        const rows = read('dead-stock', of);
        expect(rows.map(({ location, item, onHand }) => `${location} ${item} ${onHand}`)).toEqual(still);
      }),
    );
  });

  it('silent-outlets: those without vouchers on the last day, trusted up to the first doubtful day.', () => {
    fc.assert(
      fc.property(reportedCloses, (of) => {
        const silent = of.books.filter(({ closes }) => closes.at(-1)?.vouchers === 0);
        const rows = read('silent-outlets', of);
        expect(rows.map(({ location }) => location)).toEqual(silent.map(({ stand }) => stand.location));
        for (const [at, { closes }] of silent.entries()) {
          const { silentDays, lastDay, provenTo, closedTo, missing } = rows[at] ?? {};
          expect(closedTo).toBe(of.window.to);
          expect(addDays(of.window.to, -Number(silentDays))).toBe(lastDay ?? addDays(of.window.from, -1));
          const doubtful = closes.filter(({ terminals }) => terminals.some(({ state }) => state !== 'proven'));
          const first = doubtful[0]?.day;
          expect(provenTo).toBe(
            first === undefined ? of.window.to : first === of.window.from ? undefined : addDays(first, -1),
          );
          expect(missing).toBe(closes.flatMap(({ terminals }) => terminals.flatMap((one) => one.missing)).length);
        }
      }),
    );
  });
});

it('An outlet that was never closed is silent, and nothing is known of it.', () => {
  const report: LocationReport<CsvTableRow> = REPORTS['silent-outlets'];
  fc.assert(
    fc.property(reportedCloses, ({ books, window }) => {
      const [book] = books;
      if (!book) return;
      expect(report.rows([], book.stand, window)).toEqual([
        { ...book.stand, silentDays: 0, missing: 0, missingNumbers: [] },
      ]);
    }),
  );
});

it('Every row has a unique key of text that a cursor can carry.', () => {
  fc.assert(
    fc.property(reportedCloses, fc.constantFrom(...ReportName.options), (of, name) => {
      const report = reportOf(name);
      const keys = read(name, of).map((row) => report.key(row));
      expect(new Set(keys.map((key) => key.join('#'))).size).toBe(keys.length);
      for (const part of keys.flat()) expect(part.length).toBeGreaterThan(0);
      for (const row of read(name, of))
        if (report.from === 'closes' || report.from === 'transfers') expect(report.key(row)[0]).toBe(row.location);
    }),
  );
});

it('Pages of any length together are all rows in the order of keys.', () => {
  fc.assert(
    fc.property(
      reportedCloses,
      fc.constantFrom(...ReportName.options),
      fc.integer({ min: 1, max: 9 }),
      (of, name, most) => {
        const { key } = reportOf(name);
        const all = read(name, of);
        const pages: CsvTableRow[] = [];
        let after: PagePosition | undefined;
        do {
          const page = firstPageOf(rowsAfter(all, key, after), key, most);
          expect(page.rows.length).toBeLessThanOrEqual(most);
          pages.push(...page.rows);
          after = page.next;
        } while (after);
        const joined = (row: CsvTableRow) => key(row).join('#');
        expect(pages.map(joined)).toEqual(all.map(joined).toSorted());
        const [first] = pages;
        if (first && key(first).length > 1)
          expect(rowsAfter(all, key, endOfLocation(String(first.location))).map(joined)).toEqual(
            pages.filter(({ location }) => location !== first.location).map(joined),
          );
      },
    ),
  );
});

describe('transit-overdue', () => {
  const stand = { location: StockLocationId.parse('LKO-01'), district: DistrictId.parse('LKO') };
  const window = { from: Day.parse('2026-11-20'), to: Day.parse('2026-11-20') };
  const [A, B] = [ItemId.parse('LKO-KURTA-01'), ItemId.parse('LKO-KURTA-02')];
  const underway = (at: string, ...lines: OpenTransfer['lines']): OpenTransfer => ({
    dispatch: VoucherNumber.parse('7KQ2MD2611120001'),
    seller: SellerId.parse('LKO1'),
    sent: { from: StockLocationId.parse('LKO-D1'), to: stand.location, at: Instant.parse(at) },
    receipts: [],
    lines,
  });
  const rows = (...open: readonly OpenTransfer[]) =>
    REPORTS['transit-overdue'].rows(
      open.map((one) => ({ averages: new Map(), ...one })),
      stand,
      window,
    );

  it('It has goods in transit for over seven days at the end of the last day in IST.', () => {
    const line = { item: A, dispatched: 5, takenBack: 2, unitCost: Paise.parse(100) };
    expect(rows(underway('2026-11-13T18:29:59.999Z', line, { item: B, dispatched: 4, takenBack: 0 }))).toEqual([
      {
        location: 'LKO-01',
        district: 'LKO',
        dispatch: '7KQ2MD2611120001',
        from: 'LKO-D1',
        seller: 'LKO1',
        sentAt: '2026-11-13T18:29:59.999Z',
        days: 8,
        quantity: 7,
        value: 300,
      },
    ]);
    expect(rows(underway('2026-11-13T18:30:00Z', line))).toEqual([]);
  });

  it('It has the missing rest of a partly received dispatch.', () => {
    const line = { item: A, dispatched: 5, takenBack: 0, unitCost: Paise.parse(100) };
    const came = {
      lines: [{ item: A, accepted: 3, rejected: 1 }],
      by: stand.location,
      at: Instant.parse('2026-11-14T05:00:00Z'),
    };
    const receipt = { ...came, receipt: VoucherNumber.parse('9MRHJR2611140001') };
    const open = underway('2026-11-01T00:00:00Z', line);
    expect(rows({ ...open, receipts: [receipt] })).toMatchObject([{ quantity: 1, value: 100 }]);
    expect(rows({ ...open, receipts: [{ ...receipt, final: true }] })).toEqual([]);
  });

  it('It leaves out dispatches taken back, and receipts before their dispatch.', () => {
    const { sent: _none, ...early } = underway('2026-11-01T00:00:00Z', { item: A, dispatched: 5, takenBack: 0 });
    expect(rows(early, underway('2026-11-01T00:00:00Z', { item: A, dispatched: 5, takenBack: 5 }))).toEqual([]);
  });
});

/** The report's rows, read by its own schema, all locations together. */
const read = (name: ReportName, { window, books }: ReportedCloses): CsvTableRow[] => {
  const report = reportOf(name);
  const rows = (): CsvTableRow[] => {
    switch (report.from) {
      case 'area':
        return report.rows(sumsOf({ window, books }));
      case 'districts':
        return report.rows(sumsOf({ window, books }));
      case 'closes':
        return books.flatMap(({ stand, closes }) => report.rows(closes, stand, window));
      case 'transfers':
      case 'confirmations':
      case 'sellers':
      case 'prices':
      case 'receipts':
        return [];
    }
  };
  return rows().map((row) => report.row.parse(row));
};

const total = (rows: readonly object[], column: string): number =>
  rows.reduce((sum, row) => sum + Number(new Map(Object.entries(row)).get(column)), 0);

const closesOf = ({ books }: ReportedCloses) => books.flatMap(({ closes }) => closes);

const allSellers = (of: ReportedCloses) => closesOf(of).flatMap(({ sellers }) => sellers);

const allItems = (of: ReportedCloses) => closesOf(of).flatMap(({ items }) => items);
