import { TABLES, type TableName } from '../../shared/platform/tables.ts';
import { type Call, isWrite, sizeOf, total } from './capacity.ts';

type Item = Record<string, unknown>;
type Put = { readonly TableName: string; readonly Item: Item };
type Update = {
  readonly TableName: string;
  readonly Key: Item;
  readonly ExpressionAttributeValues?: Item;
};
type Delete = { readonly TableName: string; readonly Key: Item };
type Action = {
  readonly Put?: Put;
  readonly Update?: Update;
  readonly Delete?: Delete;
  readonly ConditionCheck?: object;
};

/**
 * The fewest units that could store what these calls wrote: each item once, without indexes and
 * unchanged fields, at 1 unit a KB, or 2 in a transaction.
 */
export const leastUnits = (calls: readonly Call[]): number => {
  const least = new Map<string, number>();
  // A refused call wrote nothing and has no units.
  const wrote = calls.filter((call) => isWrite(call) && Object.keys(call.units).length > 0);
  for (const { command, input } of wrote) {
    const actions = command === 'TransactWriteItems' ? actionsIn(input) : [actionOf(command, input)];
    for (const action of actions) {
      if (action.ConditionCheck) continue;
      const { item, bytes } = writtenItem(action);
      const units = (actions.length > 1 ? 2 : 1) * Math.ceil(bytes / 1024);
      least.set(item, Math.max(least.get(item) ?? 0, units));
    }
  }
  return total([...least.values()]);
};

const actionsIn = (input: object): readonly Action[] => (input as { TransactItems: Action[] }).TransactItems;
const actionOf = (command: string, input: object): Action =>
  command === 'PutItem' ? { Put: input as Put } : { Update: input as Update };

/**
 * The item and the bytes that a write states: all of a put; key and new fields of an update; the
 * key of a delete.
 */
const writtenItem = ({ Put, Update, Delete }: Action) => {
  if (Put) return { item: nameOf(Put.TableName, Put.Item), bytes: sizeOf(Put.Item) };
  if (Delete) return { item: nameOf(Delete.TableName, Delete.Key), bytes: sizeOf(Delete.Key) };
  if (!Update) throw new Error('an action puts, updates or deletes');
  const { TableName, Key, ExpressionAttributeValues: values = {} } = Update;
  // A history is written whole, though only its last line is new.
  const { ':history': history, ...others } = values;
  const last = Array.isArray(history) ? { history: [history.at(-1)] } : {};
  return { item: nameOf(TableName, Key), bytes: sizeOf({ ...Key, ...others, ...last }) };
};

/** `Stock/PBE-D1/PBT-BAMBOO` */
const nameOf = (TableName: string, item: Item): string => {
  const table = TableName.split('-').at(-1) as TableName;
  return [table, ...TABLES[table].key.map((part) => item[part])].join('/');
};
