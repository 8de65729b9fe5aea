import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { beforeAll, describe, expect, it } from 'vitest';
import { periodsBefore } from '../../functions/export-vouchers/export-vouchers.ts';
import { allStores } from '../../local/all-stores.ts';
import { type LocalExportFiles, localExportFiles } from '../../local/export-files.ts';
import { DistrictId, LocationId } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import { Day, daysIn } from '../../shared/kernel/time.ts';
import type { Voucher } from '../../shared/ledger/voucher.ts';
import { Period, windowOf } from '../../shared/reports/period.ts';
import { EXPORT_ENCODERS, type ExportFormat, exportKey, exportRowOf } from '../../shared/reports/voucher-export.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { recordDaysOfTrade } from '../kit/days-of-trade.ts';
import { workOff } from '../kit/jobs.ts';

const book = useBook();

beforeAll(async () => {
  await recordDaysOfTrade(book);
  for (const location of LOCATIONS) await workOff('export-vouchers', location, RUN);
});

describe('A month of vouchers in files', () => {
  it.each(LOCATIONS)('Both formats hold every voucher of %s, and nothing else.', async (location) => {
    const vouchers = await vouchersOf(location);
    expect(vouchers.length).toBeGreaterThan(1);
    const expected = vouchers.map(({ number, claim, outcome, seller, admission }) => ({
      number,
      claim,
      outcome,
      seller,
      way: admission.way,
    }));
    const read = (row: Record<string, unknown>) => ({
      number: row.number,
      claim: JSON.parse(String(row.claim)),
      outcome: JSON.parse(String(row.outcome)),
      seller: row.seller,
      way: row.way,
    });
    expect((await parquetRows(location)).map(read)).toEqual(expected);
    expect((await csvRows(location)).map(read)).toEqual(expected);
  });

  it('Times are instants in UTC by the newer type too, which readers such as DuckDB need.', async () => {
    const [file] = await Promise.all(LOCATIONS.slice(0, 1).map((location) => parquetFile(location)));
    const { schema } = parquetMetadata(file ?? new ArrayBuffer());
    const times = schema.filter(({ name }) => name.endsWith('_at'));
    expect(times.map(({ name, converted_type, logical_type }) => [name, converted_type, logical_type])).toEqual(
      ['occurred_at', 'recorded_at'].map((name) => [
        name,
        'TIMESTAMP_MILLIS',
        { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
      ]),
    );
  });

  it('The sales of each day add up to its close.', async () => {
    for (const location of LOCATIONS) {
      const rows = await parquetRows(location);
      for (const day of new Set(rows.map((row) => String(row.day)))) {
        const totals = expectOk(await book.admin.getDayTotals({ path: { location, day } }));
        const sold = rows.filter((row) => row.day === day && row.kind === 'S');
        const sum = sold.reduce((all, row) => all + Number(row.total_paise), 0);
        expect(sum).toBe(totals.sellers.reduce((all, { amount }) => all + Number(amount), 0));
      }
    }
  });

  it('The districts and times are those of the vouchers.', async () => {
    const [row] = await parquetRows(LOCATIONS[2] as LocationId);
    expect(row).toMatchObject({ district: 'PBT', location: 'PBE-01', day: '2026-11-19' });
    expect(row?.occurred_at).toBeInstanceOf(Date);
  });

  it('A month without vouchers is a file without rows.', async () => {
    const october = Period.parse('2026-10');
    const location = LOCATIONS[0] as LocationId;
    expect([await parquetRows(location, october), await csvRows(location, october)]).toEqual([[], []]);
  });

  it('Run again, and a month later, the files are the same bytes.', async () => {
    const location = LOCATIONS[0] as LocationId;
    const before = Buffer.from(await fileOf('parquet', location));
    await workOff('export-vouchers', location, RUN);
    expect(Buffer.from(await fileOf('parquet', location)).equals(before)).toBe(true);
    await workOff('export-vouchers', location, '2027-01-03');
    expect(Buffer.from(await fileOf('parquet', location)).equals(before)).toBe(true);
  });

  it('No name, address or signature of a person is in a file.', () => {
    const voucher = {
      number: '7KQ2MS2611220001',
      location: 'LKO-01',
      seller: 'LKO1',
      claim: {
        kind: 'S',
        occurredAt: '2026-11-22T05:00:00.000Z',
        by: 'S001',
        previous: null,
        buyer: { gstin: '09AAACB1234C1ZV', name: 'Asha Stores', address: '12 Hazratganj' },
        signed: { outgoing: 'Asha Verma' },
      },
      admission: { way: 'live', goodsInHand: false },
      outcome: { total: 100 },
      recordedAt: '2026-11-22T05:00:01.000Z',
      enteredBy: 'lko-01-phone',
    } as unknown as Voucher;
    const text = new TextDecoder().decode(EXPORT_ENCODERS.csv().write([exportRowOf(voucher, DistrictId.parse('LKO'))]));
    expect(text).toContain('09AAACB1234C1ZV');
    expect(text).not.toMatch(/Asha|Hazratganj/);
  });
});

describe('Months of a run', () => {
  it('They are the two months before its day.', () => {
    expect(periodsBefore(Day.parse('2026-12-03'))).toEqual(['2026-10', '2026-11']);
    expect(periodsBefore(Day.parse('2027-01-31'))).toEqual(['2026-11', '2026-12']);
    expect(periodsBefore(Day.parse('2027-03-01'))).toEqual(['2027-01', '2027-02']);
  });
});

const put = async (files: LocalExportFiles, key: string, body: Uint8Array): Promise<void> => {
  const upload = files.open(key, '');
  await upload.write(body);
  await upload.finish();
};

describe('Files on this machine', () => {
  it('A file is whole or absent, whatever is written at once.', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bahi-exports-'));
    try {
      const files = localExportFiles(folder);
      const bodies = [1, 2, 3].map((fill) => new Uint8Array(200_000).fill(fill));
      await Promise.all(bodies.map((body) => put(files, 'vouchers/csv/month=2026-11/LKO-01.csv', body)));
      const place = join(folder, 'vouchers/csv/month=2026-11');
      expect(readdirSync(place)).toEqual(['LKO-01.csv']);
      expect(new Set(readFileSync(join(place, 'LKO-01.csv'))).size).toBe(1);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

const hasPyarrow = (() => {
  try {
    execFileSync('python3', ['-c', 'import pyarrow'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

it.runIf(hasPyarrow)('Apache Arrow reads the same rows.', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bahi-arrow-'));
  try {
    const location = LOCATIONS[0] as LocationId;
    await put(localExportFiles(folder), 'a.parquet', await fileOf('parquet', location));
    const script =
      'import pyarrow.parquet as p,sys,json;t=p.read_table(sys.argv[1]);' +
      'print(json.dumps([[r["number"],r["total_paise"],r["occurred_at"].isoformat(timespec="milliseconds"),r["claim"]]' +
      ' for r in t.to_pylist()]))';
    const rows = JSON.parse(execFileSync('python3', ['-c', script, join(folder, 'a.parquet')], { encoding: 'utf8' }));
    const expected = (await parquetRows(location)).map((row) => [
      row.number,
      row.total_paise === undefined || row.total_paise === null ? null : Number(row.total_paise),
      (row.occurred_at as Date).toISOString().slice(0, -1),
      row.claim,
    ]);
    expect(rows.map(([number, paise, at, claim]: string[]) => [number, paise, at?.slice(0, 23), claim])).toEqual(
      expected,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

const NOVEMBER = Period.parse('2026-11');

const LOCATIONS = ['LKO-01', 'LKO-02', 'PBE-01'].map((one) => LocationId.parse(one));

/** The day of the job that exports November. */
const RUN = '2026-12-03';

const fileOf = async (format: ExportFormat, location: LocationId, period = NOVEMBER): Promise<Uint8Array> => {
  const file = await book.bahi.exports.read(exportKey(format, period, location));
  if (!file) throw new Error(`no file of ${location}`);
  return file;
};

const csvRows = async (location: LocationId, period = NOVEMBER): Promise<Record<string, string>[]> =>
  parse(Buffer.from(await fileOf('csv', location, period)), { columns: true });

const parquetFile = async (location: LocationId, period = NOVEMBER): Promise<ArrayBuffer> => {
  const { buffer, byteOffset, byteLength } = await fileOf('parquet', location, period);
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
};

const parquetRows = async (location: LocationId, period = NOVEMBER): Promise<Record<string, unknown>[]> =>
  parquetReadObjects({ file: await parquetFile(location, period) });

const vouchersOf = async (location: LocationId): Promise<Voucher[]> => {
  const days = await Promise.all(
    daysIn(windowOf(NOVEMBER)).map((day) => allPages((after) => allStores().ledger.dayBook(location, day, after))),
  );
  return days.flat();
};
