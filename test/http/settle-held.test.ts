import { beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Client } from '../../shared/api/client.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { expectBookMatchesStock, outcomeText } from '../kit/book-check.ts';
import { kurtas } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { watchedClient } from '../kit/interceptor.ts';
import type { Phone, Written } from '../kit/phone.ts';
import { counted, openShop, received, type Shop, sold } from '../kit/shop.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const { client, watch } = watchedClient(inject('endpoint'));
let shop: Shop;
let phone: Phone;
let officer: Client;
let made = 0;
const book = useBook({ client });
beforeAll(async () => {
  officer = await book.as('officer', 'district:LKO');
});
beforeEach(async () => {
  shop = await openShop(book);
  [phone] = shop.phones as [Phone];
});

describe('Officer settling held vouchers', () => {
  it('An officer admits once what the registry now allows.', async () => {
    const item = nobodysItem();
    const sale = phone.write(sold({ item, quantity: 2 }), at(-60));
    const held = await hold(sale);
    expect(await settle(held, { do: 'admit', why })).toMatchObject({
      problem: { code: 'STILL_HELD', detail: expect.stringContaining('ITEM_UNKNOWN') },
    });
    expect(await listed()).toMatchObject([{ held, state: 'held', version: 1 }]);
    expect(await listed('true', shop.client)).toEqual(await listed());
    await enter(item);

    const settled = expectOk(await settle(held, { do: 'admit', why }));
    const by = { at: book.clock.now(), by: 'local-officer', why, voucher: sale.number };
    expect(settled).toMatchObject({ held, state: 'admitted', settled: by, version: 2, claim: sale.claim });
    expect(await listed()).toEqual([]);
    expect(await listed('true')).toEqual([settled]);
    expect(await adds()).toMatchObject([{ number: sale.number, enteredBy: 'local-officer', claim: sale.claim }]);
    expect(outcomeText(await bringOne(sale))).toBe('repeated');
    expect(await adds()).toHaveLength(1);
  });

  it('An officer corrects the time of a wrong clock, and the voucher stands there.', async () => {
    expectOk(await phone.live(phone.write(received({ item, quantity: 10 }), at(-290))));
    expectOk(await phone.live(phone.write(sold({ item, quantity: 2 }), at(-50))));
    const sheet = phone.write(counted({ item, quantity: 9 }), at(5_000));
    const held = await hold(sheet);
    for (const seconds of [undefined, 301, 86_400, -2 * 86_400]) {
      const occurredAt = seconds === undefined ? undefined : instantAt(seconds);
      expect(outcomeOf(await settle(held, { do: 'admit', occurredAt, why }))).toBe('409 STILL_HELD');
    }
    expectOk(await settle(held, { do: 'admit', occurredAt: instantAt(-100), why }));
    const voucher = expectOk(await phone.live(sheet));
    expect(voucher).toMatchObject({
      claim: sheet.claim,
      admission: { way: 'captured', skew: -5_100_000 },
      outcome: { counted: [{ quantity: 9, expected: 10, variance: -1 }] },
    });
    expect(await shop.onHand()).toEqual({ [item]: 7 });
    await adds();
  });

  it('An officer may admit vouchers from before enrolment, or with the day before in the number.', async () => {
    const paper = await hold(phone.write(sold({ item, quantity: 1 }), at(-6 * 86_400)));
    expect(outcomeOf(await settle(paper, { do: 'admit', why }))).toBe('409 STILL_HELD');
    expect(outcomeOf(await settle(paper, { do: 'admit', occurredAt: instantAt(-6 * 86_400), why }))).toBe(200);
    const sale = phone.write(sold({ item, quantity: 1 }), at(-86_400));
    const held = await hold({ ...sale, number: phone.write(sold({ item, quantity: 1 })).number });
    expect(outcomeOf(await settle(held, { do: 'admit', why }))).toBe(200);
    expect(await adds(7)).toHaveLength(2);
  });

  it('An officer may admit a voucher of a phone that was revoked since.', async () => {
    const item = nobodysItem();
    const held = await hold(phone.write(sold({ item, quantity: 1 })));
    const path = { location: shop.location, terminal: phone.terminal };
    expectOk(await officer.revokeTerminal({ path, body: { reason: 'the holder left' } }));
    await enter(item);
    expect(expectOk(await settle(held, { do: 'admit', why })).state).toBe('admitted');
    expect(await adds()).toHaveLength(1);
  });

  it("An officer cannot admit another kind than the number's, nor a number recorded otherwise.", async () => {
    const sale = phone.write(sold({ item, quantity: 1 }), at(-60));
    const asReceipt = await hold({ ...sale, number: sale.number.replace(/S(?=\d{10}$)/, 'R') });
    expect(outcomeText(await bringOne(sale))).toBe('recorded');
    const conflict = await hold({ ...sale, claim: { ...sale.claim, ...sold({ item, quantity: 5 }) } });
    for (const held of [asReceipt, conflict])
      for (const occurredAt of [undefined, instantAt(-60)])
        expect(outcomeOf(await settle(held, { do: 'admit', occurredAt, why }))).toBe('409 STILL_HELD');
    expect(await adds()).toMatchObject([{ claim: sale.claim }]);
    expect(expectOk(await settle(conflict, { do: 'correct', voucher: sale.number, why }))).toMatchObject({
      state: 'corrected',
      settled: { voucher: sale.number },
    });
    expect(outcomeOf(await settle(asReceipt, { do: 'reject', why }))).toBe(200);
    expect(await adds()).toHaveLength(1);
  });

  it('An officer may name the recorded voucher that replaces it.', async () => {
    const held = await hold(phone.write(sold({ item: nobodysItem(), quantity: 1 })));
    const instead = phone.write(sold({ item, quantity: 1 }), at(-5));
    expect(outcomeOf(await settle(held, { do: 'correct', voucher: instead.number, why }))).toBe('422 VOUCHER_UNKNOWN');
    expectOk(await phone.sync([instead]));
    expect(expectOk(await settle(held, { do: 'correct', voucher: instead.number, why })).state).toBe('corrected');
    expect(await adds()).toHaveLength(1);
  });

  it('Settling needs the version, and works once, at its own location only.', async () => {
    const held = await hold(phone.write(sold({ item: nobodysItem(), quantity: 1 })));
    const reject = { do: 'reject' as const, why };
    const ifMatch = undefined as unknown as number;
    expect(
      outcomeOf(await officer.settleHeld({ path: { location: shop.location, held }, body: reject, ifMatch })),
    ).toBe('428 PRECONDITION_REQUIRED');
    expect(outcomeOf(await settle(held, reject, officer, 2))).toBe('412 VERSION_MISMATCH');
    const elsewhere = { location: 'LKO-02', held };
    expect(outcomeOf(await officer.settleHeld({ path: elsewhere, body: reject, ifMatch: 1 }))).toBe('404 NOT_FOUND');
    for (const stranger of [shop.client, await book.as('officer', 'district:PBT')])
      expect(outcomeOf(await settle(held, reject, stranger))).toBe('403 FORBIDDEN');
    expect(outcomeOf(await settle(held, reject))).toBe(200);
    expect(outcomeOf(await settle(held, reject))).toBe('412 VERSION_MISMATCH');
    expect(await settle(held, reject, officer, 2)).toMatchObject({
      problem: { code: 'HELD_STATE', state: 'rejected' },
    });
  });
});

describe('Repeats of a held voucher', () => {
  it.each(['reject', 'correct'] as const)(
    'After %s a repeat says so, even when the registry has the item.',
    async (how) => {
      const item = nobodysItem();
      const sale = phone.write(sold({ item, quantity: 1 }));
      const held = await hold(sale);
      const instead = phone.write(received({ item: 'LKO-KURTA-09', quantity: 1 }));
      expectOk(await phone.sync([instead]));
      const { state } = expectOk(
        await settle(held, how === 'reject' ? { do: how, why } : { do: how, voucher: instead.number, why }),
      );
      const before = await adds();
      expect(await bringOne(sale)).toMatchObject({ outcome: 'held', held, state, problem: { code: 'ITEM_UNKNOWN' } });
      await enter(item);
      expect(await bringOne(sale)).toMatchObject({ outcome: 'held', held, state });
      expect(await adds()).toEqual(before);
      expect((await listed('true')).map((one) => one.version)).toEqual([2]);
    },
  );

  it('A repeat that nothing blocks any more is recorded, and needs no officer.', async () => {
    const item = nobodysItem();
    const sale = phone.write(sold({ item, quantity: 1 }));
    const held = await hold(sale);
    await enter(item);
    expect([await bringOne(sale), await bringOne(sale)].map(outcomeText)).toEqual(['recorded', 'repeated']);
    expect(await listed()).toEqual([]);
    expect(await listed('true')).toMatchObject([
      { held, state: 'admitted', settled: { by: 'local-outlet' }, version: 2 },
    ]);
    expect(await settle(held, { do: 'reject', why }, officer, 2)).toMatchObject({
      problem: { code: 'HELD_STATE', state: 'admitted' },
    });
    expect(await adds()).toHaveLength(1);
  });

  it('Recorded live meanwhile, it counts as admitted, and a rejection is refused.', async () => {
    const item = nobodysItem();
    const sale = phone.write(received({ item, quantity: 1 }));
    const held = await hold(sale);
    await enter(item);
    expect(outcomeOf(await phone.live(sale))).toBe(201);
    const admitted = { problem: { code: 'HELD_STATE', state: 'admitted' } };
    expect(await settle(held, { do: 'reject', why })).toMatchObject(admitted);
    expect((await listed('true')).find((one) => one.held === held)).toMatchObject({ state: 'admitted', version: 2 });
    expect(await settle(held, { do: 'correct', voucher: sale.number, why }, officer, 2)).toMatchObject(admitted);
    expect(await adds()).toHaveLength(1);
  });
});

describe('Two at once', () => {
  const rivals = {
    'another officer rejects': (held: string) => settle(held, { do: 'reject', why }, book.admin),
    'another officer admits': (held: string) => settle(held, { do: 'admit', why }, book.admin),
    'the phone brings it again': (_held: string, sale: Written) => phone.sync([sale]),
  };
  const both = Object.entries(rivals).flatMap(([says, rival]) =>
    (['admit', 'reject'] as const).map((what) => ({ says, rival, what })),
  );
  it.each(both)(
    'Between the decision and the write to $what, $says: the answer is the outcome.',
    async ({ rival, what }) => {
      const item = nobodysItem();
      const sale = phone.write(sold({ item, quantity: 1 }));
      const held = await hold(sale);
      await enter(item);
      let first = true;
      watch({
        before: async () => {
          if (!first) return;
          first = false;
          await rival(held, sale);
        },
      });
      const answer = await settle(held, { do: what, why });
      watch({});
      expect(outcomeOf(answer)).toBe('412 VERSION_MISMATCH');
      const [{ state } = { state: '' }] = await listed('true');
      expect(await adds()).toHaveLength(state === 'admitted' ? 1 : 0);
      expect(state).toBe(rival === rivals['another officer rejects'] ? 'rejected' : 'admitted');
    },
  );
});

const [item = ''] = kurtas(1);

const at = (seconds: number) => Date.parse(book.clock.now()) + seconds * 1_000;

const instantAt = (seconds: number) => new Date(at(seconds)).toISOString();

const nobodysItem = () => `LKO-NEW-${String(++made).padStart(3, '0')}`;

const enter = async (id: string) => {
  const { entry } = expectOk(await book.admin.getEntry({ path: { kind: 'items', id: item } }));
  expectOk(await book.admin.putEntry({ path: { kind: 'items', id }, body: entry }));
};

const bringOne = async (written: Written) => {
  const [outcome] = expectOk(await phone.sync([written])).outcomes;
  if (!outcome) throw new Error('there is one');
  return outcome;
};

const hold = async (written: Written): Promise<string> => {
  const outcome = await bringOne(written);
  if (outcome.outcome !== 'held') throw new Error(JSON.stringify(outcome));
  return outcome.held;
};

type Body = Parameters<Client['settleHeld']>[0]['body'];

const settle = (held: string, body: Body, by = officer, ifMatch: number | undefined = 1) =>
  by.settleHeld({ path: { location: shop.location, held }, body, ...(ifMatch !== undefined && { ifMatch }) });

const why = 'the holder says so';

const listed = async (settled?: 'true', by: Client = officer) =>
  expectOk(await by.listHeld({ path: { location: shop.location }, query: { settled } })).held;

const adds = (days?: number) => expectBookMatchesStock(shop.client, shop.location, days);
