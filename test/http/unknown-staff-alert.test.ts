import { describe, expect, it } from 'vitest';
import { allStores } from '../../local/all-stores.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { daysAgo } from '../kit/clock.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { closeAt } from '../kit/day-closes.ts';
import { exceptionAlertStates, exceptionAlertsIn } from '../kit/exception-alerts.ts';
import { sweep } from '../kit/jobs.ts';
import { openShop, received, type Shop } from '../kit/shop.ts';
import { phoneOf, syncAt } from '../kit/shop-phone.ts';

checkAnswersAgainstContract();

const [KURTA = ''] = kurtas(1);
const book = useBook();
let shop: Shop;
let people = 0;

describe('Offline voucher by a person who is not on the staff list', () => {
  it('It opens one alert for the district, however often it is sent.', async () => {
    const person = await newShop();
    const [written] = await offline(by(person));
    if (!written) throw new Error('one was written');
    await syncAt(shop, written);
    await sweep(shop.location);
    const found = await alerts();
    const figures = { person, day: '2026-11-22', vouchers: [written.number], many: 1 };
    expect(found).toMatchObject([
      { about: `${person}-2026-11-22`, level: 'district', state: 'open', episode: 1, version: 1, figures },
    ]);
    expect((found[0] as unknown as { says: { en: string } }).says.en).toBe(
      `${person}, who is not on the staff list of ${shop.location}, is named in voucher ${written.number} of 22 November: find out who stood there, then enter them as staff or acknowledge this.`,
    );
  });

  it('A second voucher grows the same alert; another person has another alert.', async () => {
    const person = await newShop();
    const [first] = await offline(by(person));
    const [second, third] = await offline(by(person), by(person));
    expect(await alerts()).toMatchObject([
      { state: 'open', episode: 1, figures: { many: 3, vouchers: [first, second, third].map((one) => one?.number) } },
    ]);
    await offline(by(`OTHER-${people}`));
    expect(await lives()).toEqual(['stranger open 1', 'stranger open 1']);
  });

  it('A live voucher is refused and opens no alert.', async () => {
    const person = await newShop();
    expect(await phoneOf(shop).live(phoneOf(shop).write(by(person)))).toMatchObject({ status: 422 });
    expect(await alerts()).toEqual([]);
  });

  it('Staff of the location open no alert.', async () => {
    const person = await newShop();
    await enter(person, shop.location);
    await offline(by(person));
    expect(await alerts()).toEqual([]);
  });

  it('Entering the person resolves the alert, and it stays resolved when they move on.', async () => {
    const person = await newShop();
    await offline(by(person));
    await enter(person, shop.location);
    await sweep(shop.location);
    expect(await lives()).toEqual(['stranger resolved 1']);
    await enter(person, 'LKO-02');
    await allStores().evaluateException({
      location: shop.location,
      type: 'stranger',
      about: `${person}-2026-11-22`,
    } as never);
    expect(await lives()).toEqual(['stranger resolved 1']);
  });

  it('An officer, not the stall, resolves the alert; another voucher opens it again.', async () => {
    const person = await newShop();
    const [written] = await offline(by(person));
    if (!written) throw new Error('one was written');
    const key = await keyOf();
    const byStall = expectOk(await shop.client.acknowledgeAlert({ path: key.path, body: {}, ifMatch: key.version }));
    expect(byStall.state).toBe('acknowledged');
    const officer = await book.as('officer', 'district:LKO');
    const acknowledged = { path: key.path, body: {}, ifMatch: byStall.version };
    const settled = expectOk(await officer.acknowledgeAlert(acknowledged));
    expect(settled.state).toBe('resolved');
    expect(expectOk(await officer.acknowledgeAlert(acknowledged))).toEqual(settled);
    await syncAt(shop, written);
    await sweep(shop.location);
    expect(await lives()).toEqual(['stranger resolved 1']);
    await offline(by(person));
    expect(await lives()).toEqual(['stranger open 2']);
  });
});

describe('Admitted voucher by a person who is not on the staff list', () => {
  const admit = async (person: string) => {
    const item = `LKO-${person}`;
    const [outcome] = await daysAgo(book.clock, 1, async () => {
      const written = phoneOf(shop).write({ ...received({ item, quantity: 1 }), by: person });
      return syncAt(shop, written);
    });
    if (outcome?.outcome !== 'held') throw new Error(JSON.stringify(outcome));
    const { entry } = expectOk(await book.admin.getEntry({ path: { kind: 'items', id: KURTA } }));
    expectOk(await book.admin.putEntry({ path: { kind: 'items', id: item }, body: entry }));
    const path = { location: shop.location, held: outcome.held };
    expectOk(await book.admin.settleHeld({ path, body: { do: 'admit', why: 'looked' }, ifMatch: 1 }));
  };

  it('It opens an alert at the latest when its day is closed.', async () => {
    const person = await newShop();
    await admit(person);
    await closeAt(shop.location);
    expect(await alerts()).toMatchObject([{ about: `${person}-2026-11-21`, state: 'open', figures: { many: 1 } }]);
  });

  it('It opens no alert if an officer entered the person for that location meanwhile.', async () => {
    const person = await newShop();
    await admit(person);
    await enter(person, shop.location);
    await closeAt(shop.location);
    expect(await alerts()).toEqual([]);
  });
});

const newShop = async () => {
  shop = await openShop(book);
  return `GHOST-${++people}`;
};

const enter = async (id: string, location: string) => {
  const path = { kind: 'staff' as const, id };
  const before = await book.admin.getEntry({ path });
  const ifMatch = before.ok ? before.body.version : undefined;
  expectOk(await book.admin.putEntry({ path, body: { name: 'Ravi', location }, ...(ifMatch && { ifMatch }) }));
};

const by = (person: string) => ({ ...received({ item: KURTA, quantity: 1 }), by: person });

const offline = async (...said: readonly ReturnType<typeof by>[]) => {
  const written = said.map((one) => phoneOf(shop).write(one));
  const outcomes = await syncAt(shop, ...written);
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(said.map(() => 'recorded'));
  return written;
};

const alerts = () => exceptionAlertsIn(book.admin, { location: shop.location }, 'stranger');

const lives = () => exceptionAlertStates(book.admin, { location: shop.location }, 'stranger');

const keyOf = async () => {
  const [alert = expect.fail('no alert is there')] = (await alerts()) as unknown as {
    alert: string;
    version: number;
  }[];
  return { path: { location: shop.location, alert: alert.alert }, version: alert.version };
};
