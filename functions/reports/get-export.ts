import { refuse } from '../../shared/kernel/refusal.ts';
import { type Clock, instantOf, millisecondsOf } from '../../shared/kernel/time.ts';
import type { ExportLinks } from '../../shared/platform/export-links.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { cursorField } from '../../shared/platform/operation-contract.ts';
import * as contract from '../../shared/reports/export-contract.ts';
import { exportPartKey, exportPartsOf, exportProgressOf } from '../../shared/reports/export-request.ts';
import type { ExportStore } from '../../shared/reports/export-store.ts';
import { firstPageOf, rowsAfter } from '../../shared/reports/report.ts';
import { exportReplyOf } from './request-export.ts';

/** A link of S3 takes up to 2 KB. */
const FILES_PER_PAGE = 100;
const LINK_SECONDS = 15 * 60;

type GetExportDeps = { readonly clock: Clock; readonly exports: ExportLinks; readonly exportRequests: ExportStore };

export const getExport = operation(
  contract.getExport,
  async ({ path: { export: id }, query: { cursor }, origin }, { clock, exports, exportRequests }: GetExportDeps) => {
    const now = clock.now();
    const head = await exportRequests.find(id, now);
    if (!head)
      return refuse('NOT_FOUND', `There is no export ${id}, or it has expired: request it with POST /exports.`);
    const parts = await exportRequests.parts(id);
    const all = exportProgressOf(head, parts).files.filter(({ vouchers }) => vouchers > 0);
    const key = ({ location }: (typeof all)[number]) => [location];
    const { rows, next } = firstPageOf(rowsAfter(all, key, cursor), key, FILES_PER_PAGE);
    const { month, format } = exportPartsOf(id);
    const files = rows.map(({ location, vouchers, bytes, at }) => {
      const name = `vouchers-${month}-${location}.${format}`;
      const link = exports.link(exportPartKey(id, location), { name, seconds: LINK_SECONDS, origin });
      return { location, vouchers, bytes, writtenAt: at, link };
    });
    return ok({
      ...exportReplyOf(head, parts),
      files,
      linksUntil: instantOf(millisecondsOf(now) + LINK_SECONDS * 1_000),
      ...cursorField(next),
    });
  },
);
