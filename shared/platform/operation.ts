import type * as z from 'zod';
import type { Caller } from '../kernel/access.ts';
import type { Version } from '../kernel/quantity.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { Language } from '../kernel/units.ts';
import type { CsvTable, Operation, PlainRoute } from './operation-contract.ts';

export type ParsedRequest<Path, Query, Body> = {
  readonly path: Path;
  readonly query: Query;
  readonly body: Body;
  /** The unparsed body: terminals sign it. */
  readonly sent: unknown;
  readonly caller: Caller;
  readonly ifMatch: Version | undefined;
  /** `hi` if `Accept-Language` prefers it to English. */
  readonly language: Language;
  /** For links, such as `https://bahi.example`. */
  readonly origin: string;
  /** The reply is sent as CSV. */
  readonly csv: boolean;
};

/** `page`: HTML, made only if the caller prefers it. */
export type OperationReply<Body> = {
  readonly status: 200 | 201;
  readonly body: Body;
  readonly page?: () => string;
};

export const ok = <Body>(body: Body): OperationReply<Body> => ({ status: 200, body });
export const okWithPage = <Body>(body: Body, page: () => string): OperationReply<Body> => ({ status: 200, body, page });
export const created = <Body>(body: Body): OperationReply<Body> => ({ status: 201, body });

export type OperationHandler<Deps> = {
  readonly contract: Operation;
  readonly handle: (
    asked: ParsedRequest<unknown, unknown, unknown>,
    deps: Deps,
  ) => Promise<OperationReply<unknown> | Refusal>;
  /** For a contract with `csv`: csvOperation of csv.ts. */
  readonly writeCsv?: (table: CsvTable) => string;
};

export type FileResponse = {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded?: boolean;
};

/** An open file beside the contract. */
export type FileHandler<Deps> = {
  readonly contract: PlainRoute;
  readonly read: (deps: Deps) => Promise<FileResponse>;
};

/** Types a handler by its operation's contract. */
export const operation = <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType, Deps>(
  declared: Operation<P, Q, B, R>,
  handle: (
    asked: ParsedRequest<z.output<P>, z.output<Q>, z.output<B>>,
    deps: Deps,
  ) => Promise<OperationReply<z.input<R>> | Refusal>,
): OperationHandler<Deps> => ({
  contract: declared,
  // The chain parses each request by these schemas first.
  handle: handle as OperationHandler<Deps>['handle'],
});
