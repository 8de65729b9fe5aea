import { type Book, enrol, expectOk, numberAt } from '../book.ts';
import { adjustment, kurtas, receipt, sale } from '../claims.ts';
import { openStall } from '../stall.ts';
import type { Measured } from './measured.ts';

const many = (items: readonly string[], quantity = 1) => items.map((item) => ({ item, quantity }));

/** The voucher operations, on a stall with 40 rows and one beside it with 20. */
export const voucherOperations = async (book: Book): Promise<readonly Measured[]> => {
  const { admin, clock } = book;
  const stall = await openStall(book, 'LKO-01', 'LKO1');
  const beside = await openStall(book, 'LKO-02', 'LKO1');
  await stall.receive(...many(kurtas(40), 100));
  await beside.receive(...many(kurtas(20), 100));
  // So that a bill reads nothing of the registry.
  const path = { kind: 'sellers' as const, id: 'LKO1' };
  const { entry: seller, version } = expectOk(await admin.getEntry({ path }));
  expectOk(await admin.putEntry({ path, body: { ...seller, address: '12 Chowk, Lucknow' }, ifMatch: version }));
  const { location, number, claim } = await stall.sell(...many(kurtas(40)));
  let rows = 20;
  const holder = await book.as('outlet', `location:${location}`);
  let sold = '';
  let reference = 432_198_765_000;
  const sellWithPhone = async () => sellTo('+919876543210');
  const sellTo = async (customer: string) => {
    sold = stall.number('S');
    const body = sale(clock, many(kurtas(1)), { customer });
    expectOk(await admin.recordVoucher({ path: { location, number: sold }, body }));
  };

  const refused = (body: ReturnType<typeof sale>) => async () => {
    const answer = await admin.recordVoucher({ path: { location, number: stall.number('S') }, body });
    if (answer.ok) throw new Error('was to be refused');
  };
  const counter = await enrol(book, 'PBE-D1', 'PBT1');
  let serial = 0;
  const receiveLots = async (count: number) => {
    const lines = Array.from({ length: count }, (_, at) => ({
      item: 'PBT-BAMBOO',
      quantity: 1_000,
      lot: `S-${serial}-${at}`,
    }));
    const path = { location: 'PBE-D1', number: numberAt(clock, counter, 'R', ++serial) };
    expectOk(await admin.recordVoucher({ path, body: receipt(clock, lines) }));
  };
  await receiveLots(1);
  return [
    {
      name: 'read the bill of a sale of 40 lines',
      run: async () => expectOk(await admin.getBill({ path: { location, number } })),
    },
    {
      name: 'read the bill of a sale of 40 lines as a PDF',
      run: async () => expectOk(await admin.getBillPdf({ path: { location, number } })),
    },
    { name: 'record a sale of 1 line', run: () => stall.sell(...many(kurtas(1))) },
    { name: 'record a sale of 3 lines', run: () => stall.sell(...many(kurtas(3))) },
    { name: 'record a sale of 40 lines', run: () => stall.sell(...many(kurtas(40))) },
    {
      name: "record a sale of 1 line, with its customer's phone",
      run: sellWithPhone,
    },
    {
      name: "record a sale of 1 line, paid with a bank's reference",
      run: async () => {
        const { payments, ...rest } = sale(clock, many(kurtas(1)));
        const paid = payments.map(({ amount }) => ({ tender: 'upi' as const, amount, reference: String(++reference) }));
        const path = { location, number: stall.number('S') };
        expectOk(await admin.recordVoucher({ path, body: { ...rest, payments: paid } }));
      },
    },
    {
      name: "read a customer's phone",
      run: async () => expectOk(await holder.getCustomer({ path: { location, number: sold } })),
    },
    {
      name: "erase a customer's phone",
      prepare: sellWithPhone,
      run: async () => expectOk(await holder.eraseCustomer({ path: { location, number: sold }, body: {} })),
    },
    {
      name: "erase a customer's phone, in all sales of a district",
      prepare: () => sellTo('+919876543211'),
      run: async () =>
        expectOk(await admin.eraseCustomerPhone({ path: {}, query: { area: 'LKO' }, body: { phone: '9876543211' } })),
    },
    { name: 'record a receipt of 40 lines', run: () => stall.receive(...many(kurtas(40))) },
    {
      name: 'record a first receipt of 10 items',
      prepare: async () => {
        rows += 10;
        expectOk(await admin.getLocationStock({ path: { location } }));
      },
      run: () => beside.receive(...many(kurtas(rows).slice(-10))),
    },
    {
      name: 'repeat a sale of 40 lines',
      run: async () => expectOk(await admin.recordVoucher({ path: { location, number }, body: claim })),
    },
    {
      name: 'refuse a sale: too little stock',
      run: refused(sale(clock, many(kurtas(1), 10_000), { confirmed: true })),
    },
    {
      name: 'refuse a sale: payments do not add up',
      run: refused(sale(clock, many(kurtas(1)), { payments: [{ tender: 'cash', amount: 1 }] })),
    },
    {
      name: 'receive 3 new lots at a depot',
      run: () => receiveLots(3),
    },
    {
      name: 'adjust a lot at a depot',
      run: async () => {
        const path = { location: 'PBE-D1', number: numberAt(clock, counter, 'A', ++serial) };
        expectOk(await admin.recordVoucher({ path, body: adjustment(clock, [{ item: 'PBT-BAMBOO', quantity: 1 }]) }));
      },
    },
    { name: 'read a voucher', run: async () => expectOk(await admin.getVoucher({ path: { location, number } })) },
  ];
};
