import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { HandOverOutcome } from '../../shared/ledger/kinds/hand-over.ts';
import { type Book, expectOk, openBook } from '../kit/book.ts';
import { outcomeText } from '../kit/book-check.ts';
import { kurtas } from '../kit/claims.ts';
import { FAULTS, type FaultyClient, faultyClient, inOrder } from '../kit/interceptor.ts';
import { hurriedClock } from '../kit/monotonic.ts';
import type { Phone, Written } from '../kit/phone.ts';
import { counted, handedOver, openShop, type Shop, sold } from '../kit/shop.ts';
import { outcomeOf } from '../kit/wire.ts';

let faulty: FaultyClient;
let book: Book;
let shop: Shop;
let phone: Phone;
let handing: Written;
beforeAll(async () => {
  faulty = faultyClient(inject('endpoint'));
  book = await openBook({ client: faulty.client });
});
afterAll(() => book.close());
beforeEach(async () => {
  faulty.meet(() => 'none');
  shop = await openShop(book);
  [phone] = shop.phones as [Phone];
  const sheet = expectOk(
    await phone.live(phone.write(counted({ item, quantity: 3 }), Date.parse(book.clock.now()) - 9_000)),
  );
  handing = phone.write(handedOver([sheet.number], { [phone.terminal]: [] }));
});

describe('Faults in the transaction of a hand-over: it happens once, and its code is the one returned', () => {
  it.each(FAULTS)('%s', async (fault) => {
    faulty.meet(inOrder([fault]));
    expect(outcomeOf(await phone.live(handing))).toBe(201);
    await isHandedOver();
  });

  it('If the answer is lost until time is up, a repeat returns the first code.', async () => {
    const clock = hurriedClock();
    faulty.meet(() => {
      clock.forward(6_000);
      return 'lostAnswer';
    });
    expect(outcomeOf(await phone.live(handing))).toBe('503 BUSY');
    // The function that did not hear of it knows all the same.
    const late = phone.write(sold({ item, quantity: 1 }));
    expect(outcomeOf(await phone.live(late))).toBe('422 TERMINAL_HANDED_OVER');
    faulty.meet(() => 'none');
    const again = await phone.live(handing);
    expect(outcomeOf(again)).toBe(200);
    expect(expectOk(await phone.sync([handing])).outcomes.map(outcomeText)).toEqual(['repeated']);
    await isHandedOver();
  });

  it('If nothing was written, the terminal sells on.', async () => {
    const clock = hurriedClock();
    faulty.meet(() => {
      clock.forward(6_000);
      return 'timeout';
    });
    expect(outcomeOf(await phone.live(handing))).toBe('503 BUSY');
    faulty.meet(() => 'none');
    expect((await terminal()).version).toBe(1);
    const late = phone.write(sold({ item, quantity: 1 }));
    expect(outcomeOf(await phone.live(late))).toBe(201);
    expect(outcomeOf(await phone.live(handing))).toBe(201);
    await isHandedOver();
  });
});

const [item = ''] = kurtas(1);

const terminal = async () => expectOk(await book.admin.getEntry({ path: { kind: 'terminals', id: phone.terminal } }));

/** It is handed over once, by this voucher, and its code is good. */
const isHandedOver = async () => {
  const path = { location: shop.location, number: handing.number };
  const { outcome } = expectOk(await shop.client.getVoucher({ path }));
  expect(await terminal()).toMatchObject({ version: 2, entry: { handedOver: { by: handing.number } } });
  const [{ code } = { code: '' }] = (outcome as HandOverOutcome).codes;
  const enrolled = await shop.client.enrolTerminal({
    path: { location: shop.location },
    body: { code, installation: 'phone-of-ravi' },
  });
  expect(outcomeOf(enrolled)).toBe(201);
};
