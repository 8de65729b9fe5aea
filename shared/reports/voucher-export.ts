import type { DistrictId, LocationId } from '../kernel/ids.ts';
import { toCanonicalJson } from '../kernel/json.ts';
import { correctedTime, partsOf } from '../kernel/voucher-number.ts';
import type { Voucher } from '../ledger/voucher.ts';
import { writeCsv } from '../platform/csv.ts';
import { EXPORT_COLUMN_NAMES, type ExportRow, parquetEncoder, type RowEncoder } from '../platform/parquet.ts';
import type { Period } from './period.ts';

export const EXPORT_FORMATS = ['csv', 'parquet'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const EXPORT_CONTENT_TYPES = {
  csv: 'text/csv',
  parquet: 'application/vnd.apache.parquet',
} satisfies Record<ExportFormat, string>;

/** Under one prefix per format and month, as Athena reads them. */
export const exportKey = (format: ExportFormat, period: Period, location: LocationId): string =>
  `vouchers/${format}/month=${period}/${location}.${format}`;

/** Paise and UTC. `district`: on the voucher's day. */
export const exportRowOf = (voucher: Voucher, district: DistrictId): ExportRow => {
  const { number, claim, outcome, location, seller, admission, recordedAt, absorbed } = voucher;
  return {
    number,
    kind: claim.kind,
    day: partsOf(number).day,
    location,
    district,
    seller,
    staff: claim.by,
    occurred_at: correctedTime(claim.occurredAt, admission.skew ?? 0),
    recorded_at: recordedAt,
    way: admission.way,
    total_paise: 'total' in outcome && typeof outcome.total === 'number' ? outcome.total : undefined,
    claim: toCanonicalJson(withoutPersons(claim)),
    outcome: toCanonicalJson(outcome),
    superseded: absorbed?.join(' '),
  };
};

/** Personal: a buyer's name and address, and signatures. A customer's phone is not in a voucher. */
const withoutPersons = (claim: object): object => {
  const { signed: _signed, buyer, ...rest } = claim as { signed?: unknown; buyer?: Record<string, unknown> };
  const { name: _name, address: _address, ...tax } = buyer ?? {};
  return { ...rest, ...(buyer && { buyer: tax }) };
};

const csvEncoder = (): RowEncoder => {
  let named = true;
  const encode = (all: readonly ExportRow[]): Uint8Array => {
    const rows = all.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          typeof value === 'number' ? { decimal: String(value) } : value,
        ]),
      ),
    );
    const text = writeCsv({ columns: EXPORT_COLUMN_NAMES, named, rows, cursor: undefined });
    named = false;
    return new TextEncoder().encode(text);
  };
  return { write: encode, end: () => (named ? encode([]) : new Uint8Array()) };
};

/** The same rows give the same bytes. */
export const EXPORT_ENCODERS = { csv: csvEncoder, parquet: parquetEncoder } satisfies Record<
  ExportFormat,
  () => RowEncoder
>;
