import { beforeAll, expect, it } from 'vitest';
import { Reversal } from '../../shared/ledger/kinds/reversal.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { workOff } from '../kit/jobs.ts';
import { clientAt, type Phone, type Written } from '../kit/phone.ts';
import { openShop, PRICE, received, type Shop, sold, tookBack } from '../kit/shop.ts';

checkAnswersAgainstContract();
const book = useBook();
const [item = ''] = kurtas(1);
let shop: Shop;
let phone: Phone;

it('A return without its sale is named. Once reversed its number counts as cancelled, and the return agrees.', async () => {
  const [lost, late] = [phone.write(sold({ item, quantity: 1 })), phone.write(sold({ item, quantity: 1 }))];
  const [ofLost, ofLate] = [returnOf(lost), returnOf(late)];
  await sync(ofLost, ofLate, phone.write(sold({ item, quantity: 2 })));
  await closeMonth();
  expect(await notesIn()).toEqual({ agrees: false, incomplete: [ofLost.number, ofLate.number], net: 2, cancelled: 0 });

  await undo(ofLate);
  await sync(late);
  await closeMonth();
  expect(await notesIn()).toEqual({ agrees: false, incomplete: [ofLost.number], net: 1, cancelled: 1 });

  await undo(ofLost);
  await closeMonth();
  expect(await notesIn()).toEqual({ agrees: true, incomplete: [], net: 0, cancelled: 2 });
});

const returnOf = ({ number }: Written) => phone.write(tookBack(number, { line: 1, item, quantity: 1 }));

const sync = async (...written: readonly Written[]) => {
  const client = await clientAt(book, shop.location);
  const answer = await client.syncVouchers({ path: { location: shop.location }, body: { vouchers: [...written] } });
  const { outcomes } = expectOk(answer);
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(written.map(() => 'recorded'));
};

const undo = async ({ number: of }: Written) => {
  const refund = [{ tender: 'cash' as const, amount: PRICE }];
  const { number, claim } = phone.write({
    ...tookBack(of, { line: 1, item, quantity: 1 }),
    reason: 'mistake',
    refund,
  });
  const admin = await book.as('admin', 'state');
  expectOk(await admin.recordVoucher({ path: { location: shop.location, number }, body: Reversal.parse(claim) }));
};

const closeMonth = async () => {
  book.clock.set(book.clock.now() < '2026-12-01' ? '2026-12-01T05:00:00Z' : book.clock.now());
  book.clock.forward(60);
  await workOff('close-day', shop.location, '2026-12-01');
  for (const area of ['LKO', 'state']) await workOff('sum-days', area, '2026-12-01');
};

const notesIn = async () => {
  const officer = await book.as('officer', 'district:LKO');
  const reply = expectOk(await officer.getGstr1({ query: { seller: 'LKO1', period: '2026-11' } }));
  const notes = (reply.upload.doc_issue?.doc_det ?? []).filter(({ doc_num }) => doc_num === 5);
  const docs = notes.flatMap((one) => one.docs);
  return {
    agrees: reply.agrees,
    incomplete: reply.incomplete.numbers,
    net: docs.reduce((sum, { net_issue }) => sum + net_issue, 0),
    cancelled: docs.reduce((sum, { cancel }) => sum + cancel, 0),
  };
};

beforeAll(async () => {
  shop = await openShop(book);
  [phone] = shop.phones as [Phone];
  await sync(phone.write(received({ item, quantity: 50 })));
});
