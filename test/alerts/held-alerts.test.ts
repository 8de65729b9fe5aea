import { beforeEach, describe, expect, inject, it } from 'vitest';
import { allStores } from '../../local/all-stores.ts';
import type { ExceptionAlert } from '../../shared/alerts/alert.ts';
import { heldState } from '../../shared/alerts/sources/held.ts';
import { StockLocationId } from '../../shared/kernel/ids.ts';
import { Version } from '../../shared/kernel/quantity.ts';
import { HeldId } from '../../shared/ledger/held.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { outcomeText } from '../kit/book-check.ts';
import { exceptionAlertStates, exceptionAlertsIn } from '../kit/exception-alerts.ts';
import { type Watch, watchedClient } from '../kit/interceptor.ts';
import { sweep } from '../kit/jobs.ts';
import { hurriedClock } from '../kit/monotonic.ts';
import type { Phone } from '../kit/phone.ts';
import { openShop, type Shop, sold } from '../kit/shop.ts';

const { client, watch } = watchedClient(inject('endpoint'));
let shop: Shop;
let phone: Phone;
const book = useBook({ client });
beforeEach(async () => {
  watch({});
  shop = await openShop(book);
  [phone] = shop.phones as [Phone];
});

const why = 'the holder says so';

describe('Process death between a change and its alert', () => {
  it.each(['before', 'after'] as const)(
    'If the process dies %s the write, the sweep or a repeat opens one alert for the held voucher.',
    async (when) => {
      for (const mend of [() => sweep(shop.location), (sale: ReturnType<typeof write>) => phone.sync([sale])]) {
        shop = await openShop(book);
        [phone] = shop.phones as [Phone];
        const sale = write();
        atNextAlert(when, die);
        expect((await phone.sync([sale])).status).toBe(500);
        expect(await lives()).toEqual(when === 'before' ? [] : ['held open 1']);
        for (let times = 0; times < 2; times++) await mend(sale);
        expect(await lives()).toEqual(['held open 1']);
      }
    },
  );

  it.each(['before', 'after'] as const)(
    'If the process dies %s the write, the sweep resolves the alert of the settled voucher.',
    async (when) => {
      const held = await hold();
      atNextAlert(when, die);
      expect((await settle(held)).status).toBe(500);
      expect(await lives()).toEqual([when === 'before' ? 'held open 1' : 'held resolved 1']);
      expect((await settle(held)).status).toBe(412);
      for (let times = 0; times < 2; times++) await sweep(shop.location);
      expect(await lives()).toEqual(['held resolved 1']);
    },
  );
});

describe('Alerts cannot be written for now', () => {
  it('Holding and settling succeed without alerts, and the sweep catches up.', async () => {
    const clock = hurriedClock();
    const busy: Watch['before'] = ({ says }) => {
      if (!says.includes('-Alerts"')) return undefined;
      clock.forward(1_000);
      return throttled();
    };
    watch({ before: busy });
    const [outcome] = expectOk(await phone.sync([write()])).outcomes;
    expect(outcome && outcomeText(outcome)).toBe('held ITEM_UNKNOWN');
    watch({});
    expect(await lives()).toEqual([]);
    await sweep(shop.location);
    expect(await lives()).toEqual(['held open 1']);
    watch({ before: busy });
    expect(expectOk(await settle(outcome && 'held' in outcome ? outcome.held : '')).state).toBe('rejected');
    watch({});
    expect(await lives()).toEqual(['held open 1']);
    await sweep(shop.location);
    expect(await lives()).toEqual(['held resolved 1']);
  });
});

describe('Two processes at once', () => {
  it('An alert opened for a voucher that was settled meanwhile is resolved.', async () => {
    atNextAlert('before', async () => {
      const [one] = expectOk(await book.admin.listHeld({ path: { location: shop.location } })).held;
      expectOk(await settle(one?.held ?? ''));
    });
    await hold();
    expect(await lives()).toEqual(['held resolved 1']);
  });

  it('A sweep resolves its own late alert of a voucher that was settled meanwhile.', async () => {
    atNextAlert('before', die);
    expect((await phone.sync([write()])).status).toBe(500);
    const [one] = expectOk(await book.admin.listHeld({ path: { location: shop.location } })).held;
    atNextAlert('before', () => settle(one?.held ?? ''));
    await sweep(shop.location);
    expect(await lives()).toEqual(['held resolved 1']);
  });

  it.each(['before', 'after'] as const)(
    'Of two sweeps, one %s the other writes, only one opens the alert.',
    async (when) => {
      atNextAlert('before', die);
      expect((await phone.sync([write()])).status).toBe(500);
      atNextAlert(when, () => sweep(shop.location));
      await sweep(shop.location);
      expect(await lives()).toEqual(['held open 1']);
    },
  );

  it('Two processes that resolve one alert resolve it once.', async () => {
    const held = await hold();
    atNextAlert('before', die);
    expect((await settle(held)).status).toBe(500);
    let at = '';
    atNextAlert('before', async () => {
      book.clock.forward(60); // the other looked a minute ago
      await sweep(shop.location);
      at = book.clock.now();
    });
    await sweep(shop.location);
    expect(await exceptionAlertsIn(book.admin, { location: shop.location })).toMatchObject([
      { resolvedAt: at, episode: 1 },
    ]);
  });
});

it('Old news neither reopens nor refreshes a resolved alert.', async () => {
  const id = HeldId.parse(await hold());
  const { held: store, evaluateException } = allStores();
  const held = await store.find(StockLocationId.parse(shop.location), id);
  if (!held) throw new Error('it is held');
  expectOk(await settle(id));
  const before = await exceptionAlertsIn(book.admin, { location: shop.location });
  const old = heldState(held);
  expect(await evaluateException(old, old)).toEqual([]);
  expect(await exceptionAlertsIn(book.admin, { location: shop.location })).toEqual(before);
});

it('A decision on an outdated alert is not written.', async () => {
  const { alerts } = allStores();
  const about = HeldId.parse(await hold());
  const key = { location: StockLocationId.parse(shop.location), type: 'held' as const, about };
  const now = await alerts.findException(key);
  if (!now) throw new Error('there is no alert');
  const next = (writes: number, state: 'open' | 'resolved' = 'open') =>
    ({ ...now, state, version: Version.parse(now.version + writes) }) satisfies ExceptionAlert;
  const resolved = { ...next(1, 'resolved'), resolvedAt: book.clock.now() };
  expect(await alerts.save(resolved)).toBe(true);
  for (const late of [now, next(1), next(3)]) expect(await alerts.save(late)).toBe(false);
  expect(await alerts.findException(key)).toEqual(resolved);
  expect(await alerts.save(next(2))).toBe(true);
  expect(await alerts.save(next(2))).toBe(false);
});

it('An open alert moves to the new district of its outlet.', async () => {
  const held = await hold();
  const path = { kind: 'outlets' as const, id: shop.location };
  const { entry, version } = expectOk(await book.admin.getEntry({ path }));
  expectOk(await book.admin.putEntry({ path, body: { ...entry, district: 'PBT' }, ifMatch: version }));
  book.bahi.startFunctions();
  await sweep(shop.location);
  const of = async (area: string) =>
    (await exceptionAlertsIn(book.admin, { area })).filter(({ about }) => about === held);
  expect([await of('LKO'), await of('PBT')]).toMatchObject([[], [{ state: 'open', placeVersion: 2, episode: 1 }]]);
});

const write = () => phone.write(sold({ item: 'LKO-NONE', quantity: 1 }));

const settle = (held: string, ifMatch = 1) =>
  book.admin.settleHeld({ path: { location: shop.location, held }, body: { do: 'reject', why }, ifMatch });

const lives = () => exceptionAlertStates(book.admin, { location: shop.location });

const hold = async (): Promise<string> => {
  const [outcome] = expectOk(await phone.sync([write()])).outcomes;
  if (outcome?.outcome !== 'held') throw new Error(JSON.stringify(outcome));
  return outcome.held;
};

/** Something happens right before, or right after, the next alert is written; once. */
const atNextAlert = (when: 'before' | 'after', act: () => unknown): void => {
  let waits = true;
  const once: Watch['before'] = ({ says }) => {
    if (!waits || !says.includes('-Alerts"')) return undefined;
    waits = false;
    return act();
  };
  watch({ [when]: once });
};

const die = () => {
  throw new Error('the process died');
};

const throttled = () => {
  throw Object.assign(new Error('injected'), { name: 'ThrottlingException' });
};
