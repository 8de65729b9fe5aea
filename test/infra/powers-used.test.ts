import { beforeAll, expect, inject, it } from 'vitest';
import { beginRun } from '../../functions/allocate-materials/begin-run.ts';
import { type FunctionName, GRANTS } from '../../infra/grants.ts';
import { drainQueue, localQueue, planJobMessages } from '../../local/jobs.ts';
import { TYPST_FILES } from '../../local/typst-files.ts';
import { StockAlert } from '../../shared/alerts/sources/stock.ts';
import { openApi } from '../../shared/api/openapi.ts';
import { ItemId, StockLocationId } from '../../shared/kernel/ids.ts';
import { Day, dayOf } from '../../shared/kernel/time.ts';
import { VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import { VoucherClaim } from '../../shared/ledger/voucher.ts';
import { heldIdOf } from '../../shared/ledger/voucher-repeat.ts';
import { CardNumber, MAX_PIN_TRIES } from '../../shared/materials/pin.ts';
import { type NotificationChannel, NotSentError } from '../../shared/notifications/notification.ts';
import { Environment } from '../../shared/platform/environment.ts';
import { useRuntime } from '../../shared/platform/runtime.ts';
import type { TableName } from '../../shared/platform/tables.ts';
import { Audience } from '../../shared/registry/staff.ts';
import { ReportName } from '../../shared/reports/reports.ts';
import { StockRow } from '../../shared/stock/stock.ts';
import { enrol, expectOk, numberAt, useBook } from '../kit/book.ts';
import { type Call, meteredClient } from '../kit/capacity.ts';
import { countSheet, dispatch, receipt, reversal, sale } from '../kit/claims.ts';
import { daysAgo } from '../kit/clock.ts';
import { BAMBOO, DEPOT, type Depot, openDepot } from '../kit/depot.ts';
import { evaluateStockRecords, notifyOfAlert, stockRecordOf, sweep, workOff } from '../kit/jobs.ts';
import { type RequestDriver, requestsAt } from '../kit/material-requests.ts';
import { hurriedClock } from '../kit/monotonic.ts';
import { more, tampererOf } from '../kit/tampering.ts';

const location = 'LKO-01';
const [item, second, coming] = ['LKO-KURTA-01', 'LKO-KURTA-02', 'LKO-KURTA-07'];
const DRIFTS = 'LKO-KURTA-12';
const producer = 'P0100';
const [EARLIER, TODAY, TOMORROW] = ['2026-11-20', '2026-11-22', '2026-11-23'];
const metered = meteredClient(inject('endpoint'));
let early: string;
let terminal: string;
let beside: string;
let depot: Depot;
let drifting: Depot;
let asks: RequestDriver;
let approved: string;
let issued: string[] = [];
let short: StockRow;

/** The next write is done but unanswered. The caller then needs permission to read the outcome. */
let answerIsLost = false;
/** While no alert can be written, a receipt leaves its mismatch to the hourly sweep. */
let alertsAreBusy = false;
/** Moves the clock of retries, which stands still in tests, so that they end. */
let forward: (milliseconds: number) => void = () => undefined;
metered.client.intercept('command', async ({ operation, input }, send) => {
  const { TableName = '' } = input as { TableName?: string };
  if (alertsAreBusy && operation === 'PutItem' && TableName.endsWith('Alerts')) {
    forward(2_000);
    throw Object.assign(new Error('injected'), { name: 'ThrottlingException' });
  }
  const answer = await send(input);
  if (!answerIsLost || operation !== 'TransactWriteItems') return answer;
  answerIsLost = false;
  throw Object.assign(new Error('injected'), { name: 'TimeoutError' });
});

/** Without a link, one was sold, came back, and was exchanged for another. */
const exchangedAt = async (phone: string, of: string) => {
  const { clock, admin } = book;
  const lines = [{ item: of, quantity: 1 }];
  const [first, back, second] = (['S', 'V', 'S'] as const).map((kind, n) => numberAt(clock, phone, kind, 70 + n));
  const money = [{ tender: 'exchange' as const, amount: 89_900 }];
  const took = reversal(clock, first ?? '', [{ line: 1, item: of, quantity: 1, unitPrice: 89_900 }], {
    refund: money,
    basket: 'B-7',
  });
  const vouchers = [
    { number: first, claim: sale(clock, lines) },
    { number: back, claim: took },
    { number: second, claim: sale(clock, lines, { payments: money, basket: 'B-7' }) },
  ];
  expectOk(await admin.syncVouchers({ path: { location }, body: { vouchers } }));
};

/** Runs before the function under test, with all permissions. */
const BEFORE: Partial<Record<FunctionName, () => Promise<unknown>>> = {
  // Stock is in transit, stock is reserved, and an audit finds drift in their rows.
  vouchers: async () => {
    approved = await requestsAt(book, depot, 'P0101').reach.approved();
    const body = { ...dispatch(book.clock, location, [{ item: DRIFTS, quantity: 1 }]), goodsInHand: true };
    const path = { location: 'LKO-02', number: numberAt(book.clock, beside, 'D', 9) };
    expectOk(await book.admin.dispatchGoods({ path, body }));
    await tampererOf(book).row(location, DRIFTS, more('inbound'));
    const place = { name: 'Depot', nameHi: 'डिपो', district: 'PBT', sellers: ['PBT1'] };
    expectOk(await book.admin.putEntry({ path: { kind: 'depots', id: 'PBE-D2' }, body: place }));
    drifting = await openDepot(book, 'PBE-D2');
    await drifting.receive('SIL-1', 5_000);
    await requestsAt(book, drifting, 'P0101').reach.approved();
    await tampererOf(book).row('PBE-D2', BAMBOO, more('free'));
    for (const at of [location, 'PBE-D2']) await workOff('reconcile-ledger', at, TODAY);
  },
  requests: async () => {
    issued = [await asks.reach.issued(), await asks.reach.issued()];
    await asks.submitted();
    await workOff('allocate-materials', DEPOT, TODAY);
  },
  // One is late, and of the other something is gone.
  'expire-reservations': async () => {
    await daysAgo(book.clock, 8, asks.reach.approved);
    await asks.reach.approved();
    await depot.shortBy(2_500);
  },
  // A run stopped after its begin, and one of its requests moved on. Two more ask: one has no
  // account, the other nothing left.
  'allocate-materials': async () => {
    await depot.receive('SIL-3', 20_000);
    const number = await asks.submitted();
    await beginRun(StockLocationId.parse(DEPOT), Day.parse(EARLIER), book.bahi.startFunctions());
    expectOk(await asks.reject(number));
    for (const [id, members] of Object.entries({ P0104: 1, P0105: 0 })) {
      await depot.producer(id, members);
      await requestsAt(book, depot, id).submitted();
    }
  },
  // A return came in before its sale.
  bills: async () => {
    const phone = await enrol(book, location, 'LKO1');
    const body = { vouchers: [await broughtBack(3, phone)] };
    early = numberAt(book.clock, phone, 'V', 3);
    expectOk(await book.admin.syncVouchers({ path: { location }, body }));
  },
  // One day was closed, and something of it came late.
  'close-day': async () => {
    const written = await daysAgo(book.clock, 2, async () => {
      const phone = await enrol(book, location, 'LKO1');
      const path = { location, number: numberAt(book.clock, phone, 'R', 1) };
      expectOk(await book.admin.recordVoucher({ path, body: receipt(book.clock, [{ item, quantity: 2 }]) }));
      // Goods of a transfer cost as much as at the sender.
      const from = { dispatch: numberAt(book.clock, beside, 'D', 90) };
      const came = { location, number: numberAt(book.clock, phone, 'R', 2) };
      expectOk(
        await book.admin.recordVoucher({ path: came, body: receipt(book.clock, [{ item, quantity: 1 }], { from }) }),
      );
      return {
        phone,
        awaited: await broughtBack(2, phone),
        costs: {
          number: numberAt(book.clock, phone, 'R', 3),
          claim: receipt(book.clock, [{ item, quantity: 2, unitCost: 6_000 } as never]),
        },
        late: { number: numberAt(book.clock, phone, 'S', 1), claim: sale(book.clock, [{ item, quantity: 1 }]) },
      };
    });
    await workOff('close-day', location);
    expectOk(
      await book.admin.syncVouchers({
        path: { location },
        body: { vouchers: [written.costs, written.late, written.awaited] },
      }),
    );
  },
  // Short stock, held vouchers and a short delivery, all without a notification; and a dispatch in
  // transit.
  'sweep-alerts': async () => {
    await stock(location, 'LKO-KURTA-08');
    // After the count of a second later: at the same time, the terminals' random codes would decide
    // whether the count supersedes it.
    await daysAgo(book.clock, -3 / 86_400, () => stock(location, item));
    const { clock, admin } = book;
    const [other, at] = ['LKO-KURTA-02', 'LKO-02'];
    const [from, waits] = [7, 8].map((serial) => numberAt(clock, beside, 'D', serial));
    for (const sent of [from, waits]) {
      const body = { ...dispatch(clock, location, [{ item: other, quantity: 1 }]), goodsInHand: true };
      expectOk(await admin.dispatchGoods({ path: { location: at, number: sent ?? '' }, body }));
    }
    const came = receipt(clock, [{ item: other, quantity: 9 }], { from: { dispatch: from ?? '' } });
    const phone = await enrol(book, location, 'LKO1');
    await broughtBack(1, phone);
    const path = { location, number: numberAt(clock, phone, 'R', 1) };
    alertsAreBusy = true;
    ({ forward } = hurriedClock());
    expectOk(await admin.receiveGoods({ path, body: came }));
    alertsAreBusy = false;
    await exchangedAt(phone, other);
    const number = VoucherNumber.parse(numberAt(book.clock, terminal, 'S', 9));
    const claim = VoucherClaim.parse({ ...sale(book.clock, [{ item, quantity: 1 }]), by: 'S001', previous: null });
    const problem = { code: 'ITEM_UNKNOWN' as const, detail: 'The registry has no such item.' };
    const now = book.clock.now();
    await book.bahi.startFunctions().held.hold({
      held: heldIdOf(number, claim),
      location: StockLocationId.parse(location),
      number,
      claim,
      problem,
      enteredBy: 'lko-01-phone',
      heldAt: now,
      state: 'held',
      version: 1,
    });
  },
  // A stall has closed days, so that its second audit begins at the last of them.
  'reconcile-ledger': async () => {
    const { clock, admin } = book;
    await daysAgo(clock, 3, async () => {
      const phone = await enrol(book, 'PBE-01', 'PBT1');
      const path = { location: 'PBE-01', number: numberAt(clock, phone, 'R', 1) };
      expectOk(await admin.recordVoucher({ path, body: receipt(clock, [{ item: 'PBT-FLUTE-C', quantity: 9 }]) }));
    });
    await workOff('close-day', 'PBE-01');
  },
  // All but the last of a stall's days were folded.
  'update-demand-model': async () => {
    const { clock, admin } = book;
    await daysAgo(clock, 13, async () => {
      const phone = await enrol(book, 'LKO-02', 'LKO1');
      const path = { location: 'LKO-02', number: numberAt(clock, phone, 'R', 1) };
      expectOk(await admin.recordVoucher({ path, body: receipt(clock, [{ item, quantity: 9 }]) }));
      // Only outlets that sold are planned by the model.
      const sold = { location: 'LKO-02', number: numberAt(clock, phone, 'S', 1) };
      expectOk(await admin.recordVoucher({ path: sold, body: sale(clock, [{ item, quantity: 2 }]) }));
    });
    await daysAgo(clock, 1, async () => {
      await workOff('close-day', 'LKO-02');
      await workOff('update-demand-model', 'state');
    });
    await workOff('close-day', 'LKO-02');
  },
  // One of its name was before.
  'plan-replenishment': async () => {
    const body = { name: 'Diwali', nameHi: 'दीवाली', from: '2026-11-01', to: '2026-11-09', factor: 2 };
    expectOk(await book.admin.putEntry({ path: { kind: 'festivals', id: 'DIWALI-2026' }, body }));
  },
  // Something is on its way.
  reports: async () => {
    const { clock, admin } = book;
    const other = { item: 'LKO-KURTA-05', quantity: 1 };
    const phone = await enrol(book, location, 'LKO1');
    const [R, D] = [numberAt(clock, phone, 'R', 1), numberAt(clock, phone, 'D', 1)];
    expectOk(
      await admin.recordVoucher({ path: { location, number: R }, body: receipt(clock, [{ ...other, quantity: 50 }]) }),
    );
    const body = dispatch(clock, 'LKO-02', [other]);
    expectOk(await admin.recordVoucher({ path: { location, number: D }, body }));
  },
  alerts: async () => {
    await stock('LKO-02', second);
    await book.bahi.startFunctions().evaluateStock(StockLocationId.parse('LKO-02'), ItemId.parse(second));
  },
  'export-vouchers': async () => {
    expectOk(await book.admin.requestExport({ body: { month: '2026-10', area: 'LKO', format: 'csv' } }));
  },
  'send-digest': async () => {
    await book.bahi.startFunctions().alerts.save({ ...out, item: ItemId.parse('LKO-KURTA-04') });
  },
  'notify-alerts': async () => {
    await book.bahi.startFunctions().alerts.save(out);
  },
  // Something is on its way, and what is there does not do.
  'evaluate-stock': async () => {
    await asks.reach.approved();
    short = await depot.shortBy(500);
    const number = numberAt(book.clock, await stock(location, coming), 'D', 1);
    const body = dispatch(book.clock, 'LKO-02', [{ item: coming, quantity: 1 }]);
    expectOk(await book.admin.recordVoucher({ path: { location, number }, body }));
  },
};

/** Nothing is left of it. */
const out = StockAlert.parse({
  location: 'LKO-02',
  item: 'LKO-KURTA-03',
  type: 'out',
  district: 'LKO',
  state: 'open',
  episode: 1,
  openedAt: '2026-11-22T05:00:00.000Z',
  stockVersion: 1,
  itemVersion: 1,
  placeVersion: 1,
  version: 1,
  figures: { onHand: 0, free: 0, inbound: 0, reorderPoint: 3 },
});

/** Something came back of the sale of this serial, which has not come in. */
const broughtBack = async (serial: number, phone: string) => {
  const { clock, admin } = book;
  const of = numberAt(clock, phone, 'S', serial);
  const claim = reversal(clock, of, [{ line: 1, item, quantity: 1 }]);
  const vouchers = [{ number: numberAt(clock, phone, 'V', serial), claim }];
  const { outcomes } = expectOk(await admin.syncVouchers({ path: { location }, body: { vouchers } }));
  expect(outcomes).toMatchObject([{ outcome: 'recorded', voucher: { outcome: { waits: true } } }]);
  return { number: of, claim: sale(clock, [{ item, quantity: 1 }]) };
};

/** Everything a function does, on a registry it does not remember. */
const WORK: Record<FunctionName, () => Promise<unknown>> = {
  // It asks Cognito, and no table: test/middleware/sign-in.test.ts.
  'pre-token-generation': async () => undefined,
  'canary-sale': async () => undefined,
  vouchers: async () => {
    const path = { location, number: numberAt(book.clock, terminal, 'S', 1) };
    const customer = { customer: '+919876543210' };
    expectOk(await book.admin.recordVoucher({ path, body: sale(book.clock, [{ item, quantity: 1 }], customer) }));
    const holder = await book.as('outlet', `location:${location}`);
    expectOk(await holder.getCustomer({ path }));
    expectOk(await holder.eraseCustomer({ path, body: {} }));
    expectOk(
      await book.admin.eraseCustomerPhone({ path: {}, query: { area: 'LKO' }, body: { phone: '+919800000000' } }),
    );
    await depot.receive('SIL-2', 5_000);
    const handedOver = expectOk(await asks.issue(approved));
    expectOk(await book.admin.getVoucher({ path }));
    expectOk(await book.admin.getDay({ path: { location, day: dayOf(book.clock.now()) } }));
    const { clock, admin } = book;
    const later = (seconds: number) => ({
      occurredAt: new Date(Date.parse(clock.now()) + seconds * 1_000).toISOString(),
    });
    const count = { location, number: numberAt(clock, terminal, 'C', 1) };
    expectOk(
      await admin.countStock({
        path: count,
        body: countSheet(
          clock,
          [
            { item, quantity: 1 },
            { item: DRIFTS, quantity: 40 },
          ],
          later(1),
        ),
      }),
    );
    const sheet = { location: 'PBE-D2', number: drifting.number('C') };
    expectOk(
      await admin.countStock({ path: sheet, body: countSheet(clock, [{ item: BAMBOO, quantity: '5 kg' }], later(1)) }),
    );
    const back = reversal(clock, path.number, [{ line: 1, item, quantity: 1 }], later(2));
    expectOk(await admin.takeBack({ path: { location, number: numberAt(clock, terminal, 'V', 1) }, body: back }));
    const material = reversal(clock, handedOver.number, [{ line: 1, item: BAMBOO, quantity: 500 }]);
    expectOk(await admin.takeBack({ path: { location: DEPOT, number: depot.number('V') }, body: material }));
    const sentOn = { location, number: numberAt(clock, terminal, 'D', 1) };
    expectOk(await admin.dispatchGoods({ path: sentOn, body: dispatch(clock, 'LKO-02', [{ item, quantity: 1 }]) }));
    const unasked = { location, number: numberAt(clock, terminal, 'D', 2) };
    const answer = await admin.acceptTransferRequest({
      path: unasked,
      body: dispatch(clock, 'LKO-02', [{ item, quantity: 1 }]),
    });
    expect(answer.ok ? '' : answer.problem.code).toBe('TRANSFER_REQUEST_CHANGED');
    const torn = { item, quantity: 1, rejected: 1, why: 'torn' };
    const came = receipt(clock, [torn], { from: { dispatch: sentOn.number } });
    const at = { location: 'LKO-02', number: numberAt(clock, beside, 'R', 2) };
    expectOk(await admin.receiveGoods({ path: at, body: came }));
    const vouchers = [1, 2].map((quantity) => ({
      number: numberAt(clock, terminal, 'S', 1 + quantity),
      claim: sale(clock, [{ item, quantity }], quantity === 2 ? { payments: [{ tender: 'cash', amount: 1 }] } : {}),
    }));
    const sent = { path: { location }, body: { vouchers } };
    expect(expectOk(await admin.syncVouchers(sent)).outcomes.map(({ outcome }) => outcome)).toEqual([
      'recorded',
      'held',
    ]);
    await broughtBack(50, terminal);
    const handing = { location, number: numberAt(clock, terminal, 'H', 1) };
    const said = { kind: 'H', occurredAt: clock.now(), by: 'S001', previous: null, sheets: [count.number] };
    const ends = { terminals: [{ terminal, last: [] }], signed: { outgoing: 'Asha', incoming: 'Ravi' }, cash: 0 };
    const holders = { outgoing: 'S001', incoming: 'S002' };
    expectOk(await admin.recordVoucher({ path: handing, body: { ...said, ...ends, ...holders } as never }));
    expectOk(await admin.getNumbers({ path: { location, terminal } }));
    const [held] = expectOk(await admin.listHeld({ path: { location } })).held;
    const settled = { path: { location, held: held?.held ?? '' }, ifMatch: 1 };
    expectOk(
      await admin.settleHeld({ ...settled, body: { do: 'correct', voucher: path.number, why: 'the same sale' } }),
    );
  },
  requests: async () => {
    const card = { number: CardNumber.parse('PBT-0100'), pin: '8305' };
    expectOk(await book.admin.setPin({ path: { producer }, body: { card: card.number, pin: card.pin } }));
    const number = await asks.submitted(2_000, { card });
    expectOk(await asks.approve(number));
    expectOk(await asks.cancel(number));
    expectOk(await asks.reject(await asks.submitted()));
    const [path, officer] = [
      { producer: 'P0103', item: BAMBOO, grant: 'G-1' },
      await book.as('officer', 'district:PBT'),
    ];
    expectOk(await officer.grantEntitlement({ path, body: { depot: DEPOT, quantity: '5 gram', why: 'flood' } }));
    const phone = await book.as('producer', `producer:${producer}`);
    const [first = '', second = ''] = issued;
    const { confirmWith } = expectOk(await phone.getRequest({ path: asks.pathOf(first) }));
    expectOk(await asks.confirm(first, { proof: 'code', code: confirmWith?.code ?? '' }));
    expectOk(await asks.confirm(second, { proof: 'card', card }));
    expectOk(await book.admin.listRequests({ path: { depot: DEPOT } }));
    expectOk(await phone.listProducerRequests({ path: { producer } }));
    expectOk(await book.admin.getAllocation({ path: { depot: DEPOT, day: TODAY } }));
    expectOk(await book.admin.getPassbook({ path: { producer } }));
    // A depot of another district asks in vain, and the district hears of wrong PINs.
    const stranger = await book.as('depot', 'location:LKO-D9');
    expect((await stranger.getPassbook({ path: { producer } })).status).toBe(403);
    const guessing = { path: { producer: 'P0103', number: depot.number('Q') }, body: depot.asking(5, { card }) };
    for (let n = 0; n < MAX_PIN_TRIES; n++) expect((await book.admin.submitRequest(guessing)).status).toBe(403);
  },
  bills: async () => {
    const numberOf = (serial: number) => numberAt(book.clock, terminal, 'S', serial);
    // A fact is missing, so the registry is read; the second number is none.
    expect(await book.admin.getBill({ path: { location, number: numberOf(1) } })).toMatchObject({ status: 409 });
    expect(await book.admin.getBill({ path: { location, number: numberOf(9_999) } })).toMatchObject({ status: 404 });
    expect(await book.admin.getBill({ path: { location, number: early } })).toMatchObject({ status: 409 });
    const path = { location, number: numberAt(book.clock, terminal, 'D', 1) };
    expect(await book.admin.getChallan({ path })).toMatchObject({ status: 409 });
    expect(await book.admin.getEwayBill({ path })).toMatchObject({ status: 409 });
  },
  documents: async () => {
    const numberOf = (serial: number) => numberAt(book.clock, terminal, 'S', serial);
    expect(await book.admin.getBillPdf({ path: { location, number: numberOf(1) } })).toMatchObject({ status: 409 });
    expect(await book.admin.getBillPdf({ path: { location, number: numberOf(9_999) } })).toMatchObject({ status: 404 });
    const path = { location, number: numberAt(book.clock, terminal, 'D', 1) };
    expect(await book.admin.getChallanPdf({ path })).toMatchObject({ status: 409 });
    expectOk(await book.admin.getStatementPdf({ query: { seller: 'LKO1', period: '2026-10' } }));
    expectOk(await book.admin.getMakerStatementPdf({ path: { producer: 'P0042' }, query: {} }));
  },
  stock: async () => {
    expectOk(await book.admin.getLocationStock({ path: { location } }));
    expectOk(await book.admin.getItemStock({ path: { item } }));
    expectOk(await book.admin.getCatalogue({ path: { location } }));
    expectOk(await book.admin.getCountSheet({ path: { location } }));
    const body = `item,quantity\n${item},3\n`;
    const known = await book.admin.readCountSheet({ path: { location }, query: { opening: 'true' }, body });
    expect(known.ok).toBe(false);
    expectOk(await book.admin.getSuggestions({ path: { location } }));
    for (const place of [location, DEPOT, producer])
      expectOk(await book.admin.listTransferRequests({ path: { location: place } }));
    expectOk(await book.admin.getDepotShelf({ path: { depot: DEPOT } }));
    for (const way of ['incoming', 'outgoing'] as const)
      for (const state of [undefined, 'open'] as const)
        expectOk(await book.admin.listTransfers({ path: { location }, query: { way, ...(state && { state }) } }));
    expectOk(await book.admin.getTransfer({ path: { location, dispatch: numberAt(book.clock, terminal, 'D', 1) } }));
  },
  registry: async () => {
    const path = { kind: 'staff' as const, id: 'S009' };
    expectOk(await book.admin.putEntry({ path, body: { name: 'Usha', location } }));
    expectOk(await book.admin.getEntry({ path }));
    // A code that is taken and given up is a row that comes and goes.
    const kurta = { kind: 'items' as const, id: item };
    const { entry, version } = expectOk(await book.admin.getEntry({ path: kurta }));
    expectOk(await book.admin.putEntry({ path: kurta, body: { ...entry, keypad: '4711' }, ifMatch: version }));
    expectOk(await book.admin.putEntry({ path: kurta, body: entry, ifMatch: version + 1 }));
    expectOk(await book.admin.listEntries({ path: { kind: 'staff' } }));
    expectOk(await book.admin.importEntries({ path: { kind: 'staff' }, body: 'id,name,location\nS010,Ravi,LKO-01' }));
    const producer = { producer: 'P0042' };
    expectOk(await book.admin.setConsent({ path: producer, body: { publish: [] } }));
    expectOk(await book.admin.getReadiness({ path: producer }));
    expectOk(await book.admin.getReadinessCounts({ query: { area: 'PBT' } }));
    await enrol(book, location, 'LKO1');
    expectOk(await book.admin.listTerminals({ path: { location } }));
    expectOk(await book.admin.listStaff({ path: { location } }));
    expectOk(
      await book.admin.revokeTerminal({
        path: { location, terminal: await enrol(book, location, 'LKO1') },
        body: { reason: 'lost' },
      }),
    );
  },
  alerts: async () => {
    const officer = await book.as('officer', 'district:LKO');
    expectOk(await officer.listAlerts({ query: { location } }));
    expectOk(await book.admin.listAlerts({}));
    expectOk(await officer.countAlerts({ query: { area: 'LKO' } }));
    const path = { location: 'LKO-02', alert: `${second}:short` };
    expectOk(await officer.acknowledgeAlert({ path, body: {}, ifMatch: 1 }));
  },
  reports: async () => {
    for (const report of ReportName.options)
      for (const area of ['PBT', 'state'])
        expectOk(await book.admin.getReport({ path: { report }, query: { area, from: EARLIER, to: EARLIER } }));
    const query = { seller: 'LKO1', period: '2026-10' };
    expectOk(await book.admin.getGstr1({ query }));
    expectOk(await book.admin.getStatement({ query }));
    expectOk(await book.admin.getMakerStatement({ path: { producer: 'P0042' }, query: {} }));
    expectOk(await book.admin.listBills({ query }));
    expectOk(await book.admin.listFestivals({}));
    const october = { month: '2026-10', area: 'PBT', format: 'csv' } as const;
    // Said again while it waits, it is queued again.
    for (const _time of [1, 2]) expectOk(await book.admin.requestExport({ body: october }));
    expectOk(await book.admin.getExport({ path: { export: '2026-10-PBT-csv' }, query: {} }));
  },
  service: async () => {
    expect(await book.admin.getAbout({ path: { items: 'NO-SUCH-ITEM' } })).toMatchObject({ status: 404 });
    expect(await book.admin.getStatedFigures({ path: { code: '0'.repeat(20) } })).toMatchObject({ status: 404 });
    expectOk(await book.admin.getHealth({}));
    expectOk(await book.admin.getOpenApi({}));
  },
  'plan-job': () => planJobMessages('sweep-alerts'),
  'sweep-alerts': async () => {
    await sweep(location);
    await sweep(DEPOT);
  },
  'expire-reservations': () => workOff('expire-reservations', DEPOT),
  'allocate-materials': () => workOff('allocate-materials', DEPOT, TOMORROW),
  'close-day': async () => {
    await workOff('close-day', location);
    await workOff('close-day', DEPOT);
  },
  // Later than the audits before, whose drift was set right.
  'reconcile-ledger': async () => {
    book.clock.set(new Date(Date.parse(book.clock.now()) + 1_000).toISOString());
    await workOff('reconcile-ledger', location, TODAY);
    // The whole ledger, as on each Sunday; then only since its last close.
    for (const day of [TODAY, '2026-11-23']) await workOff('reconcile-ledger', 'PBE-01', day);
    await workOff('reconcile-ledger', DEPOT, TODAY);
    await tampererOf(book).row(DEPOT, BAMBOO, more('free'));
    await workOff('reconcile-ledger', DEPOT, TODAY);
    await workOff('reconcile-ledger', producer, TODAY);
  },
  'sum-days': async () => {
    await workOff('sum-days', 'LKO');
    await workOff('sum-days', 'state');
  },
  // Refused at first, so that it is said again.
  'notify-alerts': async () => {
    await expect(notifyOfAlert(out)).rejects.toThrow();
    await notifyOfAlert(out);
  },
  'send-digest': async () => {
    await expect(workOff('send-digest', 'LKO')).rejects.toThrow();
    await workOff('send-digest', 'LKO');
    await workOff('send-digest', 'state');
  },
  'update-demand-model': () => workOff('update-demand-model', 'state'),
  'export-vouchers': async () => {
    await workOff('export-vouchers', location, '2026-12-03');
    await drainQueue();
  },
  'plan-replenishment': async () => {
    await workOff('plan-replenishment', 'LKO-02');
    await workOff('plan-replenishment', DEPOT);
  },
  'build-showcase': async () => {
    await workOff('build-showcase', 'LKO');
    await workOff('build-showcase', 'state');
  },
  'evaluate-stock': () => {
    const few = { location: 'LKO-02', item: coming, onHand: 0, free: 0, inbound: 1, version: 1 };
    return evaluateStockRecords([stockRecordOf(undefined, StockRow.parse(few)), stockRecordOf(undefined, short)]);
  },
};

/** Two pieces, at a reorder point of three: short. */
const stock = async (at: string, of = item): Promise<string> => {
  const phone = await enrol(book, at, 'LKO1');
  const path = { location: at, number: numberAt(book.clock, phone, 'R', 1) };
  expectOk(await book.admin.recordVoucher({ path, body: receipt(book.clock, [{ item: of, quantity: 2 }]) }));
  return phone;
};

const book = useBook({ client: metered.client });
beforeAll(async () => {
  terminal = await stock(location);
  beside = await stock('LKO-02');
  depot = await openDepot(book);
  for (const id of [producer, 'P0101', 'P0103']) await depot.producer(id);
  await depot.receive('SIL-1', 50_000);
  asks = requestsAt(book, depot, producer);
});

it.each(Object.keys(GRANTS) as FunctionName[])('%s has exactly the permissions that it uses.', async (name) => {
  book.bahi.startFunctions();
  await BEFORE[name]?.();
  await failedBefore(name);
  const counts = startAlone(name);
  const granted = Object.entries<readonly string[]>(GRANTS[name]).flatMap(([table, actions]) =>
    actions.map((action) => `${table} ${action}`),
  );
  answerIsLost = true;
  const used = await powersUsed(WORK[name]);
  answerIsLost = false;
  expect(used).toEqual(granted.sort());
  if (COUNTS[name]) expect(counts).toEqual(COUNTS[name]);
});

/**
 * The permissions that a call needs: `Stock UpdateItem`, `Stock Query byItem`. A transaction needs
 * those of its parts.
 */
const powersOf = ({ command, input }: Call): string[] => {
  const request = input as {
    TableName?: string;
    IndexName?: string;
    RequestItems?: Record<string, unknown>;
    TransactItems?: Record<string, { TableName: string }>[];
  };
  const table = (name: string) => name.split('-').at(-1);
  if (request.TransactItems)
    return request.TransactItems.flatMap((one) =>
      Object.entries(one).map(([action, { TableName }]) => `${table(TableName)} ${action}Item`),
    );
  if (request.RequestItems) return Object.keys(request.RequestItems).map((name) => `${table(name)} ${command}`);
  return [[table(request.TableName ?? ''), command, request.IndexName].filter(Boolean).join(' ')];
};

const powersUsed = async (run: () => Promise<unknown>): Promise<string[]> => {
  const calls = await metered.callsOf(run);
  return [...new Set(calls.flatMap(powersOf))].sort();
};

/** Refuses the first, takes the next. */
const messages = (): NotificationChannel => {
  let refused = false;
  return {
    publish: async () => undefined,
    hasConfirmed: async () => true,
    invite: async () => undefined,
    send: async () => {
      if (refused) return;
      refused = true;
      throw new NotSentError('throttled');
    },
  };
};

/** The counts of a run, for functions with several tasks. */
const COUNTS: Partial<Record<FunctionName, Record<string, number>>> = {
  'sweep-alerts': { AlertsOpened: 4, LocationsSwept: 2 },
  'expire-reservations': { RequestsExpired: 1, RequestsReduced: 1, AlertsResolved: 1 },
  'allocate-materials': { RunsFinished: 2, RequestsAllocated: 1, RequestsUnallocated: 1, AlertsResolved: 1 },
  'reconcile-ledger': { LocationsReconciled: 6, DriftsFound: 1, AlertsOpened: 1, AlertsResolved: 1 },
  'evaluate-stock': { RequestsReduced: 1, AlertsOpened: 2, AlertsRefreshed: 1 },
  'send-digest': { MessagesSent: 1, AlertsResolved: 1 },
  'notify-alerts': { EventsPublished: 2, MessagesSent: 1 },
};

/**
 * The function gets the names of its granted tables alone, as its stack sets them, and reports its
 * counts.
 */
const startAlone = (name: FunctionName): Record<string, number> => {
  const grantedTables = Object.entries(book.bahi.tables).filter(([table]) => table in GRANTS[name]);
  const tables = Object.fromEntries(grantedTables) as Record<TableName, string | undefined>;
  const environment = { ...Environment.parse({}), endpoint: inject('endpoint'), tables };
  const counts: Record<string, number> = {};
  const count = (what: string, times: number): void => {
    counts[what] = (counts[what] ?? 0) + times;
  };
  useRuntime(
    { environment, clock: book.clock, client: metered.client, count },
    {
      queue: localQueue,
      messages: messages(),
      seals: book.bahi.seals,
      site: { files: book.bahi.pages, origin: () => '' },
      exports: book.bahi.exports,
      openApi: async () => openApi(),
      typst: TYPST_FILES,
    },
  );
  return counts;
};

/** Where each of these jobs failed before: that it succeeds resolves the alert. */
const FAILED_BEFORE: Partial<Record<FunctionName, string>> = {
  'expire-reservations': DEPOT,
  'allocate-materials': DEPOT,
  'sum-days': location,
  'build-showcase': 'LKO',
  'update-demand-model': 'LKO-02',
  'plan-replenishment': 'LKO-02',
  'export-vouchers': location,
  'send-digest': 'LKO',
};

const failedBefore = async (work: FunctionName): Promise<void> => {
  const at = FAILED_BEFORE[work];
  const about = at && { location: Audience.parse(at), work, day: Day.parse(TODAY) };
  if (about) await book.bahi.startFunctions().failureAlerts.open(about, new Error('it could not be read'));
};
