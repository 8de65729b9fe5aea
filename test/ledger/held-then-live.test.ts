import { beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { reconcileLocation } from '../../functions/reconcile-ledger/reconcile-location.ts';
import { allStores } from '../../local/all-stores.ts';
import { StockLocationId } from '../../shared/kernel/ids.ts';
import { type Book, expectOk, useBook } from '../kit/book.ts';
import { expectBookMatchesStock, outcomeText } from '../kit/book-check.ts';
import { kurtas } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { watchedClient } from '../kit/interceptor.ts';
import type { Phone, Written } from '../kit/phone.ts';
import { adjusted, openShop, received, type Shop, sold, tookBack } from '../kit/shop.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const { client, watch } = watchedClient(inject('endpoint'));
let entry: object;
let shop: Shop;
let phone: Phone;
let made = 0;
const book = useBook({ client });
beforeAll(async () => {
  entry = expectOk(await book.admin.getEntry({ path: { kind: 'items', id: item } })).entry;
});
beforeEach(async () => {
  watch({});
  shop = await openShop(book);
  [phone] = shop.phones as [Phone];
});

describe.each(['rejected', 'corrected'] as const)('After an officer %s a held voucher', (state) => {
  it('A live repeat is not recorded: no stock moves, and the answer gives the reason.', async () => {
    const { receipt, settle } = await heldReceipt();
    expectOk(await settle((await settlements())[state]));
    const before = await shop.onHand();
    for (const again of [receipt, receipt])
      expect(await phone.live(again)).toMatchObject({ status: 409, problem: { code: 'HELD_STATE', state } });
    expect(expectOk(await phone.sync([receipt])).outcomes).toMatchObject([{ outcome: 'held', state }]);
    expect(await shop.onHand()).toEqual(before);
    await expectBookMatchesStock(shop.client, shop.location);
  });

  it('The outcome holds against a concurrent live repeat.', async () => {
    const { receipt, settle } = await heldReceipt();
    const settlement = (await settlements())[state];
    let isFirst = true;
    watch({
      before: async () => {
        if (!isFirst) return;
        isFirst = false;
        expectOk(await settle(settlement));
      },
    });
    expect(await phone.live(receipt)).toMatchObject({ status: 409, problem: { code: 'HELD_STATE', state } });
    watch({});
    expect(await stateNow()).toEqual([state]);
    await expectBookMatchesStock(shop.client, shop.location);
  });

  it('It counts as admitted where the live voucher was first.', async () => {
    const { receipt, settle } = await heldReceipt();
    const settlement = (await settlements())[state];
    let isFirst = true;
    watch({
      before: async () => {
        if (!isFirst) return;
        isFirst = false;
        expectOk(await phone.live(receipt));
      },
    });
    expect(await settle(settlement)).toMatchObject({ status: 409, problem: { code: 'HELD_STATE', state: 'admitted' } });
    watch({});
    expect(await stateNow()).toEqual(['admitted']);
    await expectBookMatchesStock(shop.client, shop.location);
  });

  it("It is settled once, though DynamoDB's answer was lost.", async () => {
    const { receipt, settle } = await heldReceipt();
    const settlement = (await settlements())[state];
    let left = 2;
    watch({
      after: () => {
        if (left-- > 0) throw Object.assign(new Error('injected'), { name: 'TimeoutError' });
      },
    });
    expect(outcomeOf(await settle(settlement))).toBe(200);
    watch({});
    expect(outcomeOf(await phone.live(receipt))).toBe('409 HELD_STATE');
    expect(await stateNow()).toEqual([state]);
  });
});

describe('Where nothing was recorded', () => {
  const rejected = async () => {
    const { receipt, settle } = await heldReceipt();
    expectOk(await settle({ do: 'reject', why }));
    return receipt;
  };

  it('No day book, list, reconciliation or number query shows anything.', async () => {
    const { number } = await rejected();
    const path = { location: shop.location, number };
    expect(outcomeOf(await shop.client.getVoucher({ path }))).toBe('404 NOT_FOUND');
    expect(await expectBookMatchesStock(shop.client, shop.location)).toEqual([]);
    const audited = await reconcileLocation(StockLocationId.parse(shop.location), 'the whole book', allStores());
    expect([audited.vouchers, audited.drifts]).toEqual([0, []]);
    const terminal = { location: shop.location, terminal: phone.terminal };
    expect(expectOk(await shop.client.getNumbers({ path: terminal }))).toMatchObject({ last: [number], missing: [] });
  });

  it('The number is free for one other claim.', async () => {
    const { number, claim } = await rejected();
    const other: Written = { number, claim: { ...claim, lines: [{ item: second, quantity: 2 }] } };
    expect([outcomeOf(await phone.live(other)), outcomeOf(await phone.live(other))]).toEqual([201, 200]);
    expect(outcomeOf(await phone.live({ number, claim }))).toBe('409 VOUCHER_CONFLICT');
    expect(await shop.onHand()).toEqual({ [second]: 2 });
    await expectBookMatchesStock(shop.client, shop.location);
  });

  it('Two claims of one number are settled separately.', async () => {
    const one = phone.write(adjusted('found', { item: 'LKO-NONE', quantity: 1 }));
    const other = { ...one, claim: { ...one.claim, lines: [{ item: 'LKO-NONE', quantity: 2 }] } };
    const held = expectOk(await phone.sync([one])).outcomes.concat(expectOk(await phone.sync([other])).outcomes);
    for (const outcome of held) {
      if (outcome.outcome !== 'held') throw new Error('held');
      const path = { location: shop.location, held: outcome.held };
      expectOk(await book.admin.settleHeld({ path, body: { do: 'reject', why }, ifMatch: 1 }));
    }
    for (const again of [one, other])
      expect(expectOk(await phone.sync([again])).outcomes.map(outcomeText)).toEqual(['held ITEM_UNKNOWN']);
    expect(await stateNow()).toEqual(['rejected', 'rejected']);
  });

  it('A return of such a sale stays unmatched, as for one that never came.', async () => {
    const sale = phone.write(sold({ item: 'LKO-NONE', quantity: 1 }));
    const [outcome] = expectOk(await phone.sync([sale])).outcomes;
    if (outcome?.outcome !== 'held') throw new Error('held');
    const path = { location: shop.location, held: outcome.held };
    expectOk(await book.admin.settleHeld({ path, body: { do: 'reject', why }, ifMatch: 1 }));
    const back = phone.write(tookBack(sale.number, { line: 1, item, quantity: 1 }));
    expect(expectOk(await phone.sync([back])).outcomes.map(outcomeText)).toEqual(['recorded']);
  });
});

const [item = '', second = ''] = kurtas(2);

const why = 'the holder says so';

const stateNow = async () =>
  expectOk(await book.admin.listHeld({ path: { location: shop.location }, query: { settled: 'true' } })).held.map(
    ({ state }) => state,
  );

const correction = () => phone.write(received({ item: second, quantity: 1 }));

/** A receipt of something that the registry had not yet; it could be recorded now. */
const heldReceipt = async () => {
  const id = `LKO-SETTLED-${String(++made).padStart(3, '0')}`;
  const receipt = phone.write(received({ item: id, quantity: 4 }));
  const [outcome] = expectOk(await phone.sync([receipt])).outcomes;
  if (outcome?.outcome !== 'held') throw new Error(JSON.stringify(outcome));
  expectOk(await book.admin.putEntry({ path: { kind: 'items', id }, body: entry as never }));
  const path = { location: shop.location, held: outcome.held };
  const settle = (body: Parameters<Book['admin']['settleHeld']>[0]['body']) =>
    book.admin.settleHeld({ path, body, ifMatch: 1 });
  return { receipt, held: outcome.held, settle };
};

const settlements = async () => {
  const instead = correction();
  expectOk(await phone.live(instead));
  return {
    rejected: { do: 'reject', why } as const,
    corrected: { do: 'correct', voucher: instead.number, why } as const,
  };
};
