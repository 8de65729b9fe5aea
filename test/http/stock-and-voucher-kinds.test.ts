import { beforeAll, describe, expect, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { adjustment, kurtas, receipt, sale } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { openPhone, type Phone } from '../kit/phone.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const location = 'LKO-01';
const [item = '', second = '', third = '', never = ''] = kurtas(4);
const book = useBook();
let phone: Phone;

beforeAll(async () => {
  phone = await openPhone(book, location, 'LKO1');
});

const next: Phone['next'] = (body) => phone.next(body);
const onHand = async (of: string) =>
  expectOk(await phone.client.getLocationStock({ path: { location } })).stock.find((row) => row.item === of)?.onHand;
const stock = async (of: string, quantity: number) => {
  expectOk(await next(receipt(book.clock, [{ item: of, quantity }])).send());
};

describe('Too little stock on hand', () => {
  it('A sale is refused, with the stock of each item.', async () => {
    await stock(second, 3);
    await stock(third, 5);
    const lines = [
      { item: second, quantity: 4 },
      { item: third, quantity: 5 },
      { item: never, quantity: 1 },
    ];
    const answer = await next(sale(book.clock, lines)).send();
    expect(outcomeOf(answer)).toBe('409 INSUFFICIENT_STOCK');
    expect(answer).toMatchObject({
      problem: {
        short: [
          { item: second, wanted: 4, free: 3 },
          { item: never, wanted: 1, free: 0 },
        ],
      },
    });
    expect([await onHand(second), await onHand(third), await onHand(never)]).toEqual([3, 5, undefined]);
  });

  it('Lines of one item are added up.', async () => {
    const twoAndTwo = [2, 2].map((quantity) => ({ item: second, quantity }));
    const answer = await next(sale(book.clock, twoAndTwo)).send();
    expect(answer).toMatchObject({ problem: { short: [{ item: second, wanted: 4, free: 3 }] } });
    expect(
      (
        await next(
          sale(
            book.clock,
            twoAndTwo.map((line) => ({ ...line, quantity: 1 })),
          ),
        ).send()
      ).status,
    ).toBe(201);
    expect(await onHand(second)).toBe(1);
  });

  it('An adjustment is refused, too.', async () => {
    expect(outcomeOf(await next(adjustment(book.clock, [{ item: never, quantity: 1 }])).send())).toMatch('409');
  });

  it('With goods in hand it is recorded, and stock goes below zero.', async () => {
    const body = sale(book.clock, [{ item: never, quantity: 2 }]);
    const { send } = next(body);
    expect(outcomeOf(await send())).toBe('409 INSUFFICIENT_STOCK');
    const recorded = expectOk(await send({ ...body, goodsInHand: true }));
    expect(recorded.admission).toEqual({ way: 'live', goodsInHand: true });
    expect(await onHand(never)).toBe(-2);

    const without = await send({ ...body, goodsInHand: false });
    expect([without.status, expectOk(without)]).toEqual([200, recorded]);
  });
});

describe('What a sale states', () => {
  const record = async (lines: Parameters<typeof sale>[1], more: object = {}) =>
    expectOk(await next(sale(book.clock, lines, { goodsInHand: true, ...more })).send());
  const cash = (amount: number) => ({ tender: 'cash', amount });

  it('A sale states its discount, and the tax of the rest.', async () => {
    const { outcome } = await record([{ item, quantity: 2, discount: 9_800 }]);
    expect(outcome).toMatchObject({
      total: 170_000,
      tax: [{ gstBasisPoints: 500, taxable: 161_904, cgst: 4_048, sgst: 4_048 }],
    });
  });
  it('A sale states its rounding, up or down.', async () => {
    const up = await record([{ item, quantity: 1, unitPrice: 89_950 }], { roundOff: 50, payments: [cash(90_000)] });
    const down = await record([{ item, quantity: 1, unitPrice: 89_950 }], { roundOff: -50, payments: [cash(89_900)] });
    expect([up.outcome, down.outcome]).toMatchObject([{ total: 90_000 }, { total: 89_900 }]);
  });
  it('A sale states each payment and its basket.', async () => {
    const upi = { tender: 'upi', amount: 39_900, reference: '432198765012' };
    const said = { payments: [cash(50_000), upi], basket: 'B-7' };
    expect((await record([{ item, quantity: 1 }], said)).claim).toMatchObject(said);
  });

  it.each([
    ['composition', location, 'LKO2', 'LKO-ZARI-1', 45_000],
    ['unregistered', 'PBE-01', 'PBT1', 'PBT-FLUTE-C', 25_000],
  ])('A sale owes no tax where its seller is %s.', async (_registration, where, seller, of, unitPrice) => {
    const other = await openPhone(book, where, seller);
    const body = sale(book.clock, [{ item: of, quantity: 1, unitPrice }], { goodsInHand: true });
    const recorded = expectOk(await other.next(body).send());
    const tax = [{ gstBasisPoints: 0, taxable: unitPrice, cgst: 0, sgst: 0 }];
    expect(recorded).toMatchObject({ seller, outcome: { total: unitPrice, tax } });
  });
});

describe('Stock movements without a sale', () => {
  it('Goods may come from a maker in the registry, and from no other.', async () => {
    const from = { from: { producer: 'P0042' }, document: 'Challan 118' };
    const body = receipt(book.clock, [{ item, quantity: 1, unitCost: 52_000 } as never], from);
    expect(expectOk(await next(body).send()).claim).toMatchObject({ ...from, lines: [{ unitCost: 52_000 }] });
    const unknown = receipt(book.clock, [{ item, quantity: 1 }], { from: { producer: 'P9999' } });
    expect(outcomeOf(await next(unknown).send())).toBe('422 PRODUCER_UNKNOWN');
  });

  it.each([
    ['damaged', -1],
    ['lost', -1],
    ['sample', -1],
    ['display', -1],
    ['found', 1],
  ])('%s', async (reason, moves) => {
    await stock(third, 1);
    const before = (await onHand(third)) ?? 0;
    const { send } = next(adjustment(book.clock, [{ item: third, quantity: 1 }], { reason, note: 'टूटा हुआ' }));
    expect(expectOk(await send()).claim).toMatchObject({ reason, note: 'टूटा हुआ' });
    expect(await onHand(third)).toBe(before + moves);
  });
});
