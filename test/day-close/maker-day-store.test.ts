import { expect, inject, it } from 'vitest';
import { allStores } from '../../local/all-stores.ts';
import { makerDayKey, toMakerDayItem } from '../../shared/day-close/maker-day.ts';
import { StockLocationId } from '../../shared/kernel/ids.ts';
import { Day, Instant } from '../../shared/kernel/time.ts';
import { PutCommand } from '../../shared/platform/dynamodb-commands.ts';
import { useBook } from '../kit/book.ts';
import { engineClient } from '../kit/fast-clients.ts';
import { watchedClient } from '../kit/interceptor.ts';
import { tampererOf } from '../kit/tampering.ts';

const { client, watch } = watchedClient(inject('endpoint'));
const book = useBook({ client });
const DAY = Day.parse('2026-11-20');
const CLOSE = { edition: 1, closedAt: Instant.parse('2026-11-21T00:30:00.000Z') };

it('Rows of a day are read in one call. Locations without a row, and unreadable rows, are left out.', async () => {
  const locations = Array.from({ length: 90 }, (_, at) => StockLocationId.parse(`LKO-${at + 10}`));
  const [first, second, third] = locations as [StockLocationId, StockLocationId, StockLocationId];
  for (const location of [third, second, first]) {
    const Item = toMakerDayItem({ location, day: DAY, makersOf: new Map(), shares: [] }, CLOSE);
    await engineClient().send(new PutCommand({ TableName: book.bahi.tables.Ledger, Item }));
  }
  await tampererOf(book).change('Ledger', makerDayKey(second, DAY), () => ({ shares: 'torn' }));
  let calls = 0;
  watch({ any: () => calls++ });
  const rows = await allStores().makerDays.several(locations, DAY);
  expect(rows.map(({ location }) => location)).toEqual([first, third]);
  expect(calls).toBe(1);
});
