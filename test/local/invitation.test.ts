import { expect, it } from 'vitest';
import { listUsableTerminals } from '../../local/demo-client.ts';
import { renderInvitation } from '../../local/invitation.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { openStall, type Stall } from '../kit/stall.ts';

// LKO-01 has a book, and on it what a stall comes to in its time.
const book = useBook();
let stall: Stall;
const [kurta = ''] = kurtas(1);
const sales = async () => (await renderInvitation(book.bahi)).match(/curl -sX PUT/g) ?? [];

it('A stall without a phone or stock has no example sale, and Bahi starts all the same.', async () => {
  expect(await sales()).toEqual([]);
  stall = await openStall(book, 'LKO-01', 'LKO1');
  expect(await sales()).toEqual([]);
  await stall.receive({ item: kurta, quantity: 1 });
  expect(await sales()).toHaveLength(1);
});

it("The example sale follows the terminal's latest voucher of any kind, also after a day.", async () => {
  const { number } = await stall.receive({ item: kurta, quantity: 1 });
  book.clock.forward(24 * 3_600);
  expect(await renderInvitation(book.bahi)).toContain(`"previous":"${number}"`);
  book.clock.set('2026-11-22T05:00:00Z');
});

it('Revoked phones have no example sale; a phone of another seller sells only its own.', async () => {
  const [terminal] = await listUsableTerminals(book.admin, 'LKO-01');
  const path = { location: 'LKO-01', terminal: terminal?.id ?? '' };
  expectOk(await book.admin.revokeTerminal({ path, body: { reason: 'the phone was lost' } }));
  await openStall(book, 'LKO-01', 'LKO2');
  expect(await sales()).toEqual([]);
});

it('The invitation names an unusual port.', async () => {
  const { port } = new URL(book.bahi.url);
  expect(await renderInvitation(book.bahi)).toContain(`$(PORT=${port} npm run -s token`);
});
