import type * as z from 'zod';
import type { AccessTarget, Role } from '../kernel/access.ts';
import type { ErrorCode } from '../kernel/refusal.ts';
import type { Sum } from '../kernel/sum.ts';
import { EmptyObject } from './query-parameters.ts';

/** The folders of functions/ behind API Gateway, and what each is about. */
export const HTTP_FUNCTIONS = {
  vouchers: 'Day books: vouchers recorded and read',
  requests: 'What artisans ask of depots, and their passbooks',
  stock: 'What is where, and what a phone needs to sell it',
  registry: 'Outlets, depots, sellers, items and people; and terminals, which enrol',
  alerts: 'What runs short, and where the book does not agree with the shelf',
  reports: 'What officers ask of many days: stock that lies or lacks, losses, silence',
  service: 'Whether Bahi is there, and what it answers',
} as const;

export type HttpFunction = keyof typeof HTTP_FUNCTIONS;

/** For who may not read the domain: the stacks. */
export type { Role };

/** Who may: the roles, what of it per path (a kind of voucher, a kind of entry), and what the caller's scope must reach. */
export type AccessRule<Path, Query> = {
  readonly roles: readonly Role[];
  permits?(role: Role, path: Path): boolean;
  target(asked: { path: Path; query: Query; role: Role }): AccessTarget;
};

/** Lines under named columns; the names are said on the first page only. */
export type CsvTable = {
  readonly columns: readonly string[];
  readonly named: boolean;
  readonly rows: readonly CsvTableRow[];
  readonly cursor: string | undefined;
  /** What was left out, as it cannot be read: named in the header `x-unreadable`. */
  readonly unreadable?: readonly string[] | undefined;
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
  /** `open` to all, without a token. */
  readonly access: 'open' | AccessRule<z.output<Path>, z.output<Query>>;
  readonly path: Path;
  readonly query: Query;
  readonly body: Body;
  /** The schema that this path's body is read by, where the declared one is a union over paths. */
  bodyFor?(path: z.output<Path>): z.ZodType<z.output<Body>>;
  readonly consumes: 'nothing' | 'application/json' | 'text/csv';
  readonly ifMatch: boolean;
  readonly reply: Reply;
  /** Where the reply may be asked for as a file too: when it is, its lines, and an example of it. JSON is what is produced otherwise. */
  readonly csv?: {
    asked(query: z.output<Query>): boolean;
    table(reply: z.output<Reply>, query: z.output<Query>): CsvTable;
    readonly example: string;
  };
  /** Seconds for which anyone may keep the reply, where it changes with the code alone and asks for nothing: it is made once. */
  readonly cacheSeconds?: number;
  /** 201 where something may be made, 200 where it was there. */
  readonly statuses: readonly (200 | 201)[];
  /** Beside those that any operation can meet. */
  readonly errors: readonly ErrorCode[];
  readonly example: {
    readonly path: Record<string, string>;
    readonly query?: Record<string, string>;
    readonly body?: unknown;
    readonly reply: unknown;
  };
};

/** Errors that any operation with a token can meet. */
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

/** What a GET need not say. */
type FixedForReads = 'method' | 'body' | 'consumes' | 'ifMatch' | 'statuses';

/** An operation that only reads: it takes no body, and answers 200. */
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

/** `PUT /locations/{location}/vouchers/{number}`: API Gateway's name for a route, and ours. */
export const routeKey = ({ method, route }: Pick<Operation, 'method' | 'route'>): string => `${method} ${route}`;

type CsvValue = string | Sum | boolean | readonly string[] | undefined;

export type CsvTableRow = Readonly<Record<string, CsvValue>>;
