import { type Book, expectOk } from '../book.ts';
import { kurtas } from '../claims.ts';
import { BAMBOO, DEPOT, openDepot } from '../depot.ts';
import { requestsAt } from '../material-requests.ts';
import type { Written } from '../phone.ts';
import {
  adjusted,
  closed,
  counted,
  dispatched,
  handedOver,
  openShop,
  PRICE,
  received,
  receivedFrom,
  sold,
  tookBack,
} from '../shop.ts';
import type { Situation } from './situation.ts';

const [item = '', second = ''] = kurtas(2);
const NOBODYS = 'LKO-NOBODYS';

/** A stall with a phone and ten of an item on its shelf. */
const stall = async (book: Book) => {
  const shop = await openShop(book);
  const [phone] = shop.phones;
  if (!phone) throw new Error('the stall has a phone');
  const said = async (claim: Parameters<typeof phone.write>[0]) => expectOk(await phone.live(phone.write(claim)));
  await said(received({ item, quantity: 10 }));
  const send = (claim: Parameters<typeof phone.write>[0], how?: object) => phone.live(phone.write(claim), how);
  return { ...shop, phone, said, send };
};

let lots = 0;

/** Ten kilograms of bamboo in one lot, at Pilibhit's depot. */
const depotOf = async (book: Book) => {
  const depot = await openDepot(book);
  const client = await book.as('depot', `location:${DEPOT}`);
  const record = (kind: string, claim: object) =>
    client.recordVoucher({
      path: { location: DEPOT, number: depot.number(kind) },
      body: { kind, occurredAt: book.clock.now(), by: 'S001', previous: null, ...claim } as never,
    });
  lots += 1;
  const lot = `SIL-${lots}`;
  await depot.receive(lot, '10 kg');
  return { ...depot, client, record, lot };
};

let producers = 800;
const approved = async (book: Book, depot: Awaited<ReturnType<typeof depotOf>>) => {
  const producer = `P0${producers++}`;
  await depot.producer(producer);
  const asks = requestsAt(book, depot, producer);
  return { asks, request: await asks.reach.approved() };
};

const line = (quantity: number | string, more: object = {}) => ({ item: BAMBOO, quantity, ...more });
const from = { supplier: 'Bans Samiti' };

/** Sales, returns and what moves stock. */
export const STOCK_VOUCHERS: readonly Situation[] = [
  {
    at: 'R',
    code: 'NUMBER_LEAPS',
    advice: 'Sync what this terminal has not sent yet, and send it again',
    play: async (book) => {
      const { phone, location } = await stall(book);
      const unsent = phone.write(received({ item, quantity: 1 }));
      const numbered = (serial: string, written: Written) => ({
        ...written,
        number: `${written.number.slice(0, 12)}${serial}`,
      });
      const [last, next] = ['0400', '0700'].map((serial) =>
        numbered(serial, phone.write(received({ item, quantity: 1 }))),
      ) as [Written, Written];
      const met = await phone.live(next);
      const synced = await phone.sync([unsent, last]);
      const again = await phone.live(next);
      const path = { location, number: '' };
      const client = await book.as('outlet', `location:${location}`);
      const far = numbered('9000', phone.write(received({ item, quantity: 1 })));
      const refused = await phone.live(far);
      if (refused.ok) throw new Error('it leaps');
      const given = await client.recordVoucher({
        path: { ...path, number: String(refused.problem.next) },
        body: far.claim as never,
      });
      return [met, synced, again, given];
    },
  },
  {
    at: 'S',
    code: 'ITEM_NOT_PRICED',
    advice: 'Ask the officer to enter the price',
    play: async (book) => {
      const { phone, location } = await stall(book);
      const id = 'LKO-UNPRICED';
      const { entry } = expectOk(await book.admin.getEntry({ path: { kind: 'items', id: item } }));
      const [price] = entry.prices;
      if (!price) throw new Error('it has a price');
      const priced = (day: string) => ({ ...entry, prices: [{ ...price, from: day }] });
      const put = (body: object, ifMatch?: number) =>
        book.admin.putEntry({ path: { kind: 'items', id }, body: body as never, ...(ifMatch && { ifMatch }) });
      expectOk(await put(priced('2027-04-01')));
      const sale = phone.write(sold({ item: id, quantity: 1 }));
      const met = await phone.live(sale, { goodsInHand: true });
      const officer = await put(priced('2026-04-01'), 1);
      // Functions remember an entry for a minute.
      book.bahi.startFunctions().registry.forget('items', id);
      return [
        met,
        officer,
        await phone.live(sale, { goodsInHand: true }),
        await book.admin.getDay({ path: { location, day: '2026-11-22' } }),
      ];
    },
  },
  {
    at: 'S',
    code: 'PRICE_ABOVE_MRP',
    advice: 'Lower the price to the MRP or below',
    play: async (book) => {
      const { send } = await stall(book);
      const at = (unitPrice: number) =>
        send({
          kind: 'S',
          lines: [{ item, quantity: 1, unitPrice }],
          payments: [{ tender: 'cash', amount: unitPrice }],
        });
      return [await at(100_000), await at(99_900)];
    },
  },
  {
    at: 'S',
    code: 'PRICE_BELOW_FLOOR',
    advice: 'give the line a `reason`',
    play: async (book) => {
      const { send } = await stall(book);
      const id = 'LKO-FLOOR';
      const { entry } = expectOk(await book.admin.getEntry({ path: { kind: 'items', id: item } }));
      const prices = [{ from: '2026-04-01', price: 85_000, mrp: 85_000, gstBasisPoints: 500 }];
      expectOk(await book.admin.putEntry({ path: { kind: 'items', id }, body: { ...entry, prices } }));
      const at = (unitPrice: number, reason: object = {}) =>
        send(
          {
            kind: 'S',
            lines: [{ item: id, quantity: 1, unitPrice, ...reason }],
            payments: [{ tender: 'cash', amount: unitPrice }],
          },
          { goodsInHand: true },
        );
      return [await at(850), await at(85_000), await at(850, { reason: 'torn seam' })];
    },
  },
  {
    at: 'S',
    code: 'PAYMENT_MISMATCH',
    advice: 'Make the payments equal the lines less discounts plus roundOff',
    play: async (book) => {
      const { phone } = await stall(book);
      const sale = phone.write({ ...sold({ item, quantity: 1 }), payments: [{ tender: 'cash', amount: PRICE - 50 }] });
      const rounded = { ...sale, claim: { ...sale.claim, roundOff: -50 } };
      return [await phone.live(sale), await phone.live(rounded)];
    },
  },
  {
    at: 'V',
    code: 'PAYMENT_MISMATCH',
    advice: 'of a return, make the refund equal what is due back',
    play: async (book) => {
      const { phone, send } = await stall(book);
      const sale = phone.write({
        ...sold({ item, quantity: 1 }),
        roundOff: -40,
        payments: [{ tender: 'cash', amount: PRICE - 40 }],
      });
      const takesBack = (amount: number) => ({
        ...tookBack(sale.number, { line: 1, item, quantity: 1 }),
        refund: [{ tender: 'cash', amount }],
      });
      expectOk(await phone.live(sale));
      const met = await send(takesBack(PRICE));
      return [met, await send(takesBack(met.ok ? 0 : Number(met.problem.due)))];
    },
  },
  {
    at: 'V',
    code: 'SOLD_ELSEWHERE',
    advice: 'Send the customer to the location that is named',
    play: async (book) => {
      const home = await stall(book);
      const elsewhere = await stall(book);
      const sale = home.phone.write(sold({ item, quantity: 1 }));
      expectOk(await home.phone.live(sale));
      const back = tookBack(sale.number, { line: 1, item, quantity: 1 });
      const met = await elsewhere.send(back);
      const named = met.ok ? '' : met.problem.location;
      return named === home.location ? [met, await home.send(back)] : [met, met];
    },
  },
  {
    at: 'V',
    code: 'NEEDS_OFFICER',
    advice: 'Bring it as captured: it is held, and your officer admits or rejects it',
    play: async (book) => {
      const { location, phone } = await stall(book);
      const sale = phone.write(sold({ item, quantity: 1 }));
      const back = phone.write(tookBack(sale.number, { line: 1, item, quantity: 1 }));
      for (const one of [sale, back]) expectOk(await phone.live(one));
      const { refund } = back.claim as { refund?: unknown };
      const undone = phone.write({ ...tookBack(back.number, { line: 1, item, quantity: 1 }), refund });
      const met = await phone.live(undone);
      const brought = await phone.sync([undone]);
      const [held] = expectOk(brought).outcomes;
      const officer = await book.as('officer', 'district:LKO');
      const path = { location, held: held?.outcome === 'held' ? held.held : '' };
      const settled = await officer.settleHeld({
        path,
        body: { do: 'admit', why: 'the wrong bill' },
        ifMatch: 1,
      });
      return [met, brought, settled];
    },
  },
  ...[
    { advice: 'Record the return into this basket first', paid: { exchange: PRICE }, first: true },
    { advice: 'let the customer pay what is not left in it', paid: { upi: PRICE }, first: false },
  ].map(
    ({ advice, paid, first }): Situation => ({
      at: 'S',
      code: 'EXCHANGE_NOT_COVERED',
      advice,
      play: async (book) => {
        const { phone, send } = await stall(book);
        const before = phone.write(sold({ item, quantity: 1 }));
        expectOk(await phone.live(before));
        const basket = 'B-7';
        const sale = phone.write({
          ...sold({ item, quantity: 1 }),
          basket,
          payments: [{ tender: 'exchange', amount: PRICE }],
        });
        const payments = Object.entries(paid).map(([tender, amount]) => ({ tender, amount }));
        const then = { ...sale, claim: { ...sale.claim, payments } };
        const met = await phone.live(sale);
        const back = { ...tookBack(before.number, { line: 1, item, quantity: 1 }), basket };
        const refund = [{ tender: 'exchange', amount: PRICE }];
        return [met, ...(first ? [await send({ ...back, refund })] : []), await phone.live(then)];
      },
    }),
  ),
  {
    at: 'S',
    code: 'INSUFFICIENT_STOCK',
    advice: 'Ask for no more than is free',
    play: async (book) => {
      const { send } = await stall(book);
      return [await send(sold({ item, quantity: 11 })), await send(sold({ item, quantity: 10 }))];
    },
  },
  ...(['S', 'A', 'D'] as const).map(
    (kind): Situation => ({
      at: kind,
      code: 'INSUFFICIENT_STOCK',
      advice: 'send again with goodsInHand true',
      play: async (book) => {
        const { phone } = await stall(book);
        const eleven = { item, quantity: 11 };
        const claim = { S: sold(eleven), A: adjusted('damaged', eleven), D: dispatched('LKO-02', eleven) }[kind];
        const written = phone.write(claim);
        return [await phone.live(written), await phone.live(written, { goodsInHand: true })];
      },
    }),
  ),
  {
    at: 'V',
    code: 'INSUFFICIENT_STOCK',
    advice: 'Ask for no more than is free',
    play: async (book) => {
      const { send, said } = await stall(book);
      const receipt = await said(received({ item: second, quantity: 3 }));
      await said(sold({ item: second, quantity: 3 }));
      await said(received({ item: second, quantity: 1 }));
      const undo = (quantity: number) => send(tookBack(receipt.number, { line: 1, item: second, quantity }));
      return [await undo(3), await undo(1)];
    },
  },
  {
    at: 'V',
    code: 'VOUCHER_UNKNOWN',
    advice: 'Record the voucher that says what happened, then name it',
    play: async (book) => {
      const { phone } = await stall(book);
      const sale = phone.write(sold({ item, quantity: 1 }));
      const back = phone.write(tookBack(sale.number, { line: 1, item, quantity: 1 }));
      return [await phone.live(back), await phone.live(sale), await phone.live(back)];
    },
  },
  {
    at: 'V',
    code: 'RETURN_EXCEEDED',
    advice: 'Take back what the fields say is left',
    play: async (book) => {
      const { send, said } = await stall(book);
      const { number } = await said(sold({ item, quantity: 3 }));
      const back = (quantity: number) => send(tookBack(number, { line: 1, item, quantity }));
      return [await back(4), await back(3)];
    },
  },
  {
    at: 'R',
    code: 'PRODUCER_UNKNOWN',
    advice: 'Check the number on the card',
    play: async (book) => {
      const { send } = await stall(book);
      const by = (producer: string) => send({ ...received({ item, quantity: 1 }), from: { producer } });
      return [await by('P9999'), await by('P0042')];
    },
  },
  {
    at: 'R',
    code: 'QUANTITY_NOT_WHOLE',
    advice: 'Use one of the nearest that come out whole, or a unit that the item has',
    play: async (book) => {
      const { send } = await stall(book);
      const half = await send({ ...received(), lines: [{ item, quantity: '0.5 piece' }] });
      const nearest = half.ok ? '' : (/nearest is (\d+ piece)/.exec(JSON.stringify(half.problem.fields))?.[1] ?? '');
      return [half, await send({ ...received(), lines: [{ item, quantity: nearest }] })];
    },
  },
  ...(['R', 'A', 'D', 'I'] as const).map(
    (kind): Situation => ({
      at: kind,
      code: 'LOT_WRONG',
      advice:
        kind === 'R'
          ? 'In a receipt, give each line the number of its lot'
          : "Else check the lot's number against the depot's stock; name another, or none to take the oldest first",
      play: async (book) => {
        const depot = await depotOf(book);
        const { request } = kind === 'I' ? await approved(book, depot) : { request: undefined };
        const claim = (lot: string | undefined) =>
          ({
            R: { from, lines: [line('1 kg', { lot })] },
            A: { reason: 'damaged', lines: [line('1 kg', { lot })] },
            D: { to: 'PBE-01', lines: [line('1 kg', { lot })] },
            I: { request, lines: [line('1 kg', { lot })] },
          })[kind];
        const wrong = kind === 'R' ? undefined : 'NO-SUCH-LOT';
        const another = kind === 'R' ? `${depot.lot}-B` : depot.lot;
        const met = await depot.record(kind, claim(wrong));
        const named = await depot.record(kind, claim(another));
        return kind === 'R' ? [met, named] : [met, named, await depot.record(kind, claim(undefined))];
      },
    }),
  ),
  ...(['A', 'D', 'I', 'C'] as const).map(
    (kind): Situation => ({
      at: kind,
      code: 'QUANTITY_NOT_WHOLE',
      advice: 'Use one of the nearest that come out whole',
      play: async (book) => {
        const depot = await depotOf(book);
        const { request } = kind === 'I' ? await approved(book, depot) : { request: undefined };
        book.clock.forward(1);
        const claim = (quantity: string) =>
          ({
            A: { reason: 'damaged', lines: [line(quantity)] },
            D: { to: 'PBE-01', lines: [line(quantity)] },
            I: { request, lines: [line(quantity)] },
            C: { count: 'November', lines: [line(quantity)] },
          })[kind];
        const met = await depot.record(kind, claim('0.50005 kg'));
        const text = met.ok ? '' : JSON.stringify(met.problem.fields);
        const nearest = /nearest are (\S+ \w+)/.exec(text)?.[1] ?? '';
        return [met, await depot.record(kind, claim(nearest))];
      },
    }),
  ),
  {
    at: 'D',
    code: 'REFERENCE_UNKNOWN',
    advice: 'Enter what the fields name first, or correct them',
    play: async (book) => {
      const { send } = await stall(book);
      return [
        await send(dispatched('ZZZ-09', { item, quantity: 1 })),
        await send(dispatched('LKO-02', { item, quantity: 1 })),
      ];
    },
  },
  {
    at: 'D',
    code: 'SELLER_NOT_HERE',
    advice: "Pick one of the location's sellers, or add the seller to the location in the registry",
    play: async (book) => {
      const { phone } = await stall(book);
      const id = 'PBE-77';
      const entry = { name: 'Pilibhit, stall 77', station: 'PBE', district: 'PBT' };
      const put = (sellers: string[], ifMatch?: number) =>
        book.admin.putEntry({
          path: { kind: 'outlets', id },
          body: { ...entry, sellers },
          ...(ifMatch && { ifMatch }),
        });
      await put(['PBT1']);
      const sent = phone.write(dispatched(id, { item, quantity: 1 }));
      const met = await phone.live(sent);
      const added = await put(['PBT1', 'LKO1'], 1);
      book.bahi.startFunctions().registry.forget('outlets', id);
      return [met, added, await phone.live(sent)];
    },
  },
  {
    at: 'R',
    code: 'TRANSFER_CLOSED',
    advice: 'If it is wrong, take it back, then receive again',
    play: async (book) => {
      const [giver, taker] = [await stall(book), await stall(book)];
      const { number } = await giver.said(dispatched(taker.location, { item, quantity: 2 }));
      const first = await taker.said(receivedFrom(number, { item, quantity: 2 }));
      const met = await taker.send(receivedFrom(number, { item, quantity: 2 }));
      const undone = await taker.send(tookBack(first.number, { line: 1, item, quantity: 2 }));
      return [met, undone, await taker.send(receivedFrom(number, { item, quantity: 2 }))];
    },
  },
  {
    at: 'R',
    code: 'TRANSFER_EXCEEDED',
    advice: 'Receive what the fields say is still to come, and other goods by their own receipt',
    play: async (book) => {
      const [giver, taker] = [await stall(book), await stall(book)];
      const { number } = await giver.said(dispatched(taker.location, { item, quantity: 3 }));
      await taker.said(receivedFrom(number, { item, quantity: 2 }));
      const met = await taker.send(receivedFrom(number, { item, quantity: 2 }));
      const rest = await taker.send(receivedFrom(number, { item, quantity: 1 }));
      return [met, rest, await taker.send(received({ item, quantity: 1 }))];
    },
  },
  {
    at: 'R',
    code: 'NOT_ADDRESSEE',
    advice: 'let the sender take the dispatch back (V) and dispatch them to this location; receive that',
    play: async (book) => {
      const [giver, taker, other] = [await stall(book), await stall(book), await stall(book)];
      const wrong = await giver.said(dispatched(taker.location, { item, quantity: 2 }));
      const met = await other.send(receivedFrom(wrong.number, { item, quantity: 2 }));
      await giver.said(tookBack(wrong.number, { line: 1, item, quantity: 2 }));
      const right = await giver.said(dispatched(other.location, { item, quantity: 2 }));
      return [met, await other.send(receivedFrom(right.number, { item, quantity: 2 }))];
    },
  },
  {
    at: 'I',
    code: 'REQUEST_UNKNOWN',
    advice: "Check the request's number, and its depot",
    play: async (book) => {
      const depot = await depotOf(book);
      const { request } = await approved(book, depot);
      const against = (number: string) => depot.record('I', { request: number, lines: [line('1 kg')] });
      return [await against(depot.number('Q')), await against(request)];
    },
  },
  {
    at: 'I',
    code: 'REQUEST_STATE',
    advice: 'Read the request again: it says what was done, by whom and when',
    play: async (book) => {
      const depot = await depotOf(book);
      const { asks } = await approved(book, depot);
      const cancelled = await asks.reach.cancelled();
      const met = await depot.record('I', { request: cancelled, lines: [line('1 kg')] });
      return [met, await depot.client.getRequest({ path: asks.pathOf(cancelled) })];
    },
  },
  {
    at: 'I',
    code: 'RESERVED_EXCEEDED',
    advice: 'Issue what is reserved',
    play: async (book) => {
      const depot = await depotOf(book);
      const { request } = await approved(book, depot);
      const some = (quantity: string) => depot.record('I', { request, lines: [line(quantity)] });
      return [await some('3 kg'), await some('2 kg')];
    },
  },
  {
    at: 'R',
    code: 'COUNTED_TWICE',
    advice: 'Stock that opened already is counted, or its opening receipt is taken back first',
    play: async (book) => {
      const { said, send } = await stall(book);
      const opening = { ...received({ item, quantity: 5 }), opening: true, from: { supplier: 'Opening stock' } };
      const { number } = await said(opening);
      book.clock.forward(1);
      const met = await send(opening);
      const back = await send(tookBack(number, { line: 1, item, quantity: 5 }));
      book.clock.forward(1);
      return [met, back, await send(opening), await send(counted({ item, quantity: 15 }))];
    },
  },
  {
    at: 'C',
    code: 'COUNTED_TWICE',
    advice: 'record the total on one sheet, under a new name of the count',
    play: async (book) => {
      const { said, send } = await stall(book);
      await said({ ...counted({ item, quantity: 4 }), count: 'evening' });
      book.clock.forward(1);
      const met = await send({ ...counted({ item, quantity: 3 }), count: 'evening' });
      return [met, await send({ ...counted({ item, quantity: 7 }), count: 'evening, total' })];
    },
  },
  {
    at: 'C',
    code: 'SAME_TIME',
    advice: 'If this happened after the other voucher, state a later occurredAt',
    play: async (book) => {
      const { phone } = await stall(book);
      const now = Date.parse(book.clock.now());
      const sheet = phone.write(counted({ item, quantity: 9 }), now);
      const later = { ...sheet.claim, occurredAt: new Date(now + 1).toISOString() };
      return [await phone.live(sheet), await phone.live({ ...sheet, claim: later })];
    },
  },
  {
    at: 'S',
    code: 'SAME_TIME',
    advice: 'if before it, an earlier one',
    play: async (book) => {
      const { phone } = await stall(book);
      const now = Date.parse(book.clock.now());
      expectOk(await phone.live(phone.write(counted({ item, quantity: 9 }), now - 5_000)));
      const sale = phone.write(sold({ item, quantity: 1 }), now - 5_000);
      const earlier = { ...sale.claim, occurredAt: new Date(now - 6_000).toISOString() };
      return [await phone.live(sale), await phone.live({ ...sale, claim: earlier })];
    },
  },
  {
    at: 'K',
    code: 'SAME_TIME',
    advice: 'A shift close may name the other in last instead',
    play: async (book) => {
      const { phone } = await stall(book);
      const now = Date.parse(book.clock.now());
      const sale = phone.write(sold({ item, quantity: 1 }), now);
      expectOk(await phone.live(sale));
      const close = phone.write(closed(0, {}), now);
      return [await phone.live(close), await phone.live({ ...close, claim: { ...close.claim, last: [sale.number] } })];
    },
  },
  {
    at: 'C',
    code: 'VOUCHER_UNKNOWN',
    advice: 'Record the voucher that says what happened, then name it',
    play: async (book) => {
      const { phone } = await stall(book);
      const sent = phone.write(dispatched('LKO-02', { item, quantity: 1 }));
      const sheet = phone.write({ ...counted({ item, quantity: 10 }), transfer: { dispatch: sent.number } });
      return [await phone.live(sheet), await phone.live(sent), await phone.live(sheet)];
    },
  },
  {
    at: 'H',
    code: 'VOUCHER_UNKNOWN',
    advice: 'Record the voucher that says what happened, then name it',
    play: async (book) => {
      const { phone } = await stall(book);
      const sheet = phone.write(counted({ item, quantity: 10 }));
      const given = phone.write(handedOver([sheet.number], { [phone.terminal]: [] }));
      return [await phone.live(given), await phone.live(sheet), await phone.live(given)];
    },
  },
  {
    at: 'H',
    code: 'REFERENCE_UNKNOWN',
    advice: 'Enter what the fields name first, or correct them',
    play: async (book) => {
      const { phone, send } = await stall(book);
      return [await send(handedOver([], { '00000': [] })), await send(handedOver([], { [phone.terminal]: [] }))];
    },
  },
  {
    at: 'S',
    code: 'ITEM_UNKNOWN',
    advice: 'Fetch the catalogue again, and pick from it',
    play: async (book) => {
      const { client, location, send } = await stall(book);
      const met = await send(sold({ item: NOBODYS, quantity: 1 }));
      const { catalogue } = expectOk(await client.getCatalogue({ path: { location } }));
      const listed = catalogue.find((entry) => entry.item === item);
      return [met, await send(sold({ item: listed?.item ?? NOBODYS, quantity: 1 }))];
    },
  },
  {
    at: 'K',
    code: 'INVALID_REQUEST',
    advice: 'Correct the fields named',
    play: async (book) => {
      const { send } = await stall(book);
      return [await send(closed(-1, { cash: 0 })), await send(closed(0, { cash: 0 }))];
    },
  },
];
