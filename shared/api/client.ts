import type * as z from 'zod';
import { toExactJson } from '../kernel/exact-json.ts';
import type { Problem } from '../kernel/problems.ts';
import { recordVoucher } from '../ledger/voucher-contract.ts';
import type { Operation } from '../platform/operation-contract.ts';
import type { Entries, KeptKind, REGISTRY, RegistryKind } from '../registry/registry-kinds.ts';
import type { TerminalKey } from '../registry/terminal-key.ts';
import { type Contract, operations } from './contract.ts';
import type { PhoneKey } from './phone-key.ts';
import { type KindMethods, kindMethods } from './registry-client.ts';
import { answered } from './response-schema.ts';
import { proven } from './voucher-proof.ts';

/** What an operation takes: path, query and body as they are written, before they are parsed. */
export type Ask<Op> =
  Op extends Operation<infer Path, infer Query, infer Body, z.ZodType>
    ? Part<'path', z.input<Path>> &
        Partial<Record<'query', z.input<Query>>> &
        Part<'body', z.input<Body>> & { ifMatch?: number }
    : never;
type Part<Name extends string, Input> =
  Record<string, never> extends Input ? { [name in Name]?: Input } : { [name in Name]: Input };

/** What comes back: the declared reply, or a problem, whoever gave it. Never thrown; only a lost answer is. */
export type Answer<Op> = { readonly ok: true; readonly status: number; readonly body: ReplyOf<Op> } | Refused;
type Refused = { readonly ok: false; readonly status: number; readonly problem: Problem };
type ReplyOf<Op> = Op extends Operation<z.ZodType, z.ZodType, z.ZodType, infer Reply> ? z.output<Reply> : never;

type Methods = { [Id in keyof Contract]: (request: Ask<Contract[Id]>) => Promise<Answer<Contract[Id]>> };

/** An entry is of the kind that the path names: what was read as an item can be changed and put back as one. */
type OfKind = {
  getEntry<Kind extends RegistryKind>(
    request: Omit<Ask<Contract['getEntry']>, 'path'> & { path: { kind: Kind; id: string } },
  ): Promise<EntryAnswer<Answer<Contract['getEntry']>, Kind>>;
  putEntry<Kind extends KeptKind>(
    request: Omit<Ask<Contract['putEntry']>, 'path' | 'body'> & {
      path: { kind: Kind; id: string };
      body: z.input<(typeof REGISTRY)[Kind]['entry']>;
    },
  ): Promise<EntryAnswer<Answer<Contract['putEntry']>, Kind>>;
};
type EntryAnswer<Told, Kind extends RegistryKind> = Told extends { body: infer Body }
  ? Omit<Told, 'body'> & { readonly body: Omit<Body, 'entry'> & { entry: Entries[Kind] } }
  : Told;

/** The phone's key is added where a client has one. */
type ByPhone = {
  enrolTerminal(
    request: Omit<Ask<Contract['enrolTerminal']>, 'body'> & {
      body: Omit<Ask<Contract['enrolTerminal']>['body'], 'key'> & { key?: TerminalKey };
    },
  ): Promise<Answer<Contract['enrolTerminal']>>;
};

/** Asked for as CSV, a report is the text of its lines, and where it goes on. */
type AsCsv = {
  getReport(
    request: Ask<Contract['getReport']> & { query: { format: 'csv' } },
  ): Promise<{ ok: true; status: number; body: string; cursor?: string } | Refused>;
  getReport(request: Ask<Contract['getReport']>): Promise<Answer<Contract['getReport']>>;
};

export type Client = Omit<Methods, keyof OfKind | keyof AsCsv | keyof ByPhone> &
  OfKind &
  ByPhone &
  AsCsv &
  KindMethods<Answer<Contract['recordVoucher']>>;

type Loose = {
  path?: Record<string, string>;
  query?: Record<string, string | undefined>;
  body?: unknown;
  ifMatch?: number;
};

/**
 * A client with a method per operation, and per kind of voucher. `fetch` may be another, such as one that loses answers. `phone`: the key that enrols
 * its terminals and proves what it sends, unless the request brings its own.
 */
export const clientOf = (base: string, token?: string, fetcher: typeof fetch = fetch, phone?: PhoneKey): Client => {
  const send = async (operation: Operation, { path = {}, query = {}, body: given, ifMatch }: Loose) => {
    const body = phone ? await proven(operation.id, { path, body: given }, phone) : given;
    const route = operation.route.replace(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(path[name] ?? ''));
    const asked = Object.entries(query).filter((one): one is [string, string] => one[1] !== undefined);
    const response = await fetcher(`${base}${route}${asked.length > 0 ? `?${new URLSearchParams(asked)}` : ''}`, {
      method: operation.method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(operation.consumes !== 'nothing' && { 'content-type': operation.consumes }),
        ...(ifMatch !== undefined && { 'if-match': `"${ifMatch}"` }),
      },
      ...(operation.consumes === 'application/json' && { body: toExactJson(body) }),
      ...(operation.consumes === 'text/csv' && { body: String(body) }),
    });
    return answered(operation, response.status, await response.text(), response.headers);
  };
  const methods = operations.map((operation) => [operation.id, (request: Loose) => send(operation, request)]);
  const record = (request: Loose) => send(recordVoucher, request);
  return { ...Object.fromEntries(methods), ...kindMethods(record) } as Client;
};
