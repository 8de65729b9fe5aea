import type * as z from 'zod';
import type { Composition } from '../api/composition.ts';
import type { Caller } from '../kernel/access.ts';
import type { Version } from '../kernel/quantity.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { Operation } from './operation-contract.ts';

/** A request, parsed and allowed. */
export type Asked<Path, Query, Body> = {
  readonly path: Path;
  readonly query: Query;
  readonly body: Body;
  /** The body as it was sent, before it was parsed: what a terminal signs. */
  readonly sent: unknown;
  readonly caller: Caller;
  readonly ifMatch: Version | undefined;
};

export type Reply<Body> = { readonly status: 200 | 201; readonly body: Body };

export const ok = <Body>(body: Body): Reply<Body> => ({ status: 200, body });
export const created = <Body>(body: Body): Reply<Body> => ({ status: 201, body });

/** A declared operation and what does it. */
export type Implemented = {
  readonly declared: Operation;
  handle(asked: Asked<unknown, unknown, unknown>, tools: Composition): Promise<Reply<unknown> | Refusal>;
};

/** Types what does an operation by how it was declared. */
export const operation = <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  declared: Operation<P, Q, B, R>,
  handle: (
    asked: Asked<z.output<P>, z.output<Q>, z.output<B>>,
    tools: Composition,
  ) => Promise<Reply<z.input<R>> | Refusal>,
): Implemented => ({ declared, handle });
