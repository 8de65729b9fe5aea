import fc from 'fast-check';
import { beforeAll, expect, inject, it } from 'vitest';
import { reconcileLocation } from '../../functions/reconcile-ledger/reconcile-location.ts';
import { allStores } from '../../local/all-stores.ts';
import { StockLocationId } from '../../shared/kernel/ids.ts';
import { seededRandom } from '../../simulate/seeded-random.ts';
import { vouchers } from '../kit/arbitraries.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { expectBookMatchesStock, outcomeText } from '../kit/book-check.ts';
import { kurtas } from '../kit/claims.ts';
import { FAULTS, faultyClient } from '../kit/interceptor.ts';
import type { Phone, Written } from '../kit/phone.ts';
import { runs } from '../kit/runs.ts';
import { adjusted, counted, openShop, received, type Shop, sold, tookBack } from '../kit/shop.ts';

const ITEMS = kurtas(6);
const VOUCHERS = runs(300);
const { client, meet } = faultyClient(inject('endpoint'));
let shop: Shop;
const book = useBook({ client });
beforeAll(async () => {
  shop = await openShop(book, [0, 180_000, -180_000, 7_000]);
});

it('Vouchers of four phones, repeated, in any order, through faults, are recorded once each.', {
  tags: 'property',
}, async () => {
  const random = seededRandom(4).next;
  meet(() => (random() < 0.15 ? pick(random, FAULTS) : 'none'));
  const outcomesByNumber = new Map<string, string[]>();
  const bring = async (phone: Phone, batch: readonly Written[]) => {
    const { outcomes } = expectOk(await phone.sync(batch));
    expect(outcomes.map(({ number }) => number)).toEqual(batch.map(({ number }) => number));
    // The phone may never hear of it.
    const isHeard = random() < 0.8;
    for (const outcome of outcomes) outcomesByNumber.get(outcome.number)?.push(outcomeText(outcome));
    return new Set(isHeard ? outcomes.filter((one) => one.outcome !== 'later').map(({ number }) => number) : []);
  };

  const each = shop.phones.map((phone) => {
    const written: Written[] = [];
    while (written.length < VOUCHERS / 4) written.push(...writeOne(random, phone));
    for (const { number } of written) outcomesByNumber.set(number, []);
    return { phone, written, left: shuffled(random, written) };
  });
  const work = async ({ phone, written, left }: (typeof each)[number]) => {
    for (let pending = left; pending.length > 0; ) {
      const some = pending.slice(0, 1 + below(random, 40));
      const again = shuffled(random, written).slice(0, below(random, 8));
      const batch = shuffled(random, [...some, ...again]);
      const [heard] = await Promise.all([bring(phone, batch), random() < 0.15 && bring(phone, batch.toReversed())]);
      pending = pending.filter(({ number }) => !heard.has(number));
    }
  };
  await Promise.all(each.map(work));

  const numbers = each.flatMap(({ written }) => written.map(({ number }) => number)).toSorted();
  const recorded = await expectBookMatchesStock(shop.client, shop.location, 4);
  expect(recorded.map(({ number }) => number).toSorted()).toEqual(numbers);
  expect(
    [...outcomesByNumber.values()].flat().filter((what) => !['recorded', 'repeated', 'later'].includes(what)),
  ).toEqual([]);
  expect([...outcomesByNumber].filter(([, all]) => all.filter((one) => one === 'recorded').length > 1)).toEqual([]);
  meet(() => 'none');
  expect((await reconcileLocation(StockLocationId.parse(shop.location), 'the whole book', allStores())).drifts).toEqual(
    [],
  );
});

it('Any readable voucher of a local terminal is recorded or held, and none is lost.', {
  tags: 'property',
}, async () => {
  meet(() => 'none');
  const [phone] = shop.phones as [Phone];
  const { client, location } = shop;
  const listed = async () => {
    const held: string[] = [];
    let cursor: string | undefined;
    do {
      const page = expectOk(await client.listHeld({ path: { location }, query: { cursor } }));
      held.push(...page.held.map((one) => one.held));
      cursor = page.cursor;
    } while (cursor);
    return new Set(held);
  };
  const ofHere = vouchers.map(({ number, claim }) => ({ number: `${phone.terminal}${number.slice(5)}`, claim }));
  const batches = fc.uniqueArray(ofHere, { minLength: 1, maxLength: 30, selector: ({ number }) => number });
  await fc.assert(
    fc.asyncProperty(batches, async (batch) => {
      const { outcomes } = expectOk(await phone.sync(batch as unknown as Written[]));
      const held = await listed();
      for (const outcome of outcomes) {
        const path = { location, number: outcome.number };
        if (outcome.outcome === 'held') expect(held).toContain(outcome.held);
        else expect([outcome.outcome, (await client.getVoucher({ path })).status]).toEqual(['recorded', 200]);
      }
    }),
    { numRuns: runs(8), seed: 5 },
  );
});

type Random = () => number;

const below = (random: Random, most: number): number => Math.floor(random() * most);

const pick = <T>(random: Random, all: readonly T[]): T => all[below(random, all.length)] as T;

const shuffled = <T>(random: Random, all: readonly T[]): T[] =>
  all
    .map((one) => [random(), one] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, one]) => one);

/** A voucher of the last three days: mostly sales, some with a return, a few counts. */
const writeOne = (random: Random, phone: Phone): Written[] => {
  const at = Date.parse(book.clock.now()) - below(random, 3 * 86_400_000);
  const lines = shuffled(random, ITEMS)
    .slice(0, 1 + below(random, 3))
    .map((item) => ({ item, quantity: 1 + below(random, 5) }));
  const kind = random();
  if (kind < 0.15) return [phone.write(received(...lines), at)];
  if (kind < 0.25) return [phone.write(adjusted(pick(random, ['damaged', 'found', 'lost']), ...lines), at)];
  if (kind < 0.32) return [phone.write(counted(...lines), at)];
  if (kind < 0.36) return [phone.write({ kind: pick(random, ['S', 'R', 'A', 'C', 'V']), cancelled: 'torn' }, at)];
  const sale = phone.write(sold(...lines), at);
  if (kind < 0.9) return [sale];
  const [line] = lines as [(typeof lines)[number]];
  const back = tookBack(sale.number, { line: 1, item: line.item, quantity: 1 });
  return [sale, phone.write(back, Math.min(Date.parse(book.clock.now()), at + 1_000))];
};
