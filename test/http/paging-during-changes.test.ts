import { expect, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { competingDepots } from '../kit/competing-depots.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { evaluateStockOf, sweep } from '../kit/jobs.ts';
import { reservationsBy } from '../kit/reservations.ts';
import { openShop, received } from '../kit/shop.ts';

checkAnswersAgainstContract();

const book = useBook();

type Page = { readonly keys: readonly string[]; readonly cursor: string | undefined };

/** All keys of a list; before each page but the first, something moves. */
const walked = async (read: (cursor: string | undefined) => Promise<Page>, move: () => Promise<unknown>) => {
  let page = await read(undefined);
  const keys = [...page.keys];
  while (page.cursor !== undefined) {
    await move();
    page = await read(page.cursor);
    keys.push(...page.keys);
  }
  return new Set(keys);
};

it("A walk through a depot's queue shows each request despite approvals and issues between pages.", async () => {
  const depots = competingDepots(book);
  const kit = reservationsBy(depots.plain);
  const asks = Array.from({ length: 230 }, (_, at) => [at % 2 ? 'P0100' : 'P0101', 1] as const);
  const shared = await depots.openDepot({ entitled: { P0100: 9_999, P0101: 9_999 }, free: [9_999], asks });
  const numbers = shared.all.map(({ number }) => number);
  for (const number of numbers.slice(60, 90)) await kit.reserve(number);
  const waiting = [...numbers.slice(0, 60), ...numbers.slice(90)];
  const read = async (cursor: string | undefined): Promise<Page> => {
    const { requests, cursor: next } = expectOk(
      await book.admin.listRequests({ path: { depot: shared.depot }, query: { cursor } }),
    );
    return { keys: requests.map(({ request }) => request), cursor: next };
  };
  const keys = await walked(read, async () => {
    for (const number of waiting.splice(-25)) await kit.reserve(number);
    for (const number of numbers.slice(60, 70)) await kit.issue(number, 1).catch(() => undefined);
  });
  expect(numbers.filter((number) => !keys.has(number))).toEqual([]);
});

it("A walk through a district's open alerts shows each, despite snoozes ending between pages.", async () => {
  const items = kurtas(45);
  const shops = [];
  for (let at = 0; at < 3; at++) {
    const shop = await openShop(book);
    const [phone] = shop.phones;
    if (!phone) throw new Error('the stall has a phone');
    for (const some of [items.slice(0, 40), items.slice(40)])
      expectOk(await phone.live(phone.write(received(...some.map((item) => ({ item, quantity: 1 }))))));
    await evaluateStockOf(shop.location, items);
    shops.push(shop);
  }
  const officer = await book.as('officer', 'district:LKO');
  const snoozed = shops[2];
  if (!snoozed) throw new Error('there are three stalls');
  const { location } = snoozed;
  const until = new Date(Date.parse(book.clock.now()) + 3_600_000).toISOString();
  for (const alert of items.map((item) => `${item}:short`))
    expectOk(
      await officer.snoozeAlert({ path: { location, alert }, body: { until, why: 'the weaver comes' }, ifMatch: 1 }),
    );
  book.clock.forward(3_700);

  const read = async (cursor: string | undefined): Promise<Page> => {
    const { alerts, cursor: next } = expectOk(await officer.listAlerts({ query: { area: 'LKO', cursor } }));
    return { keys: alerts.map((one) => `${one.location} ${one.alert}`), cursor: next };
  };
  const keys = await walked(read, () => sweep(location));
  const all = shops.flatMap((shop) => items.map((item) => `${shop.location} ${item}:short`));
  expect(all.filter((key) => !keys.has(key))).toEqual([]);
});
