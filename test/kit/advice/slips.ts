import { randomUUID } from 'node:crypto';
import { type Book, enrol, expectOk, numberAt } from '../book.ts';
import { kurtas, receipt, sale } from '../claims.ts';
import { BAMBOO, DEPOT, openDepot } from '../depot.ts';
import { adjusted, handedOver, openShop, received, sold } from '../shop.ts';
import type { Situation } from './situation.ts';

const [item = ''] = kurtas(1);
const path = { location: 'LKO-01' };
let producers = 10;

const shopOf = async (book: Book) => {
  const shop = await openShop(book);
  const [phone] = shop.phones;
  if (!phone) throw new Error('the stall has a phone');
  expectOk(await phone.live(phone.write(received({ item, quantity: 100 }))));
  return { ...shop, phone };
};

/** An officer's grants of bamboo to a producer; a number without unit is sent as a number. */
export const granting = async (book: Book) => {
  const depot = await openDepot(book);
  const producer = `P08${String(producers++)}`;
  await depot.producer(producer, 9);
  const officer = await book.as('officer', 'state');
  return (quantity: string, more: object = {}, path: object = {}) =>
    officer.grantEntitlement({
      path: { producer, item: BAMBOO, grant: `G-${randomUUID().slice(0, 6).toUpperCase()}`, ...path },
      body: { depot: DEPOT, quantity: /^\d+$/.test(quantity) ? Number(quantity) : quantity, why: 'flood', ...more },
    });
};

/** A producer's requests, as the depot's counter enters them. */
const requesting = async (book: Book) => {
  const depot = await openDepot(book);
  const client = await book.as('depot', `location:${DEPOT}`);
  const producer = `P08${String(producers++)}`;
  await depot.producer(producer, 9);
  const ask = (line: object, more: object = {}, number = depot.number('Q')) => {
    const body = depot.asking(0, { lines: [{ item: BAMBOO, quantity: '5 kg', ...line }], ...more });
    return client.submitRequest({ path: { producer, number }, body });
  };
  return { depot, client, ask };
};

/** Slips of the hand, and numbers, clocks and terminals that do not fit. */
export const SLIPS: readonly Situation[] = [
  {
    at: 'S',
    code: 'STAFF_UNKNOWN',
    advice: 'Pick who stands there from the staff of this location',
    play: async (book) => {
      const { phone } = await shopOf(book);
      const by = (person: string) => phone.live(phone.write({ ...sold({ item, quantity: 1 }), by: person }));
      return [await by('S999'), await by('S001')];
    },
  },
  {
    at: 'S',
    code: 'STAFF_UNKNOWN',
    advice: 'let an officer enter them in the registry',
    play: async (book) => {
      const { phone, location } = await shopOf(book);
      const sale = phone.write({ ...sold({ item, quantity: 1 }), by: 'S998' });
      const met = await phone.live(sale);
      const entry = { name: 'Kavita', location };
      const entered = await book.admin.putEntry({ path: { kind: 'staff', id: 'S998' }, body: entry });
      book.bahi.startFunctions().registry.forget('staff', 'S998');
      return [met, entered, await phone.live(sale)];
    },
  },
  {
    at: 'S',
    code: 'IMPLAUSIBLE',
    advice: 'if they are right, send the same again with confirmed true',
    play: async (book) => {
      const { phone } = await shopOf(book);
      const receipt = phone.write(received({ item, quantity: 50_000 }));
      return [await phone.live(receipt), await phone.live(receipt, { confirmed: true })];
    },
  },
  {
    at: 'S',
    code: 'IMPLAUSIBLE',
    advice: 'Correct the figures named',
    play: async (book) => {
      const { phone } = await shopOf(book);
      const of = (quantity: number) => phone.live(phone.write(received({ item, quantity })));
      return [await of(50_000), await of(50)];
    },
  },
  {
    at: 'A',
    code: 'APPROVAL_NEEDED',
    advice: 'it is held under the id named, and counts once an officer has admitted it',
    play: async (book) => {
      const { phone, location } = await shopOf(book);
      const lost = phone.write(adjusted('lost', { item, quantity: 60 }));
      const met = await phone.live(lost);
      const officer = await book.as('officer', 'district:LKO');
      const held = met.ok ? '' : String(met.problem.held);
      const body = { do: 'admit' as const, why: 'the thief was seen' };
      return [met, await officer.settleHeld({ path: { location, held }, body, ifMatch: 1 }), await phone.live(lost)];
    },
  },
  {
    at: 'R',
    code: 'UNIT_NEEDED',
    advice: 'Send the quantity with its unit',
    play: async (book) => {
      const depot = await openDepot(book);
      const client = await book.as('depot', `location:${DEPOT}`);
      const of = (quantity: number | string) =>
        client.recordVoucher({
          path: { location: DEPOT, number: depot.number('R') },
          body: receipt(book.clock, [{ item: 'PBT-BAMBOO', quantity, lot: `U-${randomUUID().slice(0, 6)}` }]),
        });
      return [await of(40), await of('40 kg'), await of('40 gram')];
    },
  },
  {
    at: 'submitRequest',
    code: 'UNIT_NEEDED',
    advice: 'Send the quantity with its unit',
    play: async (book) => {
      const { ask } = await requesting(book);
      return [await ask({ quantity: 40 }), await ask({ quantity: '40 kg' })];
    },
  },
  {
    at: 'submitRequest',
    code: 'IMPLAUSIBLE',
    advice: 'if they are right, send the same again with confirmed true',
    play: async (book) => {
      const { ask, depot } = await requesting(book);
      const number = depot.number('Q');
      const many = { quantity: '9000 kg' };
      return [await ask(many, {}, number), await ask(many, { confirmed: true }, number)];
    },
  },
  {
    at: 'grantEntitlement',
    code: 'UNIT_NEEDED',
    advice: 'Send the quantity with its unit',
    play: async (book) => {
      const grant = await granting(book);
      return [await grant('40'), await grant('40 kg'), await grant('40 gram')];
    },
  },
  {
    at: 'grantEntitlement',
    code: 'IMPLAUSIBLE',
    advice: 'if they are right, send the same again with confirmed true',
    play: async (book) => {
      const grant = await granting(book);
      const met = await grant('9000 kg');
      return [met, await grant('9000 kg', { confirmed: true })];
    },
  },
  {
    at: 'grantEntitlement',
    code: 'QUANTITY_NOT_WHOLE',
    advice: 'Use one of the nearest that come out whole',
    play: async (book) => {
      const grant = await granting(book);
      return [await grant('1.0005 kg'), await grant('1.001 kg')];
    },
  },
  {
    at: 'submitRequest',
    code: 'STAFF_UNKNOWN',
    advice: 'Pick who stands there from the staff of this location',
    play: async (book) => {
      const { ask } = await requesting(book);
      return [await ask({}, { by: 'S999' }), await ask({}, { by: 'S002' })];
    },
  },
  {
    at: 'approveRequest',
    code: 'STAFF_UNKNOWN',
    advice: 'Pick who stands there from the staff of this location',
    play: async (book) => {
      const { client, ask, depot } = await requesting(book);
      await depot.receive(`U-${randomUUID().slice(0, 6)}`, '50 kg');
      const number = depot.number('Q');
      expectOk(await ask({}, {}, number));
      const by = (person: string) =>
        client.approveRequest({ path: { depot: DEPOT, number }, body: { by: person }, ifMatch: 1 });
      return [await by('S999'), await by('S002')];
    },
  },
  {
    at: 'approveRequest',
    code: 'INVALID_REQUEST',
    advice: 'A depot names its member of staff in `by`.',
    play: async (book) => {
      const { client, ask, depot } = await requesting(book);
      await depot.receive(`U-${randomUUID().slice(0, 6)}`, '50 kg');
      const number = depot.number('Q');
      expectOk(await ask({}, {}, number));
      const approve = (body: object) => client.approveRequest({ path: { depot: DEPOT, number }, body, ifMatch: 1 });
      return [await approve({}), await approve({ by: 'S002' })];
    },
  },
  {
    at: 'approveRequest',
    code: 'UNIT_NEEDED',
    advice: 'Send the quantity with its unit',
    play: async (book) => {
      const { client, ask, depot } = await requesting(book);
      await depot.receive(`U-${randomUUID().slice(0, 6)}`, '50 kg');
      const number = depot.number('Q');
      expectOk(await ask({}, {}, number));
      const approve = (quantity: number | string) => {
        const body = { by: 'S002', lines: [{ item: BAMBOO, quantity }] };
        return client.approveRequest({ path: { depot: DEPOT, number }, body, ifMatch: 1 });
      };
      return [await approve(2), await approve('2 kg')];
    },
  },
  {
    at: 'S',
    code: 'ITEM_OF_ANOTHER_SELLER',
    advice: "Make one voucher per seller, each on that seller's terminal",
    play: async (book) => {
      const { phone, location, client } = await shopOf(book);
      const two = [item, 'LKO-ZARI-1'].map((of) => ({ item: of, quantity: 1, unitPrice: 25_000 }));
      const met = await phone.live(
        phone.write({ ...sold(), lines: two, payments: [{ tender: 'cash', amount: 50_000 }] }),
      );
      const first = await phone.live(phone.write(sold({ item, quantity: 1 })));
      const terminal = await enrol(book, location, 'LKO2');
      const number = numberAt(book.clock, terminal, 'S', 1);
      const body = sale(book.clock, [{ item: 'LKO-ZARI-1', quantity: 1, unitPrice: 45_000 }], { goodsInHand: true });
      return [met, first, await client.recordVoucher({ path: { location, number }, body })];
    },
  },
  {
    at: 'S',
    code: 'TERMINAL_ELSEWHERE',
    advice: 'Record at the location the terminal was enrolled for',
    play: async (book) => {
      const terminal = await enrol(book, 'LKO-02', 'LKO1');
      const client = await book.as('outlet', 'location:LKO-01', 'location:LKO-02');
      const at = (location: string) =>
        client.recordVoucher({
          path: { location, number: numberAt(book.clock, terminal, 'S', 1) },
          body: sale(book.clock, [{ item, quantity: 1 }], { goodsInHand: true }),
        });
      return [await at('LKO-01'), await at('LKO-02')];
    },
  },
  {
    at: 'enrolTerminal',
    code: 'ENROLMENT_CODE_UNKNOWN',
    advice: 'Ask for a new one',
    play: async (book) => {
      const client = await book.as('outlet', 'location:LKO-01');
      const officer = await book.as('officer', 'district:LKO');
      const enrolBy = (code: string) => client.enrolTerminal({ path, body: { code, installation: randomUUID() } });
      const met = await enrolBy('ABCD EFGH');
      const { code } = expectOk(await officer.issueEnrolmentCode({ path, body: { seller: 'LKO1' } }));
      return [met, await enrolBy(code)];
    },
  },
  {
    at: 'S',
    code: 'NUMBER_MISMATCH',
    advice: 'Give the voucher a number of its own kind and IST day; record the spoiled number as cancelled',
    play: async (book) => {
      const { phone } = await shopOf(book);
      const spoiled = phone.write({ kind: 'R', cancelled: 'written for a sale' });
      const sale = phone.write(sold({ item, quantity: 1 }));
      const wrong = { ...sale, number: spoiled.number };
      return [await phone.live(wrong), await phone.live(sale), await phone.live(spoiled)];
    },
  },
  {
    at: 'S',
    code: 'CLOCK_OFF',
    advice: 'Sync what happened earlier as captured, not live',
    play: async (book) => {
      const { phone, client, location } = await shopOf(book);
      const earlier = phone.write(sold({ item, quantity: 1 }), Date.parse(book.clock.now()) - 3_600_000);
      const met = await phone.live(earlier);
      const synced = await phone.sync([earlier]);
      return [met, synced, await client.getVoucher({ path: { location, number: earlier.number } })];
    },
  },
  {
    at: 'S',
    code: 'TERMINAL_HANDED_OVER',
    advice: 'Enrol anew with the code of the hand-over; bring what was recorded before it as captured',
    play: async (book) => {
      const { phone, client, location } = await shopOf(book);
      const earlier = phone.write(sold({ item, quantity: 1 }));
      const given = expectOk(await phone.live(phone.write(handedOver([], { [phone.terminal]: [earlier.number] }))));
      const met = await phone.live(phone.write(sold({ item, quantity: 1 })));
      const [{ code }] = (given.outcome as { codes: [{ code: string }] }).codes;
      const enrolled = await client.enrolTerminal({ path: { location }, body: { code, installation: randomUUID() } });
      const synced = await phone.sync([earlier]);
      return [met, enrolled, synced, await client.getVoucher({ path: { location, number: earlier.number } })];
    },
  },
];
