import { beforeAll, beforeEach, expect, inject, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { START } from '../kit/clock.ts';
import { exceptionAlertStates, exceptionAlertsIn } from '../kit/exception-alerts.ts';
import { type Write, watchedClient } from '../kit/interceptor.ts';
import { sweep, workOff } from '../kit/jobs.ts';
import type { Phone } from '../kit/phone.ts';
import { counted, openShop, received, type Shop } from '../kit/shop.ts';
import { more, tampererOf } from '../kit/tampering.ts';

const DAY = 24 * 3_600_000;
const [item = ''] = kurtas(1);
const { client, watch } = watchedClient(inject('endpoint'));
let tamper: ReturnType<typeof tampererOf>;
let shop: Shop;
let phone: Phone;
const book = useBook({ client });
beforeAll(async () => {
  tamper = tampererOf(book);
});
beforeEach(async () => {
  watch({});
  night(0);
  shop = await openShop(book);
  [phone] = shop.phones as [Phone];
  expectOk(await phone.sync([phone.write(received({ item, quantity: 9 }))]));
});

it('A reconciliation opens one drift alert, and the one after the repair resolves it.', async () => {
  await audit();
  expect(await lives()).toEqual([]);
  await doubled();
  await audit();
  await audit();
  night(1);
  await audit();
  const [alert] = await found();
  expect(alert).toMatchObject({
    about: shop.location,
    level: 'district',
    state: 'open',
    episode: 1,
    figures: { many: 1 },
  });
  expect(alert).toMatchObject({
    says: { en: expect.stringContaining(`${item}, on-hand: the book says 10, its vouchers 9`) },
  });
  await repaired();
  night(2);
  await audit();
  expect(await lives()).toEqual(['drift resolved 1']);
  await doubled();
  night(3);
  await audit();
  expect(await lives()).toEqual(['drift open 2']);
});

it('If the process died before the drift alert, the repeated message opens it.', async () => {
  await doubled();
  watch({ before: diesAtAlerts });
  await expect(audit()).rejects.toThrow('reconcile-ledger failed');
  watch({});
  expect(await lives()).toEqual([]);
  await audit();
  expect(await lives()).toEqual(['drift open 1']);
});

it('If the process died after the repair, the hourly sweep resolves the drift alert.', async () => {
  await doubled();
  await audit();
  await repaired();
  night(1);
  watch({ before: diesAtAlerts });
  await expect(audit()).rejects.toThrow('reconcile-ledger failed');
  watch({});
  expect(await lives()).toEqual(['drift open 1']);
  await sweep(shop.location);
  expect(await lives()).toEqual(['drift resolved 1']);
});

it('A drift alert that nobody acknowledges escalates to the state.', async () => {
  await doubled();
  await audit();
  night(3);
  await sweep(shop.location);
  expect(await found()).toMatchObject([{ level: 'state' }]);
});

const night = (days: number) => book.clock.set(new Date(START + days * DAY).toISOString());

const audit = () => workOff('reconcile-ledger', shop.location);

/** Nights pass, and a token lives an hour. */
const found = async () => exceptionAlertsIn(await book.as('admin', 'state'), { location: shop.location }, 'drift');

const lives = async () => exceptionAlertStates(await book.as('admin', 'state'), { location: shop.location }, 'drift');

const doubled = () => tamper.row(shop.location, item, (row) => ({ ...more('onHand')(row), ...more('free')(row) }));

const diesAtAlerts = ({ says }: Write) => {
  if (says.includes('-Alerts"')) throw new Error('the process died');
};

/** The phone's token lives an hour as well. */
const repaired = async () => {
  night(0);
  expectOk(await phone.sync([phone.write(counted({ item, quantity: 9 }))]));
};
