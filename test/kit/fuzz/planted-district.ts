import { type Book, enrol, expectOk, numberAt } from '../book.ts';
import { cancelled, countSheet, dispatch, receipt, sale } from '../claims.ts';
import { workOff } from '../jobs.ts';

export type District = {
  readonly id: string;
  readonly station: string;
  readonly seller: string;
  readonly producer: string;
  /** Stands in its vouchers, requests and grants. */
  readonly mark: string;
  readonly customer: string;
};

/**
 * A district with two stalls, a depot, a producer, and data of every kind. Returns its ids by
 * parameter name, and the texts that only its own callers may be shown.
 */
export const plantDistrict = async (
  book: Book,
  { id: district, station, seller, producer, mark, customer }: District,
) => {
  const [outlet, other, depot] = [`${station}-01`, `${station}-02`, `${station}-D1`];
  const [saree, silk] = [`${district}-SAREE`, `${district}-SILK`];
  const { admin, clock } = book;
  const put = async (kind: string, id: string, body: object) =>
    expectOk(await admin.putEntry({ path: { kind, id } as never, body: body as never }));
  const names = (name: string) => ({ name, nameHi: 'नाम' });
  await put('districts', district, { ...names('Varanasi'), craft: 'silk', craftHi: 'रेशम' });
  await put('sellers', seller, { name: 'Silk Samiti', registration: 'unregistered', district: district });
  await put('products', `${district}-SAREES`, { ...names('Saree'), district: district, material: false });
  await put('products', `${district}-SILKS`, { ...names('Silk'), district: district, material: true });
  const item = { seller: seller, hsn: '6211', reorderPoint: 50, aliases: [] };
  const prices = [{ from: '2026-04-01', price: 89_900, mrp: 99_900, gstBasisPoints: 500, floor: 0 }];
  await put('items', saree, { ...names('Saree'), ...item, product: `${district}-SAREES`, unit: 'piece', prices });
  const units = [{ unit: 'kg', base: 1_000 }];
  const entitlement = { per: 'members', quantity: 120_000 };
  await put('items', silk, {
    ...names('Silk'),
    ...item,
    product: `${district}-SILKS`,
    unit: 'gram',
    units,
    entitlement,
    prices,
  });
  const site = { station, district: district, sellers: [seller] };
  for (const id of [outlet, other]) await put('outlets', id, { name: 'Stall', ...site });
  await put('depots', depot, { ...names('Depot'), district: district, sellers: [seller] });
  await put('producers', producer, {
    ...names('Maker'),
    district: district,
    craft: 'Silk',
    means: { members: 1 },
  });

  const [terminal, counter] = [await enrol(book, outlet, seller), await enrol(book, depot, seller)];
  let serial = 0;
  const record = async (location: string, body: { kind: string; occurredAt: string }) => {
    const number = numberAt(clock, location === outlet ? terminal : counter, body.kind, ++serial);
    body.occurredAt = clock.now();
    clock.forward(1);
    expectOk(await admin.recordVoucher({ path: { location, number }, body: body as never }));
    return number;
  };
  const supplier = { from: { supplier: mark } };
  const lines = [{ item: saree, quantity: 20 }];
  const received = await record(outlet, receipt(clock, lines, supplier));
  await record(depot, receipt(clock, [{ item: silk, quantity: '50000 gram', lot: 'LOT-1' }], supplier));
  const paid = { payments: [{ tender: 'upi', amount: 89_900, reference: mark }], basket: mark, customer };
  const sold = await record(outlet, sale(clock, [{ item: saree, quantity: 1 }], paid));
  await record(outlet, cancelled(clock, 'A', mark));
  await record(outlet, countSheet(clock, [{ item: saree, quantity: 19 }], { count: mark }));
  const sent = await record(outlet, dispatch(clock, other, [{ item: saree, quantity: 2 }]));
  // An item that nobody knows, so it is held.
  const held = numberAt(clock, terminal, 'R', ++serial);
  const claim = receipt(clock, [{ item: 'NOBODY-1', quantity: 1 }], supplier);
  expectOk(await admin.syncVouchers({ path: { location: outlet }, body: { vouchers: [{ number: held, claim }] } }));
  const [heldVoucher] = expectOk(await admin.listHeld({ path: { location: outlet } })).held;

  const ask = async () => {
    clock.forward(1);
    const number = numberAt(clock, counter, 'Q', ++serial);
    const body = {
      kind: 'Q' as const,
      occurredAt: clock.now(),
      by: 'S001',
      previous: null,
      depot: depot,
      neededBy: '2026-12-01',
      lines: [{ item: silk, quantity: '1000 gram' }],
    };
    expectOk(await admin.submitRequest({ path: { producer: producer, number }, body }));
    return number;
  };
  const [rejected, open] = [await ask(), await ask()];
  const officer = await book.as('officer', `district:${district}`);
  expectOk(await officer.rejectRequest({ path: { depot: depot, number: rejected }, body: { why: mark }, ifMatch: 1 }));
  const grant = { producer: producer, item: silk, grant: 'GRANT-1' };
  expectOk(await officer.grantEntitlement({ path: grant, body: { depot, quantity: '5 gram', why: mark } }));
  for (const job of ['sweep-alerts', 'close-day', 'reconcile-ledger'] as const) await workOff(job, outlet);

  const [place, request] = [{ location: outlet }, { producer, depot, number: open }];
  const header = { occurredAt: clock.now(), by: 'S001', previous: null };
  return {
    /** Bodies that fit. */
    bodies: {
      recordVoucher: sale(clock, [{ item: saree, quantity: 1 }]),
      acceptTransferRequest: { by: 'S001' },
      submitRequest: {
        kind: 'Q',
        ...header,
        depot,
        neededBy: '2026-12-01',
        lines: [{ item: silk, quantity: '10 gram' }],
      },
      grantEntitlement: { depot, quantity: '5 gram', why: 'flood' },
      approveRequest: {},
      rejectRequest: { why: 'none is left' },
      settleHeld: { action: 'reject', why: 'typed twice' },
    } as Readonly<Record<string, unknown>>,
    /** Path parameters that belong together, by operation. */
    paths: {
      ...Object.fromEntries(
        ['getVoucher', 'getBill', 'getBillPdf', 'getCustomer', 'eraseCustomer', 'settleReturns'].map((id) => [
          id,
          { ...place, number: sold },
        ]),
      ),
      ...Object.fromEntries(
        ['getChallan', 'getChallanPdf', 'getEwayBill'].map((id) => [id, { ...place, number: sent }]),
      ),
      ...Object.fromEntries(
        ['getRequest', 'cancelRequest', 'confirmRequest', 'approveRequest', 'rejectRequest'].map((id) => [id, request]),
      ),
      getTransfer: { ...place, dispatch: sent },
      closeTransfer: { ...place, dispatch: sent },
      getNumbers: { ...place, terminal },
      settleHeld: { ...place, held: heldVoucher?.held ?? held },
      settleExchange: { ...place, basket: mark },
      acknowledgeAlert: { ...place, alert: `${saree}:short` },
      snoozeAlert: { ...place, alert: `${saree}:short` },
      grantEntitlement: { producer, item: silk, grant: 'GRANT-2' },
      getEntry: { kind: 'items', id: saree },
      putEntry: { kind: 'items', id: saree },
      getEntryHistory: { kind: 'items', id: saree },
      recordVoucher: place,
      syncVouchers: place,
      submitRequest: { producer },
      enrolTerminal: place,
    } as Readonly<Record<string, Readonly<Record<string, string>>>>,
    marks: [mark, customer, terminal, counter],
    ids: {
      location: [outlet, other, depot, producer],
      number: [received, sold, sent, rejected, open],
      dispatch: [sent],
      held: [heldVoucher?.held ?? held],
      basket: [mark],
      terminal: [terminal, counter],
      producer: [producer],
      depot: [depot],
      area: [district],
      item: [saree, silk],
      items: [saree],
      seller: [seller],
      alert: [`${saree}:short`, `held:${outlet}`],
      id: [outlet, seller, saree, depot, producer, terminal],
      cursor: [outlet, terminal, sold].map((key) => Buffer.from(JSON.stringify([outlet, key])).toString('base64url')),
    } as Readonly<Record<string, readonly string[]>>,
  };
};
