import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { reconcileLocation } from '../../functions/reconcile-ledger/reconcile-location.ts';
import { allStores } from '../../local/all-stores.ts';
import { renderDriftLog } from '../../shared/alerts/drift-sentences.ts';
import { ItemId, LocationId, StockLocationId } from '../../shared/kernel/ids.ts';
import { totalInLots } from '../../shared/stock/lots.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { BAMBOO, DEPOT, type Depot, openDepot } from '../kit/depot.ts';
import { workOff } from '../kit/jobs.ts';
import { errorsLogged } from '../kit/logs.ts';
import { type RequestDriver, requestsAt } from '../kit/material-requests.ts';
import type { Phone, Written } from '../kit/phone.ts';
import { counted, openShop, phonesAt, received, type Shop, sold, tookBack } from '../kit/shop.ts';
import { more, tampererOf } from '../kit/tampering.ts';

const [ITEM = '', OTHER = ''] = kurtas(2);
const book = useBook();
let tamper: ReturnType<typeof tampererOf>;
beforeAll(async () => {
  tamper = tampererOf(book);
});

const HOUR = 3_600_000;

it('A return of an unknown bill of a phone that was a year off is kept, and its drift found.', async () => {
  const shop = await openShop(book);
  const [phone] = shop.phones as [Phone];
  const of = `${phone.terminal}S2511220001`;
  const back = phone.write(tookBack(of, { line: 1, item: ITEM, quantity: 2 }));
  expect(expectOk(await phone.sync([back])).outcomes).toMatchObject([{ outcome: 'recorded' }]);
  expect(await found(shop.location)).toEqual([]);
});

describe('Reconciling a stall', () => {
  let shop: Shop;
  let phone: Phone;
  let before: Written;
  let count: Written;
  let sale: Written;
  let back: Written;
  let last: Written;
  const at = (hours: number) => Date.parse(book.clock.now()) - hours * HOUR;
  const tell = async (written: Written) => {
    const { outcomes } = expectOk(await phone.sync([written]));
    expect(outcomes[0]).toMatchObject({ outcome: 'recorded' });
    return written;
  };

  /** Received, sold, counted, sold, brought back, and sold: of one item. */
  beforeEach(async () => {
    shop = await openShop(book);
    [phone] = shop.phones as [Phone];
    before = await tell(phone.write(received({ item: ITEM, quantity: 40 }, { item: OTHER, quantity: 9 }), at(30)));
    count = await tell(phone.write(counted({ item: ITEM, quantity: 30 }), at(20)));
    sale = await tell(phone.write(sold({ item: ITEM, quantity: 7 }), at(10)));
    back = await tell(phone.write(tookBack(sale.number, { line: 1, item: ITEM, quantity: 2 }), at(5)));
    last = await tell(
      phone.write({ ...sold({ item: ITEM, quantity: 1 }, { item: OTHER, quantity: 1 }), previous: back.number }, at(1)),
    );
  });

  it('An untouched stall is clean, late vouchers included.', async () => {
    await tell(phone.write(sold({ item: ITEM, quantity: 3 }), at(25)));
    await tell(phone.write(counted({ item: ITEM, quantity: 11 }), at(26)));
    expect(await found(shop.location)).toEqual([]);
  });

  it('Stock on hand off by one is found, with the vouchers of the figure.', async () => {
    await tamper.row(shop.location, ITEM, more('onHand'));
    expect(await audit(shop.location)).toMatchObject([
      {
        kind: 'on-hand',
        item: ITEM,
        book: 25,
        says: 24,
        vouchers: [last.number, back.number, sale.number, count.number],
      },
      { kind: 'free', item: ITEM, book: 24, says: 25 },
    ]);
  });

  it('It is told in words with its repair, and a count sheet repairs it.', async () => {
    await tamper.row(shop.location, OTHER, (row) => ({ ...more('onHand')(row), ...more('free')(row) }));
    expect((await audit(shop.location)).map(renderDriftLog)).toEqual([
      `${OTHER}, on-hand: the book says 9, its vouchers 8. Vouchers: ${last.number}, ${before.number}. Repair: a count sheet (C) of the item sets it right.`,
    ]);
    await tell(phone.write(counted({ item: OTHER, quantity: 8 })));
    expect(await found(shop.location)).toEqual([]);
  });

  it('A missing voucher is found by its number.', async () => {
    await tamper.removeVoucher(shop.location, back.number);
    expect(await found(shop.location)).toEqual([
      { kind: 'on-hand', book: 24, says: 22, first: back.number },
      { kind: 'back', book: 2, says: 0, first: sale.number },
    ]);
  });

  it('A changed quantity is found, with its effects.', async () => {
    await tamper.voucher(shop.location, sale.number, ({ lines }) => {
      const [[item, , ...rest]] = lines as [[string, number, ...number[]]];
      return { lines: [[item, 6, ...rest]] };
    });
    expect(await found(shop.location)).toEqual([
      { kind: 'voucher', first: sale.number },
      { kind: 'on-hand', book: 24, says: 25, first: sale.number },
    ]);
  });

  it('An unreadable voucher is named.', async () => {
    await tamper.voucher(shop.location, sale.number, () => ({ occurredAt: 'yesterday' }));
    expect((await found(shop.location))[0]).toEqual({ kind: 'voucher', first: sale.number });
  });

  it('A missing last count is found.', async () => {
    await tamper.removeVoucher(shop.location, count.number);
    expect((await found(shop.location)).map(({ kind, first }) => [kind, first])).toEqual([
      ['on-hand', expect.anything()],
      ['count', count.number],
    ]);
  });

  it('A missing stock row is found.', async () => {
    await tamper.removeRow(shop.location, OTHER);
    expect(await found(shop.location)).toEqual([{ kind: 'on-hand', book: 0, says: 8, first: last.number }]);
  });

  it('Changed or missing returned quantities are found.', async () => {
    await tamper.back(shop.location, sale.number, () => ({ lines: { 1: 1 } }));
    expect(await found(shop.location)).toEqual([{ kind: 'back', book: 1, says: 2, first: sale.number }]);
    await tamper.removeBack(shop.location, sale.number);
    expect(await found(shop.location)).toEqual([{ kind: 'back', book: 0, says: 2, first: sale.number }]);
  });
});

const openDepotAt = async (id: string) => {
  const body = { name: 'Depot', nameHi: 'डिपो', district: 'PBT', sellers: ['PBT1'] };
  expectOk(await book.admin.putEntry({ path: { kind: 'depots', id }, body }));
  return openDepot(book, id);
};

describe('Reconciling a depot', () => {
  let depot: Depot;
  let asks: RequestDriver;
  let issued: string;
  let reserved: string;
  const producer = 'P0100';

  beforeAll(async () => {
    depot = await openDepot(book);
    await depot.producer(producer);
    await depot.receive('SIL-1', 200_000);
    asks = requestsAt(book, depot, producer);
    issued = await asks.reach.issued();
    reserved = await asks.reach.approved();
  });
  const put = async <T>(act: () => Promise<T>, undo: () => Promise<unknown>): Promise<T> => {
    try {
      return await act();
    } finally {
      await undo();
    }
  };
  const request = (number: string) => ({ request: number, part: 'request' });

  it('Reserved and issued requests and their passbook are clean.', async () => {
    expect([await found(DEPOT), await found(producer)]).toEqual([[], []]);
  });

  it.each(['free', 'onHand'])('A row whose %s is off is found.', async (figure) => {
    await tamper.row(DEPOT, BAMBOO, more(figure));
    const kinds = await put(
      async () => (await found(DEPOT)).map(({ kind }) => kind),
      () => tamper.row(DEPOT, BAMBOO, more(figure, -1)),
    );
    expect(kinds).toEqual(figure === 'free' ? ['free'] : ['on-hand', 'lots', 'free']);
  });

  it('Stock below zero has no lots and no drift; true drift is found.', async () => {
    const { location } = await openDepotAt('PBE-D9');
    const [phone] = (await phonesAt(book, location, 'PBT1')).phones as [Phone];
    const at = (hours: number) => Date.parse(book.clock.now()) - hours * HOUR;
    const lot = (name: string, quantity: number) => received({ item: BAMBOO, quantity, lot: name });
    const back = (of: string, quantity: number) => tookBack(of, { line: 1, item: BAMBOO, quantity });
    const row = async () =>
      (await allStores().stock.rows(StockLocationId.parse(location), [ItemId.parse(BAMBOO)])).get(ItemId.parse(BAMBOO));
    const [first, last] = [phone.write(lot('A', 9), at(9)), phone.write(lot('C', 6), at(3))];
    const lost = phone.write({ kind: 'A', reason: 'lost', lines: [{ item: BAMBOO, quantity: 7 }] }, at(8));
    const says = [
      [first, 9],
      [lost, 2],
      [phone.write(back(first.number, 9), at(7)), -7],
      [phone.write(lot('B', 4), at(6)), -3],
      [last, 3],
      [phone.write(back(lost.number, 2), at(2)), 5],
      [phone.write(back(last.number, 6), at(1)), -1],
    ] as const;
    for (const [written, onHand] of says) {
      expect(expectOk(await phone.sync([written])).outcomes).toMatchObject([{ outcome: 'recorded' }]);
      const { onHand: is, lots = [] } = (await row()) ?? {};
      expect([is, totalInLots(lots)]).toEqual([onHand, Math.max(0, onHand)]);
      expect(await found(location)).toEqual([]);
    }
    await tamper.row(location, BAMBOO, () => ({ lots: [{ lot: 'X', left: 1, since: book.clock.now() }] }));
    expect(await found(location)).toMatchObject([{ kind: 'lots', book: 1, says: 0 }]);
  });

  it('Lots below the stock on hand are found.', async () => {
    const { lots } = (await depot.row()) ?? {};
    await tamper.row(DEPOT, BAMBOO, () => ({ lots: lots?.map((lot) => ({ ...lot, left: lot.left - 5 })) }));
    const drifts = await put(
      () => found(DEPOT),
      () => tamper.row(DEPOT, BAMBOO, () => ({ lots })),
    );
    expect(drifts).toMatchObject([{ kind: 'lots' }]);
  });

  it.each(['reserved', 'drawn', 'left'])(
    'An account whose %s is off is found at the depot and in the passbook.',
    async (figure) => {
      const account = { producer, account: `2026-27#${BAMBOO}` };
      await tamper.change('Passbook', account, more(figure));
      const drifts = await put(
        async () => [await found(DEPOT), await found(producer)],
        () => tamper.change('Passbook', account, more(figure, -1)),
      );
      const left = figure === 'left' ? [] : [{ kind: 'left' }];
      expect(drifts).toMatchObject([
        [{ kind: figure }, ...left],
        [{ kind: figure }, ...left],
      ]);
    },
  );

  it('Wrong issued or reserved quantities of a request are found.', async () => {
    const issues = ({ lines }: Record<string, unknown>) => ({
      lines: (lines as { issued: number; approved: number }[]).map((line) => ({ ...line, issued: line.issued + 1 })),
    });
    const undo = ({ lines }: Record<string, unknown>) => ({
      lines: (lines as { issued: number }[]).map((line) => ({ ...line, issued: line.issued - 1 })),
    });
    for (const number of [issued, reserved]) {
      await tamper.change('Requests', request(number), issues);
      const drifts = await put(
        () => audit(DEPOT),
        () => tamper.change('Requests', request(number), undo),
      );
      expect(drifts).toContainEqual(expect.objectContaining({ kind: 'issued', request: number }));
    }
  });

  it('The job counts its drifts and stores them.', async () => {
    const logged = errorsLogged();
    await tamper.row(DEPOT, BAMBOO, more('free'));
    await put(
      () => workOff('reconcile-ledger', DEPOT),
      () => tamper.row(DEPOT, BAMBOO, more('free', -1)),
    );
    const kept = await allStores().audits.checkpoint(LocationId.parse(DEPOT));
    expect(kept).toMatchObject({ location: DEPOT, drifts: [{ kind: 'free', item: BAMBOO }] });
    expect(logged).toMatchObject([{ message: expect.stringMatching(/^Drift at PBE-D1: PBT-BAMBOO, free: /) }]);
    await workOff('reconcile-ledger', DEPOT);
    expect((await allStores().audits.checkpoint(LocationId.parse(DEPOT)))?.drifts).toEqual([]);
  });
});

const audit = async (place: string) =>
  (await reconcileLocation(LocationId.parse(place), 'the whole book', allStores())).drifts;

/** The drifts in short, each with the first voucher that it names. */
const found = async (place: string) =>
  (await audit(place)).map((drift) => {
    const { kind, vouchers } = drift;
    return { kind, ...('book' in drift && { book: drift.book, says: drift.says }), first: vouchers[0] };
  });
