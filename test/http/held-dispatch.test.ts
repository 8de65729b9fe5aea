import { beforeEach, describe, expect, it } from 'vitest';
import { reconcileLocation } from '../../functions/reconcile-ledger/reconcile-location.ts';
import { allStores } from '../../local/all-stores.ts';
import { StockLocationId } from '../../shared/kernel/ids.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { START } from '../kit/clock.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { BAMBOO as item } from '../kit/depot.ts';
import { exceptionAlertStates } from '../kit/exception-alerts.ts';
import type { Phone, Written } from '../kit/phone.ts';
import { counted, dispatched, phonesAt, received, receivedFrom } from '../kit/shop.ts';

checkAnswersAgainstContract();

const HOUR = 3_600_000;
const book = useBook();
let [from, to, made] = ['', '', 0];
let [depot, other]: Phone[] = [];

/** Two depots. Three pieces arrived a day ago; everything later exists only on paper. */
beforeEach(async () => {
  ({ id: from, phone: depot } = await openDepot());
  ({ id: to, phone: other } = await openDepot());
  expectOk(await by(depot).sync([by(depot).write(lot('OLD', 3), START - 24 * HOUR)]));
});

describe('Offline dispatch of more than the lots of its depot hold', () => {
  it.each([
    ['brought again by the depot', async (written: Written) => bring(depot, written)],
    [
      'admitted by an officer',
      async () => {
        const [{ held = '', version = 0 } = {}] = await heldAt();
        const path = { location: from, held };
        expectOk(
          await book.admin.settleHeld({ path, body: { do: 'admit', why: 'its goods are in' }, ifMatch: version }),
        );
        return ['recorded'];
      },
    ],
  ])('Once the receipt of its goods is in, the dispatch is recorded when %s: nothing is lost.', async (_how, again) => {
    const written = sent();
    expect(await bring(depot, written)).toEqual(['held INSUFFICIENT_STOCK']);
    expect((await heldAt())[0]?.problem.detail).toContain('record the receipt of the goods, or a count');
    expect([await rowAt(from), await rowAt(to), await lives()]).toEqual([
      { onHand: 3, inbound: 0, lots: { OLD: 3 } },
      { onHand: 0, inbound: 0, lots: {} },
      ['held open 1'],
    ]);
    expect(await bring(depot, by(depot).write(lot('NEW', 4), START - 12 * HOUR))).toEqual(['recorded']);
    expect(await again(written)).toEqual(['recorded']);
    expect([await rowAt(from), await rowAt(to), await lives(), await drifts()]).toEqual([
      { onHand: 2, inbound: 0, lots: { NEW: 2 } },
      { onHand: 0, inbound: 5, lots: {} },
      ['held resolved 1'],
      [],
    ]);
  });

  it('An early receipt of it stays unmatched, and the dispatch closes it.', async () => {
    const written = sent();
    expect(await bring(depot, written)).toEqual(['held INSUFFICIENT_STOCK']);
    const came = receivedFrom(written.number, { item, quantity: 5, lot: 'ROAD' });
    expect(await bring(other, by(other).write(came, START - HOUR))).toEqual(['recorded']);
    expect(await bring(depot, by(depot).write(lot('NEW', 4), START - 12 * HOUR), written)).toEqual([
      'recorded',
      'recorded',
    ]);
    expect([await rowAt(from), await rowAt(to), await drifts()]).toEqual([
      { onHand: 2, inbound: 0, lots: { NEW: 2 } },
      { onHand: 5, inbound: 0, lots: { ROAD: 5 } },
      [],
    ]);
  });

  it("Where the receipt is lost, a count of today's stock is enough.", async () => {
    const written = sent();
    expect(await bring(depot, written)).toEqual(['held INSUFFICIENT_STOCK']);
    expect(await bring(depot, by(depot).write(counted({ item, quantity: 2 })))).toEqual(['recorded']);
    expect(await bring(depot, written)).toEqual(['recorded']);
    expect([await rowAt(from), await rowAt(to), await lives(), await drifts()]).toEqual([
      { onHand: 2, inbound: 0, lots: { OLD: 2 } },
      { onHand: 0, inbound: 5, lots: {} },
      ['held resolved 1'],
      [],
    ]);
  });

  it('The same holds for a lot that has not come in.', async () => {
    const written = sent({ lines: [{ item, quantity: 4, lot: 'NEW' }] });
    expect(await bring(depot, written)).toEqual(['held LOT_WRONG']);
    expect(await bring(depot, by(depot).write(lot('NEW', 4), START - 12 * HOUR), written)).toEqual([
      'recorded',
      'recorded',
    ]);
    expect([await rowAt(from), await rowAt(to)]).toEqual([
      { onHand: 3, inbound: 0, lots: { OLD: 3 } },
      { onHand: 0, inbound: 4, lots: {} },
    ]);
  });
});

const openDepot = async () => {
  const id = `${'ABCDE'[Math.floor(++made / 10)]}BE-D${made % 10}`;
  const body = { name: 'Depot', nameHi: 'डिपो', district: 'PBT', sellers: ['PBT1'] };
  expectOk(await book.admin.putEntry({ path: { kind: 'depots', id }, body }));
  const [phone] = (await phonesAt(book, id, 'PBT1')).phones;
  return { id, phone: phone as Phone };
};

const by = (phone: Phone | undefined): Phone => phone as Phone;

const lot = (name: string, quantity: number) => received({ item, quantity, lot: name });

const bring = async (phone: Phone | undefined, ...written: Written[]) =>
  expectOk(await by(phone).sync(written)).outcomes.map((one) =>
    'problem' in one ? `${one.outcome} ${one.problem.code}` : one.outcome,
  );

const sent = (more: object = {}) =>
  by(depot).write({ ...dispatched(to, { item, quantity: 5 }), ...more }, START - 6 * HOUR);

const rowAt = async (location: string) => {
  const { stock } = expectOk(await book.admin.getLocationStock({ path: { location } }));
  const { onHand = 0, inbound = 0, lots = [] } = stock.find((one) => one.item === item) ?? {};
  return { onHand, inbound, lots: Object.fromEntries(lots.map((one) => [one.lot, one.left])) };
};

const drifts = async () =>
  (
    await Promise.all(
      [from, to].map((place) => reconcileLocation(StockLocationId.parse(place), 'the whole book', allStores())),
    )
  ).flatMap((one) => one.drifts);

const heldAt = async () => expectOk(await book.admin.listHeld({ path: { location: from } })).held;

const lives = () => exceptionAlertStates(book.admin, { location: from }, 'held');
