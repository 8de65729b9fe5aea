import { beforeEach, expect, it } from 'vitest';
import { reconcileLocation } from '../../functions/reconcile-ledger/reconcile-location.ts';
import { allStores } from '../../local/all-stores.ts';
import { StockLocationId } from '../../shared/kernel/ids.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { START } from '../kit/clock.ts';
import { closeAt, latestCloseByDay } from '../kit/day-closes.ts';
import type { Phone } from '../kit/phone.ts';
import { openShop, received, sold } from '../kit/shop.ts';

const [HOUR, DAY] = [3_600_000, 24 * 3_600_000];
const item = 'LKO-KURTA-01';
const book = useBook();
const at = (days: number, hours = 0) => book.clock.set(new Date(START + days * DAY + hours * HOUR).toISOString());
beforeEach(() => at(0));

/** Enrolled so many days ago. */
const opened = async (ago: number, behind = 0) => {
  const shop = await openShop(book, [behind], ago);
  const [phone] = shop.phones as [Phone];
  return { shop, phone };
};

const drifts = async ({ location }: { location: string }) =>
  (await reconcileLocation(StockLocationId.parse(location), 'the whole book', allStores())).drifts;

it('The first close of a stall finds its oldest day, however long ago.', async () => {
  const { shop, phone } = await opened(64);
  at(-62);
  await phone.insist(phone.write(received({ item, quantity: 5 })));
  at(0);
  await phone.insist(phone.write(sold({ item, quantity: 1 })));
  at(1);
  await closeAt(shop.location);
  const closes = await latestCloseByDay(shop.location);
  expect([...closes.keys()].toSorted()[0]).toBe('2026-09-21');
  expect(closes.get('2026-09-21')).toMatchObject({ items: [{ item, onHand: 5 }] });
  expect(closes.get('2026-11-22')).toMatchObject({ items: [{ item, onHand: 4, sold: 1 }] });
  expect(await drifts(shop)).toEqual([]);
});

it("The first close finds the oldest day of a phone offline for months, or with yesterday's clock.", async () => {
  const { shop, phone } = await opened(30);
  at(0);
  const long = phone.write(received({ item, quantity: 5 }), START - 10 * DAY);
  expectOk(await phone.sync([long]));
  at(1);
  await closeAt(shop.location);
  expect((await latestCloseByDay(shop.location)).get('2026-11-22')).toMatchObject({ items: [{ item, onHand: 5 }] });

  at(0);
  const late = await opened(0, 11 * HOUR);
  expectOk(await late.phone.sync([late.phone.write(received({ item, quantity: 3 }))]));
  expect(await drifts(late.shop)).toEqual([]);
  at(3);
  await closeAt(late.shop.location);
  expect((await latestCloseByDay(late.shop.location)).get('2026-11-22')).toMatchObject({
    items: [{ item, onHand: 3 }],
  });
  expect(await drifts(late.shop)).toEqual([]);
});

it('A late voucher of a fast clock belongs to the next day: no drift before or after the close.', async () => {
  const { shop, phone } = await opened(5, -11 * HOUR);
  expectOk(await phone.sync([phone.write(received({ item, quantity: 5 }), START - 4 * DAY)]));
  await closeAt(shop.location);
  expect(await drifts(shop)).toEqual([]);
  const late = phone.write(sold({ item, quantity: 1 }), START - 2 * DAY - 14 * HOUR);
  expect(late.number).toContain('S261120');
  expect(expectOk(await phone.sync([late])).outcomes).toMatchObject([{ outcome: 'recorded' }]);
  expect(await drifts(shop)).toEqual([]);
  await closeAt(shop.location);
  expect(await drifts(shop)).toEqual([]);
  expect((await latestCloseByDay(shop.location)).get('2026-11-19')).toMatchObject({
    items: [{ item, onHand: 4, sold: 1 }],
  });
});

it('The closes and the reconciliation include what an officer admits from before the first terminal.', async () => {
  const { shop, phone } = await opened(2);
  await phone.insist(phone.write(received({ item, quantity: 2 })));
  expect(await drifts(shop)).toEqual([]);
  const before = phone.write(received({ item, quantity: 4 }), START - 10 * DAY);
  const [outcome] = expectOk(await phone.sync([before])).outcomes;
  expect(outcome).toMatchObject({ outcome: 'held', problem: { code: 'CLOCK_OFF' } });
  const path = { location: shop.location, held: outcome && 'held' in outcome ? outcome.held : '' };
  const body = { do: 'admit' as const, occurredAt: before.claim.occurredAt, why: 'the bill says so' };
  expectOk(await book.admin.settleHeld({ path, body, ifMatch: 1 }));
  expect(await drifts(shop)).toEqual([]);
  at(1);
  await closeAt(shop.location);
  expect((await latestCloseByDay(shop.location)).get('2026-11-22')).toMatchObject({ items: [{ item, onHand: 6 }] });
  expect(await drifts(shop)).toEqual([]);
});
