import { parseNumber } from '../kernel/sum.ts';

/** As in DynamoDB's JSON: numbers and bytes are text. Streams of this machine hold real bytes. */
type StoredValue = {
  readonly S?: string;
  readonly N?: string;
  readonly B?: string | Uint8Array;
  readonly BOOL?: boolean;
  readonly NULL?: boolean;
  readonly L?: readonly StoredValue[];
  readonly M?: StoredItem;
  readonly SS?: readonly string[];
};
type StoredItem = { readonly [attribute: string]: StoredValue };

type Json = { [name: string]: unknown };

const encodeNumber = (value: number): StoredValue => {
  if (Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER) return { N: String(value) };
  throw new Error(`DynamoDB keeps no ${value} exactly: use a bigint.`);
};

const encode = (value: unknown): StoredValue => {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return encodeNumber(value);
  if (typeof value === 'boolean') return { BOOL: value };
  if (typeof value === 'bigint') return { N: String(value) };
  if (value === null) return { NULL: true };
  if (Array.isArray(value)) return { L: value.filter((one) => one !== undefined).map(encode) };
  if (value instanceof Uint8Array) return { B: Buffer.from(value).toString('base64') };
  if (value instanceof Set && value.size > 0) return { SS: [...value].map(String) };
  if (isPlain(value)) return { M: encodeItem(value) };
  throw new Error(`DynamoDB keeps no ${typeof value} such as ${value}.`);
};

const isPlain = (value: unknown): value is object => {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** Leaves out absent values. */
const encodeItem = (item: object): StoredItem => {
  const stored: { [attribute: string]: StoredValue } = {};
  for (const [attribute, value] of Object.entries(item)) if (value !== undefined) stored[attribute] = encode(value);
  return stored;
};

const decode = ({ S, N, B, BOOL, L, M, SS }: StoredValue): unknown => {
  if (S !== undefined) return S;
  if (N !== undefined) return parseNumber(N);
  if (M !== undefined) return decodeItem(M);
  if (L !== undefined) return L.map(decode);
  if (BOOL !== undefined) return BOOL;
  if (B !== undefined) return typeof B === 'string' ? new Uint8Array(Buffer.from(B, 'base64')) : B;
  return SS ? new Set(SS) : null;
};

/** An item as DynamoDB's JSON, errors and streams hold it. */
export const decodeItem = (stored: object): Record<string, unknown> => {
  const item: Record<string, unknown> = {};
  for (const [attribute, value] of Object.entries(stored as StoredItem)) item[attribute] = decode(value);
  return item;
};

/** Members of requests and responses that hold one item, or a list of items. */
const ITEMS = new Set([
  'Item',
  'Key',
  'ExpressionAttributeValues',
  'ExclusiveStartKey',
  'LastEvaluatedKey',
  'Attributes',
]);
const ITEM_LISTS = new Set(['Items', 'Keys']);

const mapItems = (node: unknown, change: (item: object) => object): unknown => {
  if (Array.isArray(node)) return node.map((one) => mapItems(one, change));
  if (typeof node !== 'object' || node === null) return node;
  const changed: Json = {};
  for (const [name, value] of Object.entries(node)) {
    if (value === undefined) continue;
    if (ITEMS.has(name)) changed[name] = change(value);
    else if (ITEM_LISTS.has(name)) changed[name] = value.map(change);
    else changed[name] = mapItems(value, change);
  }
  return changed;
};

export const encodeRequest = (input: object): object => mapItems(input, encodeItem) as object;

/** A batch of reads answers with lists of items by table. */
export const decodeResponse = (output: Json): object => {
  const { Responses, ...rest } = mapItems(output, decodeItem) as Json;
  if (!Responses) return rest;
  const tables = Object.entries(Responses as { [table: string]: object[] });
  return Object.assign(rest, {
    Responses: Object.fromEntries(tables.map(([table, items]) => [table, items.map(decodeItem)])),
  });
};
