import { Problem } from '../../../shared/kernel/refusal.ts';
import { type Book, expectOk } from '../book.ts';
import { kurtas } from '../claims.ts';
import { confirmationsAt, rightCode, SIGNED, wrongCode } from '../confirmations.ts';
import { BAMBOO, DEPOT, measured, openDepot } from '../depot.ts';
import { sweep } from '../jobs.ts';
import { requestsAt as requestsOf } from '../material-requests.ts';
import { openPhone } from '../phone.ts';
import { openShop, received, sold, tookBack } from '../shop.ts';
import { openStall } from '../stall.ts';
import { acceptTransferRequest, stallWithStock, transferRequestsAt, writeAcceptance } from '../transfer-requests.ts';
import { ask } from '../wire.ts';
import type { Answer, Situation } from './situation.ts';

const items = kurtas(45).toReversed();
export const anItem = (): string => items.pop() ?? '';
let producers = 900;
let entries = 100;

/** Pilibhit's depot with bamboo, and a producer whose card has a PIN. */
export const counter = async (book: Book) => {
  const depot = await openDepot(book);
  const producer = `P0${producers++}`;
  await depot.producer(producer);
  await depot.receive(`ADV-${producer}`, '50 kg');
  const requests = requestsOf(book, depot, producer);
  const confirms = await confirmationsAt(book, requests);
  const card = `PBT-0${producer.slice(2)}`;
  expectOk(await confirms.officer.setPin({ path: { producer }, body: { card, pin: '4827' } }));
  const submit = (body: object, number = depot.number('Q'), of = producer) =>
    confirms.manager.submitRequest({
      path: { producer: of, number },
      body: { ...depot.asking(2_000), ...body },
    });
  const withPin = (pin: string) => submit({ card: { number: card, pin } });
  return { depot, producer, requests, submit, withPin, ...confirms };
};

/** A sale of an item that nobody knows, held for an officer; and what enters the item. */
export const heldSale = async (book: Book) => {
  const shop = await openShop(book);
  const [phone] = shop.phones;
  if (!phone) throw new Error('the stall has a phone');
  const id = `LKO-ADV-${entries++}`;
  const written = phone.write(sold({ item: id, quantity: 1 }));
  const [outcome] = expectOk(await phone.sync([written])).outcomes;
  if (outcome?.outcome !== 'held') throw new Error('it is held');
  const officer = await book.as('officer', 'district:LKO');
  const settle = (body: object, ifMatch = 1) =>
    officer.settleHeld({ path: { location: shop.location, held: outcome.held }, body: body as never, ifMatch });
  const enter = async () => {
    const { entry } = expectOk(await book.admin.getEntry({ path: { kind: 'items', id: kurtas(1)[0] ?? '' } }));
    return book.admin.putEntry({ path: { kind: 'items', id }, body: entry });
  };
  return { ...shop, phone, officer, settle, enter, written, outcome };
};

/** One piece received and sold at Lucknow. */
const soldAtStall = async (book: Book) => {
  const stall = await openStall(book, 'LKO-01', 'LKO1');
  const line = { item: anItem(), quantity: 1 };
  return { stall, received: await stall.receive(line), sold: await stall.sell(line) };
};

const enterGarment = async (book: Book, id: string, price: number, gstBasisPoints: number) => {
  const { entry } = expectOk(await book.admin.getEntry({ path: { kind: 'items', id: kurtas(1)[0] ?? '' } }));
  const prices = [{ from: '2026-04-01', price, mrp: 400_000, gstBasisPoints, floor: 0 }];
  return book.admin.putEntry({ path: { kind: 'items', id }, body: { ...entry, prices } });
};

/** Changes a field of LKO1; `undefined` removes it. */
const enterAddress = async (book: Book, address: string | undefined) => {
  const path = { kind: 'sellers' as const, id: 'LKO1' };
  const { entry, version } = expectOk(await book.admin.getEntry({ path }));
  return book.admin.putEntry({ path, body: { ...entry, address }, ifMatch: version });
};

/** 100 kurtas sent from stall 2 to stall 1 at Lucknow, both with an address; and a receipt. */
const sentToStall = async (book: Book, unitCost: number) => {
  for (const id of ['LKO-01', 'LKO-02']) {
    const path = { kind: 'outlets' as const, id };
    const { entry, version } = expectOk(await book.admin.getEntry({ path }));
    const body = { ...entry, address: 'Platform 1, Lucknow', pinCode: '226001' };
    expectOk(await book.admin.putEntry({ path, body, ifMatch: version }));
  }
  await enterAddress(book, '12 Chowk, Lucknow');
  const line = { item: anItem(), quantity: 100 };
  const phone = await openPhone(book, 'LKO-02', 'LKO1', { client: book.admin });
  const record = async (claim: object) => expectOk(await phone.live(phone.write(claim as never)));
  const receipt = await record(received(line));
  const sent = await record({ kind: 'D', to: 'LKO-01', lines: [{ ...line, unitCost }] });
  return { location: 'LKO-02', received: receipt.number, sent: sent.number, record, line };
};

/** A raw reply as the typed client gives it. */
const answerOf = async (response: Response): Promise<Answer> =>
  response.ok
    ? { status: response.status, ok: true }
    : { status: response.status, ok: false, problem: Problem.parse(await response.json()) };

const why = 'the holder says so';

/** Requests, alerts, what is held, the registry, and what any operation can meet. */
export const OTHER_OPERATIONS: readonly Situation[] = [
  {
    at: 'getChallan',
    code: 'NO_CHALLAN',
    advice: 'Ask for the challan of a recorded dispatch',
    play: async (book) => {
      const { location, received: receipt, sent } = await sentToStall(book, 52_000);
      const challanOf = (number: string) => book.admin.getChallan({ path: { location, number } });
      return [await challanOf(receipt), await challanOf(sent)];
    },
  },
  {
    at: 'getEwayBill',
    code: 'DISPATCH_TAKEN_BACK',
    advice: 'dispatch them again, and use the new number',
    play: async (book) => {
      const { location, sent, record, line } = await sentToStall(book, 60_000);
      const ewayBill = (number: string) =>
        book.admin.getEwayBill({ path: { location, number }, query: { distance: '8', vehicle: 'UP32AB1234' } });
      await record(tookBack(sent, { ...line, line: 1 }));
      const again = await record({ kind: 'D', to: 'LKO-01', lines: [{ ...line, unitCost: 60_000 }] });
      return [await ewayBill(sent), await ewayBill(again.number)];
    },
  },
  {
    at: 'getEwayBill',
    code: 'EWAY_BILL_NOT_NEEDED',
    advice: 'ask with voluntary=true',
    play: async (book) => {
      const { location, sent: number } = await sentToStall(book, 10_000);
      const query = { distance: '8', vehicle: 'UP32AB1234' };
      const ewayBill = (more: object) =>
        book.admin.getEwayBill({ path: { location, number }, query: { ...query, ...more } });
      return [await ewayBill({}), await ewayBill({ voluntary: 'true' })];
    },
  },
  {
    at: 'getEwayBill',
    code: 'EWAY_BILL_INCOMPLETE',
    advice: 'Give the query fields named',
    play: async (book) => {
      const { location, sent: number } = await sentToStall(book, 60_000);
      const ewayBill = (query: object) => book.admin.getEwayBill({ path: { location, number }, query });
      return [await ewayBill({}), await ewayBill({ distance: '8', vehicle: 'UP32AB1234' })];
    },
  },
  {
    at: 'getBill',
    code: 'NO_BILL',
    advice: 'Ask for the bill of a recorded sale',
    play: async (book) => {
      const { stall, received, sold: sale } = await soldAtStall(book);
      const billOf = (number: string) => book.admin.getBill({ path: { location: stall.location, number } });
      await enterAddress(book, '12 Chowk, Lucknow');
      return [await billOf(received.number), await billOf(sale.number)];
    },
  },
  {
    at: 'putEntry',
    code: 'GST_RATE_MISMATCH',
    advice: 'Use a price or a rate that the fields name',
    play: async (book) => {
      const id = `LKO-BAND-${entries++}`;
      return [await enterGarment(book, id, 270_000, 500), await enterGarment(book, id, 262_500, 500)];
    },
  },
  {
    at: 'S',
    code: 'GST_RATE_MISMATCH',
    advice: 'Use a price or a rate that the fields name',
    play: async (book) => {
      const id = `LKO-BAND-${entries++}`;
      const entered = await enterGarment(book, id, 300_000, 1_800);
      const [phone] = (await openShop(book)).phones;
      if (!entered.ok || !phone) throw new Error('the stall sells the garment');
      const sellAt = (unitPrice: number) => {
        const claim = { kind: 'S', lines: [{ item: id, quantity: 1, unitPrice }] };
        const payments = [{ tender: 'cash', amount: unitPrice }];
        return phone.live(phone.write({ ...claim, payments }), { goodsInHand: true });
      };
      return [await sellAt(270_000), await sellAt(262_500)];
    },
  },
  {
    at: 'getBill',
    code: 'BILL_INCOMPLETE',
    advice: 'Let an officer enter the fields named',
    play: async (book) => {
      await enterAddress(book, undefined);
      const { stall, sold: sale } = await soldAtStall(book);
      const path = { location: stall.location, number: sale.number };
      const met = await book.admin.getBill({ path });
      return [met, await enterAddress(book, '12 Chowk, Lucknow'), await book.admin.getBill({ path })];
    },
  },
  {
    at: 'confirmRequest',
    code: 'SECOND_PERSON_NEEDED',
    advice: 'Let another member of staff confirm under their own login',
    play: async (book) => {
      const { requests } = await counter(book);
      const path = { kind: 'depots' as const, id: DEPOT };
      const { entry, version } = expectOk(await book.admin.getEntry({ path }));
      expectOk(await book.admin.putEntry({ path, body: { ...entry, issuerShare: 0 }, ifMatch: version }));
      book.bahi.startFunctions();
      const number = await requests.reach.issued();
      const confirmBy = async (by: Book['admin']) =>
        by.confirmRequest({ path: requests.pathOf(number), body: SIGNED, ifMatch: 3 });
      const met = await confirmBy(book.admin);
      const followed = await confirmBy(await book.as('depot', `location:${DEPOT}`));
      const changed = expectOk(await book.admin.getEntry({ path }));
      expectOk(await book.admin.putEntry({ path, body: entry, ifMatch: changed.version }));
      book.bahi.startFunctions();
      return [met, followed];
    },
  },
  {
    at: 'getVoucher',
    code: 'UNAUTHENTICATED',
    advice: 'Sign in, and send the token as Bearer',
    play: async (book) => {
      const token = await book.bahi.issuer.token({ role: 'outlet', scope: ['location:LKO-01'] });
      const path = '/locations/LKO-01/stock';
      return [await answerOf(await ask(book, path)), await answerOf(await ask(book, path, { token }))];
    },
  },
  {
    at: 'getVoucher',
    code: 'FORBIDDEN',
    advice: 'Ask your officer for access to this place or task',
    play: async (book) => {
      const path = { location: 'LKO-02' };
      const before = await book.as('outlet', 'location:LKO-01');
      const after = await book.as('outlet', 'location:LKO-01', 'location:LKO-02');
      return [await before.getLocationStock({ path }), await after.getLocationStock({ path })];
    },
  },
  {
    at: 'getVoucher',
    code: 'MFA_REQUIRED',
    advice: 'then sign in again with its code',
    play: async (book) => {
      const path = '/locations/LKO-01/stock';
      const token = (mfa: boolean) => book.bahi.issuer.token({ role: 'officer', scope: ['state'], mfa });
      return [
        await answerOf(await ask(book, path, { token: await token(false) })),
        await answerOf(await ask(book, path, { token: await token(true) })),
      ];
    },
  },
  {
    at: 'getVoucher',
    code: 'NOT_FOUND',
    advice: 'Check the address and the number',
    play: async (book) => {
      const { phones, location, client } = await openShop(book);
      const [phone] = phones;
      if (!phone) throw new Error('the stall has a phone');
      const { number } = expectOk(await phone.live(phone.write(received({ item: anItem(), quantity: 1 }))));
      const get = (of: string) => client.getVoucher({ path: { location, number: of } });
      return [await get(`${number.slice(0, -4)}0999`), await get(number)];
    },
  },
  {
    at: 'putEntry',
    code: 'MALFORMED_JSON',
    advice: 'Send one JSON object in UTF-8',
    play: async (book) => {
      const token = await book.bahi.issuer.token({ role: 'admin', scope: ['state'] });
      const put = async (body: string) =>
        answerOf(
          await ask(book, '/registry/districts/ADV', {
            method: 'PUT',
            token,
            body,
            headers: { 'content-type': 'application/json' },
          }),
        );
      const body = JSON.stringify({ name: 'Agra', nameHi: 'आगरा', craft: 'Marble', craftHi: 'संगमरमर' });
      return [await put(`${body},`), await put(body)];
    },
  },
  ...(['putEntry', 'importEntries'] as const).map(
    (at): Situation => ({
      at,
      code: 'BODY_TOO_LARGE',
      advice: 'Send less at a time',
      play: async (book) => {
        const rows = (count: number) =>
          ['id,name,nameHi,craft,craftHi', ...Array(count).fill('AGR,Agra,आगरा,Marble,संगमरमर')].join('\n');
        const put = (name: string) =>
          book.admin.putEntry({
            path: { kind: 'districts', id: 'ADX' },
            body: { name, nameHi: 'आगरा', craft: 'Marble', craftHi: 'संगमरमर' },
          });
        if (at === 'putEntry') return [await put('A'.repeat(300_000)), await put('Agra')];
        const bring = (body: string) => book.admin.importEntries({ path: { kind: 'districts' }, body });
        return [await bring(rows(10_000)), await bring(rows(1))];
      },
    }),
  ),
  {
    at: 'putEntry',
    code: 'REFERENCE_UNKNOWN',
    advice: 'Enter what the fields name first, or correct them',
    play: async (book) => {
      const put = (district: string) =>
        book.admin.putEntry({
          path: { kind: 'producers', id: `P0${producers++}` },
          body: { name: 'Naseem', nameHi: 'नसीम', district, craft: 'Flute' },
        });
      return [await put('ZZZ'), await put('PBT')];
    },
  },
  {
    at: 'putEntry',
    code: 'ENTRY_FIXED',
    advice: 'Leave those fields as they are, or enter what you mean under an id of its own',
    play: async (book) => {
      const { entry, version } = expectOk(await book.admin.getEntry({ path: { kind: 'items', id: BAMBOO } }));
      const put = (id: string, body: object, ifMatch?: number) =>
        book.admin.putEntry({ path: { kind: 'items', id }, body: body as never, ...(ifMatch && { ifMatch }) });
      const pieces = { ...entry, unit: 'piece', units: undefined, entitlement: undefined };
      return [
        await put(BAMBOO, pieces, version),
        await put(BAMBOO, { ...entry, name: 'Flute bamboo' }, version),
        await put(`PBT-ADV-${entries++}`, pieces),
      ];
    },
  },
  {
    at: 'putEntry',
    code: 'PRECONDITION_REQUIRED',
    advice: 'Read what you change, and send its version as If-Match',
    play: async (book) => {
      const path = { kind: 'outlets' as const, id: 'LKO-02' };
      const { entry, version } = expectOk(await book.admin.getEntry({ path }));
      return [
        await book.admin.putEntry({ path, body: { ...entry, name: 'Stall two' } }),
        await book.admin.putEntry({ path, body: { ...entry, name: 'Stall two' }, ifMatch: version }),
      ];
    },
  },
  {
    at: 'putEntry',
    code: 'VERSION_MISMATCH',
    advice: 'Read it again, make the change on what it is now, and send that version as If-Match',
    play: async (book) => {
      const path = { kind: 'outlets' as const, id: 'LKO-02' };
      const put = async (ifMatch: number, entry: object) =>
        book.admin.putEntry({ path, body: { ...entry, name: `Stall ${entries++}` } as never, ifMatch });
      const { entry, version } = expectOk(await book.admin.getEntry({ path }));
      expectOk(await put(version, entry));
      const met = await put(version, entry);
      const now = expectOk(await book.admin.getEntry({ path }));
      return [met, await put(now.version, now.entry)];
    },
  },
  {
    at: 'issueEnrolmentCode',
    code: 'ENTRY_CLOSED',
    advice: 'ask your officer to open it again',
    play: async (book) => {
      const path = { kind: 'outlets' as const, id: 'LKO-88' };
      const stall = { name: 'Stall', station: 'LKO', district: 'LKO', sellers: ['LKO1'] };
      const put = (status: 'closed' | 'open', ifMatch?: number) =>
        book.admin.putEntry({ path, body: { ...stall, status }, ...(ifMatch && { ifMatch }) });
      const issue = () => book.admin.issueEnrolmentCode({ path: { location: 'LKO-88' }, body: { seller: 'LKO1' } });
      const { version } = expectOk(await put('closed'));
      const met = await issue();
      expectOk(await put('open', version));
      return [met, await issue()];
    },
  },
  {
    at: 'importEntries',
    code: 'IMPORT_REFUSED',
    advice: 'Correct the lines named, and send the whole file again',
    play: async (book) => {
      const file = (craft: string) => `id,name,nameHi,craft,craftHi\nAGR,Agra,आगरा,${craft},संगमरमर\n`;
      const bring = (body: string) => book.admin.importEntries({ path: { kind: 'districts' }, body });
      return [await bring(file('')), await bring(file('Marble'))];
    },
  },
  {
    at: 'readCountSheet',
    code: 'IMPORT_REFUSED',
    advice: 'Correct the lines named, and send the whole file again',
    play: async (book) => {
      const read = (quantity: string) =>
        book.admin.readCountSheet({
          path: { location: 'LKO-01' },
          query: { count: 'evening' },
          body: `item,quantity\nLKO-KURTA-01,${quantity}\n`,
        });
      return [await read('two'), await read('2')];
    },
  },
  {
    at: 'issueEnrolmentCode',
    code: 'SELLER_NOT_HERE',
    advice: "Pick one of the location's sellers, or add the seller to the location in the registry",
    play: async (book) => {
      const code = (seller: string) =>
        book.admin.issueEnrolmentCode({ path: { location: 'LKO-01' }, body: { seller } });
      return [await code('PBT1'), await code('LKO1')];
    },
  },
  {
    at: 'submitRequest',
    code: 'PRODUCER_UNKNOWN',
    advice: 'Check the number on the card',
    play: async (book) => {
      const { submit, depot } = await counter(book);
      return [await submit({}, depot.number('Q'), 'P9999'), await submit({})];
    },
  },
  {
    at: 'submitRequest',
    code: 'NOT_A_MATERIAL',
    advice: "Ask for what the depot keeps: its stock and its sellers' raw materials",
    play: async (book) => {
      const { submit } = await counter(book);
      return [await submit({ lines: [{ item: 'PBT-FLUTE-C', quantity: 1 }] }), await submit({})];
    },
  },
  {
    at: 'submitRequest',
    code: 'ITEM_UNKNOWN',
    advice: 'pick from it',
    play: async (book) => {
      const { submit } = await counter(book);
      return [await submit({ lines: [{ item: 'PBT-NOBODYS', quantity: '1 kg' }] }), await submit({})];
    },
  },
  {
    at: 'submitRequest',
    code: 'QUANTITY_NOT_WHOLE',
    advice: 'Use one of the nearest that come out whole, or a unit that the item has',
    play: async (book) => {
      const { submit } = await counter(book);
      const of = (quantity: string) => submit({ lines: [{ item: BAMBOO, quantity }] });
      return [await of('1.0005 kg'), await of('1.001 kg'), await of('1 bundle')];
    },
  },
  {
    at: 'submitRequest',
    code: 'VOUCHER_CONFLICT',
    advice: "give it the terminal's next number",
    play: async (book) => {
      const { submit, depot, manager, requests } = await counter(book);
      const number = depot.number('Q');
      expectOk(await submit({}, number));
      const other = { lines: [{ item: BAMBOO, quantity: '3 kg' }] };
      const met = await submit(other, number);
      return [met, await manager.getRequest({ path: requests.pathOf(number) }), await submit(other)];
    },
  },
  {
    at: 'submitRequest',
    code: 'PIN_WRONG',
    advice: 'let the producer enter the PIN again',
    play: async (book) => {
      const { withPin } = await counter(book);
      return [await withPin('1111'), await withPin('4827')];
    },
  },
  {
    at: 'submitRequest',
    code: 'PIN_LOCKED',
    advice: 'let an officer set a new PIN',
    play: async (book) => {
      const { withPin, officer, producer } = await counter(book);
      for (let tries = 0; tries < 5; tries++) await withPin('1111');
      const met = await withPin('4827');
      const anew = await officer.setPin({
        path: { producer },
        body: { card: `PBT-0${producer.slice(2)}`, pin: '9163' },
      });
      return [met, anew, await withPin('9163')];
    },
  },
  {
    at: 'submitRequest',
    code: 'PIN_LOCKED',
    advice: 'Wait until the time said',
    play: async (book) => {
      const now = book.clock.now();
      const { withPin } = await counter(book);
      for (let tries = 0; tries < 5; tries++) await withPin('1111');
      const met = await withPin('4827');
      if (!met.ok) book.clock.set(new Date(Date.parse(String(met.problem.until)) + 1_000).toISOString());
      const again = await withPin('4827');
      book.clock.set(now);
      return [met, again];
    },
  },
  {
    at: 'approveRequest',
    code: 'INSUFFICIENT_STOCK',
    advice: 'Ask for no more than is free',
    play: async (book) => {
      const { depot, requests } = await counter(book);
      const free = (await depot.row())?.free ?? 0;
      const number = await requests.submitted(free + 1_000);
      const approve = (quantity: number) => requests.approve(number, [{ item: BAMBOO, quantity: measured(quantity) }]);
      return [await approve(free + 1_000), await approve(Math.min(free, 100_000))];
    },
  },
  {
    at: 'approveRequest',
    code: 'ENTITLEMENT_EXCEEDED',
    advice: 'Approve what is left',
    play: async (book) => {
      const { depot, requests } = await counter(book);
      await depot.receive(`ADV-${entries++}`, '400 kg');
      const number = await requests.submitted('130 kg');
      return [await requests.approve(number), await requests.approve(number, [{ item: BAMBOO, quantity: '120 kg' }])];
    },
  },
  {
    at: 'approveRequest',
    code: 'ENTITLEMENT_EXCEEDED',
    advice: 'ask an officer for a grant',
    play: async (book) => {
      const { depot, requests, officer, producer } = await counter(book);
      await depot.receive(`ADV-${entries++}`, '400 kg');
      const number = await requests.submitted('130 kg');
      const met = await requests.approve(number);
      const grant = await officer.grantEntitlement({
        path: { producer, item: BAMBOO, grant: 'FLOOD-1' },
        body: { depot: DEPOT, quantity: '10 kg', why: 'flood' },
      });
      return [met, grant, await requests.approve(number)];
    },
  },
  {
    at: 'approveRequest',
    code: 'REQUEST_STATE',
    advice: 'Read the request again',
    play: async (book) => {
      const { requests, manager } = await counter(book);
      const number = await requests.reach.rejected();
      return [await requests.approve(number), await manager.getRequest({ path: requests.pathOf(number) })];
    },
  },
  {
    at: 'confirmRequest',
    code: 'CODE_WRONG',
    advice: 'Let the producer read out the code that their phone shows now',
    play: async (book) => {
      const { issued, confirm } = await counter(book);
      const { number, code } = await issued();
      return [await confirm(number, wrongCode(code)), await confirm(number, rightCode(code))];
    },
  },
  {
    at: 'confirmRequest',
    code: 'CODE_VOID',
    advice: 'Let the producer sign at the depot, and record the signature',
    play: async (book) => {
      const { issued, confirm } = await counter(book);
      const { number, code } = await issued();
      for (let by = 1; by <= 5; by++) await confirm(number, wrongCode(code, by));
      return [await confirm(number, rightCode(code)), await confirm(number, SIGNED)];
    },
  },
  {
    at: 'acknowledgeAlert',
    code: 'ALERT_RESOLVED',
    advice: 'if there is cause again, it opens again',
    play: async (book) => {
      const item = anItem();
      const shop = await stallWithStock(book, { [item]: 1 });
      const [phone] = shop.phones;
      if (!phone) throw new Error('the stall has a phone');
      await sweep(shop.location);
      expectOk(await phone.live(phone.write(received({ item, quantity: 20 }))));
      await sweep(shop.location);
      const path = { location: shop.location, alert: `${item}:short` };
      const acknowledge = async (state: 'open' | 'resolved') => {
        const { alerts } = expectOk(await shop.client.listAlerts({ query: { location: shop.location, state } }));
        const [alert] = alerts.filter((one) => one.alert === path.alert);
        return shop.client.acknowledgeAlert({
          path,
          body: {},
          ifMatch: (alert as { version: number }).version,
        });
      };
      const met = await acknowledge('resolved');
      expectOk(await phone.live(phone.write(sold({ item, quantity: 20 }))));
      await sweep(shop.location);
      return [met, await acknowledge('open')];
    },
  },
  {
    at: 'settleHeld',
    code: 'STILL_HELD',
    advice: 'Mend what the detail and the fields say',
    play: async (book) => {
      const { settle, enter } = await heldSale(book);
      const admit = () => settle({ do: 'admit', why });
      return [await admit(), await enter(), await admit()];
    },
  },
  {
    at: 'settleHeld',
    code: 'STILL_HELD',
    advice: 'name the voucher that says it instead',
    play: async (book) => {
      const { settle, phone } = await heldSale(book);
      const met = await settle({ do: 'admit', why });
      const instead = phone.write(received({ item: anItem(), quantity: 1 }));
      const recorded = await phone.live(instead);
      return [met, recorded, await settle({ do: 'correct', voucher: instead.number, why })];
    },
  },
  {
    at: 'settleHeld',
    code: 'STILL_HELD',
    advice: 'If it is of no use any more, reject it',
    play: async (book) => {
      const { settle } = await heldSale(book);
      return [await settle({ do: 'admit', why }), await settle({ do: 'reject', why })];
    },
  },
  {
    at: 'settleHeld',
    code: 'VOUCHER_UNKNOWN',
    advice: 'Record the voucher that says what happened, then name it',
    play: async (book) => {
      const { settle, phone } = await heldSale(book);
      const instead = phone.write(received({ item: anItem(), quantity: 1 }));
      const correct = () => settle({ do: 'correct', voucher: instead.number, why });
      return [await correct(), await phone.live(instead), await correct()];
    },
  },
  {
    at: 'recordVoucher',
    code: 'HELD_STATE',
    advice: 'Read what is held again: it says who settled it, when and why',
    play: async (book) => {
      const { settle, phone, written, location } = await heldSale(book);
      expectOk(await settle({ do: 'reject', why }));
      const client = await book.as('outlet', `location:${location}`);
      return [await phone.live(written), await client.listHeld({ path: { location }, query: { settled: 'true' } })];
    },
  },
  {
    at: 'settleHeld',
    code: 'HELD_STATE',
    advice: 'Read what is held again: it says who settled it, when and why',
    play: async (book) => {
      const { settle, officer, location } = await heldSale(book);
      expectOk(await settle({ do: 'reject', why }));
      const met = await settle({ do: 'reject', why: 'once more' }, 2);
      return [met, await officer.listHeld({ path: { location }, query: { settled: 'true' } })];
    },
  },
  {
    at: 'acceptTransferRequest',
    code: 'TRANSFER_REQUEST_CHANGED',
    advice: 'Send what is asked for still, under the same number',
    play: async (book) => {
      const item = anItem();
      const giver = await stallWithStock(book, { [item]: 40 });
      await stallWithStock(book, { [item]: 1 });
      const [request] = await transferRequestsAt(giver);
      const written = writeAcceptance(giver, request?.dispatch ?? { to: '', lines: [] });
      const much = { ...written, claim: { ...written.claim, lines: [{ item, quantity: 30 }] } };
      return [await acceptTransferRequest(giver, much), await acceptTransferRequest(giver, written)];
    },
  },
  {
    at: 'acceptTransferRequest',
    code: 'TRANSFER_REQUEST_CHANGED',
    advice: 'record your own dispatch',
    play: async (book) => {
      const item = anItem();
      const giver = await stallWithStock(book, { [item]: 40 });
      const short = await stallWithStock(book, { [item]: 1 });
      const [phone] = giver.phones;
      const much = writeAcceptance(giver, { to: short.location, lines: [{ item, quantity: 30 }] });
      if (!phone) throw new Error('the stall has a phone');
      return [await acceptTransferRequest(giver, much), await phone.live(much)];
    },
  },
  {
    at: 'getGstr1',
    code: 'PERIOD_OPEN',
    advice: 'Ask for an earlier period',
    play: async ({ admin }) => {
      const ofMonth = (period: string) => admin.getGstr1({ query: { seller: 'LKO1', period } });
      return [await ofMonth('2026-11'), await ofMonth('2026-10')];
    },
  },
  {
    at: 'getGstr1',
    code: 'SELLER_NOT_REGULAR',
    advice: 'Ask for a period in which the seller was regular',
    play: async ({ admin }) => {
      const gstin = '09XXXZD0055X1Z7';
      const earlier = [{ registration: 'regular' as const, gstin }];
      const body = { name: 'Samiti', registration: 'composition' as const, gstin, district: 'LKO' };
      const dated = { ...body, registeredFrom: '2026-10-01', earlierRegistrations: earlier };
      expectOk(await admin.putEntry({ path: { kind: 'sellers', id: 'LKO9' }, body: dated }));
      const ofMonth = (period: string) => admin.getGstr1({ query: { seller: 'LKO9', period } });
      return [await ofMonth('2026-10'), await ofMonth('2026-09')];
    },
  },
];
