import { beforeAll, expect, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { workOff } from '../kit/jobs.ts';
import { phonesAt, received, type Shop, sold } from '../kit/shop.ts';
import { phoneOf, recordLive } from '../kit/shop-phone.ts';
import {
  acceptTransferRequest,
  stallWithStock,
  transferRequestsAt,
  writeAcceptance,
} from '../kit/transfer-requests.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const book = useBook();
let items: string[];
beforeAll(async () => {
  items = kurtas(45);
});

it("A supplier accepts a stall's request as one dispatch, which resolves its alerts.", async () => {
  const [one, two] = [another(), another()];
  const giver = await stall({ [one]: 40, [two]: 40 });
  const short = await stall({ [one]: 2, [two]: 1 });
  await workOff('sweep-alerts', short.location);
  expect(await openAlerts(short)).toEqual(['short', 'short']);

  const [ask, ...others] = await transferRequestsAt(giver);
  expect(others).toEqual([]);
  const sent = [
    { item: two, quantity: 5 },
    { item: one, quantity: 4 },
  ].sort((a, b) => (a.item < b.item ? -1 : 1));
  expect(ask).toMatchObject({ to: short.location, name: 'A stall', district: 'LKO', seller: 'LKO1' });
  expect(ask?.dispatch).toEqual({ kind: 'D', to: short.location, lines: sent });
  expect(ask?.lines.map(({ item, quantity, spare }) => ({ item, quantity, spare }))).toEqual(
    sent.map((line) => ({ ...line, spare: 34 })),
  );
  expect(ask?.lines[0]?.why.en).toMatch(/^You have \d: more is needed at 3\.$/);

  const written = writeAcceptance(giver, ask?.dispatch ?? { to: '', lines: [] });
  const accepted = await acceptTransferRequest(giver, written);
  expect(accepted.status).toBe(201);
  expect(expectOk(accepted)).toMatchObject({ number: written.number, admission: { way: 'live', asked: true } });
  expect(await inboundAt(short)).toEqual({ [one]: 4, [two]: 5 });
  expect(await giver.onHand()).toEqual({ [one]: 36, [two]: 35 });
  expect(await transferRequestsAt(giver)).toEqual([]);
  const path = { location: short.location };
  expect(expectOk(await short.client.getSuggestions({ path })).suggestions).toEqual([]);
  expect(expectOk(await short.client.listTransfers({ path })).transfers).toMatchObject([
    { dispatch: written.number, state: 'open', sent: { from: giver.location } },
  ]);
  await workOff('sweep-alerts', short.location);
  expect(await openAlerts(short)).toEqual([]);

  // Again, on whichever way, it is that voucher; another claim under its number is a conflict.
  for (const again of [await acceptTransferRequest(giver, written), await phoneOf(giver).live(written)]) {
    expect(again.status).toBe(200);
    expect(expectOk(again)).toEqual(expectOk(accepted));
  }
  const [outcome] = expectOk(await phoneOf(giver).sync([written])).outcomes;
  expect(outcome).toMatchObject({ outcome: 'repeated' });
  const other = { ...written, claim: { ...written.claim, lines: [{ item: one, quantity: 1 }] } };
  expect(outcomeOf(await acceptTransferRequest(giver, other))).toBe('409 VOUCHER_CONFLICT');
  expect(await inboundAt(short)).toEqual({ [one]: 4, [two]: 5 });
});

it('A supplier that sold meanwhile sends nothing, sees what remains, and uses the same number.', async () => {
  const [one, two] = [another(), another()];
  const giver = await stall({ [one]: 20, [two]: 20 });
  const short = await stall({ [one]: 1, [two]: 1 });
  const [ask] = await transferRequestsAt(giver);
  const written = writeAcceptance(giver, ask?.dispatch ?? { to: '', lines: [] });
  // 6 are kept of each: of one, two can go, and of the other none.
  await recordLive(giver, sold({ item: one, quantity: 12 }, { item: two, quantity: 14 }));
  const before = await giver.onHand();
  expect(changed(await acceptTransferRequest(giver, written))).toEqual(
    expect.arrayContaining([
      { item: one, sent: 5, asked: 2 },
      { item: two, sent: 5, asked: 0 },
    ]),
  );
  expect([await giver.onHand(), await inboundAt(short)]).toEqual([before, { [one]: 0, [two]: 0 }]);
  const path = { location: giver.location, number: written.number };
  expect(outcomeOf(await giver.client.getVoucher({ path }))).toBe('404 NOT_FOUND');

  const [now] = await transferRequestsAt(giver);
  expect(now?.dispatch.lines).toEqual([{ item: one, quantity: 2 }]);
  const less = { ...written, claim: { ...written.claim, lines: now?.dispatch.lines } };
  expect((await acceptTransferRequest(giver, less)).status).toBe(201);
  expect(await giver.onHand()).toEqual({ [one]: 6, [two]: 6 });
});

it('A supplier may send less, the rest is requested after, and other goods are refused.', async () => {
  const [item, unasked] = [another(), another()];
  const giver = await stall({ [item]: 40, [unasked]: 40 });
  const short = await stall({ [item]: 1, [unasked]: 9 });
  const some = writeAcceptance(giver, { to: short.location, lines: [{ item, quantity: 2 }] });
  expect((await acceptTransferRequest(giver, some)).status).toBe(201);
  // On hand and on the way are 3 now, which is short still.
  expect((await transferRequestsAt(giver))[0]?.dispatch.lines).toEqual([{ item, quantity: 3 }]);
  for (const [lines, mismatch] of [
    [[{ item, quantity: 4 }], [{ item, sent: 4, asked: 3 }]],
    [[{ item: unasked, quantity: 1 }], [{ item: unasked, sent: 1, asked: 0 }]],
    [
      [
        { item, quantity: 2 },
        { item, quantity: 2 },
      ],
      [{ item, sent: 4, asked: 3 }],
    ],
  ] as const)
    expect(changed(await acceptTransferRequest(giver, writeAcceptance(giver, { to: short.location, lines })))).toEqual(
      mismatch,
    );
});

it('Of two suppliers that accept at once, one sends.', async () => {
  const five = [another(), another(), another(), another(), another()];
  const all = (quantity: number) => Object.fromEntries(five.map((item) => [item, quantity]));
  const [one, two, short] = [await stall(all(40)), await stall(all(40)), await stall(all(1))];
  for (const item of five) {
    const lines = [{ item, quantity: 5 }];
    const answers = await Promise.all(
      [one, two].map((giver) => acceptTransferRequest(giver, writeAcceptance(giver, { to: short.location, lines }))),
    );
    expect(answers.map(outcomeOf).sort()).toEqual([201, '409 TRANSFER_REQUEST_CHANGED']);
  }
  expect(await inboundAt(short)).toEqual(all(5));
});

it('Stalls on the same line are asked first, then those of the district, no others.', async () => {
  const item = another();
  const short = await stall({ [item]: 1 }, { lines: ['Lucknow–Varanasi', 'Lucknow–Kanpur'] });
  const near = await stall({ [item]: 40 });
  const away = await stall({ [item]: 40 }, { district: 'PBT', lines: ['Varanasi–Gorakhpur'] });
  const path = { location: short.location };
  const from = async () =>
    expectOk(await short.client.getSuggestions({ path })).suggestions.flatMap(({ sources }) =>
      sources.map((one) => one.from),
    );
  expect(await from()).toEqual([near.location]);
  const along = await stall({ [item]: 40 }, { district: 'PBT', lines: ['lucknow - varanasi'] });
  expect(await from()).toEqual([along.location]);
  expect([await transferRequestsAt(near), await transferRequestsAt(away)]).toEqual([[], []]);
  expect((await transferRequestsAt(along)).map(({ to }) => to)).toEqual([short.location]);

  const lines = [{ item, quantity: 5 }];
  expect(changed(await acceptTransferRequest(away, writeAcceptance(away, { to: short.location, lines })))).toEqual([
    { item, sent: 5, asked: 0 },
  ]);
  expect((await acceptTransferRequest(along, writeAcceptance(along, { to: short.location, lines }))).status).toBe(201);
  expect(await from()).toEqual([]);
});

it('Goods that nobody has are requested of their maker, with no promise until they are sent.', async () => {
  const item = another();
  const body = { name: 'Rehana', nameHi: 'रेहाना', district: 'LKO', craft: 'Chikan' };
  for (const id of ['P0801', 'P0802']) expectOk(await book.admin.putEntry({ path: { kind: 'producers', id }, body }));
  const path = { kind: 'items', id: item } as const;
  const { entry, version } = expectOk(await book.admin.getEntry({ path }));
  expectOk(await book.admin.putEntry({ path, body: { ...entry, makers: ['P0801'] }, ifMatch: version }));
  const workshop = async (location: string) => ({ location, ...(await phonesAt(book, location, 'LKO1')) });
  // One after the other: each is some days ago, by the one clock.
  const [maker, other] = [await workshop('P0801'), await workshop('P0802')];
  const [short, spare] = [await stall({ [item]: 1 }), await stall({ [item]: 8 })];

  // A stall can send two, and the maker is asked for the rest.
  const [suggestion] = expectOk(await short.client.getSuggestions({ path: { location: short.location } })).suggestions;
  expect(suggestion?.sources.map(({ from, kind, quantity }) => ({ from, kind, quantity }))).toEqual([
    { from: spare.location, kind: 'outlet', quantity: 2 },
    { from: 'P0801', kind: 'maker', quantity: 3 },
  ]);
  const [ask] = await transferRequestsAt(maker);
  expect(ask).toMatchObject({ to: short.location, lines: [{ item, quantity: 3 }] });
  expect(ask?.lines[0]).not.toHaveProperty('spare');
  expect(await transferRequestsAt(other)).toEqual([]);

  const lines = [{ item, quantity: 3 }];
  expect(changed(await acceptTransferRequest(other, writeAcceptance(other, { to: short.location, lines })))).toEqual([
    { item, sent: 3, asked: 0 },
  ]);
  expect(
    (await acceptTransferRequest(maker, writeAcceptance(maker, ask?.dispatch ?? { to: '', lines: [] }))).status,
  ).toBe(201);
  expect(await inboundAt(short)).toEqual({ [item]: 3 });
  expect([await transferRequestsAt(maker), await transferRequestsAt(spare)]).toEqual([[], []]);
});

it('Two sellers need two dispatches, since a terminal belongs to one seller.', async () => {
  const item = another();
  const giver = await stall({ [item]: 40 });
  const short = await stall({ [item]: 1 });
  const zari = { item: 'LKO-ZARI-1', quantity: 1 };
  const phones = {
    here: await phonesAt(book, short.location, 'LKO2'),
    there: await phonesAt(book, giver.location, 'LKO2'),
  };
  await recordLive(phones.here, received(zari));
  await recordLive(phones.there, received({ ...zari, quantity: 40 }));
  const asks = await transferRequestsAt(giver);
  expect(asks.map(({ seller, dispatch }) => [seller, dispatch.lines])).toEqual([
    ['LKO1', [{ item, quantity: 5 }]],
    ['LKO2', [{ ...zari, quantity: 5 }]],
  ]);
  const of = (seller: string) => asks.find((ask) => ask.seller === seller)?.dispatch ?? { to: '', lines: [] };
  expect(outcomeOf(await acceptTransferRequest(giver, writeAcceptance(giver, of('LKO2'))))).toBe(
    '422 ITEM_OF_ANOTHER_SELLER',
  );
  const there = { ...phones.there, location: giver.location };
  expect((await acceptTransferRequest(there, writeAcceptance(there, of('LKO2')))).status).toBe(201);
});

it('A depot is asked for whole kilograms, and sends from its lots.', async () => {
  const bamboo = expectOk(await book.admin.getEntry({ path: { kind: 'items', id: 'PBT-BAMBOO' } }));
  const units = [{ unit: 'kg', base: 1_000, per: 1 }];
  const path = { kind: 'items', id: 'PBT-BAMBOO' } as const;
  expectOk(await book.admin.putEntry({ path, body: { ...bamboo.entry, units }, ifMatch: bamboo.version }));
  const body = { name: 'A depot', nameHi: 'डिपो', district: 'LKO', sellers: ['PBT1'] };
  expectOk(await book.admin.putEntry({ path: { kind: 'depots', id: 'PBE-D2' }, body }));
  const [giver, short] = [
    { location: 'PBE-D1', ...(await phonesAt(book, 'PBE-D1', 'PBT1')) },
    { location: 'PBE-D2', ...(await phonesAt(book, 'PBE-D2', 'PBT1')) },
  ];
  const bought = (grams: number) => received({ item: 'PBT-BAMBOO', quantity: `${grams} gram`, lot: 'L1' });
  await recordLive(giver, bought(142_700));
  await recordLive(short, bought(49_700));
  const [ask] = await transferRequestsAt(giver);
  expect(ask).toMatchObject({ to: 'PBE-D2', lines: [{ quantity: 51_000, spare: 92_700 }] });
  expect(
    (await acceptTransferRequest(giver, writeAcceptance(giver, ask?.dispatch ?? { to: '', lines: [] }))).status,
  ).toBe(201);
  expect(expectOk(await giver.client.getLocationStock({ path: { location: 'PBE-D1' } })).stock).toMatchObject([
    { onHand: 91_700, lots: [{ lot: 'L1', left: 91_700 }] },
  ]);
  expect(await transferRequestsAt(giver)).toEqual([]);
});

it('A faulty acceptance is refused like any dispatch.', async () => {
  const item = another();
  const [giver, short] = [await stall({ [item]: 40 }), await stall({ [item]: 1 })];
  const lines = [{ item, quantity: 5 }];
  const right = writeAcceptance(giver, { to: short.location, lines });
  const wrong = async (claim: object, number = right.number) =>
    outcomeOf(await acceptTransferRequest(giver, { number, claim: { ...right.claim, ...claim } }));
  const sale = phoneOf(giver).write(sold({ item, quantity: 1 })).number;
  expect(await wrong({}, sale)).toBe('400 INVALID_REQUEST');
  expect(await wrong({ goodsInHand: true })).toBe('400 INVALID_REQUEST');
  expect(await wrong({ kind: 'S' })).toBe('400 INVALID_REQUEST');
  expect(await wrong({ to: giver.location })).toBe('400 INVALID_REQUEST');
  expect(await wrong({ to: 'ZZZ-99' })).toBe('422 REFERENCE_UNKNOWN');
  expect(await wrong({ lines: [{ item: 'NOTHING', quantity: 1 }] })).toBe('422 ITEM_UNKNOWN');
  expect(await wrong({ occurredAt: '2026-11-22T03:00:00.000Z' })).toBe('422 CLOCK_OFF');
  expect(outcomeOf(await acceptTransferRequest(short, right))).toBe('422 TERMINAL_ELSEWHERE');
  expect(outcomeOf(await book.admin.listTransferRequests({ path: { location: 'ZZZ-99' } }))).toBe('404 NOT_FOUND');
  expect(outcomeOf(await book.admin.listTransferRequests({ path: { location: 'P9999' } }))).toBe('404 NOT_FOUND');
  expect(await inboundAt(short)).toEqual({ [item]: 0 });
});

/** An item of this test alone. Its reorder point is 3: one piece is short, and is filled to 6. */
const another = (): string => items.pop() ?? '';

const stall = (quantities: Readonly<Record<string, number>>, where?: Parameters<typeof stallWithStock>[2]) =>
  stallWithStock(book, quantities, where);

const inboundAt = async (shop: Shop) =>
  Object.fromEntries([...(await shop.rows())].map(([item, { inbound }]) => [item, inbound]));

const changed = (answer: Awaited<ReturnType<typeof acceptTransferRequest>>) => {
  expect(outcomeOf(answer)).toBe('409 TRANSFER_REQUEST_CHANGED');
  return answer.ok ? undefined : (answer.problem as { asked?: unknown }).asked;
};

const openAlerts = async ({ client, location }: Shop) =>
  expectOk(await client.listAlerts({ query: { location, state: 'open' } })).alerts.map(({ type }) => type);
