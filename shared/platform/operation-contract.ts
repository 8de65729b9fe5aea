import * as z from 'zod';
import type { AccessTarget, Role } from '../kernel/access.ts';
import type { PagePosition } from '../kernel/pages.ts';
import type { ErrorCode } from '../kernel/problems.ts';
import type { Sum } from '../kernel/sum.ts';

/** Folders of functions/ behind API Gateway. */
export const HTTP_FUNCTIONS = {
  vouchers: 'Day books: vouchers recorded and read',
  documents: 'Bills, challans and statements as PDF, to print and to keep',
  bills: 'Bills of sales, credit notes of returns and challans of dispatches, to read, print and share',
  requests: 'What artisans ask of depots, and their passbooks',
  stock: 'What is where, and what a phone needs to sell it',
  registry: 'Outlets, depots, sellers, items and people; and terminals, which enrol',
  alerts: 'What runs short, and where the book does not agree with the shelf',
  reports: 'What officers ask of many days: stock that lies or lacks, losses, silence',
  service: 'Whether Bahi is there, and what it answers',
} as const;

export type HttpFunction = keyof typeof HTTP_FUNCTIONS;

/** For stacks, which must not import the domain. */
export type { Role };

/**
 * `permits`: per path, such as the kind of voucher. `target`: what the caller's scope must cover.
 */
export type AccessRule<Path, Query> = {
  readonly roles: readonly Role[];
  permits?(role: Role, path: Path): boolean;
  target(asked: { path: Path; query: Query; role: Role }): AccessTarget;
};

/** `named`: with column names, on the first page only. */
export type CsvTable = {
  readonly columns: readonly string[];
  readonly named: boolean;
  readonly rows: readonly CsvTableRow[];
  readonly cursor: string | undefined;
  /** Facts beside the rows, each in a header `x-…`. Absent ones are left out. */
  readonly facts?: Readonly<Record<string, string | undefined>>;
};

export type Operation<
  Path extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
> = {
  readonly id: string;
  readonly function: HttpFunction;
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly route: string;
  readonly summary: string;
  /** `open`: no token needed. */
  readonly access: 'open' | AccessRule<z.output<Path>, z.output<Query>>;
  readonly path: Path;
  readonly query: Query;
  readonly body: Body;
  /** The schema for this path, if `body` is a union over paths. */
  bodyFor?(path: z.output<Path>): z.ZodType<z.output<Body>>;
  readonly consumes: 'nothing' | 'application/json' | 'text/csv';
  readonly ifMatch: boolean;
  readonly reply: Reply;
  /** For replies that are also available as CSV. */
  readonly csv?: {
    asked(query: z.output<Query>, accept: string | undefined): boolean;
    table(reply: z.output<Reply>, query: z.output<Query>, path: z.output<Path>): CsvTable;
    readonly example: string;
  };
  /** For replies that are also a page, if `Accept` prefers it. The handler makes it. */
  readonly html?: { readonly example: string };
  /** `Accept: application/pdf` is redirected to the route with this suffix. */
  readonly pdf?: { readonly suffix: string };
  /** Media type of a reply of bytes, in place of JSON. */
  readonly binary?: 'application/pdf';
  /** Seconds that anybody may keep the reply: it is the same for every caller. */
  readonly publicSeconds?: number;
  /** Seconds. Only for replies that change with the code alone. */
  readonly cacheSeconds?: number;
  /** 201: created. 200: existed. */
  readonly statuses: readonly (200 | 201)[];
  /** Besides COMMON_ERRORS. */
  readonly errors: readonly ErrorCode[];
  readonly example: {
    readonly path: Record<string, string>;
    readonly query?: Record<string, string>;
    readonly body?: unknown;
    readonly reply: unknown;
  };
};

/** The reply of an operation with `binary`. */
export const FileBytes = z.custom<Uint8Array>((reply) => reply instanceof Uint8Array);

/** An object whose form a portal defines: checked as a whole, and OpenAPI does not repeat it. */
export const portalObject = <Form extends object>(schema: z.ZodType<Form>) =>
  z
    .custom<Form>((form) => typeof form === 'object' && form !== null, 'is not of the form of the portal')
    .check(({ value, issues }) => {
      const { error } = schema.safeParse(value);
      for (const issue of error?.issues ?? []) issues.push({ ...issue, input: value } as (typeof issues)[number]);
    })
    .meta({ type: 'object' });

/** The fields of an operation or a file that a router needs. */
export type PlainRoute = Pick<Operation, 'id' | 'function' | 'method' | 'route' | 'access'>;

export const COMMON_ERRORS = [
  'INVALID_REQUEST',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'MFA_REQUIRED',
  'BUSY',
  'INTERNAL',
] as const;

export const defineOperation = <
  Path extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Reply extends z.ZodType,
>(
  operation: Operation<Path, Query, Body, Reply>,
) => operation;

type FixedForReads = 'method' | 'body' | 'consumes' | 'ifMatch' | 'statuses';

export const defineReadOperation = <Path extends z.ZodType, Query extends z.ZodType, Reply extends z.ZodType>(
  operation: Omit<Operation<Path, Query, typeof EmptyObject, Reply>, FixedForReads>,
): Operation<Path, Query, typeof EmptyObject, Reply> => ({
  ...operation,
  method: 'GET',
  body: EmptyObject,
  consumes: 'nothing',
  ifMatch: false,
  statuses: [200],
});

/** API Gateway's route key. */
export const routeKey = ({ method, route }: Pick<Operation, 'method' | 'route'>): string => `${method} ${route}`;

/** `decimal`: a number in figures that a double may not hold, such as `-60.00`. */
export type CsvValue = string | Sum | boolean | readonly string[] | { readonly decimal: string } | undefined;

export type CsvTableRow = Readonly<Record<string, CsvValue>>;

export const EmptyObject = z.strictObject({});

const CursorKey = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => text.isWellFormed());

const CursorKeys = z.array(CursorKey).min(1).max(5);

const decodeCursor = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
};

/** Opaque to callers. */
export const Cursor = z
  .string()
  .max(1_000)
  .transform((cursor, context): PagePosition => {
    const parts = CursorKeys.safeParse(decodeCursor(cursor));
    if (parts.success) return parts.data;
    context.addIssue('not a cursor of ours; start again without one');
    return z.NEVER;
  });

/** Absent on the last page. */
export const NextCursor = z.string().optional();

export const cursorField = (next: PagePosition | undefined): { cursor?: string } =>
  next ? { cursor: Buffer.from(JSON.stringify(next)).toString('base64url') } : {};

export const ReplyFormat = z.enum(['json', 'csv']);

/** `format` in the query wins; without it, CSV if `Accept` names it first. */
export const wantsCsv = (format: z.infer<typeof ReplyFormat> | undefined, accept = ''): boolean =>
  format === undefined ? /^\s*text\/csv\b/i.test(accept) : format === 'csv';

export const BooleanParameter = z.enum(['true', 'false']).transform((text) => text === 'true');
