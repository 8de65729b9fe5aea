import * as z from 'zod';
import { AreaId, type DistrictId, LocationId } from '../kernel/ids.ts';
import { type Day, daysIn, Instant, millisecondsOf } from '../kernel/time.ts';
import { AreaMessage, LocationMessage } from '../platform/jobs.ts';
import { districtOn } from '../registry/dated-field.ts';
import { Period, windowOf } from './period.ts';
import { EXPORT_FORMATS, type ExportFormat } from './voucher-export.ts';

/** Month, area and format: the same request names the same export. */
export const ExportId = z
  .string()
  .regex(/^20\d{2}-(0[1-9]|1[0-2])-(state|[A-Z]{3})-(csv|parquet)$/, 'an export is such as 2026-10-LKO-csv')
  .brand('ExportId');
export type ExportId = z.infer<typeof ExportId>;

type ExportParts = { readonly month: Period; readonly area: AreaId; readonly format: ExportFormat };

export const exportIdOf = ({ month, area, format }: ExportParts): ExportId =>
  ExportId.parse(`${month}-${area}-${format}`);

export const exportPartsOf = (id: ExportId): ExportParts => {
  const [year, month, area, format] = id.split('-');
  return {
    month: Period.parse(`${year}-${month}`),
    area: AreaId.parse(area),
    format: EXPORT_FORMATS.find((one) => one === format) ?? 'csv',
  };
};

/** The file of a location in a requested export. */
export const exportPartKey = (id: ExportId, location: LocationId): string =>
  `exports/${id}/${location}.${exportPartsOf(id).format}`;

/** After these days the export and its files are deleted. The same request then makes it anew. */
export const EXPORT_DAYS = 7;

/** Milliseconds. A part takes at most ten minutes. */
const STALLED_AFTER = 15 * 60_000;

/** `requestedAt` tells apart a request from one that expired. `locations`: once they are listed. */
export const ExportHead = z.object({
  export: ExportId,
  requestedAt: Instant,
  requestedBy: z.string(),
  queuedAt: Instant,
  expiresAt: Instant,
  locations: z.int().min(0).optional(),
});
export type ExportHead = z.infer<typeof ExportHead>;

/** One location's outcome: a file, or a failure that a retry may still repair. */
export const ExportPart = z.object({
  location: LocationId,
  requestedAt: Instant,
  written: z.object({ vouchers: z.int().min(0), bytes: z.int().min(0), at: Instant }).optional(),
  failedAt: Instant.optional(),
});
export type ExportPart = z.infer<typeof ExportPart>;

export const EXPORT_STATES = ['waiting', 'running', 'done', 'failed'] as const;

/** A failure before the last queueing is being tried again. */
export const exportProgressOf = (head: ExportHead, parts: readonly ExportPart[]) => {
  const own = parts.filter(({ requestedAt }) => requestedAt === head.requestedAt);
  const files = own.flatMap(({ location, written }) => (written ? [{ location, ...written }] : []));
  const failed = own.filter(({ written, failedAt = '' }) => !written && failedAt >= head.queuedAt);
  return { state: stateOf(head, files.length, failed.length), files, failed: failed.map(({ location }) => location) };
};

const stateOf = ({ locations }: ExportHead, written: number, failed: number): (typeof EXPORT_STATES)[number] => {
  if (locations === undefined) return 'waiting';
  if (written + failed < locations) return 'running';
  return failed > 0 ? 'failed' : 'done';
};

/** Whether asking again queues it again: its message may be lost, or a worker was stopped. */
export const isToQueueAgain = (
  { queuedAt }: ExportHead,
  state: (typeof EXPORT_STATES)[number],
  now: Instant,
): boolean =>
  state === 'waiting' ||
  state === 'failed' ||
  (state === 'running' && millisecondsOf(now) - millisecondsOf(queuedAt) > STALLED_AFTER);

/** Days of the month on which the location was in the area. */
export const daysInArea = (
  place: Parameters<typeof districtOn>[0],
  area: AreaId,
  month: Period,
): { readonly day: Day; readonly district: DistrictId }[] =>
  daysIn(windowOf(month))
    .map((day) => ({ day, district: districtOn(place, day) }))
    .filter(({ district }) => area === 'state' || district === area);

/** Lists the locations of a requested export, and queues them. */
const RequestedExportMessage = AreaMessage.extend({ export: ExportId, requestedAt: Instant });
export type RequestedExportMessage = z.infer<typeof RequestedExportMessage>;

/** Writes one location of a requested export. */
const ExportPartMessage = LocationMessage.extend({ export: ExportId, requestedAt: Instant });
export type ExportPartMessage = z.infer<typeof ExportPartMessage>;

/** Without `export`: the monthly files of a location. */
export const ExportMessage = z.union([LocationMessage, ExportPartMessage, RequestedExportMessage]);
export type ExportMessage = z.infer<typeof ExportMessage>;
