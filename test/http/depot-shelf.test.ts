import { beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../../shared/api/client.ts';
import type { Voucher } from '../../shared/ledger/voucher.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { adjustment } from '../kit/claims.ts';
import { daysAgo } from '../kit/clock.ts';
import { competingDepots, storesOf } from '../kit/competing-depots.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { BAMBOO, type Depot, openDepot } from '../kit/depot.ts';
import { type RequestDriver, requestsAt } from '../kit/material-requests.ts';

checkAnswersAgainstContract();

const book = useBook();
let depot: Depot;
let asks: RequestDriver;
let number: string;
let made = 1;
/** A depot of its own with 100 kg, of which 60 are reserved for one who comes again and again. */
beforeEach(async () => {
  await ago(60, async () => {
    const path = { kind: 'depots' as const, id: `PBE-D${++made}` };
    const body = { name: 'Depot', nameHi: 'डिपो', district: 'PBT', sellers: ['PBT1'] };
    expectOk(await book.admin.putEntry({ path, body }));
    depot = await openDepot(book, path.id);
    await depot.producer(`P010${made}`);
    await depot.receive('SIL-1', '100 kg');
    asks = requestsAt(book, depot, `P010${made}`);
    number = await asks.submitted('60 kg');
    expectOk(await asks.approve(number));
  });
});

it('The shelf shows on hand, reserved, free and expected, and no days of cover without issues.', async () => {
  expect(await bamboo()).toEqual({ onHand: 100_000, reserved: 60_000, free: 40_000, expected: 0 });
  const manager = await book.as('depot', `location:${depot.location}`);
  expect(await shelf(depot.location, manager)).toEqual(await shelf());
  expectOk(await asks.cancel(number));
  expect(await bamboo()).toEqual({ onHand: 100_000, reserved: 0, free: 100_000, expected: 0 });
  expect(await shelf('PBE-D9')).toEqual([]);
});

it('Reserved stays as promised when stock is damaged; damage and receipts are no issues.', async () => {
  const body = adjustment(book.clock, [{ item: BAMBOO, quantity: '70 kg' }], { goodsInHand: true });
  expectOk(await book.admin.recordVoucher({ path: { location: depot.location, number: depot.number('A') }, body }));
  expect(await bamboo()).toEqual({ onHand: 30_000, reserved: 60_000, free: -30_000, expected: 0 });
  await depot.receive('SIL-2', 500);
  expect(await cover()).toEqual([undefined, undefined]);
});

describe('Demand rate of a material', () => {
  it('The rate covers the days since the first issue; cover is stock over rate, rounded down to 0.1.', async () => {
    await issue(8_000);
    expect(await cover()).toEqual([8_000, 11.5]); // 92 kg at 8 a day
    await ago(4, () => issue(3_000));
    expect(await bamboo()).toEqual({
      onHand: 89_000,
      reserved: 49_000,
      free: 40_000,
      expected: 0,
      issuedADay: 2_200,
      daysOfCover: 40.4, // 11 kg in 5 days
    });
    await ago(4, () => issue(1_000));
    await ago(2, () => issue(1_000));
    expect(await cover()).toEqual([2_600, 33.4]);
    expect(await ago(-1, async () => cover(await book.as('admin', 'state')))).toEqual([2_166.7, 40.1]);
  });

  it('The rate covers at most four weeks: day 28 counts, earlier days do not.', async () => {
    await ago(28, () => issue(9_000));
    expect(await cover()).toEqual([undefined, undefined]);
    await ago(27, () => issue(2_800));
    expect(await cover()).toEqual([100, 882]); // 88.2 kg
    await issue(1_400);
    expect(await cover()).toEqual([150, 578.6]);
  });

  it('The rate counts days in India: 18:30 UTC starts the next day.', async () => {
    const at = async <T>(time: string, act: (by: Client) => Promise<T>) =>
      ago(0, async () => {
        book.clock.set(time);
        return act(await book.as('admin', 'state'));
      });
    await at('2026-11-21T18:29:59.999Z', () => issue(1_000));
    expect((await cover())[0]).toBe(500);
    await at('2026-11-21T18:30:00.000Z', () => issue(1_000));
    expect((await cover())[0]).toBe(1_000);
    expect((await at('2026-11-22T18:29:59.999Z', cover))[0]).toBe(1_000);
    expect((await at('2026-11-22T18:30:00.000Z', cover))[0]).toBe(666.7);
  });

  it('The rate ignores cancelled numbers and other depots.', async () => {
    const spoiled = {
      kind: 'I' as const,
      occurredAt: book.clock.now(),
      by: 'S001',
      previous: null,
      cancelled: 'the printer jammed',
    };
    expectOk(
      await book.admin.recordVoucher({ path: { location: depot.location, number: depot.number('I') }, body: spoiled }),
    );
    expect(await cover()).toEqual([undefined, undefined]);
    await ago(1, () => issue(6_000));
    expectOk(
      await book.admin.recordVoucher({ path: { location: depot.location, number: depot.number('I') }, body: spoiled }),
    );
    expect(await cover()).toEqual([3_000, 31.3]);
    const { depot: other } = await competingDepots(book).openDepot({ entitled: {}, free: [50], asks: [] });
    expect(await shelf(other)).toEqual([{ item: expect.any(String), onHand: 50, reserved: 0, free: 50, expected: 0 }]);
  });

  it('What is taken back of an issue, on any day, leaves the rate.', async () => {
    const mistyped = await ago(5, () => issue(40_000));
    await ago(3, () => issue(8_000));
    expect(await cover()).toEqual([8_000, 6.5]);
    await ago(1, () => takeBack(mistyped.number, 30_000));
    expect(await cover()).toEqual([3_000, 27.3]); // 18 kg in 6 days
    await takeBack(mistyped.number, 10_000);
    expect(await cover()).toEqual([2_000, 46]); // 8 kg in 4 days
  });

  it('The rate covers every page of a busy day, for each material alone.', async () => {
    const one = await issue(1_000);
    const { ledger } = storesOf(book);
    const copy = (serial: number): Voucher => ({
      ...one,
      number: `${one.number.slice(0, 12)}${String(1_000 + serial)}` as typeof one.number,
    });
    await Promise.all(Array.from({ length: 220 }, (_, n) => ledger.record({ voucher: copy(n), stock: [] })));
    expect(await cover()).toEqual([221_000, 0.4]);
  });
});

const ago = <T>(days: number, act: () => Promise<T>) => daysAgo(book.clock, days, act);

const shelf = async (location = depot.location, by: Client = book.admin) =>
  expectOk(await by.getDepotShelf({ path: { depot: location } })).materials;

const bamboo = async () => {
  const { item: _item, ...figures } = (await shelf()).find(({ item }) => item === BAMBOO) ?? { item: 'none' };
  return figures;
};

const cover = async (by?: Client) => {
  const { issuedADay, daysOfCover } = (await shelf(depot.location, by)).find(({ item }) => item === BAMBOO) ?? {};
  return [issuedADay, daysOfCover];
};

const takeBack = async (of: string, quantity: number) => {
  const claim = { kind: 'V', occurredAt: book.clock.now(), by: 'S001', previous: null, of, reason: 'mistake' } as const;
  const body = { ...claim, goods: 'to shelf' as const, lines: [{ line: 1, item: BAMBOO, quantity }] };
  expectOk(await book.admin.recordVoucher({ path: { location: depot.location, number: depot.number('V') }, body }));
};

const issue = async (quantity: number) => expectOk(await asks.issue(number, quantity));
