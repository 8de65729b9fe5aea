import type * as z from 'zod';
import type { DeviceClock } from '../kernel/device-clock.ts';
import { toExactJson } from '../kernel/json.ts';
import type { Problem } from '../kernel/refusal.ts';
import { recordVoucher } from '../ledger/voucher-contract.ts';
import type { LedgerKind } from '../ledger/voucher-kind.ts';
import { LEDGER_KINDS, VOUCHER_KINDS } from '../ledger/voucher-kinds.ts';
import type { Operation } from '../platform/operation-contract.ts';
import type { EditableKind, EntryByKind, REGISTRY, RegistryKind } from '../registry/registry-kinds.ts';
import type { TerminalKey } from '../registry/terminal-key.ts';
import { type Contract, operations } from './contract.ts';
import { parseResponse } from './parse-response.ts';
import { addProof, type PhoneKey } from './phone-key.ts';

/** Path, query and body before parsing. */
export type OperationRequest<Op> =
  Op extends Operation<infer Path, infer Query, infer Body, z.ZodType>
    ? RequestPart<'path', z.input<Path>> &
        Partial<Record<'query', z.input<Query>>> &
        RequestPart<'body', z.input<Body>> & { ifMatch?: number }
    : never;
type RequestPart<Name extends string, Input> =
  Record<string, never> extends Input ? { [name in Name]?: Input } : { [name in Name]: Input };

/** Problems are returned. Only a lost answer throws. */
type OperationResult<Op> = { readonly ok: true; readonly status: number; readonly body: ReplyOf<Op> } | FailedResult;
type FailedResult = { readonly ok: false; readonly status: number; readonly problem: Problem };
type ReplyOf<Op> = Op extends Operation<z.ZodType, z.ZodType, z.ZodType, infer Reply> ? z.output<Reply> : never;

type Methods = {
  [Id in keyof Contract]: (request: OperationRequest<Contract[Id]>) => Promise<OperationResult<Contract[Id]>>;
};

/** Types the entry by the kind in the path. */
type EntryMethods = {
  getEntry<Kind extends RegistryKind>(
    request: Omit<OperationRequest<Contract['getEntry']>, 'path'> & { path: { kind: Kind; id: string } },
  ): Promise<EntryResult<OperationResult<Contract['getEntry']>, Kind>>;
  putEntry<Kind extends EditableKind>(
    request: Omit<OperationRequest<Contract['putEntry']>, 'path' | 'body'> & {
      path: { kind: Kind; id: string };
      body: z.input<(typeof REGISTRY)[Kind]['entry']>;
    },
  ): Promise<EntryResult<OperationResult<Contract['putEntry']>, Kind>>;
};

type EntryResult<Reply, Kind extends RegistryKind> = Reply extends { body: infer Body }
  ? Omit<Reply, 'body'> & { readonly body: Omit<Body, 'entry'> & { entry: EntryByKind[Kind] } }
  : Reply;

/** The client adds the phone's key. */
type PhoneMethods = {
  enrolTerminal(
    request: Omit<OperationRequest<Contract['enrolTerminal']>, 'body'> & {
      body: Omit<OperationRequest<Contract['enrolTerminal']>['body'], 'key'> & { key?: TerminalKey };
    },
  ): Promise<OperationResult<Contract['enrolTerminal']>>;
};

/** `body`: CSV text. `cursor`: the next page. */
type ReportMethods = {
  getReport(
    request: OperationRequest<Contract['getReport']> & { query: { format: 'csv' } },
  ): Promise<{ ok: true; status: number; body: string; cursor?: string } | FailedResult>;
  getReport(request: OperationRequest<Contract['getReport']>): Promise<OperationResult<Contract['getReport']>>;
};

export type Client = Omit<Methods, keyof EntryMethods | keyof ReportMethods | keyof PhoneMethods> &
  EntryMethods &
  PhoneMethods &
  ReportMethods &
  KindMethods<OperationResult<Contract['recordVoucher']>>;

type AnyRequest = {
  path?: Record<string, string>;
  query?: Record<string, string | undefined>;
  body?: unknown;
  ifMatch?: number;
};

/**
 * One method per operation and voucher kind. `phone`: its key enrols terminals and proves requests.
 */
export const createClient = (base: string, token?: string, fetcher: typeof fetch = fetch, phone?: PhoneKey): Client => {
  const send = async (operation: Operation, { path = {}, query = {}, body: given, ifMatch }: AnyRequest) => {
    const body = phone ? await addProof(operation.id, { path, body: given }, phone) : given;
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
    if (operation.binary && response.ok)
      return { ok: true, status: response.status, body: new Uint8Array(await response.arrayBuffer()) };
    return parseResponse(operation, response.status, await response.text(), response.headers);
  };
  const methods = operations.map((operation) => [operation.id, (request: AnyRequest) => send(operation, request)]);
  const record = (request: AnyRequest) => send(recordVoucher, request);
  return { ...Object.fromEntries(methods), ...kindMethods(record) } as Client;
};

type ClaimInputs = { [Kind in LedgerKind]: z.input<(typeof VOUCHER_KINDS)[Kind]['claim']> };

type KindRequest<Kind extends LedgerKind> = {
  readonly path: { readonly location: string; readonly number: string };
  readonly body: Omit<ClaimInputs[Kind], 'kind'> & {
    readonly clock?: z.input<typeof DeviceClock> | undefined;
  } & (Kind extends 'S' | 'A' | 'D' ? { readonly goodsInHand?: boolean } : unknown);
};

/** `recordSale`, `receiveGoods`, … */
type KindMethods<Answer> = {
  [Kind in LedgerKind as (typeof VOUCHER_KINDS)[Kind]['method']]: (request: KindRequest<Kind>) => Promise<Answer>;
};

type KindMethodRequest = { readonly path: Record<string, string>; readonly body: object };

const kindMethods = (
  record: (request: KindMethodRequest) => unknown,
): Record<string, (request: KindMethodRequest) => unknown> =>
  Object.fromEntries(
    LEDGER_KINDS.map((kind) => [
      VOUCHER_KINDS[kind].method,
      ({ path, body }: KindMethodRequest) => record({ path, body: { kind, ...body } }),
    ]),
  );
