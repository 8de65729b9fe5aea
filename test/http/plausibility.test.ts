import { beforeAll, describe, expect, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import {
  adjusted,
  closed,
  counted,
  handedOver,
  openShop,
  phonesAt,
  received,
  type Shop,
  sold,
  tookBack,
} from '../kit/shop.ts';
import { phoneOf, recordLive, syncAt } from '../kit/shop-phone.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const book = useBook();
let shop: Shop;
let depot: Pick<Shop, 'phones' | 'client'>;
beforeAll(async () => {
  shop = await openShop(book);
  depot = await phonesAt(book, 'PBE-D1', 'PBT1');
  const { entry } = expectOk(await book.admin.getEntry({ path: { kind: 'items', id: 'PBT-BAMBOO' } }));
  const units = [{ unit: 'kg', base: 1_000 }];
  expectOk(await book.admin.putEntry({ path: { kind: 'items', id: REED }, body: { ...entry, units } }));
  await recordLive(shop, received({ item: KURTA, quantity: 100 }, { item: OTHER, quantity: 100 }));
});

describe('Implausible figures', () => {
  const many = { item: KURTA, quantity: 8_901_234 };
  const lakhs = 123_456_789_000;
  it.each<[string, VoucherFields, string, number, number]>([
    ['pieces of a sale', sold(many), 'lines.0.quantity', 8_901_234, 200],
    [
      'pieces of a sale on two lines',
      sold({ item: KURTA, quantity: 150 }, { item: KURTA, quantity: 100 }),
      'lines.1.quantity',
      250,
      200,
    ],
    ['pieces of a receipt', received(many), 'lines.0.quantity', 8_901_234, 5_000],
    ['pieces of an adjustment', adjusted('found', many), 'lines.0.quantity', 8_901_234, 1_000],
    ['pieces of a count', counted(many), 'lines.0.quantity', 8_901_234, 10_000],
    ['pieces of a dispatch', { kind: 'D', to: 'LKO-02', lines: [many] }, 'lines.0.quantity', 8_901_234, 5_000],
    [
      'the cost of a receipt',
      received({ item: KURTA, quantity: 1, unitCost: 1_234_567_890 }),
      'lines.0.unitCost',
      1_234_567_890,
      10 * 99_900,
    ],
    ['the float of a shift', closed(lakhs, {}), 'float', lakhs, 100_000_000],
    ['what a till had', closed(0, { upi: lakhs }), 'counted.0.amount', lakhs, 100_000_000],
  ])('Live, it is refused with line, value and limit: %s', async (_what, said, path, value, bound) => {
    const before = await shop.onHand();
    const { written, code, problem } = await live(shop, said);
    expect(code).toBe('422 IMPLAUSIBLE');
    expect(problem?.fields).toContainEqual(expect.objectContaining({ path, value, bound }));
    expect(await shop.onHand()).toEqual(before);
    // Offline it is held, and moves nothing.
    expect(await syncAt(shop, written)).toMatchObject([{ outcome: 'held', problem: { code: 'IMPLAUSIBLE' } }]);
    expect(await shop.onHand()).toEqual(before);
  });

  it('Confirmed, it is recorded under the same number and marked; a repeat needs no confirmation.', async () => {
    const { written, code } = await live(shop, counted({ item: OTHER, quantity: 20_000 }));
    expect(code).toBe('422 IMPLAUSIBLE');
    const voucher = expectOk(await phoneOf(shop).live(written, { confirmed: true }));
    expect(voucher.admission).toMatchObject({ way: 'live', confirmed: true });
    const again = await phoneOf(shop).live(written);
    expect([again.status, expectOk(again)]).toEqual([200, voucher]);
    expectOk(await phoneOf(shop).live(phoneOf(shop).write(counted({ item: OTHER, quantity: 100 }))));
  });

  it('A plausible figure is not marked as confirmed.', async () => {
    const { answer } = await live(shop, received({ item: KURTA, quantity: 1 }), { confirmed: true });
    expect(expectOk(answer).admission).toEqual({ way: 'live', goodsInHand: false });
  });

  it('Offline, it is held until an officer admits it, and is then recorded as approved.', async () => {
    const before = (await shop.onHand())[KURTA] ?? 0;
    const written = phoneOf(shop).write(sold({ item: KURTA, quantity: 300 }));
    const [outcome] = await syncAt(shop, written);
    const held = outcome && 'held' in outcome ? outcome.held : '';
    expect(await syncAt(shop, written)).toMatchObject([{ outcome: 'held', held }]);
    expect((await shop.onHand())[KURTA]).toBe(before);
    expect(expectOk(await settle(shop.location, held, { do: 'admit' }))).toMatchObject({ state: 'admitted' });
    expect((await shop.onHand())[KURTA]).toBe(before - 300);
    const path = { location: shop.location, number: written.number };
    expect(expectOk(await shop.client.getVoucher({ path })).admission).toMatchObject({
      way: 'captured',
      approved: true,
    });
    // The sale limits its reversal, so the reversal needs no confirmation.
    await recordLive(shop, { ...tookBack(written.number, { line: 1, item: KURTA, quantity: 300 }), reason: 'mistake' });
  });

  it('An officer reviews it also in a voucher that is held for another reason.', async () => {
    const item = 'LKO-NEW-1';
    const written = phoneOf(shop).write(sold({ item, quantity: 300 }));
    const [outcome] = await syncAt(shop, written);
    const held = outcome && 'held' in outcome ? outcome.held : '';
    expect(outcome).toMatchObject({ problem: { code: 'ITEM_UNKNOWN' } });
    const { entry } = expectOk(await book.admin.getEntry({ path: { kind: 'items', id: KURTA } }));
    expectOk(await book.admin.putEntry({ path: { kind: 'items', id: item }, body: entry }));
    const refused = await settle(shop.location, held, { do: 'admit' });
    expect(refused).toMatchObject({
      status: 409,
      problem: { code: 'STILL_HELD', fields: [{ path: 'lines.0.quantity', problem: expect.any(String) }] },
    });
    expect(expectOk(await settle(shop.location, held, { do: 'admit', approved: true }))).toMatchObject({
      state: 'admitted',
    });
  });

  it('A barcode in a quantity is named as such.', async () => {
    const { problem } = await live(shop, received({ item: KURTA, quantity: BARCODE }));
    expect(problem?.detail).toContain(`${BARCODE} is a barcode, not a quantity`);
    const long = await live(shop, received({ item: KURTA, quantity: 8_901_234_567_890 }));
    expect(long.code).toBe('400 INVALID_REQUEST');
    expect(JSON.stringify(long.problem)).toContain('8901234567890 is a barcode, not a quantity');
  });

  it('The item or the location may set the limit.', async () => {
    const item = 'LKO-NEW-2';
    const { entry } = expectOk(await book.admin.getEntry({ path: { kind: 'items', id: KURTA } }));
    expectOk(await book.admin.putEntry({ path: { kind: 'items', id: item }, body: { ...entry, largestQuantity: 4 } }));
    const large = await openShop(book);
    const path = { kind: 'outlets' as const, id: large.location };
    const place = expectOk(await book.admin.getEntry({ path }));
    expectOk(
      await book.admin.putEntry({
        path,
        body: { ...place.entry, quantityFactor: 2.5 },
        ifMatch: place.version,
      }),
    );
    await recordLive(shop, received({ item, quantity: 100 }));
    await recordLive(large, received({ item, quantity: 200 }));
    expect((await live(shop, sold({ item, quantity: 4 }))).code).toBe(201);
    expect((await live(shop, sold({ item, quantity: 5 }))).code).toBe('422 IMPLAUSIBLE');
    expect((await live(large, sold({ item, quantity: 10 }))).code).toBe(201);
    expect((await live(large, sold({ item, quantity: 11 }))).code).toBe('422 IMPLAUSIBLE');
  });

  it('The limit holds for a return whose sale never came.', async () => {
    const refund = [80_000_000_000, 1].map((amount, at) => ({ tender: at ? 'upi' : 'cash', amount: amount * 10 }));
    const written = phoneOf(shop).write({
      ...tookBack(phoneOf(shop).write(sold()).number, { line: 1, item: KURTA, quantity: 1 }),
      refund,
    });
    expect(await syncAt(shop, written)).toMatchObject([{ outcome: 'held', problem: { code: 'IMPLAUSIBLE' } }]);
  });
});

describe('Adjustment above the limit', () => {
  it.each(['found', 'lost', 'damaged', 'sample', 'display'])(
    'Even live it is held for an officer, moves nothing, and counts once admitted: %s',
    async (reason) => {
      const before = (await shop.onHand())[KURTA] ?? 0;
      const { written, code, problem } = await live(shop, adjusted(reason, { item: KURTA, quantity: 60 }), {
        goodsInHand: true,
      });
      expect(code).toBe('409 APPROVAL_NEEDED');
      const held = problem?.held ?? '';
      expect(problem?.fields).toContainEqual(
        expect.objectContaining({ path: 'lines.0.quantity', value: 60, bound: 50 }),
      );
      expect((await shop.onHand())[KURTA]).toBe(before);
      expect((await live(shop, { kind: 'R', cancelled: 'a number between' })).code).toBe(201);
      const again = await phoneOf(shop).live(written);
      expect(again).toMatchObject({ status: 409, problem: { code: 'APPROVAL_NEEDED', held } });
      expect(await syncAt(shop, written)).toMatchObject([{ outcome: 'held', held }]);
      expect(expectOk(await settle(shop.location, held, { do: 'admit' }))).toMatchObject({ state: 'admitted' });
      expect((await shop.onHand())[KURTA]).toBe(before + (reason === 'found' ? 60 : -60));
      const repeat = await phoneOf(shop).live(written);
      expect([repeat.status, expectOk(repeat).admission]).toMatchObject([200, { approved: true }]);
    },
  );

  it('Lines of one item count together.', async () => {
    const half = { item: KURTA, quantity: 26 };
    const { problem } = await live(shop, adjusted('lost', half, half), { goodsInHand: true });
    expect(problem?.fields).toContainEqual(expect.objectContaining({ path: 'lines.1.quantity', value: 52, bound: 50 }));
  });

  it('A repeat of a rejected adjustment is not recorded.', async () => {
    const { written, problem } = await live(shop, adjusted('found', { item: KURTA, quantity: 60 }));
    expectOk(await settle(shop.location, problem?.held ?? '', { do: 'reject' }));
    expect(outcomeOf(await phoneOf(shop).live(written))).toBe('409 HELD_STATE');
  });

  it('It alerts the district like any held voucher.', async () => {
    const { problem } = await live(shop, adjusted('lost', { item: KURTA, quantity: 70 }));
    const { alerts } = expectOk(await book.admin.listAlerts({ query: { location: shop.location, state: 'open' } }));
    expect(alerts).toContainEqual(expect.objectContaining({ type: 'held', about: problem?.held }));
  });

  it('The limit is a value at list price, by item and by location.', async () => {
    const { problem } = await live(shop, adjusted('lost', { item: KURTA, quantity: 28 }));
    expect(problem?.fields).toEqual([expect.objectContaining({ path: 'lines', value: 28 * 89_900, bound: 2_500_000 })]);
    expect((await live(shop, adjusted('lost', { item: KURTA, quantity: 27 }), { goodsInHand: true })).code).toBe(201);
  });

  it("The value follows the price's unit: 9 kg at 62.50 rupees a kg is a small adjustment.", async () => {
    const item = 'LKO-TEA';
    const { entry } = expectOk(await book.admin.getEntry({ path: { kind: 'items', id: KURTA } }));
    const prices = [{ from: '2026-04-01', price: 6_250, mrp: 6_250, per: 'kg', gstBasisPoints: 500 }];
    const body = { ...entry, unit: 'gram', units: [{ unit: 'kg', base: 1_000 }], prices };
    expectOk(await book.admin.putEntry({ path: { kind: 'items', id: item }, body: body as never }));
    const found = { kind: 'A', reason: 'found', lines: [{ item, quantity: '9 kg' }] };
    expect((await live(shop, found)).code).toBe(201);
  });

  it('Reversing that much needs an officer, too.', async () => {
    const { written } = await live(shop, adjusted('lost', { item: KURTA, quantity: 60 }), { goodsInHand: true });
    const { held } = ((await syncAt(shop, written))[0] ?? {}) as { held: string };
    expectOk(await settle(shop.location, held, { do: 'admit' }));
    const { code } = await live(shop, tookBack(written.number, { line: 1, item: KURTA, quantity: 60 }));
    expect(code).toBe('409 APPROVAL_NEEDED');
  });
});

describe('Bare number for an item measured in kg', () => {
  const of = (quantity: number | string) =>
    ({
      kind: 'R',
      from: { supplier: 'Silchar' },
      lines: [{ item: REED, quantity, lot: `L${lot++}` }],
    }) as VoucherFields;
  let lot = 1;

  it('Live, it is refused, and recorded with its unit.', async () => {
    const { code, problem } = await live(depot, of(40));
    expect([code, problem?.detail]).toEqual([
      '422 UNIT_NEEDED',
      'lines.0.quantity: 40 may be 40 gram or 40 kg: name the unit.',
    ]);
    expect((await live(depot, of('40 kg'))).code).toBe(201);
    expect((await live(depot, of('40 gram'))).code).toBe(201);
  });

  it('Offline, it is held if both readings are plausible, and is base units otherwise.', async () => {
    const [ambiguous, clear] = [phoneOf(depot).write(of(40)), phoneOf(depot).write(of(40_000))];
    expect(await syncAt(depot, ambiguous, clear)).toMatchObject([
      { outcome: 'held', problem: { code: 'UNIT_NEEDED' } },
      { outcome: 'recorded' },
    ]);
  });
});

describe('Who recorded the voucher', () => {
  const by = (person: string) => ({ ...received({ item: KURTA, quantity: 1 }), by: person });

  it.each([
    ['nobody', 'GHOST'],
    ['of another stall', 'S-LKO-02'],
  ])('Live, it is refused where the registry has them as %s.', async (_who, person) => {
    const body = { name: 'Ravi', location: 'LKO-02' };
    expectOk(await book.admin.putEntry({ path: { kind: 'staff', id: 'S-LKO-02' }, body }));
    const { written, code, problem } = await live(shop, by(person));
    expect([code, problem?.fields]).toMatchObject(['422 STAFF_UNKNOWN', [{ path: 'by' }]]);
    // Offline it happened: it is recorded, says so, and an officer is told.
    const [outcome] = await syncAt(shop, written);
    expect(outcome).toMatchObject({ outcome: 'recorded', voucher: { strangers: [person] } });
  });

  it('It is recorded once an officer enters them, or if they look after the location or district.', async () => {
    const entries = {
      'S-HERE': { location: shop.location },
      'S-TWO': { looksAfter: [shop.location] },
      'S-DIST': { looksAfter: ['LKO'] },
    };
    for (const [id, where] of Object.entries(entries)) {
      expect((await live(shop, by(id))).code).toBe('422 STAFF_UNKNOWN');
      expectOk(await book.admin.putEntry({ path: { kind: 'staff', id }, body: { name: 'Asha', ...where } }));
      expect((await live(shop, by(id))).code).toBe(201);
    }
  });

  it('A hand-over needs both people on the staff list.', async () => {
    const said = handedOver([], { [phoneOf(shop).terminal]: [] }, { outgoing: 'GHOST', incoming: 'GHOST-2' });
    const { code, problem } = await live(shop, said);
    expect([code, problem?.fields.map(({ path }) => path)]).toEqual(['422 STAFF_UNKNOWN', ['outgoing', 'incoming']]);
  });
});

const [KURTA = '', OTHER = ''] = kurtas(2);

const REED = 'PBT-REED';

const BARCODE = 89_012_345;

type VoucherFields = Parameters<typeof recordLive>[1];

const live = async (at: Pick<Shop, 'phones'>, said: VoucherFields, how: object = {}) => {
  const written = phoneOf(at).write(said);
  const answer = await phoneOf(at).live(written, how);
  return {
    written,
    answer,
    code: outcomeOf(answer),
    problem: answer.ok ? undefined : (answer.problem as never as Problem),
  };
};

type Problem = {
  readonly detail: string;
  readonly held?: string;
  readonly fields: readonly {
    readonly path: string;
    readonly value?: number;
    readonly bound?: number;
    readonly problem: string;
  }[];
};

const heldAt = async (location: string, held: string) =>
  expectOk(await book.admin.listHeld({ path: { location }, query: { settled: 'true' } })).held.find(
    (one) => one.held === held,
  );

const settle = async (location: string, held: string, body: object) => {
  const version = (await heldAt(location, held))?.version ?? 0;
  return book.admin.settleHeld({
    path: { location, held },
    body: { why: 'looked', ...body } as never,
    ifMatch: version,
  });
};
