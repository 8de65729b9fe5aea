import type { DistrictId, LocationId } from '../../shared/kernel/ids.ts';
import { eachPage } from '../../shared/kernel/pages.ts';
import type { Day } from '../../shared/kernel/time.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import type { ExportFileStore } from '../../shared/platform/export-file-store.ts';
import {
  EXPORT_CONTENT_TYPES,
  EXPORT_ENCODERS,
  type ExportFormat,
  exportRowOf,
} from '../../shared/reports/voucher-export.ts';

export type WriteMonthDeps = { readonly exports: ExportFileStore; readonly ledger: Pick<LedgerStore, 'dayBook'> };

type Month = {
  readonly location: LocationId;
  readonly days: readonly { readonly day: Day; readonly district: DistrictId }[];
  readonly files: readonly { readonly key: string; readonly format: ExportFormat }[];
};

/**
 * Writes the vouchers of these days into each file, page by page: memory does not grow with the
 * month. No file is there before all vouchers are in it.
 */
export const writeMonth = async (
  { location, days, files }: Month,
  { exports, ledger }: WriteMonthDeps,
): Promise<{ readonly vouchers: number; readonly bytes: number }> => {
  const uploads = files.map(({ key, format }) => ({
    upload: exports.open(key, EXPORT_CONTENT_TYPES[format]),
    encoder: EXPORT_ENCODERS[format](),
  }));
  let vouchers = 0;
  let bytes = 0;
  try {
    for (const { day, district } of days) {
      for await (const page of eachPage((after) => ledger.dayBook(location, day, after))) {
        const rows = page.rows.map((voucher) => exportRowOf(voucher, district));
        for (const { upload, encoder } of uploads) bytes += await send(upload, encoder.write(rows));
        vouchers += rows.length;
      }
    }
    for (const { upload, encoder } of uploads) bytes += await send(upload, encoder.end());
    for (const { upload } of uploads) await upload.finish();
  } catch (error) {
    await Promise.allSettled(uploads.map(({ upload }) => upload.abort()));
    throw error;
  }
  return { vouchers, bytes };
};

const send = async (upload: ReturnType<ExportFileStore['open']>, bytes: Uint8Array): Promise<number> => {
  if (bytes.length > 0) await upload.write(bytes);
  return bytes.length;
};
