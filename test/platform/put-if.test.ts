import { describe, expect, it } from 'vitest';
import { StockLocationId } from '../../shared/kernel/ids.ts';
import { Instant } from '../../shared/kernel/time.ts';
import { VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import { basketId, basketStore } from '../../shared/ledger/basket-store.ts';
import { returnedQuantityStore } from '../../shared/ledger/returned-quantity-store.ts';
import { returnedQuantityKey } from '../../shared/ledger/voucher-item.ts';
import { PutCommand } from '../../shared/platform/dynamodb-commands.ts';
import type { TableName } from '../../shared/platform/tables.ts';
import { useBook } from '../kit/book.ts';
import { engineClient } from '../kit/fast-clients.ts';

/** Loses the answer of the next update that DynamoDB has written. */
let isNextLost = false;
const client = engineClient();
client.intercept('command', async ({ operation, input }, send) => {
  const answer = await send(input);
  if (operation !== 'UpdateItem' || !isNextLost) return answer;
  isNextLost = false;
  throw Object.assign(new Error('lost'), { name: 'TimeoutError' });
});

const book = useBook();

const location = StockLocationId.parse('LKO-01');
const at = Instant.parse('2026-11-22T05:00:00.000Z');
const tablesOf = () => ({
  client,
  name: (table: TableName) => book.bahi.tables[table],
  unreadable: () => undefined,
});

const put = (Item: object) => client.send(new PutCommand({ TableName: book.bahi.tables.Ledger, Item }));
const settlement = (by: string) => ({ at, by, why: 'counted' });

describe.each([
  [
    'returns before their sale',
    async (serial: string) => {
      const of = VoucherNumber.parse(`7KQ2MS261122${serial}`);
      await put({ ...returnedQuantityKey(location, of), lines: {}, version: 1 });
      const store = returnedQuantityStore(tablesOf());
      return (by: string) => store.settle(location, of, 1, { ...settlement(by), sold: false });
    },
  ],
  [
    'a basket',
    async (serial: string) => {
      const id = basketId(serial);
      await put({ daybook: `${location}#baskets`, entry: id, basket: `BASKET-${serial}`, left: -100, version: 1 });
      const store = basketStore(tablesOf());
      return (by: string) => store.settle(location, id, 1, { ...settlement(by), uncovered: 100 });
    },
  ],
])('The settlement of %s', (_what, open) => {
  it('is known as our own if its answer was lost.', async () => {
    const settle = await open('0001');
    isNextLost = true;
    expect(await settle('officer-1')).toBe(true);
    expect(isNextLost).toBe(false);
  });

  it('is refused if another officer settled first.', async () => {
    const settle = await open('0002');
    expect(await settle('officer-1')).toBe(true);
    expect(await settle('officer-2')).toBe(false);
  });
});
