import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../../shared/api/client.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { exceptionAlertStates, exceptionAlertsIn } from '../kit/exception-alerts.ts';
import { evaluateStockOf } from '../kit/jobs.ts';
import type { Phone, Written } from '../kit/phone.ts';
import { openShop, received, type Shop, sold } from '../kit/shop.ts';

checkAnswersAgainstContract();

const [item = ''] = kurtas(1);
const book = useBook();
let shop: Shop;
let phone: Phone;
let officer: Client;
let made = 0;
beforeAll(async () => {
  officer = await book.as('officer', 'district:LKO');
});
beforeEach(async () => {
  shop = await openShop(book);
  [phone] = shop.phones as [Phone];
});

const why = 'the holder says so';

describe('Alerts of held vouchers', () => {
  it('A held voucher alerts at once at its location, district and state, with its evidence.', async () => {
    const sale = phone.write(sold({ item: nobodysItem(), quantity: 2 }));
    const held = await hold(sale);
    const alert = {
      location: shop.location,
      district: 'LKO',
      type: 'held',
      about: held,
      state: 'open',
      episode: 1,
      openedAt: book.clock.now(),
      sourceVersion: 1,
      placeVersion: 1,
      figures: { number: sale.number, heldAt: book.clock.now(), state: 'held', problem: { code: 'ITEM_UNKNOWN' } },
    };
    for (const where of [here(), { area: 'LKO' }])
      expect((await exceptionAlertsIn(officer, where, 'held')).filter(({ about }) => about === held)).toMatchObject([
        alert,
      ]);
    expect(await exceptionAlertsIn(shop.client, here())).toMatchObject([alert]);
    expect((await exceptionAlertsIn(book.admin, { area: 'state' })).some(({ about }) => about === held)).toBe(true);
    expect(await exceptionAlertsIn(book.admin, { area: 'PBT' })).toEqual([]);
    expect(expectOk(await officer.listAlerts({ query: { ...here(), type: 'short' } })).alerts).toEqual([]);
  });

  it('Repeats share one alert; another claim under the number has its own.', async () => {
    const sale = phone.write(sold({ item: nobodysItem(), quantity: 1 }));
    for (let times = 0; times < 3; times++) await hold(sale);
    expect(await exceptionAlertStates(officer, here())).toEqual(['held open 1']);
    await hold({ ...sale, claim: { ...sale.claim, by: 'S002' } });
    expect(await exceptionAlertStates(officer, here())).toEqual(['held open 1', 'held open 1']);
  });

  const ways: Record<string, (held: string, sale: Written) => Promise<unknown>> = {
    admitted: async (held, { claim }) => {
      const [line] = claim.lines as { item: string }[];
      await enter(line?.item ?? '');
      return expectOk(await settle(held, { do: 'admit', why }));
    },
    corrected: async (held) => {
      const instead = phone.write(received({ item, quantity: 1 }));
      expectOk(await phone.sync([instead]));
      return expectOk(await settle(held, { do: 'correct', voucher: instead.number, why }));
    },
    rejected: async (held) => expectOk(await settle(held, { do: 'reject', why })),
  };
  it.each(Object.entries(ways))(
    'Once %s, the alert is resolved and says so; a repeat keeps it resolved.',
    async (state, way) => {
      const sale = phone.write(sold({ item: nobodysItem(), quantity: 1 }));
      const held = await hold(sale);
      book.clock.forward(60);
      await way(held, sale);
      const resolved = { about: held, state: 'resolved', episode: 1, resolvedAt: book.clock.now(), figures: { state } };
      expect(await exceptionAlertsIn(officer, here())).toMatchObject([resolved]);
      await phone.sync([sale]);
      expect(await exceptionAlertsIn(officer, here())).toMatchObject([resolved]);
    },
  );

  it('A held voucher that a repeat can record is resolved.', async () => {
    const item = nobodysItem();
    const sale = phone.write(sold({ item, quantity: 1 }));
    await hold(sale);
    await enter(item);
    expect(expectOk(await phone.sync([sale])).outcomes).toMatchObject([{ outcome: 'recorded' }]);
    expect(await exceptionAlertsIn(officer, here())).toMatchObject([
      { state: 'resolved', figures: { state: 'admitted' } },
    ]);
  });

  it('Held alerts and stock alerts share the pages of one list.', { tags: 'long' }, async () => {
    const many = kurtas(45).map((item) => ({ item, quantity: 1 }));
    for (const lines of [many.slice(0, 40), many.slice(40)])
      expectOk(await phone.sync([phone.write(received(...lines))]));
    const unpaid = { ...sold({ item, quantity: 1 }), payments: [{ tender: 'cash', amount: 1 }] };
    const sales = Array.from({ length: 110 }, () => phone.write(unpaid));
    for (const from of [0, 50, 100]) expectOk(await phone.sync(sales.slice(from, from + 50)));
    await evaluateStockOf(here().location, kurtas(45));
    await book.bahi.runJob('sweep-alerts');
    const found = [];
    let cursor: string | undefined;
    do {
      const page = expectOk(await officer.listAlerts({ query: { ...here(), cursor } }));
      found.push(page.alerts);
      cursor = page.cursor;
    } while (cursor);
    expect(found.map(({ length }) => length > 0)).toEqual(found.map(() => true));
    const types = found.flat().map(({ type }) => type);
    expect(types).toEqual([...Array(45).fill('short'), ...Array(110).fill('held')]);
    expect(new Set(found.flat().map((alert) => JSON.stringify(alert))).size).toBe(155);
  });
});

const nobodysItem = () => `LKO-NEW-${String(++made).padStart(3, '0')}`;

const enter = async (id: string) => {
  const { entry } = expectOk(await book.admin.getEntry({ path: { kind: 'items', id: item } }));
  expectOk(await book.admin.putEntry({ path: { kind: 'items', id }, body: entry }));
};

const hold = async (written: Written): Promise<string> => {
  const [outcome] = expectOk(await phone.sync([written])).outcomes;
  if (outcome?.outcome !== 'held') throw new Error(JSON.stringify(outcome));
  return outcome.held;
};

type Body = Parameters<Client['settleHeld']>[0]['body'];

const settle = (held: string, body: Body) =>
  officer.settleHeld({ path: { location: shop.location, held }, body, ifMatch: 1 });

const here = () => ({ location: shop.location });
