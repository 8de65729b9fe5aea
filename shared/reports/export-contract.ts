import * as z from 'zod';
import { AreaId, LocationId } from '../kernel/ids.ts';
import { Instant } from '../kernel/time.ts';
import {
  Cursor,
  defineOperation,
  defineReadOperation,
  EmptyObject,
  NextCursor,
} from '../platform/operation-contract.ts';
import { EXPORT_STATES, ExportId, exportPartsOf } from './export-request.ts';
import { Period } from './period.ts';
import { EXPORT_FORMATS } from './voucher-export.ts';

export const ExportFileFormat = z.enum(EXPORT_FORMATS);

export const ExportFile = z.strictObject({
  location: LocationId,
  vouchers: z.int().min(1),
  bytes: z.int().min(1),
  writtenAt: Instant,
  link: z.url(),
});

export const Export = z.strictObject({
  export: ExportId,
  month: Period,
  area: AreaId,
  format: ExportFileFormat,
  state: z.enum(EXPORT_STATES),
  requestedAt: Instant,
  expiresAt: Instant,
  /** Absent while `waiting`. */
  locations: z.int().min(0).optional(),
  written: z.int().min(0),
  vouchers: z.int().min(0),
  failed: z.array(LocationId),
  files: z.array(ExportFile).optional(),
  linksUntil: Instant.optional(),
  cursor: NextCursor,
});

const EXAMPLE = {
  export: '2026-10-LKO-csv',
  month: '2026-10',
  area: 'LKO',
  format: 'csv',
  state: 'waiting',
  requestedAt: '2026-11-22T05:00:00.000Z',
  expiresAt: '2026-11-29T05:00:00.000Z',
  written: 0,
  vouchers: 0,
  failed: [],
};

export const requestExport = defineOperation({
  id: 'requestExport',
  function: 'reports',
  method: 'POST',
  route: '/exports',
  summary:
    'Request all vouchers of a month that is over, of a district or the state, as CSV or Parquet files: one file for each location. The same request gives the same export for 7 days; then it is made anew, with what came late. A location that failed, and work that stopped for 15 minutes, is tried again when the same request is sent.',
  // The area is in the body: the handler checks it.
  access: { roles: ['officer', 'admin'], target: () => ({ kind: 'anything' }) },
  path: EmptyObject,
  query: EmptyObject,
  body: z.strictObject({ month: Period, area: AreaId, format: ExportFileFormat }),
  consumes: 'application/json',
  ifMatch: false,
  reply: Export,
  statuses: [201, 200],
  errors: ['MALFORMED_JSON', 'BODY_TOO_LARGE', 'NOT_FOUND', 'PERIOD_OPEN'],
  example: { path: {}, body: { month: '2026-10', area: 'LKO', format: 'csv' }, reply: EXAMPLE },
});

export const getExport = defineReadOperation({
  id: 'getExport',
  function: 'reports',
  route: '/exports/{export}',
  summary:
    'Read how far a requested export is, and get links to its files. A location without vouchers has no file. A link is valid for 15 minutes: read again for new ones. An export is kept for 7 days.',
  access: {
    roles: ['officer', 'admin'],
    target: ({ path }) => {
      const { area } = exportPartsOf(path.export);
      return area === 'state' ? { kind: 'state' } : { kind: 'district', district: area };
    },
  },
  path: z.strictObject({ export: ExportId }),
  query: z.strictObject({ cursor: Cursor.optional() }),
  reply: Export,
  errors: ['NOT_FOUND'],
  example: {
    path: { export: '2026-10-LKO-csv' },
    reply: {
      ...EXAMPLE,
      state: 'done',
      locations: 14,
      written: 14,
      vouchers: 41_206,
      files: [
        {
          location: 'LKO-01',
          vouchers: 9_120,
          bytes: 8_211_400,
          writtenAt: '2026-11-22T05:00:41.000Z',
          link: 'https://exports.example/exports/2026-10-LKO-csv/LKO-01.csv?signature=4f1c',
        },
      ],
      linksUntil: '2026-11-22T05:16:02.000Z',
    },
  },
});
