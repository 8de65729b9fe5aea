import { beforeAll, describe, expect, it } from 'vitest';
import { type Book, enrol, expectOk, numberAt, useBook } from '../kit/book.ts';
import { adjustment, receipt, sale } from '../kit/claims.ts';

const location = 'PBE-D1';
const item = 'PBT-BAMBOO';
const book = useBook();
let terminal: string;
let serial = 0;

beforeAll(async () => {
  const path = { kind: 'items' as const, id: item };
  const { version, entry } = expectOk(await book.admin.getEntry({ path }));
  const units = [
    { unit: 'kg', base: 1_000 },
    { unit: 'bundle', base: 20_000 },
  ];
  expectOk(await book.admin.putEntry({ path, body: { ...entry, units }, ifMatch: version }));
  terminal = await enrol(book, location, 'PBT1');
});

describe('Lots of a depot', () => {
  it('Each delivery is a lot in base units, in any unit typed, with the loss on the way.', async () => {
    const { outcome, claim } = expectOk(
      await receive('SIL-1', '8.5 kg', { invoiced: '10 kg', cost: 90_000, origin: 'Silchar' }),
    );
    expect(outcome).toEqual({ quantities: [8_500], lost: [1_500] });
    expect(claim).toMatchObject({
      lines: [{ item, quantity: '8.5 kg', lot: 'SIL-1', invoiced: '10 kg', cost: 90_000 }],
    });
    book.clock.forward(60);
    expectOk(await receive('SIL-2', '1 bundle'));
    expect(await lots()).toEqual({ 'SIL-1': 8_500, 'SIL-2': 20_000 });
    expect(await row()).toMatchObject({ onHand: 28_500, free: 28_500 });
  });

  it('An issue takes the oldest lots first and names them; a repeat takes nothing.', async () => {
    const number = numberAt(book.clock, terminal, 'A', ++serial);
    const body = adjustment(book.clock, [{ item, quantity: '10 kg' }]);
    const first = expectOk(await record(body, number));
    expect(first.outcome).toEqual({
      quantities: [10_000],
      lots: [
        [
          { lot: 'SIL-1', quantity: 8_500, since: '2026-11-22T05:00:00.000Z' },
          { lot: 'SIL-2', quantity: 1_500, since: '2026-11-22T05:01:00.000Z' },
        ],
      ],
    });
    const again = await record(body, number);
    expect([again.status, expectOk(again)]).toEqual([200, first]);
    expect(await lots()).toEqual({ 'SIL-2': 18_500 });
  });

  it('An issue may take from a named lot.', async () => {
    book.clock.forward(60);
    expectOk(await receive('SIL-3', '5 kg'));
    expect(expectOk(await damage([{ item, quantity: '1 kg', lot: 'sil-3' }])).outcome).toEqual({
      quantities: [1_000],
      lots: [[{ lot: 'SIL-3', quantity: 1_000, since: '2026-11-22T05:02:00.000Z' }]],
    });
    expect(await lots()).toEqual({ 'SIL-2': 18_500, 'SIL-3': 4_000 });
  });

  it('Surplus goes back to a named lot, or to the newest.', async () => {
    expectOk(await damage([{ item, quantity: '500 gram' }], { reason: 'found' }));
    expect(await lots()).toEqual({ 'SIL-2': 18_500, 'SIL-3': 4_500 });
  });

  it('Concurrent counters take each gram once.', async () => {
    const before = await row();
    const answers = await Promise.all(Array.from({ length: 8 }, () => damage([{ item, quantity: '100 gram' }])));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201));
    expect((await row())?.onHand).toBe((before?.onHand ?? 0) - 800);
    const left = Object.values(await lots()).reduce((sum, one) => sum + one, 0);
    expect(left).toBe((await row())?.onHand);
  });
});

describe('Refused issues leave everything as it was', () => {
  it.each([
    [
      'a line without its lot',
      () => record(receipt(book.clock, [{ item, quantity: '5 gram' }])),
      ['LOT_WRONG', 'lines.0.lot'],
    ],
    ['a lot that is open already', () => receive('SIL-2', '5 gram'), ['LOT_WRONG', 'lines.0.lot']],
    [
      'more than a lot has',
      () => damage([{ item, quantity: '499999 gram', lot: 'SIL-3' }]),
      ['LOT_WRONG', 'lines.0.lot'],
    ],
    ['a lot nobody knows', () => damage([{ item, quantity: '1 gram', lot: 'NONE' }]), ['LOT_WRONG', 'lines.0.lot']],
    ['what is not whole', () => receive('SIL-9', '2.0005 kg'), ['QUANTITY_NOT_WHOLE', 'lines.0.quantity']],
    ['a unit the item has not', () => receive('SIL-9', '2 metre'), ['QUANTITY_NOT_WHOLE', 'lines.0.quantity']],
    [
      'an invoice of less than came',
      () => receive('SIL-9', '9 gram', { invoiced: '8 gram' }),
      ['QUANTITY_NOT_WHOLE', 'lines.0.invoiced'],
    ],
  ] as const)('%s', async (_what, send, [code, path]) => {
    const before = await row();
    expect(await refused(send())).toEqual([code, [expect.objectContaining({ path })]]);
    expect(await row()).toEqual(before);
  });

  it('More than all lots have is refused.', async () => {
    expect(await refused(damage([{ item, quantity: '499999 gram' }]))).toMatchObject([
      'INSUFFICIENT_STOCK',
      [{ item }],
    ]);
  });

  it('A lot at a stall is refused.', async () => {
    const stall = await enrol(book, 'PBE-01', 'PBT1');
    const path = { location: 'PBE-01', number: numberAt(book.clock, stall, 'R', 1) };
    const body = receipt(book.clock, [{ item: 'PBT-FLUTE-C', quantity: 5, lot: 'X' }]);
    expect(await refused(book.admin.recordVoucher({ path, body }))).toMatchObject([
      'LOT_WRONG',
      [{ path: 'lines.0.lot' }],
    ]);
  });
});

describe('Lines with and without a lot', () => {
  it('A line that names its lot is served before lines without one.', async () => {
    const before = await lots();
    const [oldest = ''] = Object.keys(before);
    const lines = [
      { item, quantity: `${before[oldest]} gram` },
      { item, quantity: '10 gram', lot: oldest },
    ];
    const { outcome } = expectOk(await damage(lines));
    expect(outcome).toMatchObject({ lots: [expect.anything(), [{ lot: oldest, quantity: 10 }]] });
  });

  it('Reserved goods in hand can be damaged; free stock then shows the shortage.', async () => {
    await depotHolds(book);
    const held = await row();
    expect(await refused(damage([{ item, quantity: `${held?.onHand} gram` }]))).toMatchObject([
      'INSUFFICIENT_STOCK',
      [{ item }],
    ]);
    expectOk(await damage([{ item, quantity: `${held?.onHand} gram` }], { goodsInHand: true }));
    expect(await row()).toMatchObject({ onHand: 0, free: -1_000, lots: [] });
  });

  it('A depot cannot sell.', async () => {
    const path = { location, number: numberAt(book.clock, terminal, 'S', ++serial) };
    const answer = await book.admin.recordVoucher({
      path,
      body: sale(book.clock, [{ item, quantity: 1, unitPrice: 6 }]),
    });
    expect(answer).toMatchObject({ problem: { code: 'FORBIDDEN' } });
  });
});

const record = (body: { kind: string }, number = numberAt(book.clock, terminal, body.kind, ++serial)) =>
  book.admin.recordVoucher({ path: { location, number }, body: body as never });

const receive = (lot: string, quantity: number | string, more: object = {}) =>
  record(receipt(book.clock, [{ item, quantity, lot, ...more }]));

const damage = (lines: readonly object[], more: object = {}) => record(adjustment(book.clock, lines as never, more));

/** A kilogram is reserved for someone. */
const depotHolds = async ({ admin, clock }: Book) => {
  const path = { producer: 'P0042', number: numberAt(clock, terminal, 'Q', ++serial) };
  const lines = [{ item, quantity: '1 kg' }];
  const body = {
    kind: 'Q' as const,
    occurredAt: clock.now(),
    by: 'S001',
    previous: null,
    depot: location,
    neededBy: '2026-12-01',
    lines,
  };
  expectOk(await admin.submitRequest({ path, body }));
  const grant = { producer: 'P0042', item, grant: 'ONE' };
  expectOk(
    await admin.grantEntitlement({ path: grant, body: { depot: location, quantity: '1000 gram', why: 'a test' } }),
  );
  expectOk(await admin.approveRequest({ path: { depot: location, number: path.number }, body: {}, ifMatch: 1 }));
};

const row = async () => expectOk(await book.admin.getLocationStock({ path: { location } })).stock[0];

const lots = async () => Object.fromEntries(((await row())?.lots ?? []).map(({ lot, left }) => [lot, left]));

const refused = async (answer: ReturnType<typeof record>) => {
  const { ok, ...said } = await answer;
  return ok || !('problem' in said) ? said : [said.problem.code, said.problem.fields ?? said.problem.short];
};
