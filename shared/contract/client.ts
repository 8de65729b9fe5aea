import type * as z from 'zod';
import type { Operation } from './operation.ts';
import { type Contract, operations } from './operations.ts';
import { Problem } from './problems.ts';

/** What an operation takes: path, query and body as they are written, before they are parsed. */
export type Ask<Op> =
  Op extends Operation<infer Path, infer Query, infer Body, z.ZodType>
    ? Part<'path', z.input<Path>> &
        Partial<Record<'query', z.input<Query>>> &
        Part<'body', z.input<Body>> & { ifMatch?: number }
    : never;
type Part<Name extends string, Input> =
  Record<string, never> extends Input ? { [name in Name]?: Input } : { [name in Name]: Input };

/** What comes back: the declared reply, or a problem. Never thrown; only a lost answer is. */
export type Answer<Op> =
  | { readonly ok: true; readonly status: number; readonly body: ReplyOf<Op> }
  | { readonly ok: false; readonly status: number; readonly problem: Problem };
type ReplyOf<Op> = Op extends Operation<z.ZodType, z.ZodType, z.ZodType, infer Reply> ? z.output<Reply> : never;

export type Client = { [Id in keyof Contract]: (request: Ask<Contract[Id]>) => Promise<Answer<Contract[Id]>> };

type Loose = {
  path?: Record<string, string>;
  query?: Record<string, string | undefined>;
  body?: unknown;
  ifMatch?: number;
};

/** A client with a method per operation. `fetch` may be another, such as one that loses answers. */
export const clientOf = (base: string, token?: string, fetcher: typeof fetch = fetch): Client => {
  const send = async (operation: Operation, { path = {}, query = {}, body, ifMatch }: Loose) => {
    const route = operation.route.replace(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(path[name] ?? ''));
    const asked = Object.entries(query).filter((one): one is [string, string] => one[1] !== undefined);
    const response = await fetcher(`${base}${route}${asked.length > 0 ? `?${new URLSearchParams(asked)}` : ''}`, {
      method: operation.method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(operation.consumes !== 'nothing' && { 'content-type': operation.consumes }),
        ...(ifMatch !== undefined && { 'if-match': `"${ifMatch}"` }),
      },
      ...(operation.consumes === 'application/json' && { body: JSON.stringify(body) }),
      ...(operation.consumes === 'text/csv' && { body: String(body) }),
    });
    const { ok, status } = response;
    const said: unknown = await response.json();
    return ok ? { ok, status, body: operation.reply.parse(said) } : { ok, status, problem: Problem.parse(said) };
  };
  const methods = operations.map((operation) => [operation.id, (request: Loose) => send(operation, request)]);
  return Object.fromEntries(methods) as Client;
};
