import { describe, expect, inject, it } from 'vitest';
import { allStores } from '../../local/all-stores.ts';
import { ProductId, StockLocationId } from '../../shared/kernel/ids.ts';
import { Day } from '../../shared/kernel/time.ts';
import { DynamoDbError } from '../../shared/platform/dynamodb-errors.ts';
import { addDayToModel, type OutletProductSales } from '../../shared/replenishment/add-day-to-model.ts';
import { type DemandModel, EMPTY_DEMAND_MODEL, MODEL_PARAMETERS } from '../../shared/replenishment/demand-model.ts';
import { demandRateReader } from '../../shared/replenishment/demand-rate.ts';
import { useBook } from '../kit/book.ts';
import { costOf, meteredClient } from '../kit/capacity.ts';

const meter = meteredClient(inject('endpoint'));
useBook({ client: meter.client });

const DAYS = 12;

const PRODUCTS = ['FLUTE', 'KURTA', 'LAMP'].map((id) => ProductId.parse(id));

it.each([
  ['before shelves are learned', DAYS - 5],
  ['after', DAYS],
])('A snapshot reads back bit by bit, %s.', async (_says, days) => {
  const paces = learned(40, days);
  const head = await keep(paces);
  expect(await allStores().paces.snapshot(head, paces.day)).toStrictEqual(paces);
  expect(await allStores().paces.head()).toEqual(head);
});

it('An outlet reads from its part what it would from the whole.', async () => {
  const paces = learned(40, DAYS);
  await keep(paces);
  const whole = demandRateReader(paces);
  for (const outlet of [...outletsOf(40), StockLocationId.parse('NEW-01')]) {
    const own = await allStores().paces.of(outlet);
    if (!own) throw new Error('nothing was kept');
    const read = demandRateReader(own, MODEL_PARAMETERS, own.scale);
    for (const product of [...PRODUCTS, ProductId.parse('NEW')])
      expect(read(outlet, product)).toEqual(whole(outlet, product));
  }
});

it('A put that DynamoDB throttles is retried a moment later.', async () => {
  let busy = 3;
  meter.client.intercept('command', async ({ operation, input }, send) => {
    if (operation !== 'PutItem' || --busy < 0) return send(input);
    throw new DynamoDbError(400, { __type: 'ProvisionedThroughputExceededException' });
  });
  const paces = learned(6, DAYS);
  const head = await keep(paces);
  expect(await allStores().paces.snapshot(head, paces.day)).toStrictEqual(paces);
});

describe.runIf(inject('countsUnits'))('and what it reads', () => {
  it('The cost does not grow with the number of outlets.', { tags: 'long' }, async () => {
    const [outlet = ''] = outletsOf(1);
    const readsOf = async (many: number) => {
      await keep(learned(many, DAYS));
      return costOf(await meter.callsOf(() => allStores().paces.of(StockLocationId.parse(outlet)))).reads;
    };
    expect(await readsOf(600)).toBe(await readsOf(9));
  });
});

const dayAt = (n: number) => Day.parse(`2026-11-${String(n + 1).padStart(2, '0')}`);

const outletsOf = (many: number) =>
  Array.from({ length: many }, (_, n) =>
    StockLocationId.parse(`A${String.fromCharCode(65 + Math.floor(n / 90))}-${String(10 + (n % 90))}`),
  );

/** Each sells something else, every third has no lamp, and the last one opened on the last day. */
const learned = (many: number, days: number): DemandModel & { readonly day: Day } => {
  let paces = EMPTY_DEMAND_MODEL;
  for (let n = 0; n < days; n++) {
    const open = n < days - 1 ? outletsOf(many).slice(0, -1) : outletsOf(many);
    const sold = open.flatMap((outlet, at): OutletProductSales[] =>
      PRODUCTS.slice(at % 3 === 0 ? 1 : 0).map((product, p) => ({
        outlet,
        product,
        sold: (at * 7 + p * 5 + n * 3) % 4,
        exposure: 1,
      })),
    );
    paces = addDayToModel(paces, dayAt(n), sold);
  }
  return { ...paces, day: dayAt(days - 1) };
};

const keep = async (paces: DemandModel & { readonly day: Day }) => {
  const { paces: store } = allStores();
  const kept = await store.keep(await store.head(), paces, { closedTo: paces.day, known: {} });
  if (typeof kept === 'symbol') throw new Error('another folded meanwhile');
  return kept;
};
