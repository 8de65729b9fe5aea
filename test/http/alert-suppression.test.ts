import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isStockAlert } from '../../shared/alerts/alert.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { START } from '../kit/clock.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { exceptionAlertStates } from '../kit/exception-alerts.ts';
import { sweep } from '../kit/jobs.ts';
import { adjusted, dispatched, lastFrom, openShop, phonesAt, received, receivedFrom, type Shop } from '../kit/shop.ts';
import { phoneOf, recordLive, syncAt } from '../kit/shop-phone.ts';

checkAnswersAgainstContract();

const MATERIALS = Array.from({ length: 9 }, (_, n) => `PBT-MAT-${n}`);
const KURTAS = kurtas(9);
const book = useBook({ streams: true });
beforeAll(async () => {
  const columns = 'id,name,nameHi,product,seller,unit,hsn,from,price_rupees,mrp_rupees,gst_percent,reorderPoint';
  const lines = MATERIALS.map((id) => `${id},Bamboo,बाँस,BAMBOO,PBT1,gram,1401,2026-04-01,0.06,0.10,5,3`);
  expectOk(await book.admin.importEntries({ path: { kind: 'items' }, body: [columns, ...lines].join('\n') }));
  const body = { name: 'Depot', nameHi: 'डिपो', district: 'PBT', sellers: ['PBT1'] };
  expectOk(await book.admin.putEntry({ path: { kind: 'depots', id: 'PBE-D2' }, body }));
});

// At 3 more is needed.
describe.each([
  { what: 'outlet', type: 'short', items: KURTAS, open: async () => [await openOutlet(), await openOutlet()] as const },
  {
    what: 'depot',
    type: 'material',
    items: MATERIALS,
    open: async () => [await openDepot('PBE-D1'), await openDepot('PBE-D2')] as const,
  },
])('Alert suppression, at one location: $what', ({ what, type, items, open }) => {
  let [from, to]: readonly [Place, Place] = [] as never;
  let item: string;
  const lot = (quantity: number) => ({ item, quantity, ...(what === 'depot' && { lot: 'SIL-1' }) });
  const line = (quantity: number) => ({ item, quantity });
  const happens = async <T>(act: Promise<T>): Promise<T> => {
    const done = await act;
    await book.bahi.drainStream();
    return done;
  };
  const send = async (quantity: number) =>
    (await happens(recordLive(from, dispatched(to.location, line(quantity))))).number;
  const receive = (dispatch: string, quantity: number) =>
    happens(recordLive(to, receivedFrom(dispatch, lot(quantity))));
  const receiveLast = (dispatch: string, quantity: number) =>
    happens(recordLive(to, lastFrom(dispatch, lot(quantity))));
  const uses = (quantity: number) => happens(recordLive(to, adjusted('damaged', line(quantity))));
  const looks = async () => {
    await sweep(to.location);
    await book.bahi.drainStream();
  };
  const isIt = (row: { readonly item: string }) => row.item === item;
  /** This item's alerts in a state. */
  const alerts = async (state: 'open' | 'acknowledged' | 'resolved' = 'open') =>
    expectOk(await book.admin.listAlerts({ query: { location: to.location, state } }))
      .alerts.filter(isStockAlert)
      .flatMap((alert) => (alert.item === item ? [alert] : []));
  const lives = async () => (await alerts()).map((alert) => `${alert.type} ${alert.episode}`);

  beforeAll(async () => {
    at(0);
    [from, to] = await open();
  });
  beforeEach(async () => {
    item = items.pop() ?? '';
    at(-20, -1_000);
    await recordLive(from, received(lot(50)));
    await happens(recordLive(to, received(lot(2))));
    at(-20);
    expect(await lives()).toEqual([`${type} 1`]);
  });

  it('A covering dispatch silences the alert; a partial one only changes its figures.', async () => {
    at(-19);
    const part = await send(1);
    const [refreshed] = await alerts();
    expect(refreshed).toMatchObject({
      episode: 1,
      changedAt: book.clock.now(),
      figures: { inbound: 1 },
      before: { inbound: 0 },
      says: { en: expect.stringMatching(/, and 1( gram)? on the way: more is needed at 3/) },
    });
    const rest = await send(1);
    expect([await lives(), await alerts('resolved')]).toMatchObject([[], [{ type, figures: { inbound: 2 } }]]);
    for (let times = 0; times < 2; times++) await looks();
    expect(await lives()).toEqual([]);
    await receive(part, 1);
    expect(await lives()).toEqual([]);
    await receive(rest, 1);
    expect(await lives()).toEqual([]);
  });

  it('The alert returns when less is received than was sent.', async () => {
    const sent = await send(6);
    expect(await lives()).toEqual([]);
    await receiveLast(sent, 1);
    expect(await alerts()).toMatchObject([{ type, episode: 2, figures: { inbound: 0 } }]);
  });

  it('The alert returns once when the dispatch is overdue, and ends with its receipt.', async () => {
    const late = await send(6);
    at(-13);
    await looks();
    expect(await lives()).toEqual([]);
    at(-13, 1_000);
    for (let times = 0; times < 3; times++) await looks();
    expect(await exceptionAlertStates(book.admin, { location: to.location }, 'overdue')).toContain('overdue open 1');
    const [again] = await alerts();
    expect(again).toMatchObject({
      type,
      episode: 2,
      version: 3,
      openedAt: book.clock.now(),
      figures: { inbound: 6, overdue: 6 },
      says: { en: expect.stringContaining('6'), hi: expect.stringContaining('समय पर नहीं आया') },
    });
    expect(again?.says.en).toMatch(/, and 6( grams?)? that did not come in time: more is needed at 3/);

    await uses(1);
    const [moved] = (await alerts()).filter((alert) => alert.type === type);
    expect(moved).toMatchObject({ episode: 2, figures: { free: 1, overdue: 6 }, before: { free: 2, overdue: 6 } });
    await send(1);
    expect((await alerts()).map(({ figures }) => figures)).toMatchObject([{ inbound: 7, overdue: 6 }]);
    await receive(late, 6);
    expect(await lives()).toEqual([]);
    await looks();
    expect(await lives()).toEqual([]);
  });

  it('An overdue dispatch lets the shelf be short, suggested, requested and accepted again.', async () => {
    await send(6);
    const { location } = to;
    const shelf = async () =>
      expectOk(await book.admin.getLocationStock({ path: { location }, query: { short: 'true' } })).stock.filter(isIt);
    const suggested = async () =>
      expectOk(await book.admin.getSuggestions({ path: { location } })).suggestions.filter(isIt);
    at(-13);
    expect([await shelf(), await suggested()]).toEqual([[], []]);
    at(-13, 1_000);
    expect(await shelf()).toMatchObject([{ onHand: 2, inbound: 6, short: true }]);
    expect(await suggested()).toMatchObject([{ onHand: 2, inbound: 6, wanted: 4 }]);
    const accept = async (quantity: number) => {
      const { number, claim } = phoneOf(from).write(dispatched(location, line(quantity)));
      return book.admin.acceptTransferRequest({ path: { location: from.location, number }, body: claim as never });
    };
    expect((await accept(5)).status).toBe(409);
    expect((await accept(4)).status).toBe(201);
    expect([await shelf(), await suggested()]).toEqual([[], []]);
  });

  it('A dispatch that is overdue when it is synced alerts at once.', async () => {
    const sent = phoneOf(from).write(dispatched(to.location, line(6)));
    at(-12);
    expect(await happens(syncAt(from, sent))).toMatchObject([{ outcome: 'recorded' }]);
    expect(await alerts()).toMatchObject([{ type, episode: 1, figures: { inbound: 6, overdue: 6 } }]);
  });
});

const DAY = 24 * 3_600_000;

const at = (days: number, milliseconds = 0) =>
  book.clock.set(new Date(START + days * DAY + milliseconds).toISOString());

type Place = Pick<Shop, 'phones'> & { readonly location: string };

const openDepot = async (location: string): Promise<Place> => ({
  location,
  ...(await phonesAt(book, location, 'PBT1', [0], 40)),
});

const openOutlet = (): Promise<Place> => openShop(book, [0], 40);
