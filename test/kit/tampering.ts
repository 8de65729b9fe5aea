import type { StockLocationId } from '../../shared/kernel/ids.ts';
import { VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import { ledgerKey, returnedQuantityKey } from '../../shared/ledger/voucher-item.ts';
import { DeleteCommand, GetCommand, PutCommand } from '../../shared/platform/dynamodb-commands.ts';
import type { TableName } from '../../shared/platform/tables.ts';
import type { Book } from './book.ts';
import { engineClient } from './fast-clients.ts';

type Item = Record<string, unknown>;

/** Someone with the keys to the tables, who changes what nothing of ours ever changes. */
export const tampererOf = ({ bahi }: Pick<Book, 'bahi'>) => {
  const client = engineClient();
  const change = async (table: TableName, Key: Item, to: (item: Item) => Item): Promise<void> => {
    const TableName = bahi.tables[table];
    const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    if (!Item) throw new Error(`there is nothing at ${JSON.stringify(Key)}`);
    await client.send(new PutCommand({ TableName, Item: { ...Item, ...to(Item) } }));
  };
  const remove = (table: TableName, Key: Item) =>
    client.send(new DeleteCommand({ TableName: bahi.tables[table], Key }));
  const at = (location: string, number: string) => [location as StockLocationId, VoucherNumber.parse(number)] as const;
  return {
    change,
    remove,
    row: (location: string, item: string, to: (row: Item) => Item) => change('Stock', { location, item }, to),
    removeRow: (location: string, item: string) => remove('Stock', { location, item }),
    voucher: (location: string, number: string, to: (stored: Item) => Item) =>
      change('Ledger', ledgerKey(...at(location, number)), to),
    removeVoucher: (location: string, number: string) => remove('Ledger', ledgerKey(...at(location, number))),
    back: (location: string, of: string, to: (row: Item) => Item) =>
      change('Ledger', returnedQuantityKey(...at(location, of)), to),
    removeBack: (location: string, of: string) => remove('Ledger', returnedQuantityKey(...at(location, of))),
  };
};

/** Adds to a figure of an item. */
export const more =
  (figure: string, by = 1) =>
  (item: Item): Item => ({ [figure]: Number(item[figure]) + by });

/** One more in a transfer's row: of its only line, or of its only receipt. */
export const oneMore =
  (what: 'dispatched' | 'takenBack' | 'accepted' | 'rejected') => (row: Record<string, unknown>) => {
    type Lines = (string | number)[][];
    const plus = ([figures = []]: Lines, place: number) => [
      figures.map((figure, at) => (at === place ? Number(figure) + 1 : figure)),
    ];
    const [receipt] = row.receipts as { lines: Lines }[];
    if (what === 'dispatched' || what === 'takenBack')
      return { lines: plus(row.lines as Lines, what === 'dispatched' ? 1 : 2) };
    return { receipts: [{ ...receipt, lines: plus(receipt?.lines ?? [], what === 'accepted' ? 1 : 2) }] };
  };
