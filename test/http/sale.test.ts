import { beforeAll, expect, it } from 'vitest';
import { enrol, expectOk, numberAt, useBook } from '../kit/book.ts';
import { receipt, sale } from '../kit/claims.ts';

const book = useBook();
let terminal: string;
const location = 'LKO-01';
const item = 'LKO-KURTA-01';

beforeAll(async () => {
  terminal = await enrol(book, location, 'LKO1');
  const number = numberAt(book.clock, terminal, 'R', 1);
  expectOk(
    await book.admin.recordVoucher({ path: { location, number }, body: receipt(book.clock, [{ item, quantity: 10 }]) }),
  );
});

it('A sale is recorded once and read back as it was stored.', async () => {
  const phone = await book.as('outlet', 'location:LKO-01');
  const request = {
    path: { location, number: numberAt(book.clock, terminal, 'S', 1) },
    body: sale(book.clock, [{ item, quantity: 2 }]),
  };

  const first = await phone.recordVoucher(request);
  const again = await phone.recordVoucher(request);

  expect([first.status, again.status]).toEqual([201, 200]);
  expect(expectOk(again)).toEqual(expectOk(first));
  expect(expectOk(await phone.getVoucher({ path: request.path }))).toEqual(expectOk(first));
  expect(expectOk(first).outcome).toEqual({
    total: 179_800,
    tax: [{ gstBasisPoints: 500, taxable: 171_238, cgst: 4_281, sgst: 4_281 }],
    billFacts: {
      seller: { name: 'Chikan Samiti', registration: 'regular', gstin: '09XXXZB0001X1ZN' },
      lines: [{ name: 'KURTA of LKO1', nameHi: 'वस्तु', hsn: '6211', uqc: 'PCS' }],
    },
  });
  const { stock } = expectOk(await phone.getLocationStock({ path: { location } }));
  expect(stock).toEqual([
    { location, item, onHand: 8, free: 8, inbound: 0, version: 2, reorderPoint: 3, short: false },
  ]);
});
