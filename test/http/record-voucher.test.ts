import { beforeAll, describe, expect, it } from 'vitest';
import { expectOk, numberAt, useBook } from '../kit/book.ts';
import { adjustment, cancelled, kurtas, receipt, sale } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { openPhone, type Phone } from '../kit/phone.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const location = 'LKO-01';
const [item = ''] = kurtas(1);
const book = useBook();
let phone: Phone;

beforeAll(async () => {
  phone = await openPhone(book, location, 'LKO1');
});

describe.each([
  ['a sale', (quantity = 2) => sale(book.clock, [{ item, quantity }]), -2],
  ['a goods receipt', (quantity = 2) => receipt(book.clock, [{ item, quantity }]), 2],
  ['an adjustment', (quantity = 2) => adjustment(book.clock, [{ item, quantity }]), -2],
] as [string, (quantity?: number) => Claimed, number][])('%s', (_says, body, moves) => {
  it('It is recorded once, however often it is sent, and moves its goods once.', async () => {
    await stock(item, 10);
    const before = (await onHand(item)) ?? 0;
    const { send, path } = next(body());

    const first = await send();
    const again = await Promise.all([send(), send(), send()]);

    expect([first.status, ...again.map(({ status }) => status)]).toEqual([201, 200, 200, 200]);
    for (const repeat of again) expect(expectOk(repeat)).toEqual(expectOk(first));
    expect(expectOk(await phone.client.getVoucher({ path }))).toEqual(expectOk(first));
    expect(await onHand(item)).toBe(before + moves);
  });

  it("Under another voucher's number it is a conflict, and the first stays.", async () => {
    const { send, path } = next(body());
    const first = expectOk(await send());
    const before = await onHand(item);

    expect(outcomeOf(await send({ ...body(), by: 'S002' }))).toBe('409 VOUCHER_CONFLICT');
    expect(outcomeOf(await send(body(3)))).toBe('409 VOUCHER_CONFLICT');
    expect(expectOk(await phone.client.getVoucher({ path }))).toEqual(first);
    expect(await onHand(item)).toBe(before);
  });

  it('Cancelled, it uses up its number and moves nothing.', async () => {
    const { send } = next(cancelled(book.clock, body().kind, 'torn'));
    const before = await onHand(item);

    const answers = [await send(), await send()];
    expect(answers.map(({ status }) => status)).toEqual([201, 200]);
    expect(expectOk(answers[0] ?? (await send()))).toMatchObject({ claim: { cancelled: 'torn' }, outcome: {} });
    expect(outcomeOf(await send(body()))).toBe('409 VOUCHER_CONFLICT');
    expect(await onHand(item)).toBe(before);
  });

  it('It may follow a voucher of its own terminal only.', async () => {
    const { send: after } = next({ ...body(), previous: numberAt(book.clock, phone.terminal, 'S', 1) });
    expect((await after()).status).toBe(201);
    const { send: afterOther } = next({ ...body(), previous: numberAt(book.clock, '7KQ2M', 'S', 1) });
    expect(outcomeOf(await afterOther())).toBe('422 NUMBER_MISMATCH');
    const self = next(body());
    expect(outcomeOf(await self.send({ ...body(), previous: self.path.number }))).toBe('422 NUMBER_MISMATCH');
  });
});

it('A repeat is a repeat, an hour later, at another price, from a revoked terminal.', async () => {
  const old = await openPhone(book, location, 'LKO1');
  const { path, send } = old.next(sale(book.clock, [{ item, quantity: 1 }], { goodsInHand: true }));
  const first = expectOk(await send());

  book.clock.forward(3600);
  expect(expectOk(await send())).toEqual(first);

  const entryPath = { kind: 'items' as const, id: item };
  const { entry, version } = expectOk(await book.admin.getEntry({ path: entryPath }));
  const cheaper = [{ from: '2026-04-01', price: 100, mrp: 100, gstBasisPoints: 500 }];
  expectOk(await book.admin.putEntry({ path: entryPath, body: { ...entry, prices: cheaper }, ifMatch: version }));
  expectOk(await book.admin.revokeTerminal({ path: { location, terminal: old.terminal }, body: { reason: 'lost' } }));

  const again = await send();
  expect([again.status, expectOk(again)]).toEqual([200, first]);
  expect(outcomeOf(await send(sale(book.clock, [{ item, quantity: 2 }])))).toBe('409 VOUCHER_CONFLICT');
  const fresh = { ...path, number: numberAt(book.clock, old.terminal, 'S', 9_000) };
  const another = await phone.client.recordVoucher({ path: fresh, body: sale(book.clock, [{ item, quantity: 1 }]) });
  expect(outcomeOf(another)).toBe('422 TERMINAL_REVOKED');
});

const next: Phone['next'] = (body) => phone.next(body);

const onHand = async (of: string) =>
  expectOk(await phone.client.getLocationStock({ path: { location } })).stock.find((row) => row.item === of)?.onHand;

const stock = async (of: string, quantity: number) => {
  expectOk(await next(receipt(book.clock, [{ item: of, quantity }])).send());
};

type Claimed = ReturnType<typeof sale> | ReturnType<typeof receipt> | ReturnType<typeof adjustment>;
