import * as z from 'zod';
import type { Role } from '../kernel/access.ts';
import { AreaId } from '../kernel/ids.ts';
import { Version } from '../kernel/quantity.ts';
import { Instant } from '../kernel/time.ts';
import {
  type AccessRule,
  BooleanParameter,
  Cursor,
  defineOperation,
  defineReadOperation,
  EmptyObject,
  NextCursor,
  ReplyFormat,
  wantsCsv,
} from '../platform/operation-contract.ts';
import { CSV_COLUMNS, cellsOf } from './csv-columns.ts';
import { EarlierDistrict } from './dated-field.ts';
import {
  EditableKind,
  HistoryKind,
  hasIdOfProducer,
  REGISTRY,
  REGISTRY_EDITORS,
  REGISTRY_KINDS,
  RegistryKind,
} from './registry-kinds.ts';

export const AnyEntry = z.union(REGISTRY_KINDS.map((kind) => REGISTRY[kind].entry));
export const EditableEntry = z.union(EditableKind.options.map((kind) => REGISTRY[kind].entry));

export const RegistryEntry = z.strictObject({
  kind: RegistryKind,
  id: z.string(),
  version: Version,
  updatedAt: Instant,
  entry: AnyEntry,
  /** Oldest first. A day's close stays with its day's district. */
  earlierDistricts: z.array(EarlierDistrict).optional(),
});
export type RegistryEntry = z.infer<typeof RegistryEntry>;

const hasColumns = (kind: RegistryKind): kind is EditableKind => EditableKind.safeParse(kind).success;

const exampleEntry = {
  kind: 'outlets',
  id: 'LKO-01',
  version: 2,
  updatedAt: '2026-11-22T05:00:00.000Z',
  entry: { name: 'Lucknow Charbagh, stall 1', station: 'LKO', district: 'LKO', sellers: ['LKO1'] },
};

const isIdOfKind = <Path extends { kind: RegistryKind; id: string }>({ kind, id }: Path): boolean =>
  REGISTRY[kind].id.safeParse(id).success;
const NOT_ID_OF_KIND = { path: ['id'], error: 'is not an id of this kind' };

const readAccess = {
  roles: ['outlet', 'depot', 'producer', 'officer', 'admin'],
  permits: (role: Role, { kind }: { kind: RegistryKind }) => REGISTRY[kind].readers.some((may) => may === role),
  target: ({ path: { kind } }) => ({ kind: kind === 'terminals' ? 'state' : 'anything' }),
} satisfies AccessRule<{ kind: RegistryKind }, unknown>;

const isAboutProducer = (kind: RegistryKind): boolean => kind === 'producers' || hasIdOfProducer(kind);

/** The entry inside what `getEntry` gave of the same id; of anything else, the same. */
const entryOfEnvelope =
  (kind: EditableKind, id: string) =>
  (sent: unknown): unknown => {
    const envelope = z.looseObject({ kind: z.literal(kind), id: z.literal(id), entry: z.unknown() }).safeParse(sent);
    return envelope.success ? envelope.data.entry : sent;
  };

/** The entry says its district: the handler checks it. */
const editAccess: AccessRule<{ kind: EditableKind }, unknown> = {
  roles: REGISTRY_EDITORS,
  target: ({ path: { kind } }) => ({ kind: REGISTRY[kind].keepers === 'state' ? 'state' : 'anything' }),
};

export const getEntry = defineReadOperation({
  id: 'getEntry',
  function: 'registry',
  route: '/registry/{kind}/{id}',
  summary:
    'Read one entry of the registry, with its version. A producer reads their own entry, registrations and consent too.',
  access: {
    ...readAccess,
    permits: (role, { kind }) => readAccess.permits(role, { kind }) || (role === 'producer' && isAboutProducer(kind)),
  },
  path: z.strictObject({ kind: RegistryKind, id: z.string() }).refine(isIdOfKind, NOT_ID_OF_KIND),
  query: EmptyObject,
  reply: RegistryEntry,
  errors: ['NOT_FOUND'],
  example: { path: { kind: 'outlets', id: 'LKO-01' }, reply: exampleEntry },
});

export const listEntries = defineReadOperation({
  id: 'listEntries',
  function: 'registry',
  route: '/registry/{kind}',
  summary:
    'List the entries of one kind by id. With area, only those of a district: an item by its seller, staff by where they work. With format=csv or Accept: text/csv, a file that an import takes back: up to 500 entries, the next page in the Link header.',
  access: readAccess,
  path: z.strictObject({ kind: RegistryKind }),
  query: z.strictObject({ area: AreaId.optional(), format: ReplyFormat.optional(), cursor: Cursor.optional() }),
  reply: z.strictObject({ entries: z.array(RegistryEntry), cursor: NextCursor }),
  csv: {
    asked: ({ format }, accept) => wantsCsv(format, accept),
    table: ({ entries, cursor }, _query, { kind }) => ({
      columns: hasColumns(kind) ? ['id', ...Object.keys(CSV_COLUMNS[kind])] : ['id'],
      named: true,
      rows: entries.map(({ id, entry }) => (hasColumns(kind) ? cellsOf(kind, id, entry) : { id })),
      cursor,
    }),
    example: `${['id', ...Object.keys(CSV_COLUMNS.outlets)].join()}\r\nLKO-01,"Lucknow Charbagh, stall 1",,LKO,LKO,LKO1,,,,,,,,,,\r\n`,
  },
  errors: [],
  example: { path: { kind: 'outlets' }, reply: { entries: [exampleEntry] } },
});

/** One change of an entry. Without `before`, it created the entry. */
export const RecordedChange = z.strictObject({
  version: Version.describe('Version of the entry after this change.'),
  at: Instant.describe('When it was changed.'),
  by: z.string().describe('Who changed it: the subject of the token.'),
  before: AnyEntry.optional(),
  after: AnyEntry,
});
export type RecordedChange = z.infer<typeof RecordedChange>;

export const getEntryHistory = defineReadOperation({
  id: 'getEntryHistory',
  function: 'registry',
  route: '/registry/{kind}/{id}/history',
  summary: 'List the changes of an entry, newest first: who, when, before and after.',
  access: { roles: REGISTRY_EDITORS, target: () => ({ kind: 'anything' }) },
  path: z.strictObject({ kind: HistoryKind, id: z.string() }).refine(isIdOfKind, NOT_ID_OF_KIND),
  query: z.strictObject({ cursor: Cursor.optional() }),
  reply: z.strictObject({ kind: HistoryKind, id: z.string(), changes: z.array(RecordedChange), cursor: NextCursor }),
  errors: ['NOT_FOUND'],
  example: {
    path: { kind: 'outlets', id: 'LKO-01' },
    reply: {
      kind: 'outlets',
      id: 'LKO-01',
      changes: [{ version: 1, at: exampleEntry.updatedAt, by: 'officer-lko', after: exampleEntry.entry }],
    },
  },
});

export const putEntry = defineOperation({
  id: 'putEntry',
  function: 'registry',
  method: 'PUT',
  route: '/registry/{kind}/{id}',
  summary:
    'Create an entry, or change it with its version in If-Match. The body is the entry, or all that getEntry gave. Officers of a district keep its outlets, producers, staff and items (by the district of the seller); officers of the state keep all. Terminals are created by enrolment instead. A changed status applies from statusFrom, else from now; an end (closed, discontinued) from today applies from now, so earlier sales of the day count, and one before today is refused.',
  access: editAccess,
  path: z.strictObject({ kind: EditableKind, id: z.string() }).refine(isIdOfKind, NOT_ID_OF_KIND),
  query: EmptyObject,
  body: EditableEntry,
  bodyFor: ({ kind, id }) => z.preprocess(entryOfEnvelope(kind, id), REGISTRY[kind].entry),
  consumes: 'application/json',
  ifMatch: true,
  reply: RegistryEntry,
  statuses: [201, 200],
  errors: [
    'MALFORMED_JSON',
    'BODY_TOO_LARGE',
    'REFERENCE_UNKNOWN',
    'GST_RATE_MISMATCH',
    'ENTRY_FIXED',
    'PRECONDITION_REQUIRED',
    'VERSION_MISMATCH',
  ],
  example: { path: { kind: 'outlets', id: 'LKO-01' }, body: exampleEntry.entry, reply: exampleEntry },
});

/** `conflict`: someone changed the entry after the check; their change stays. */
export const ImportLineResult = z.strictObject({
  line: z.int(),
  id: z.string(),
  did: z.enum(['created', 'changed', 'unchanged', 'conflict']),
});
export type ImportLineResult = z.infer<typeof ImportLineResult>;

export const importEntries = defineOperation({
  id: 'importEntries',
  function: 'registry',
  method: 'POST',
  route: '/registry/{kind}/import',
  summary:
    'Import entries from CSV in UTF-8 with one header line. Only the columns of the file change; an empty cell clears its field. All lines are checked before any is written; a repeat leaves equal entries unchanged. A line whose entry someone else changed meanwhile is not written and reports conflict: check their change and send the file again. With dryRun=true nothing is written: the answer says what each line would do, and the faults are the same. Money is in rupees (price_rupees), tax in percent (gst_percent). Dates are 2026-04-01, 01-04-2026 or 01/04/2026, day first. Lists are separated by semicolons, named amounts too: means members=3;looms=2, an entitlement members=12000, what a depot gives PBT-BAMBOO=5000. The price of an items line applies from its column from, else from today. A changed registration or HSN heading applies from registeredFrom or hsnFrom, else from today; a changed status from statusFrom, else from now. A leading apostrophe keeps digits as text in a spreadsheet and is not part of the cell.',
  access: editAccess,
  path: z.strictObject({ kind: EditableKind }),
  query: z.strictObject({ dryRun: BooleanParameter.optional() }),
  body: z.string(),
  consumes: 'text/csv',
  ifMatch: false,
  reply: z.strictObject({ lines: z.array(ImportLineResult) }),
  statuses: [200],
  errors: ['BODY_TOO_LARGE', 'IMPORT_REFUSED'],
  example: {
    path: { kind: 'producers' },
    body: 'id,name,nameHi,district,craft,means\nP0042,Naseem,नसीम,PBT,Flute (bansuri),members=3\n',
    reply: { lines: [{ line: 2, id: 'P0042', did: 'created' }] },
  },
});
